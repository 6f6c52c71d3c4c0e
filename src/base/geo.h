// Points on the earth as scaled integers: a double in a journal would not survive the trip through text exactly.
// Unit: 1e-7 degrees (about 1 cm), WGS 84, as in RFC 6225 and every GNSS chip.
#pragma once
#include <algorithm>
#include <compare>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace sigap {

struct GeoPoint {
  std::int32_t longitude_e7 = 0;
  std::int32_t latitude_e7 = 0;
  auto operator<=>(const GeoPoint&) const = default;
};

/// A point and how far off it may be. radius_m is the 95 % radius in metres, 0 = unknown (RFC 5491).
struct Location {
  GeoPoint point;
  std::int32_t radius_m = 0;
  auto operator<=>(const Location&) const = default;
};

/// Nothing for what is not on earth (NaN, beyond +-180 / +-90 degrees).
std::optional<GeoPoint> geo_point(double longitude_deg, double latitude_deg);
double longitude_deg(GeoPoint p);
double latitude_deg(GeoPoint p);

/// Whole metres over the great circle (haversine, mean radius 6,371,008.8 m, IUGG 1980).
std::int64_t distance_m(GeoPoint a, GeoPoint b);

/// The point so far away in a direction, clockwise from north, over the great circle.
GeoPoint moved(GeoPoint from, double bearing_deg, double distance_m);

/// No more than distance_m(): a first look at many points before the few that can be near are measured. A degree of
/// latitude is at least 111 km on that sphere. One of longitude is at least 35 km up to 60 degrees from the equator:
/// there sin(d/2) >= sin(l/2) / 2, so d >= sin(l/2) >= l / pi, and R / 180 is 35.4 km.
inline std::int64_t least_distance_m(GeoPoint a, GeoPoint b) {
  constexpr std::int32_t kSixty_e7 = 600'000'000, kHalfTurn_e7 = 1'800'000'000;
  const auto by_latitude = std::abs(std::int64_t{a.latitude_e7} - b.latitude_e7) * 111 / 10'000;
  const auto apart_e7 = std::abs(std::int64_t{a.longitude_e7} - b.longitude_e7);
  const bool bounded =
      std::max(std::abs(a.latitude_e7), std::abs(b.latitude_e7)) <= kSixty_e7 && apart_e7 <= kHalfTurn_e7;
  return bounded ? std::max(by_latitude, apart_e7 * 35 / 10'000) : by_latitude;
}

}  // namespace sigap
