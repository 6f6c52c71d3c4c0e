#include "base/geo.h"

#include <algorithm>
#include <cmath>

namespace sigap {
namespace {

constexpr double kEarthRadius_m = 6'371'008.8;  // IUGG 1980, mean radius R1
constexpr double kPi = 3.14159265358979323846;
constexpr double kUnitsPerDegree = 1e7;

double radians(double deg) {
  return deg * kPi / 180.0;
}

}  // namespace

std::optional<GeoPoint> geo_point(double lon, double lat) {
  if (!(lon >= -180.0 && lon <= 180.0 && lat >= -90.0 && lat <= 90.0)) return std::nullopt;
  return GeoPoint{static_cast<std::int32_t>(std::lround(lon * kUnitsPerDegree)),
                  static_cast<std::int32_t>(std::lround(lat * kUnitsPerDegree))};
}

double longitude_deg(GeoPoint p) {
  return p.longitude_e7 / kUnitsPerDegree;
}
double latitude_deg(GeoPoint p) {
  return p.latitude_e7 / kUnitsPerDegree;
}

std::int64_t distance_m(GeoPoint a, GeoPoint b) {
  const double lat_a = radians(latitude_deg(a)), lat_b = radians(latitude_deg(b));
  const double half_lat = std::sin((lat_b - lat_a) / 2);
  const double half_lon = std::sin(radians(longitude_deg(b) - longitude_deg(a)) / 2);
  const double h = half_lat * half_lat + std::cos(lat_a) * std::cos(lat_b) * half_lon * half_lon;
  return std::llround(2 * kEarthRadius_m * std::asin(std::sqrt(h > 1 ? 1 : h)));
}

GeoPoint moved(GeoPoint from, double bearing_deg, double distance_m) {
  const double lat = radians(latitude_deg(from)), bearing = radians(bearing_deg), angle = distance_m / kEarthRadius_m;
  const double there = std::asin(
      std::clamp(std::sin(lat) * std::cos(angle) + std::cos(lat) * std::sin(angle) * std::cos(bearing), -1.0, 1.0));
  const double east = std::atan2(std::sin(bearing) * std::sin(angle) * std::cos(lat),
                                 std::cos(angle) - std::sin(lat) * std::sin(there));
  const double lon = std::remainder(longitude_deg(from) + east * 180.0 / kPi, 360.0);
  return *geo_point(lon, there * 180.0 / kPi);
}

}  // namespace sigap
