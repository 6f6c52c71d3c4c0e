// Which operator a call rings at, and which call an operator gets. Pure functions over small facts.
// Source: the rules of distribution 3-5 (ARCHITECTURE.md).
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
  bool local = false;  ///< its home is the operator's station
};

/// A local call counts as if it had waited this much longer: own choice, a third of the promise of 10 s, so that nobody
/// is passed over for long.
inline constexpr Duration kLocalBonus = seconds(3);

/// Who is before whom: the lesser is next.
struct WaitingOrder {
  bool calm = true;  ///< not urgent
  Instant counted_since;
  CallId call;
  auto operator<=>(const WaitingOrder&) const = default;
};
WaitingOrder order_of(const Waiting& waiting);

/// Urgent before others, then the longest wait (with the local bonus), then the lower id.
std::optional<CallId> next_call(const std::vector<Waiting>& waiting);

}  // namespace sigap::distribution
