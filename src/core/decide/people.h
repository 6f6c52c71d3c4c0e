// Sign-ins, headsets, ready or not, and the directory of persons and stations.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void sign_in(Decider& d, const SignIn& in);
/// An operator whose page is gone: not ready, and what they had taken is nobody's.
void operator_lost(Decider& d, PersonId person, std::optional<bool> returns);
void end_session(Decider& d, SessionId session, people::SessionEnd how);
void browser_attached(Decider& d, SessionId session);
void browser_gone(Decider& d, SessionId session);
void browser_timer(Decider& d, SessionId session);
Verdict pass_headset(Decider& d);
Verdict be_ready(Decider& d);
Verdict take_next(Decider& d, const std::string& fresh);
Verdict report_headset(Decider& d, const ReportHeadset& c);
/// Not ready, for the reason that they had before.
void not_ready_again(Decider& d, PersonId person);
Verdict take_pause(Decider& d, const TakePause& c);
Verdict add_person(Decider& d, const AddPerson& c);
Verdict change_person(Decider& d, const ChangePerson& c);
Verdict set_password(Decider& d, const SetPassword& c);
Verdict change_password(Decider& d, const ChangePassword& c);
void sign_in_failed(Decider& d, const SignInFailed& in);
Verdict disable_person(Decider& d, const DisablePerson& c);
Verdict enable_person(Decider& d, const EnablePerson& c);
Verdict define_station(Decider& d, const DefineStation& c);
/// The record as agreed, or as asked by who needs nobody's agreement. Ends a session whose rights change.
void record_change(Decider& d, people::PersonChanged change);
/// Of somebody else, who has to choose another; their sign-in ends.
void record_password(Decider& d, PersonId person, Personal<std::string> hash, std::optional<Instant> temporary_until);

}  // namespace sigap::core
