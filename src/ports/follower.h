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

/// One thread at a time.
class Follower {
 public:
  virtual ~Follower() = default;
  /// How far it has read: of the last event that it took.
  virtual JournalHead head() = 0;
  /// Forgets everything: the journal is another one, or its tail never counted.
  virtual Result<bool> begin_anew() = 0;
  /// The next events, in order, which end at `head`; personal values in them are sealed. All of it durable, or none: a
  /// refusal has the same events given again later.
  virtual Result<bool> take(const std::vector<core::Event>& events, const JournalHead& head) = 0;
  /// Once a minute, when everything that is in the journal was taken.
  virtual void caught_up() {}
};

}  // namespace sigap::ports
