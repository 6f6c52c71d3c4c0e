// Whether a caller's reference still means somebody: then it is not taken from their number.
#pragma once
#include "core/state.h"

namespace sigap::core {

/// Something that is being worked on, or held against them, names this caller.
inline bool caller_in_use(const State& s, CallerRef caller) {
  return !s.calls.of(caller).empty() || s.tasks.by_caller.contains(caller) || s.standing.numbers.contains(caller) ||
         (s.cases && s.cases->by_caller.contains(caller));
}

}  // namespace sigap::core
