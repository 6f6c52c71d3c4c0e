// Points on the earth as scaled integers: a double in a journal would not survive the trip through text exactly.
// Unit: 1e-7 degrees (about 1 cm), WGS 84, as in RFC 6225 and every GNSS chip.
#pragma once
#include <compare>
#include <cstdint>
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

/// No more than distance_m(), from the latitudes alone (a degree is at least 111 km on that sphere): a first look at
/// many points before the few that can be near are measured.
inline std::int64_t least_distance_m(GeoPoint a, GeoPoint b) {
  const std::int64_t apart_e7 = std::int64_t{a.latitude_e7} - b.latitude_e7;
  return (apart_e7 < 0 ? -apart_e7 : apart_e7) * 111 / 10'000;
}

}  // namespace sigap
