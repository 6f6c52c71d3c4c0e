// A week of hours: what repeats. Hours are counted in UTC, 0 = Monday 00:00 to 01:00, so that stations of different
// time zones can be pooled; whoever shows them turns them to a clock on a wall.
#pragma once
#include <array>

#include "base/time.h"

namespace sigap::staffing {

inline constexpr int kHoursOfWeek = 7 * 24;

template <class T>
using Week = std::array<T, kHoursOfWeek>;

constexpr int hour_of_week(Instant at) {
  constexpr std::int64_t kHour = 3'600'000, kThursday = std::int64_t{3} * 24;  // 1970-01-01 was a Thursday
  const std::int64_t hour = at.ms / kHour - (at.ms % kHour < 0 ? 1 : 0);
  return static_cast<int>(((hour + kThursday) % kHoursOfWeek + kHoursOfWeek) % kHoursOfWeek);
}

}  // namespace sigap::staffing
