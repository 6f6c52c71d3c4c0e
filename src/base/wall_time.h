// Times of a clock on a wall, as people and spreadsheets write them, without a time zone: whoever reads them knows
// whose clock is meant. The form is that of ISO 8601 with what spreadsheets make of it: a blank for the T, one digit
// for an early hour, seconds that nobody asked for, the dots of Indonesian times (07.00); 24:00 is the end of a day
// (ISO 8601-1 4.3.4). A date begins with its year: 3/4 is April here and March there.
#pragma once
#include <optional>
#include <string_view>

#include "base/time.h"

namespace sigap {

/// "07:00", "7:00", "07:00:30", "07.00", "24:00": how long after midnight.
std::optional<Duration> read_time_of_day(std::string_view text);

/// "2026-12-01T07:00", "2026-12-01 7:00:00": as if the clock on the wall showed UTC.
std::optional<Instant> read_wall_time(std::string_view text);

}  // namespace sigap
