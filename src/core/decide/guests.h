// The third voice in a call: a colleague, a supervisor or a number outside, and the call handed over to it.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict ask_supervisor(Decider& d, const AskSupervisor& c);
Verdict join_call(Decider& d, const JoinCall& c, const std::string& fresh);
Verdict invite_station(Decider& d, const InviteStation& c);
Verdict invite_line(Decider& d, const InviteLine& c, const std::string& fresh);
Verdict drop_guest(Decider& d, const DropGuest& c);
Verdict leave_call(Decider& d, const LeaveCall& c);
Verdict hand_over(Decider& d, const HandOver& c);
/// And not the one who has the call.
bool is_guest(const State& s, CallId call, PersonId person);
/// A person who has joined, and whose browser is there.
bool guest_may_take_over(const State& s, const calls::Guest& guest);
/// `fresh`: hex digits that nobody can guess, at least 32.
void guest_accepts(Decider& d, CallId call, OfferId offer, const std::string& fresh);
/// A person who has joined. What the operator does then is for whoever asks.
void guest_takes_over(Decider& d, CallId call);
/// A person is free then: whoever asks distributes when all is said.
void guest_leaves(Decider& d, CallId call, calls::GuestEnd how);
void guest_timer(Decider& d, CallId call);
/// Whether the report was about this call's guest.
bool guest_reported(Decider& d, const calls::Call& call, const BridgeReported& in);
void guest_rings(Decider& d, const calls::Call& call);
void guest_answered(Decider& d, const calls::Call& call, const CalleeAnswered& in);
void guest_leg_ended(Decider& d, const calls::Call& call, const LegEnded& in);

}  // namespace sigap::core
