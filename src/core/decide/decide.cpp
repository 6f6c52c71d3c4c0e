#include "core/decide.h"

#include "base/check.h"
#include "base/overloaded.h"
#include "core/access/access.h"
#include "core/command_name.h"
#include "core/decide/approvals.h"
#include "core/decide/callers.h"
#include "core/decide/calls.h"
#include "core/decide/cases.h"
#include "core/decide/clients.h"
#include "core/decide/conversations.h"
#include "core/decide/dispatch.h"
#include "core/decide/distribution.h"
#include "core/decide/evidence.h"
#include "core/decide/guests.h"
#include "core/decide/incidents.h"
#include "core/decide/joining.h"
#include "core/decide/listening.h"
#include "core/decide/outgoing.h"
#include "core/decide/people.h"
#include "core/decide/privacy.h"
#include "core/decide/quality.h"
#include "core/decide/recordings.h"
#include "core/decide/ring_back.h"
#include "core/decide/rosters.h"
#include "core/decide/second_factor.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

const char* timer_cause(TimerKind kind) {
  switch (kind) {
    case TimerKind::second_ring:
      return "timer.second_ring";
    case TimerKind::offer:
      return "timer.offer";
    case TimerKind::connect:
      return "timer.connect";
    case TimerKind::browser:
      return "timer.browser";
    case TimerKind::wrap_up:
      return "timer.wrap_up";
    case TimerKind::session:
      return "timer.session";
    case TimerKind::alert:
      return "timer.alert";
    case TimerKind::tracking:
      return "timer.tracking";
    case TimerKind::test_call:
      return "timer.test_call";
    case TimerKind::hold:
      return "timer.hold";
    case TimerKind::ask:
      return "timer.ask";
    case TimerKind::callee:
      return "timer.callee";
    case TimerKind::guest:
      return "timer.guest";
    case TimerKind::ring_back:
      return "timer.ring_back";
    case TimerKind::ring_back_key:
      return "timer.ring_back_key";
    case TimerKind::shift_begins:
      return "timer.shift_begins";
    case TimerKind::shift_ends:
      return "timer.shift_ends";
    case TimerKind::approval:
      return "timer.approval";
    case TimerKind::review:
      return "timer.review";
    case TimerKind::complaint:
      return "timer.complaint";
  }
  return "timer";
}

std::string cause_of(const Input& input) {
  return std::visit(
      Overloaded{
          [](const Started&) -> std::string { return "process.started"; },
          [](const RaiseFormat&) -> std::string { return "process.format"; },
          [](const WasLate&) -> std::string { return "process.late"; },
          [](const DefineStations&) -> std::string { return "process.first_start"; },
          [](const DefineReviewForm&) -> std::string { return "process.review_form"; },
          [](const DefineCaseCategories&) -> std::string { return "process.case_categories"; },
          [](const CaseArrives&) -> std::string { return "web.complaint"; },
          [](const CaseDisputed&) -> std::string { return "web.not_solved"; },
          [](const CaseMarked&) -> std::string { return "web.rating"; },
          [](const CallArrives&) -> std::string { return "sip.invite"; },
          [](const CallerMoves&) -> std::string { return "sip.place"; },
          [](const TextArrives&) -> std::string { return "sip.message"; },
          [](const TurnedAwayAtDoor&) -> std::string { return "sip.door"; },
          [](const LegConfirmed&) -> std::string { return "sip.ack"; },
          [](const VoiceOpened&) -> std::string { return "media.opened"; },
          [](const VoiceRenegotiated&) -> std::string { return "sip.offer"; },
          [](const VoiceLost&) -> std::string { return "media.lost"; },
          [](const LegEnded&) -> std::string { return "sip.end"; },
          [](const DigitPressed&) -> std::string { return "media.digit"; },
          [](const TextTyped&) -> std::string { return "web.text"; },
          [](const PhotographSealed&) -> std::string { return "web.photograph"; },
          [](const LanguageChosen&) -> std::string { return "web.language"; },
          [](const CalleeRings&) -> std::string { return "sip.ringing"; },
          [](const CalleeAnswered&) -> std::string { return "sip.answered"; },
          [](const BridgeReported&) -> std::string { return "media.bridge"; },
          [](const RecordingChanges&) -> std::string { return "recorder.changed"; },
          [](const RecordingClosed&) -> std::string { return "recorder.closed"; },
          [](const EffectsReported&) -> std::string { return "effect.report"; },
          [](const OneOf<SignIn, SignInFailed> auto&) -> std::string { return "web.sign_in"; },
          [](const ProofGiven&) -> std::string { return "web.proof"; },
          [](const BrowserAttached&) -> std::string { return "web.attached"; },
          [](const BrowserGone&) -> std::string { return "web.gone"; },
          [](const AlertShown&) -> std::string { return "web.alert_seen"; },
          [](const RecordsShown&) -> std::string { return "web.shown"; },
          [](const OneOf<RetentionOver, RecordingsOver> auto&) -> std::string { return "process.retention"; },
          [](const ClientAsked&) -> std::string { return "web.client"; },
          [](const DeliveriesStand&) -> std::string { return "deliveries.stand"; },
          [](const CommandAsked& in) -> std::string { return std::string("command.") + command_name(in.command); },
          [](const TimerDue& in) -> std::string { return timer_cause(in.kind); },
      },
      input);
}

/// A guest who is dialled, or whose way to the operator is half made: nobody knows how far it came. Who rings at a desk
/// rings on.
bool unfinished(const calls::Guest& guest) {
  if (guest.kind == calls::GuestKind::outside && guest.state == calls::GuestState::invited) return true;
  return guest.state == calls::GuestState::joining;
}

/// A process of ours died; callers and voices did not. Only a test call's echo lived in it: its caller is told. And
/// what we were dialling.
void started(Decider& d, const Started& in) {
  // An older journal is gone on with as it is: the program before may be needed again.
  d.emit(EpochBegan{in.epoch, in.version, d.state.format ? d.state.format : in.format});
  std::vector<CallId> tests;
  for (const auto& [id, call] : d.state.calls.calls)
    if (call.kind == calls::CallKind::test) tests.push_back(id);
  for (const auto id : tests) call_ends(d, id, calls::CallEndedBy::system, "restart");
  // Who has not picked up yet is not ours any more: should they, they are told that nobody is there (SIP hand).
  std::vector<CallId> placed;
  for (const auto& [id, call] : d.state.calls.calls)
    if (call.awaits_callee()) placed.push_back(id);
  for (const auto id : placed) unreached(d, id, calls::CallEndedBy::network, "restart", tasks::CallbackEnd::failed);
  // Who was being asked whether they need help heard it half: a person asks them.
  const auto asked = d.state.calls.ringing_back;
  for (const auto id : asked) ring_back_queue(d, id, false);
  std::vector<CallId> inviting;
  for (const auto& [id, call] : d.state.calls.calls)
    if (call.guest && unfinished(*call.guest)) inviting.push_back(id);
  for (const auto id : inviting) {
    const auto leg = d.state.calls.find(id)->guest->leg;
    guest_leaves(d, id, calls::GuestEnd::failed);
    if (const auto* known = d.state.calls.leg(leg); known && known->invite_at == 0) d.emit(calls::LegClosed{id, leg});
  }
}

void timer_due(Decider& d, const TimerDue& in) {
  switch (in.kind) {
    case TimerKind::second_ring:
      d.emit(distribution::SecondRingOpened{{in.id}});
      return distribute(d);
    case TimerKind::offer: {
      const auto person = d.state.offers.at({in.id}).person;
      const auto* session = d.state.people.session_of(person);
      if (session && !session->connected) {  // not back after a start: nobody missed anything
        end_offer(d, {in.id}, distribution::OfferEnd::operator_lost);
        return distribute(d);
      }
      end_offer(d, {in.id}, distribution::OfferEnd::missed);
      d.emit(people::OperatorNotReady{person, people::NotReadyReason::missed});
      return distribute(d);
    }
    case TimerKind::connect:
      return return_call(d, {in.id}, calls::ReturnReason::media_failed);
    case TimerKind::browser:
      return browser_timer(d, {in.id});
    case TimerKind::wrap_up: {
      const auto call = d.state.people.operator_of({in.id})->call;
      return (void)set_outcome(d, call, outcome_by_timeout(d.state, call), true);
    }
    case TimerKind::session:
      return end_session(d, {in.id}, people::SessionEnd::expired);
    case TimerKind::alert:
      return alert_expired(d, {in.id});
    case TimerKind::tracking:
      return archive_incident(d, {in.id});
    case TimerKind::hold:
    case TimerKind::ask:
      return resume(d, {in.id}, true);
    case TimerKind::callee:
      return unreached(d, {in.id}, calls::CallEndedBy::system, "no answer", tasks::CallbackEnd::no_answer);
    case TimerKind::guest:
      return guest_timer(d, {in.id});
    case TimerKind::ring_back:
      return ring_back_due(d, {in.id});
    case TimerKind::ring_back_key:
      return ring_back_queue(d, {in.id}, false);
    case TimerKind::shift_begins:
      return shift_begins(d, {in.id});
    case TimerKind::shift_ends:
      return shift_ends(d, {in.id});
    case TimerKind::review:
      return close_review(d, {in.id});
    case TimerKind::complaint:
      return case_due(d, {in.id});
    case TimerKind::approval:
      return end_approval(d, {in.id}, people::ApprovalEnd::expired);
    case TimerKind::test_call:
      return call_ends(d, {in.id}, calls::CallEndedBy::system, "test over");
  }
}

Verdict carry_out(Decider& d, const CommandAsked& in) {
  return std::visit(Overloaded{
                        [&](const PassHeadset&) { return pass_headset(d); },
                        [&](const BeReady&) { return be_ready(d); },
                        [&](const TakeNext&) { return take_next(d, in.fresh_token_hash); },
                        [&](const ReportHeadset& c) { return report_headset(d, c); },
                        [&](const TakePause& c) { return take_pause(d, c); },
                        [&](const AcceptOffer& c) { return accept_offer(d, c, in.fresh_token_hash); },
                        [&](const DeclineOffer& c) { return decline_offer(d, c); },
                        [&](const HangUp& c) { return hang_up(d, c); },
                        [&](const HoldCall& c) { return hold_call(d, c); },
                        [&](const ResumeCall& c) { return resume_call(d, c); },
                        [&](const AskToPress& c) { return ask_to_press(d, c); },
                        [&](const SayText& c) { return say_text(d, c); },
                        [&](const ViewPhotograph& c) { return view_photograph(d, c); },
                        [&](const ForgiveNumber& c) { return forgive_number(d, c); },
                        [&](const TransferCall& c) { return transfer_call(d, c); },
                        [&](const AskSupervisor& c) { return ask_supervisor(d, c); },
                        [&](const JoinCall& c) { return join_call(d, c, in.fresh_token_hash); },
                        [&](const InviteStation& c) { return invite_station(d, c); },
                        [&](const InviteLine& c) { return invite_line(d, c, in.fresh_token_hash); },
                        [&](const DropGuest& c) { return drop_guest(d, c); },
                        [&](const LeaveCall& c) { return leave_call(d, c); },
                        [&](const HandOver& c) { return hand_over(d, c); },
                        [&](const ListenIn& c) { return listen_in(d, c, in.fresh_token_hash); },
                        [&](const StopListening& c) { return stop_listening(d, c); },
                        [&](const Whisper& c) { return whisper(d, c); },
                        [&](const SetOutcome& c) { return outcome_said(d, c, in.fresh_token); },
                        [&](const OpenIncident& c) { return open_incident(d, c); },
                        [&](const EditIncident& c) { return edit_incident(d, c); },
                        [&](const CloseIncident& c) { return close_incident(d, c); },
                        [&](const SendTracking& c) { return send_tracking(d, c, in.fresh_token, in.fresh_token_hash); },
                        [&](const JoinIncident& c) { return join_incident(d, c); },
                        [&](const SplitIncident& c) { return split_incident(d, c); },
                        [&](const JoinSimilar& c) { return join_similar(d, c); },
                        [&](const RecommendUnits& c) { return recommend_units(d, c); },
                        [&](const DispatchUnit& c) { return dispatch_unit(d, c); },
                        [&](const CancelAlert& c) { return cancel_alert(d, c); },
                        [&](const AdvanceAlert& c) { return advance_alert(d, c); },
                        [&](const DeclineAlert& c) { return decline_alert(d, c); },
                        [&](const GoOnDuty&) { return go_on_duty(d); },
                        [&](const GoOffDuty&) { return go_off_duty(d); },
                        [&](const RequestHelp&) { return request_help(d); },
                        [&](const TakeTask& c) { return take_task(d, c); },
                        [&](const CallBack& c) { return call_back(d, c, in.fresh_token_hash); },
                        [&](const CloseTask& c) { return close_task(d, c); },
                        [&](const PlanShift& c) { return plan_shift(d, c); },
                        [&](const ChangeShift& c) { return change_shift(d, c); },
                        [&](const RemoveShift& c) { return remove_shift(d, c); },
                        [&](const AddPerson& c) { return add_person(d, c); },
                        [&](const ChangePerson& c) { return change_person(d, c); },
                        [&](const SetPassword& c) { return set_password(d, c); },
                        [&](const ChangePassword& c) { return change_password(d, c); },
                        [&](const DisablePerson& c) { return disable_person(d, c); },
                        [&](const EnablePerson& c) { return enable_person(d, c); },
                        [&](const DefineStation& c) { return define_station(d, c); },
                        [&](const Agree& c) { return agree(d, c); },
                        [&](const Refuse& c) { return refuse_approval(d, c); },
                        [&](const LookUpCaller&) { return look_up_caller(d, in.found); },
                        [&](const ForgetCaller& c) { return forget_caller(d, c, in.found); },
                        [&](const SetTotp&) { return set_totp(d, in.made); },
                        [&](const RemoveTotp&) { return remove_totp(d); },
                        [&](const MakeRecoveryCodes&) { return make_recovery_codes(d, in.made); },
                        [&](const AddPasskey& c) { return add_passkey(d, c, in.made); },
                        [&](const RemovePasskey& c) { return remove_passkey(d, c); },
                        [&](const KnowDevices&) { return know_devices(d); },
                        [&](const EndSession& c) { return end_session_of(d, c); },
                        [&](const ReviewCall& c) { return review_call(d, c); },
                        [&](const AcknowledgeReview& c) { return acknowledge_review(d, c); },
                        [&](const AnswerCase& c) { return answer_case(d, c); },
                        [&](const NoteCase& c) { return note_case(d, c); },
                        [&](const MoveCase& c) { return move_case(d, c); },
                        [&](const PlayRecording& c) { return play_recording(d, c, in.known); },
                        [&](const PlaceHold& c) { return place_hold(d, c, in.known); },
                        [&](const LiftHold& c) { return lift_hold(d, c); },
                        [&](const AddClient& c) { return add_client(d, c, in.fresh_token); },
                        [&](const ChangeClient& c) { return change_client(d, c); },
                        [&](const RotateClientKey& c) { return rotate_client_key(d, c, in.fresh_token); },
                        [&](const DisableClient& c) { return disable_client(d, c); },
                        [&](const EnableClient& c) { return enable_client(d, c); },
                        [&](const ReplayDeliveries& c) { return replay_deliveries(d, c); },
                        [&](const OpenReport& c) { return open_report(d, c, in.fresh_token, in.fresh_token_hash); },
                        [&](const SignOut&) -> Verdict {
                          end_session(d, d.actor.session, people::SessionEnd::signed_out);
                          return {};
                        },
                    },
                    in.command);
}

/// Who asks, as the journal says it.
Actor actor_of(const State& s, const Asker& asker) {
  return std::visit(Overloaded{
                        [](const System&) -> Actor { return {}; },
                        [&](const SignedIn& in) -> Actor {
                          return {s.people.session(in.session)->person, in.session, ""};
                        },
                        [](const CommandLine&) -> Actor {
                          return {{}, {}, "command line"};
                        },
                        [](const ApiClient& client) -> Actor {
                          return {{}, {}, "client " + client.name};
                        },
                    },
                    asker);
}

/// What a person may not is written down, and whether they gave their password lately is asked.
Verdict person_may_not(Decider& d, const people::Session& session, const Command& command) {
  if (auto refusal = access::objection(d.state, *d.state.people.person(session.person), command)) {
    d.emit(people::CommandRefused{session.id, session.person, command_name(command), refusal->code});
    return refusal;
  }
  if (access::needs_proof(command) && d.now - session.proved > d.policy.proof_lasts)
    return no("proof", "give your password again");
  return {};
}

Verdict command_asked(Decider& d, const CommandAsked& in) {
  const auto kind = access::kind_of(d.state, in.asker);
  if (!kind) return no("signed_out", "this sign-in is over");
  d.asker = in.asker;
  d.actor = actor_of(d.state, in.asker);
  if (const auto* session = d.state.people.session(d.actor.session)) {
    if (auto refusal = person_may_not(d, *session, in.command)) return refusal;
  } else if (const auto* client = std::get_if<ApiClient>(&in.asker)) {
    // It may be said very often: what was refused is summed up by who let the client in (ClientAsked).
    if (auto refusal = access::objection(d.state, *find_client(d.state, client->name), in.command)) return refusal;
  } else if (!access::may(*kind, in.command)) {
    return no("not_allowed", "whoever asks does not have this");
  }
  return carry_out(d, in);
}

void effects_reported(Decider& d, const EffectsReported& in) {
  EffectsDone done;
  for (const auto& report : in.reports) {
    if (!d.state.outstanding.contains(report.effect)) continue;
    if (report.outcome == EffectOutcome::done && report.note.empty())
      done.effects.push_back(report.effect);
    else
      d.emit(EffectSettled{report.effect, report.outcome, report.note});
  }
  if (!done.effects.empty()) d.emit(std::move(done));
}

Verdict raise_format(Decider& d, const RaiseFormat& in) {
  if (in.to <= d.state.format)
    return no("format", "the journal is of format " + std::to_string(d.state.format) + " already");
  d.actor.reason = "command line";
  d.emit(EpochBegan{d.state.epoch, in.version, in.to});  // every program reads it, and refuses a format beyond its own
  return {};
}

std::int64_t format_of(const Input& input) {
  return std::visit(
      Overloaded{
          [](const CommandAsked& in) { return std::visit([]<class C>(const C&) { return kFormatOf<C>; }, in.command); },
          []<class I>(const I&) { return kFormatOf<I>; },
      },
      input);
}

Verdict decide_input(Decider& d, const Input& input, Decision& decision) {
  return std::visit(
      Overloaded{
          [&](const Started& in) -> Verdict { return started(d, in), Verdict{}; },
          [&](const RaiseFormat& in) -> Verdict { return raise_format(d, in); },
          [&](const WasLate& in) -> Verdict {
            const auto runs = [&](TimerKind kind) {
              const auto its = d.state.timers.by_kind.find(kind);
              return its != d.state.timers.by_kind.end() && its->second.begin() != its->second.end();
            };
            if (std::ranges::any_of(kOfReaction, runs)) d.emit(ServedLate{in.by});
            return {};
          },
          [&](const TextArrives& in) -> Verdict { return text_arrives(d, in); },
          [&](const TurnedAwayAtDoor& in) -> Verdict { return d.emit(in), Verdict{}; },
          [&](const DefineStations& in) -> Verdict {
            for (const auto& station : in.stations) {
              if (const auto wrong = stations::objection(d.state.stations, station))
                return no("invalid", station.code.value + ": " + *wrong, "stations");
              d.emit(stations::StationDefined{station});
            }
            return {};
          },
          [&](const DefineReviewForm& in) -> Verdict { return define_review_form(d, in); },
          [&](const DefineCaseCategories& in) -> Verdict { return define_case_categories(d, in); },
          [&](const OneOf<CaseArrives, CaseDisputed, CaseMarked> auto& in) -> Verdict { return complain(d, in); },
          [&](const CallArrives& in) -> Verdict { return call_arrives(d, in), Verdict{}; },
          [&](const CallerMoves& in) -> Verdict { return caller_moves(d, in), Verdict{}; },
          [&](const LegConfirmed& in) -> Verdict {
            if (const auto* call = d.state.calls.find(in.leg)) d.emit(calls::CallEstablished{call->id, in.leg});
            return {};
          },
          [&](const VoiceOpened& in) -> Verdict {
            if (const auto* call = d.state.calls.find(in.leg)) d.emit(calls::CallVoiceOpened{call->id, in.leg, in.sdp});
            return {};
          },
          [&](const VoiceRenegotiated& in) -> Verdict { return voice_renegotiated(d, in), Verdict{}; },
          [&](const VoiceLost& in) -> Verdict { return voice_lost(d, in), Verdict{}; },
          [&](const LegEnded& in) -> Verdict { return leg_ended(d, in), Verdict{}; },
          [&](const DigitPressed& in) -> Verdict { return digit_pressed(d, in), Verdict{}; },
          [&](const TextTyped& in) -> Verdict { return text_typed(d, in); },
          [&](const PhotographSealed& in) -> Verdict { return photograph_sealed(d, in); },
          [&](const LanguageChosen& in) -> Verdict { return language_chosen(d, in); },
          [&](const CalleeRings& in) -> Verdict { return callee_rings(d, in), Verdict{}; },
          [&](const CalleeAnswered& in) -> Verdict { return callee_answered(d, in), Verdict{}; },
          [&](const BridgeReported& in) -> Verdict { return bridge_reported(d, in), Verdict{}; },
          [&](const RecordingChanges& in) -> Verdict { return recording_changes(d, in), Verdict{}; },
          [&](const RecordingClosed& in) -> Verdict { return recording_closed(d, in), Verdict{}; },
          [&](const EffectsReported& in) -> Verdict { return effects_reported(d, in), Verdict{}; },
          [&](const SignIn& in) -> Verdict {
            const auto* person = d.state.people.person(in.person);
            if (!person || person->disabled) return no("disabled", "this person may not sign in");
            if (person->temporary_until && d.now > *person->temporary_until)
              return no("temporary_over", "this password was to be used within a day: ask for another");
            const auto* op = d.state.people.operator_of(in.person);
            if (op && op->state == people::OperatorState::talking && d.state.people.session(op->session)->connected)
              return no("in_call", "this person is in a call elsewhere");
            d.actor.person = in.person;
            if (auto refusal = factor_given(d, in)) return refusal;
            decision.session = {d.state.next.session};
            sign_in(d, in);
            return {};
          },
          [&](const SignInFailed& in) -> Verdict { return sign_in_failed(d, in), Verdict{}; },
          [&](const RecordsShown& in) -> Verdict { return records_shown(d, in), Verdict{}; },
          [&](const RetentionOver& in) -> Verdict { return retention_over(d, in), Verdict{}; },
          [&](const RecordingsOver& in) -> Verdict { return recordings_over(d, in), Verdict{}; },
          [&](const ClientAsked& in) -> Verdict { return client_asked(d, in), Verdict{}; },
          [&](const DeliveriesStand& in) -> Verdict { return deliveries_stand(d, in), Verdict{}; },
          [&](const ProofGiven& in) -> Verdict { return proof_given(d, in), Verdict{}; },
          [&](const BrowserAttached& in) -> Verdict { return browser_attached(d, in.session), Verdict{}; },
          [&](const BrowserGone& in) -> Verdict { return browser_gone(d, in.session), Verdict{}; },
          [&](const AlertShown& in) -> Verdict {
            const auto* session = d.state.people.session(in.session);
            const auto* alert = d.state.dispatch.alert(in.alert);
            if (session && alert && alert->unit == session->person && alert->status == dispatch::AlertStatus::sent)
              d.emit(dispatch::AlertAdvanced{alert->id, alert->incident, alert->unit, dispatch::AlertStatus::delivered,
                                             dispatch::Via::app, alert->unit});
            return {};
          },
          [&](const CommandAsked& in) -> Verdict { return command_asked(d, in); },
          [&](const TimerDue& in) -> Verdict {
            const auto before = d.state.timers.due(in.kind, in.id);
            SIGAP_CHECK(before && *before <= d.now);
            timer_due(d, in);
            const auto after = d.state.timers.due(in.kind, in.id);  // a timer that stays due would spin for ever
            SIGAP_CHECK(!after || *after > d.now);
            return {};
          },
      },
      input);
}

}  // namespace

Decision decide(State& state, const Positions& positions, const Policy& policy, const Input& input, Instant now) {
  if (now < state.now) now = state.now;    // a clock that was set back: time stands still until it catches up
  constexpr std::size_t kUsualEvents = 8;  // most decisions cause fewer; an event is half a kilobyte to move
  Decider turn{state, positions, policy, now, cause_of(input), {}};
  turn.events.reserve(kUsualEvents);
  Decision decision;
  if (const auto format = format_of(input); state.format > 0 && state.format < format)
    decision.refusal = no("format", "the journal is of format " + std::to_string(state.format) + ", this needs " +
                                        std::to_string(format) + ": sigap journal raise-format");
  else
    decision.refusal = decide_input(turn, input, decision);
  look_after_listeners(turn);  // whatever happened, whoever listens to what is over ceases to
  decision.events = std::move(turn.events);
  return decision;
}

std::optional<TimerDue> due_timer(const State& state, Instant now) {
  if (state.timers.by_time.empty() || state.timers.by_time.begin()->at > now) return std::nullopt;
  return TimerDue{state.timers.by_time.begin()->kind, state.timers.by_time.begin()->id};
}

std::optional<Instant> next_deadline(const State& state) {
  if (state.timers.by_time.empty()) return std::nullopt;
  return state.timers.by_time.begin()->at;
}

}  // namespace sigap::core
