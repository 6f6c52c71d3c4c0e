// One event, many callers: incidents that may be the same, joined and split again.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// Looks for what this incident may be the same as, and notes it when that changed.
void suggest_duplicates(Decider& d, IncidentId incident);
/// Refused while it is a report of another.
Verdict not_joined(const Decider& d, const incidents::Incident& incident);
void split_incident(Decider& d, IncidentId incident);
Verdict join_incident(Decider& d, const JoinIncident& c);
Verdict split_incident(Decider& d, const SplitIncident& c);
Verdict join_similar(Decider& d, const JoinSimilar& c);

}  // namespace sigap::core
