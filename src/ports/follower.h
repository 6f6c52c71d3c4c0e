// Somebody who reads the journal behind the core and makes something of it: an index, a history, deliveries to others.
// Invariants: what a follower made of events and how far it has read are one transaction of its own store, so nothing
// is taken twice and nothing is missed; it decides nothing about a call, may be hours behind, and may be made anew of
// the journal. What must come back of it comes back as an input.
#pragma once
#include <vector>

#include "base/result.h"
#include "core/event.h"
#include "ports/journal.h"

namespace sigap::ports {

/// A reader of the journal. One thread at a time may use it.
class Follower {
 public:
  virtual ~Follower() = default;
  /// How far it has read: the position and hash of the last event that it took.
  virtual JournalHead head() = 0;
  /// Forgets everything, because the journal is another one, or because its tail never counted.
  virtual Result<bool> begin_anew() = 0;
  /// Takes the next events, in order, which end at `head`; what is personal in them reads as unknown, unless
  /// the follower has keys (runtime/followers/journal_follower.h). All of them become
  /// durable, or none: after a refusal the same events are given again later.
  virtual Result<bool> take(const std::vector<core::Event>& events, const JournalHead& head) = 0;
  /// Called once a minute, when everything that is in the journal was taken.
  virtual void caught_up() {}
};

}  // namespace sigap::ports
