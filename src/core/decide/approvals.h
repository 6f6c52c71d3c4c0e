// What two administrators must agree on before it happens.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void proof_given(Decider& d, const ProofGiven& in);
/// Whether what this person asks for has to wait for a second one. The command line is the service's own user.
bool waits_for_second(const Decider& d);
/// Refused when nobody else reaches this person, or this station, as an administrator.
Verdict nobody_else(const Decider& d, PersonId person, const StationCode& station);
/// Notes that it waits. `asked`: what, of whom; id, asker and end are given here. Refused while nobody else could
/// agree.
Verdict ask_second(Decider& d, people::ApprovalAsked asked);
void end_approval(Decider& d, ApprovalId approval, people::ApprovalEnd how);
/// Of somebody who is an administrator no more: nothing that they asked for waits on.
void end_approvals_of(Decider& d, PersonId asker);
Verdict agree(Decider& d, const Agree& c);
Verdict refuse_approval(Decider& d, const Refuse& c);
/// Deletes what the approval names.
void erase(Decider& d, const people::Erasure& erasure, PersonId asked_by);

}  // namespace sigap::core
