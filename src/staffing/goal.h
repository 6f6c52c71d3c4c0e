// The goal, and the least number of operators that meets it. Shares are of all offered calls: a goal over answered
// calls alone rewards a line whose callers give up (138 operators "meet" 90 % in 15 s for 158 Erlang with 13 % hanging
// up). Invariant: each of the three measures gets better with every operator more, so the least n is well defined.
#pragma once
#include "base/result.h"
#include "staffing/erlang.h"

namespace sigap::staffing {

struct Goal {
  double share = 0.95;      ///< answered within `within_s`, at least; Ofcom's target for 999, and Sigap's promise
  double within_s = 5;      ///< seconds
  double abandoned = 0.01;  ///< hang up unanswered, at most
  double occupancy = 0.85;  ///< of an operator's time on calls, at most: above, people tire and mistakes rise
};

/// What a nation could seat; a search that would go beyond is refused. Own: twice Indonesia's police for one shift.
inline constexpr int kMostOperators = 1'000'000;

/// A goal beyond a day is none.
inline constexpr double kLongestWait_s = 86'400;

/// Refusals "invalid" with the field: what no number of operators can reach, and what is not a number.
Result<bool> check(const Goal& goal);
Result<bool> check(const Traffic& traffic);

bool meets(const Service& service, const Goal& goal);

/// The least n that meets the goal; 0 when there are no calls. Refusals: those of check(); "too_large" with
/// "calls_per_hour" beyond kMostOperators.
Result<int> operators_needed(const Traffic& traffic, const Goal& goal);

}  // namespace sigap::staffing
