// The numbers that something is held against, and the rules of doubt.
// Invariants: at most `numbers_max` numbers; what has decayed to nothing is forgotten with the next mark of anybody.
#pragma once
#include <map>
#include <set>
#include <utility>

#include "domain/reputation/reputation_events.h"

namespace sigap::reputation {

/// What is left of the points at `at`: half after each half-life, in a straight line between.
std::int64_t points_at(const Reputation& s, Instant at);

struct State {
  std::map<CallerRef, Reputation> numbers;
  std::set<std::pair<Instant, CallerRef>> by_end;  ///< when each is forgotten

  void apply(const NumberMarked& e, Instant at, std::size_t numbers_max = kNumbersMax);
  void apply(const NumberCleared& e);

  /// Nothing is held against a caller without a reference (no number), or after the points are gone.
  const Reputation* find(CallerRef caller, Instant at) const;
  bool doubted(CallerRef caller, Instant at) const;

 private:
  void forget(CallerRef caller);
};

}  // namespace sigap::reputation
