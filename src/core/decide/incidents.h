// An incident from its draft to its end: what is known of it, and the link that is sent to the citizen.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void open_incident(Decider& d, CallId call);
/// Nobody called.
Verdict open_incident(Decider& d, const OpenIncident& c);
/// What the call itself says of where it happened.
std::optional<incidents::Place> place_told(const calls::Call& call);
/// The open incident of a caller who told another place shows it, while it shows what they told before.
void incident_follows(Decider& d, CallId call, const std::optional<incidents::Place>& before);
/// With all its reports.
void close_incident(Decider& d, IncidentId root, incidents::Answer answer);
void archive_incident(Decider& d, IncidentId incident);
Verdict edit_incident(Decider& d, const EditIncident& c);
Verdict close_incident(Decider& d, const CloseIncident& c);
Verdict send_tracking(Decider& d, const SendTracking& c, const std::string& token, const std::string& token_hash);

}  // namespace sigap::core
