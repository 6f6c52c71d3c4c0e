// When a place that a caller's telephone tells is news: it is known better, or it is another one. A telephone may tell
// its place again and again. Pure.
#pragma once
#include <optional>

#include "base/geo.h"

namespace sigap::calls {

/// Closer than this a fix only trembles; own, about what a satellite fix in a street is off by.
inline constexpr std::int64_t kTrembles_m = 25;

bool is_better_place(const std::optional<Location>& known, const Location& told);

}  // namespace sigap::calls
