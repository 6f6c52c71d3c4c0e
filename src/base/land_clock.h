// The clocks of Indonesia: WIB, WITA and WIT, whole hours east of UTC and without summer time (Keppres 41/1987). So
// local days and hours are arithmetic here, and no time zone database is asked.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace sigap {

struct LandClock {
  const char* zone;  ///< IANA name
  const char* name;
  int hours_east;
};

inline constexpr std::array kLandClocks = {LandClock{"Asia/Jakarta", "WIB", 7}, LandClock{"Asia/Pontianak", "WIB", 7},
                                           LandClock{"Asia/Makassar", "WITA", 8}, LandClock{"Asia/Jayapura", "WIT", 9}};

/// Nothing for a zone of another land.
inline std::optional<LandClock> land_clock(std::string_view zone) {
  for (const auto& clock : kLandClocks)
    if (zone == clock.zone) return clock;
  return std::nullopt;
}

/// An hour of a day on a clock so many hours east of UTC: whole days since 1970-01-01 there, and 0 to 23.
struct LocalHour {
  std::int64_t day = 0;
  std::int64_t hour = 0;
  auto operator<=>(const LocalHour&) const = default;
};

constexpr LocalHour local_hour(Instant at, int hours_east) {
  constexpr std::int64_t kDay_h = 24;
  const auto local_ms = at.ms + hours(hours_east).ms;
  const auto hour = local_ms / hours(1).ms - (local_ms % hours(1).ms < 0);
  const auto day = hour / kDay_h - (hour % kDay_h < 0);
  return {day, hour - day * kDay_h};
}

}  // namespace sigap
