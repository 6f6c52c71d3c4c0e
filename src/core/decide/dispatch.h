// Units and alerts: who is recommended, alerted, acknowledges, declines, and whom the chain asks next.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict recommend_units(Decider& d, const RecommendUnits& c);
Verdict dispatch_unit(Decider& d, const DispatchUnit& c);
Verdict cancel_alert(Decider& d, const CancelAlert& c);
Verdict advance_alert(Decider& d, const AdvanceAlert& c);
Verdict decline_alert(Decider& d, const DeclineAlert& c);
Verdict go_on_duty(Decider& d);
Verdict go_off_duty(Decider& d);
Verdict request_help(Decider& d);
void alert_expired(Decider& d, AlertId alert);
void leave_duty(Decider& d, PersonId unit);

}  // namespace sigap::core
