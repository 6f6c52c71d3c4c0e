// One decision in the making: the state it reads, the events it has caused so far. emit() folds at once, so that later
// parts of the same decision see what earlier ones did. What is emitted is committed before anything of it leaves the
// process.
#pragma once
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/policy.h"
#include "core/state.h"

namespace sigap::core {

struct Turn {
  State& state;
  const Positions& positions;
  const Policy& policy;
  Instant now;
  std::string cause;
  Actor actor;
  std::vector<Event> events = {};

  /// `body`: an alternative of EventBody. One that the journal's format has no word for does not happen (kFormatOf).
  template <class Body>
  void emit(Body body) {
    Event& event = begin_event();
    if constexpr (std::is_same_v<Body, EpochBegan>) event.epoch = body.epoch;
    event.body = std::move(body);
    if (!has_words(event)) return events.pop_back();
    apply(state, event);
  }

 private:
  Event& begin_event();
  /// In the journal's format. What is newer and may be absent is left out.
  bool has_words(Event& event) const;
};

/// A leg's name: 128 bits in hexadecimal (ports/telephony.h) out of so many or more.
inline LegId leg_named(const std::string& fresh) {
  constexpr std::size_t kLegName = 32;
  return {fresh.substr(0, kLegName)};
}

/// Refused, or done.
using Verdict = std::optional<Refusal>;
inline Verdict no(std::string code, std::string message, std::string field = {}) {
  return Refusal{std::move(code), std::move(field), std::move(message)};
}

// distribution: decide_distribution.cpp
void distribute(Turn& t);
void end_offer(Turn& t, OfferId offer, distribution::OfferEnd how, PersonId taken_by = {});
void end_offers_of(Turn& t, CallId call, distribution::OfferEnd how);
Verdict accept_offer(Turn& t, const AcceptOffer& c, const std::string& fresh);
Verdict decline_offer(Turn& t, const DeclineOffer& c);
Verdict transfer_call(Turn& t, const TransferCall& c);
// calls: decide_calls.cpp
void call_arrives(Turn& t, const CallArrives& in);
void caller_moves(Turn& t, const CallerMoves& in);
void call_ends(Turn& t, CallId call, calls::CallEndedBy by, std::string cause);
void leg_ended(Turn& t, const LegEnded& in);
/// Where such a call would be at home.
StationCode station_for(const State& s, const CallArrives& in);
void voice_renegotiated(Turn& t, const VoiceRenegotiated& in);
void voice_lost(Turn& t, const VoiceLost& in);
void return_call(Turn& t, CallId call, calls::ReturnReason reason);
void bridge_reported(Turn& t, const BridgeReported& in);
/// Only who talks to the caller.
Verdict not_mine(const Turn& t, CallId call);
Verdict hang_up(Turn& t, const HangUp& c);
Verdict hold_call(Turn& t, const HoldCall& c);
Verdict resume_call(Turn& t, const ResumeCall& c);
void resume(Turn& t, CallId call, bool by_timeout);
/// What nobody chose in time: a report when help was sent or somebody wrote what happened, else information.
calls::Outcome outcome_by_timeout(const State& s, CallId call);
Verdict set_outcome(Turn& t, CallId call, calls::Outcome outcome, bool by_timeout);
// the third voice: decide_guests.cpp
Verdict ask_supervisor(Turn& t, const AskSupervisor& c);
Verdict join_call(Turn& t, const JoinCall& c, const std::string& fresh);
Verdict invite_station(Turn& t, const InviteStation& c);
Verdict invite_line(Turn& t, const InviteLine& c, const std::string& fresh);
Verdict drop_guest(Turn& t, const DropGuest& c);
Verdict leave_call(Turn& t, const LeaveCall& c);
Verdict hand_over(Turn& t, const HandOver& c);
/// And not the one who has the call.
bool is_guest(const State& s, CallId call, PersonId person);
/// A person who has joined, and whose browser is there.
bool guest_may_take_over(const State& s, const calls::Guest& guest);
/// `fresh`: hex digits that nobody can guess, at least 32.
void guest_accepts(Turn& t, CallId call, OfferId offer, const std::string& fresh);
/// A person who has joined. What the operator does then is for whoever asks.
void guest_takes_over(Turn& t, CallId call);
/// A person is free then: whoever asks distributes when all is said.
void guest_leaves(Turn& t, CallId call, calls::GuestEnd how);
void guest_timer(Turn& t, CallId call);
/// Whether the report was about this call's guest.
bool guest_reported(Turn& t, const calls::Call& call, const BridgeReported& in);
void guest_rings(Turn& t, const calls::Call& call);
void guest_answered(Turn& t, const calls::Call& call, const CalleeAnswered& in);
void guest_leg_ended(Turn& t, const calls::Call& call, const LegEnded& in);
// callers who cannot speak, and numbers that are doubted: decide_callers.cpp
void digit_pressed(Turn& t, const DigitPressed& in);
Verdict ask_to_press(Turn& t, const AskToPress& c);
/// Whether a call that has just arrived goes before others or a little behind.
void weigh(Turn& t, CallId call);
/// What this call says about its number.
void judge_number(Turn& t, const calls::Call& call, calls::Outcome outcome);
Verdict forgive_number(Turn& t, const ForgiveNumber& c);
// calls of ours: decide_outgoing.cpp
/// The trunk that a call of ours takes: the one that the caller came by, when it takes any.
std::optional<TrunkName> way_out(const Policy& policy, const TrunkName& came_by);
/// The number of a task as it may be dialled, and the way out; or why not.
struct WayBack {
  std::string number;
  TrunkName trunk;
};
/// Whoever is in a call, or in training, takes no other.
Verdict not_free(const Turn& t);
Result<WayBack> way_back(const Policy& policy, const tasks::Task& task);
Verdict call_back(Turn& t, const CallBack& c, const std::string& fresh);
void callee_rings(Turn& t, const CalleeRings& in);
void callee_answered(Turn& t, const CalleeAnswered& in);
/// Nobody picked up. The operator is what they were, or lost.
void unreached(Turn& t, CallId call, calls::CallEndedBy by, std::string cause, tasks::CallbackEnd end,
               bool operator_lost = false);
// the system calls back: decide_ring_back.cpp
/// Of an open callback that came of this leg.
void plan_ring_back(Turn& t, TaskId task, const LegId& of_call);
void ring_back_due(Turn& t, TaskId task);
/// Calls whom it may, now that operators have nothing else to do.
void ring_back_next(Turn& t);
/// It was not picked up: tried again later when that was the network's doing or ours.
void ring_back_failed(Turn& t, const calls::Call& call, tasks::CallbackEnd end);
void ring_back_answered(Turn& t, const calls::Call& call, const CalleeAnswered& in);
void ring_back_queue(Turn& t, CallId call, bool pressed);
void ring_back_key(Turn& t, const calls::Call& call, const std::string& digit);
// people: decide_people.cpp
void sign_in(Turn& t, const SignIn& in);
void end_session(Turn& t, SessionId session, people::SessionEnd how);
void browser_attached(Turn& t, SessionId session);
void browser_gone(Turn& t, SessionId session);
void browser_timer(Turn& t, SessionId session);
Verdict pass_headset(Turn& t);
Verdict be_ready(Turn& t);
Verdict take_next(Turn& t, const std::string& fresh);
Verdict report_headset(Turn& t, const ReportHeadset& c);
/// Not ready, for the reason that they had before.
void not_ready_again(Turn& t, PersonId person);
Verdict take_pause(Turn& t, const TakePause& c);
Verdict add_person(Turn& t, const AddPerson& c);
Verdict change_person(Turn& t, const ChangePerson& c);
Verdict set_password(Turn& t, const SetPassword& c);
Verdict change_password(Turn& t, const ChangePassword& c);
void sign_in_failed(Turn& t, const SignInFailed& in);
Verdict disable_person(Turn& t, const DisablePerson& c);
Verdict enable_person(Turn& t, const EnablePerson& c);
Verdict define_station(Turn& t, const DefineStation& c);
// two persons: decide_approvals.cpp
void proof_given(Turn& t, const ProofGiven& in);
/// Whether what this person asks for has to wait for a second one. The command line is the service's own user.
bool waits_for_second(const Turn& t);
/// Refused when nobody else reaches this person, or this station, as an administrator.
Verdict nobody_else(const Turn& t, PersonId person, const StationCode& station);
/// Notes that it waits. `asked`: what, of whom; id, asker and end are given here. Refused while nobody else could
/// agree.
Verdict ask_second(Turn& t, people::ApprovalAsked asked);
void end_approval(Turn& t, ApprovalId approval, people::ApprovalEnd how);
/// Of somebody who is an administrator no more: nothing that they asked for waits on.
void end_approvals_of(Turn& t, PersonId asker);
Verdict agree(Turn& t, const Agree& c);
Verdict refuse_approval(Turn& t, const Refuse& c);
/// Deletes what the approval names.
void erase(Turn& t, const people::Erasure& erasure, PersonId asked_by);
// what people's data is about: decide_privacy.cpp
Verdict look_up_caller(Turn& t, const std::optional<CallerRecords>& found);
Verdict forget_caller(Turn& t, const ForgetCaller& c, const std::optional<CallerRecords>& found);
void records_shown(Turn& t, const RecordsShown& in);
void retention_over(Turn& t, const RetentionOver& in);
/// The record as agreed, or as asked by who needs nobody's agreement. Ends a session whose rights change.
void record_change(Turn& t, people::PersonChanged change);
/// Of somebody else, who has to choose another; their sign-in ends.
void record_password(Turn& t, PersonId person, Personal<std::string> hash, std::optional<Instant> temporary_until);
// incidents: decide_incidents.cpp
void open_incident(Turn& t, CallId call);
/// What the call itself says of where it happened.
std::optional<incidents::Place> place_told(const calls::Call& call);
/// The open incident of a caller who told another place shows it, while it shows what they told before.
void incident_follows(Turn& t, CallId call, const std::optional<incidents::Place>& before);
/// With all its reports.
void close_incident(Turn& t, IncidentId root, incidents::Answer answer);
void archive_incident(Turn& t, IncidentId incident);
Verdict edit_incident(Turn& t, const EditIncident& c);
Verdict close_incident(Turn& t, const CloseIncident& c);
Verdict send_tracking(Turn& t, const SendTracking& c, const std::string& token, const std::string& token_hash);
// one event, many callers: decide_joining.cpp
/// Looks for what this incident may be the same as, and notes it when that changed.
void liken(Turn& t, IncidentId incident);
/// Refused while it is a report of another.
Verdict not_joined(const Turn& t, const incidents::Incident& incident);
void split_incident(Turn& t, IncidentId incident);
Verdict join_incident(Turn& t, const JoinIncident& c);
Verdict split_incident(Turn& t, const SplitIncident& c);
Verdict join_similar(Turn& t, const JoinSimilar& c);
// dispatch: decide_dispatch.cpp
Verdict recommend_units(Turn& t, const RecommendUnits& c);
Verdict dispatch_unit(Turn& t, const DispatchUnit& c);
Verdict cancel_alert(Turn& t, const CancelAlert& c);
Verdict advance_alert(Turn& t, const AdvanceAlert& c);
Verdict decline_alert(Turn& t, const DeclineAlert& c);
Verdict go_on_duty(Turn& t);
Verdict go_off_duty(Turn& t);
Verdict request_help(Turn& t);
void alert_expired(Turn& t, AlertId alert);
void leave_duty(Turn& t, PersonId unit);
// tasks: decide_tasks.cpp
void open_callback(Turn& t, CallId call, tasks::TaskKind kind, bool short_ring);
Verdict text_arrives(Turn& t, const TextArrives& in);
void open_task(Turn& t, tasks::TaskOpened task);
/// An operator talks to this caller: nobody need call them back for what was before.
void caller_served(Turn& t, const calls::Call& call);
/// A person accepted, or closed, the event that this incident belongs to: that nobody answered is over.
void alarms_over(Turn& t, IncidentId of);
Verdict take_task(Turn& t, const TakeTask& c);
Verdict close_task(Turn& t, const CloseTask& c);
// rosters: decide_rosters.cpp
Verdict plan_shift(Turn& t, const PlanShift& c);
Verdict change_shift(Turn& t, const ChangeShift& c);
Verdict remove_shift(Turn& t, const RemoveShift& c);
void shift_begins(Turn& t, ShiftId shift);
void shift_ends(Turn& t, ShiftId shift);

}  // namespace sigap::core
