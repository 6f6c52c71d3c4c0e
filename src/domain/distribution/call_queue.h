// The callers who wait, in the order of D5, seen from any station; found in logarithmic time, because a disaster
// brings ten thousand of them and each answered one asks who is next.
// Invariant: the same answer as next_call() over all of them (call_queue_test.cpp).
#pragma once
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/id_map.h"
#include "domain/distribution/ranking.h"

namespace sigap::distribution {

class CallQueue {
 public:
  /// Puts a call in, or in another place. `waiting.local` is left out of account: next() knows for whom it asks.
  void put(const Waiting& waiting, const StationCode& home);
  void remove(CallId call);
  /// Whom an operator of this station should take.
  std::optional<CallId> next(const StationCode& station) const;
  std::size_t size() const { return places_.size(); }
  bool holds(CallId call) const { return places_.contains(call); }
  bool empty() const { return places_.empty(); }
  bool operator==(const CallQueue&) const = default;

 private:
  struct Place {
    WaitingOrder order;
    WaitingOrder local_order;
    StationCode home;
    bool operator==(const Place&) const = default;
  };
  IdMap<CallId, Place> places_;
  std::set<WaitingOrder> all_;
  std::map<StationCode, std::set<WaitingOrder>> by_home_;  ///< with the local bonus
};

}  // namespace sigap::distribution
