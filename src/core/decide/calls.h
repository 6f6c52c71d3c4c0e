// A call from its arrival to its end: its home, its voice, its place in the line, hold, transfer and outcome.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void call_arrives(Decider& d, const CallArrives& in);
void caller_moves(Decider& d, const CallerMoves& in);
void call_ends(Decider& d, CallId call, calls::CallEndedBy by, std::string cause);
void leg_ended(Decider& d, const LegEnded& in);
/// Where such a call would be at home.
StationCode station_for(const State& s, const CallArrives& in);
void voice_renegotiated(Decider& d, const VoiceRenegotiated& in);
void voice_lost(Decider& d, const VoiceLost& in);
void return_call(Decider& d, CallId call, calls::ReturnReason reason);
void bridge_reported(Decider& d, const BridgeReported& in);
/// Only who talks to the caller.
Verdict not_mine(const Decider& d, CallId call);
Verdict hang_up(Decider& d, const HangUp& c);
Verdict hold_call(Decider& d, const HoldCall& c);
Verdict resume_call(Decider& d, const ResumeCall& c);
void resume(Decider& d, CallId call, bool by_timeout);
/// What nobody chose in time: a report when help was sent or somebody wrote what happened, else information.
calls::Outcome outcome_by_timeout(const State& s, CallId call);
Verdict set_outcome(Decider& d, CallId call, calls::Outcome outcome, bool by_timeout);

/// The district station nearest to a place, if that can be in the country (D2).
std::optional<StationCode> station_at(const State& s, GeoPoint point);

}  // namespace sigap::core
