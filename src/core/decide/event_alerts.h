// The live alerts of an event: of an incident and all that is joined with it. Found by the index, for a nation has a
// thousand alerts at once and an event one or two.
#pragma once
#include <set>

#include "core/state.h"

namespace sigap::core {

/// Of the whole event that this incident is the root of.
std::set<AlertId> alerts_of_event(const State& state, IncidentId root);
/// Whether a unit was ever alerted for the event that this incident belongs to.
bool help_sent(const State& state, IncidentId incident);
/// Of this incident alone: the one that nobody has acknowledged yet, or nothing.
const dispatch::Alert* unanswered_alert(const State& state, IncidentId incident);

}  // namespace sigap::core
