// Calls in a table (base/csv.h): `station,time,handling_seconds`, one row a call, e.g.
// `polres-sleman,2026-11-24T19:05:30+07:00,95`. The handling time is empty when nobody answered.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "staffing/demand.h"

namespace sigap::study {

/// Beyond, one year is written wrong: own limit, in days.
inline constexpr int kLongestSpan = 3 * 366;
/// A call that took longer than a day was not hung up, or not written in seconds.
inline constexpr double kLongestHandling_s = 86'400;

/// Gives each call to `take`, which says what is wrong with it or nothing. Yields the mistakes, "NAME:LINE: reason", in
/// order, as far as `most`; the calls of a file with mistakes are not to be used.
std::vector<std::string> read_calls(std::string text, const std::string& name,
                                    const std::function<std::string(const sigap::staffing::CallRecord&)>& take,
                                    std::size_t most = 20);

}  // namespace sigap::study
