// Moments as people and other programs write them: 2026-11-24T19:05:30+07:00, RFC 3339.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace sigap {

/// Nothing for what is not a moment by RFC 3339: an offset is needed (Z, +07:00), a real date, years 1 to 9999. A space
/// may stand for the T. Fractions of a second are read to the millisecond; a leap second is the second before it.
std::optional<Instant> read_rfc3339(std::string_view text);

/// In UTC, to the second: "2026-11-24T12:05:30Z".
std::string write_rfc3339(Instant at);

}  // namespace sigap
