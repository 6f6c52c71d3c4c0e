// Which operator a call rings at, and which call an operator gets. Pure functions over small facts.
// Source: D3 to D5 (docs/rules.md).
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/distribution/offer.h"

namespace sigap::distribution {

/// A ready operator as one call sees it.
struct Candidate {
  PersonId person;
  Tier tier = Tier::nation;
  std::int64_t distance_m = 0;  ///< from the home station to the operator's
  Instant idle_since;
};

/// Home first, then the province's desk, the province nearest first, headquarters, the nation nearest first; among
/// equals the longest idle. Nothing when nobody is there.
std::optional<Candidate> best_operator(const std::vector<Candidate>& candidates);

/// A waiting call as one operator sees it.
struct Waiting {
  CallId call;
  bool urgent = false;
  Instant since;
  bool local = false;    ///< its home is the operator's station
  bool doubted = false;  ///< for its number's reputation, or because the number calls twice at once
};

/// A local call counts as if it had waited this much longer: own choice, a third of the promise of 10 s, so that nobody
/// is passed over for long.
inline constexpr Duration kLocalBonus = seconds(3);

/// A doubted call counts as if it had arrived this much later: own choice, twice the promise of 10 s, so that whoever
/// is believed has time to be answered, and a genuine caller under suspicion is behind by no more than that. An urgent
/// call is never behind.
inline constexpr Duration kDoubtDelay = seconds(20);

/// Who is before whom: the lesser is next.
struct WaitingOrder {
  bool calm = true;  ///< not urgent
  Instant counted_since;
  CallId call;
  auto operator<=>(const WaitingOrder&) const = default;
};
WaitingOrder order_of(const Waiting& waiting);

/// Urgent before others, then the longest wait (with the local bonus and the delay of doubt), then the lower id.
/// Of two calls that are not urgent, whichever came more than kDoubtDelay + kLocalBonus earlier is always first, so
/// nobody is passed over for ever.
std::optional<CallId> next_call(const std::vector<Waiting>& waiting);

}  // namespace sigap::distribution
