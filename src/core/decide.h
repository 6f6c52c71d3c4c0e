// The one place where anything is decided. No clock, I/O, thread or randomness: what is needed arrives in the input.
#pragma once
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/policy.h"
#include "core/state.h"

namespace sigap::core {

struct Decision {
  std::vector<Event> events;       ///< folded into the state already; to be journaled before anything else happens
  std::optional<Refusal> refusal;  ///< what the asker is told; a refused command changes nothing but the audit
  SessionId session;               ///< of a SignIn
};

/// `now` never goes back. `state` is changed only through apply(); the caller commits `events` or stops being the core.
Decision decide(State& state, const Positions& positions, const Policy& policy, const Input& input, Instant now);

/// The next timer that is due at `now`. Each is served before the inbox (W3 in docs/rules.md).
std::optional<TimerDue> due_timer(const State& state, Instant now);
std::optional<Instant> next_deadline(const State& state);

}  // namespace sigap::core
