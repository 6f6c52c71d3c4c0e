// What stands on a station's screens until a person has done it.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void open_callback(Decider& d, CallId call, tasks::TaskKind kind, bool short_ring);
Verdict text_arrives(Decider& d, const TextArrives& in);
void open_task(Decider& d, tasks::TaskOpened task);
/// An operator talks to this caller: nobody need call them back for what was before.
void caller_served(Decider& d, const calls::Call& call);
/// A person accepted, or closed, the event that this incident belongs to: that nobody answered is over.
void alarms_over(Decider& d, IncidentId of, PersonId by);
/// Somebody at a desk works on this incident: that an officer saw it alarms no more.
void attended(Decider& d, IncidentId incident);
/// Whoever took what an officer saw has gone: it is nobody's, and sounds again.
void taker_gone(Decider& d, PersonId person);
Verdict take_task(Decider& d, const TakeTask& c);
Verdict close_task(Decider& d, const CloseTask& c);

}  // namespace sigap::core
