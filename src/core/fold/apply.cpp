#include <utility>

#include "base/check.h"
#include "base/overloaded.h"
#include "core/fold/fold_case.h"
#include "core/fold/happening_of.h"
#include "core/policy.h"
#include "core/state.h"

namespace sigap::core {
namespace {

using Kind = incidents::HappeningKind;

/// Folds one event. `at` is the event's own time; nothing here reads what is personal.
struct Fold {
  State& s;
  Instant at;

  void set(TimerKind kind, std::int64_t id, Duration after) { s.timers.set(kind, id, at + after); }
  void clear(TimerKind kind, std::int64_t id) { s.timers.clear(kind, id); }

  /// Nobody could react while no process was there: whoever must has at least this long from now on.
  void grant(TimerKind kind, Duration least) {
    std::vector<std::int64_t> due;
    for (const auto& [id, when] : s.timers.by_kind[kind])
      if (when < at + least) due.push_back(id);
    for (const auto id : due) set(kind, id, least);
  }

  /// A line of the incident's timeline.
  void happened(IncidentId incident, incidents::Happening what) {
    what.at = at;
    s.incidents.happened(incident, what);
  }

  /// All have ended: the call has.
  void forget_offers(CallId call) {
    const auto found = s.indexes.offers.find(call);
    if (found == s.indexes.offers.end()) return;
    for (const auto id : found->second) s.offers.erase(id);
  }

  /// As if they had accepted it: whatever names somebody's side of a call names it by its offer.
  void name_side(OfferId offer, CallId call, PersonId person) {
    s.next.offer = offer.value + 1;
    s.offers[offer] = {offer, call, person, distribution::Tier::home, false, at, at, distribution::OfferEnd::accepted};
  }

  void operator()(const EpochBegan& e) {
    s.format = e.format;
    if (std::exchange(s.epoch, e.epoch) == e.epoch) return;  // the same process: only the format is raised
    for (auto& [id, session] : s.people.sessions) {
      session.connected = false;
      set(TimerKind::browser, id.value, kPolicy.browser_grace);
    }
    // Until its browser is back, a ring is heard by nobody.
    for (const auto& [id, offer] : s.offers)
      if (!offer.ended) set(TimerKind::offer, id.value, kPolicy.reattach_within);
    grant(TimerKind::connect, kPolicy.connect_within);
    grant(TimerKind::guest, kPolicy.connect_within);
    grant(TimerKind::wrap_up, kPolicy.browser_grace);
    grant(TimerKind::alert, kPolicy.browser_grace);
  }
  void operator()(const TurnedAwayAtDoor&) {}
  void operator()(const ServedLate& e) {
    for (const auto kind : kOfReaction) {
      const auto running = s.timers.by_kind[kind];
      for (const auto& [id, when] : running) s.timers.set(kind, id, when + e.by);
    }
    for (auto& [id, offer] : s.offers)
      if (!offer.ended) offer.until = s.timers.due(TimerKind::offer, id.value).value_or(offer.until);
  }
  void settled(EffectId effect, bool done) {
    s.outstanding.erase(effect);
    if (const auto link = s.incidents.by_link_effect.find(effect.value); link != s.incidents.by_link_effect.end())
      happened(link->second, {.kind = done ? Kind::link_sent : Kind::link_failed});
    s.incidents.settled(effect.value, done);
  }
  void operator()(const EffectSettled& e) { settled(e.effect, e.outcome == EffectOutcome::done); }
  void operator()(const EffectsDone& e) {
    for (const auto effect : e.effects) settled(effect, true);
  }
  void operator()(const stations::StationDefined& e) { s.stations.apply(e); }
  void operator()(const people::PersonAdded& e) {
    s.people.apply(e);
    s.next.person = e.person.value + 1;
  }
  void operator()(
      const OneOf<people::PersonChanged, people::PasswordChanged, people::PersonDisabled, people::PersonEnabled,
                  people::ProofRefused, people::HeadsetPassed, people::TotpRemoved, people::RecoveryCodesMade,
                  people::PasskeyRemoved, people::SecondFactorsRemoved, people::DevicesKnown> auto& e) {
    s.people.apply(e);
  }
  void operator()(const people::SessionOpened& e) {
    s.people.apply(e, at);
    s.next.session = e.session.value + 1;
    s.timers.set(TimerKind::session, e.session.value, e.expires);
    set(TimerKind::browser, e.session.value, kPolicy.browser_grace);
  }
  void operator()(const people::SessionEnded& e) {
    clear(TimerKind::session, e.session.value);
    clear(TimerKind::browser, e.session.value);
    clear(TimerKind::wrap_up, e.person.value);
    s.people.apply(e, at);
  }
  void operator()(const OneOf<people::BrowserConnected, people::BrowserAbsent> auto& e) {
    clear(TimerKind::browser, e.session.value);
    s.people.apply(e, at);
  }
  void operator()(const people::BrowserLost& e) {
    set(TimerKind::browser, e.session.value, kPolicy.browser_grace);
    s.people.apply(e, at);
  }
  void operator()(const OneOf<people::SessionProved, people::TotpSet, people::PasskeyAdded, people::PasskeyCloned,
                              people::SecondFactorUsed> auto& e) {
    s.people.apply(e, at);
  }
  void operator()(const people::ApprovalAsked& e) {
    s.people.apply(e, at);
    s.next.approval = e.approval.value + 1;
    s.timers.set(TimerKind::approval, e.approval.value, e.expires);
  }
  void operator()(const people::ApprovalEnded& e) {
    clear(TimerKind::approval, e.approval.value);
    s.people.apply(e);
  }
  // What is forgotten is no part of the state any more: a live record is refused where it is decided.
  void operator()(const OneOf<privacy::RecordsForgotten, privacy::RecordsRead, privacy::CallerLookedUp,
                              privacy::RecordingPlayed, privacy::RecordingsDropped> auto&) {}
  void operator()(const OneOf<privacy::HoldPlaced, privacy::HoldLifted> auto& e) { privacy::apply(s.holds, e, at); }
  void operator()(const people::OperatorReady& e) {
    clear(TimerKind::wrap_up, e.person.value);
    s.people.apply(e, at);
  }
  void operator()(const people::OperatorNotReady& e) {
    clear(TimerKind::wrap_up, e.person.value);
    if (e.reason == people::NotReadyReason::lost)
      if (const auto* op = s.people.operator_of(e.person)) clear(TimerKind::browser, op->session.value);
    s.people.apply(e, at);
  }
  void operator()(const people::SignInRefused& e) {
    s.people.apply(e, at);
    if (e.refusal) s.next.sign_in_refusal = e.refusal->value + 1;
  }
  void operator()(const people::CommandRefused&) {}
  void operator()(const OneOf<calls::CallLocated, calls::CallHomed, calls::CallAdmitted, calls::CallVoiceOpened,
                              calls::CallEstablished, calls::CallerSpeaks, calls::CallUrgent, calls::CallDoubted,
                              calls::CallerRemembered, calls::DoubtLifted, calls::LegClosed, calls::OutcomeSet,
                              calls::CallClosed> auto& e) {
    s.calls.apply(e);
  }
  void operator()(const calls::CallArrived& e) {
    s.calls.apply(e, at, s.position);
    s.next.call = e.call.value + 1;
    if (e.kind == calls::CallKind::test) set(TimerKind::test_call, e.call.value, kPolicy.test_call_lasts);
  }
  void operator()(const calls::CallVoiceLost& e) {
    s.calls.apply(e);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
    if (s.calls.find(e.call)->state == calls::CallState::talking)
      set(TimerKind::connect, e.call.value, kPolicy.connect_within);
  }
  void operator()(const calls::CallRenegotiated& e) { s.calls.apply(e, s.position); }
  void operator()(const calls::CallAccepted& e) {
    s.calls.apply(e, at);
    s.people.talking(e.person, e.call, at);
    clear(TimerKind::second_ring, e.call.value);
    set(TimerKind::connect, e.call.value, kPolicy.connect_within);
  }
  void operator()(const calls::CallConnected& e) {
    s.calls.apply(e);
    clear(TimerKind::connect, e.call.value);
  }
  void operator()(const calls::CallHeld& e) {
    s.calls.apply(e, at);
    set(TimerKind::hold, e.call.value, kPolicy.hold_lasts);
  }
  void operator()(const calls::CallResumed& e) {
    s.calls.apply(e);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
  }
  void operator()(const calls::DigitHeard& e) { s.calls.apply(e, at); }
  void operator()(const OneOf<calls::TextSaid, calls::PhotographKept> auto& e) { s.calls.apply(e, at); }
  void operator()(const calls::PhotographSeen&) {}
  void operator()(const calls::AskedToPress& e) {
    s.calls.apply(e, at);
    set(TimerKind::ask, e.call.value, kPolicy.asking_lasts);
  }
  void operator()(const calls::CallReturned& e) {
    s.calls.apply(e, at);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
    clear(TimerKind::connect, e.call.value);
  }
  void operator()(const calls::CallEnded& e) {
    s.calls.apply(e, at);
    clear(TimerKind::connect, e.call.value);
    clear(TimerKind::second_ring, e.call.value);
    clear(TimerKind::test_call, e.call.value);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
    forget_offers(e.call);
    const auto* call = s.calls.find(e.call);
    if (e.answered) happened(call->incident, {.kind = Kind::call_ended, .by = call->operator_});
    const auto* op = s.people.operator_of(call->operator_);
    if (!e.answered || !op || op->call != e.call || op->state != people::OperatorState::talking) return;
    s.people.wrap_up(op->person, at);
    set(TimerKind::wrap_up, op->person.value, kPolicy.wrap_up_lasts);
  }
  void operator()(const calls::CallPlaced& e) {
    s.calls.apply(e, at);
    s.next.call = e.call.value + 1;
    name_side(e.offer, e.call, e.person);
    s.people.talking(e.person, e.call, at);
    set(TimerKind::callee, e.call.value, kPolicy.callee_rings);
  }
  void operator()(const calls::RingBackPlaced& e) {
    s.calls.apply(e, at);
    s.next.call = e.call.value + 1;
    s.tasks.rings_back(e.task, e.call);
    set(TimerKind::callee, e.call.value, kPolicy.callee_rings);
  }
  void operator()(const calls::RingBackAnswered& e) {
    s.calls.apply(e, at, s.position);
    clear(TimerKind::callee, e.call.value);
    set(TimerKind::ring_back_key, e.call.value, kPolicy.ring_back_asks);
  }
  void operator()(const calls::RingBackQueued& e) {
    clear(TimerKind::callee, e.call.value);
    clear(TimerKind::ring_back_key, e.call.value);
    s.tasks.rings_back(s.calls.find(e.call)->task, {});
    s.calls.apply(e, at);
  }
  void operator()(const calls::RingBackDeclined& e) {
    clear(TimerKind::ring_back_key, e.call.value);
    s.tasks.rings_back(e.task, {});
    s.calls.apply(e);
  }
  void operator()(const tasks::RingBackPlanned& e) {
    s.tasks.apply(e);
    s.timers.set(TimerKind::ring_back, e.task.value, e.at);
  }
  void operator()(const tasks::RingBackDue& e) {
    clear(TimerKind::ring_back, e.task.value);
    s.tasks.apply(e);
  }
  void operator()(const tasks::RingBackSkipped& e) { s.tasks.apply(e); }
  void operator()(const calls::SupervisorAsked& e) { s.calls.apply(e, at); }
  void operator()(const calls::GuestInvited& e) {
    s.calls.apply(e, at);
    name_side(e.offer, e.call, e.person);
    if (e.kind == calls::GuestKind::outside) set(TimerKind::guest, e.call.value, kPolicy.callee_rings);
  }
  void operator()(const calls::GuestRang& e) {
    s.calls.apply(e);
    set(TimerKind::guest, e.call.value, kPolicy.callee_rings);
  }
  void operator()(const calls::GuestCame& e) {
    s.calls.apply(e, at, s.position);
    set(TimerKind::guest, e.call.value, kPolicy.connect_within);
    if (e.person) s.people.talking(e.person, e.call, at);
  }
  void operator()(const calls::GuestConnected& e) {
    s.calls.apply(e, at);
    clear(TimerKind::guest, e.call.value);
  }
  void operator()(const calls::GuestLeft& e) {
    s.calls.apply(e);
    clear(TimerKind::guest, e.call.value);
  }
  void operator()(const calls::ListeningStarted& e) {
    s.calls.apply(e, at);
    s.next.offer = e.whisper.value + 1;
  }
  void operator()(const calls::ListeningEnded& e) { s.calls.apply(e); }
  void operator()(const calls::Whispered& e) { s.calls.apply(e); }
  void operator()(const calls::CallHandedOver& e) {
    s.calls.apply(e, at);
    name_side(e.offer, e.call, e.person);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
    set(TimerKind::connect, e.call.value, kPolicy.connect_within);
  }
  void operator()(const calls::CallRelayed& e) {
    s.calls.apply(e, at);
    clear(TimerKind::hold, e.call.value);
    clear(TimerKind::ask, e.call.value);
    clear(TimerKind::connect, e.call.value);
    set(TimerKind::guest, e.call.value, kPolicy.connect_within);
    s.people.wrap_up(e.person, at);
    set(TimerKind::wrap_up, e.person.value, kPolicy.wrap_up_lasts);
  }
  void operator()(const calls::CallRang& e) {
    s.calls.apply(e);
    set(TimerKind::callee, e.call.value, kPolicy.callee_rings);
  }
  void operator()(const calls::CallPickedUp& e) {
    s.calls.apply(e, at, s.position);
    clear(TimerKind::callee, e.call.value);
    set(TimerKind::connect, e.call.value, kPolicy.connect_within);
  }
  void operator()(const calls::CallUnreached& e) {
    clear(TimerKind::callee, e.call.value);
    clear(TimerKind::ring_back_key, e.call.value);
    s.tasks.rings_back(s.calls.find(e.call)->task, {});
    forget_offers(e.call);
    s.calls.apply(e);
  }

  void operator()(const distribution::CallOffered& e) {
    s.offers[e.offer] = {e.offer, e.call, e.person, e.tier, e.second_ring, at, e.until, {}};
    s.next.offer = e.offer.value + 1;
    s.people.offered(e.person, e.offer, at);
    s.timers.set(TimerKind::offer, e.offer.value, e.until);
    const auto* call = s.calls.find(e.call);
    const bool guest = call->guest && call->guest->offer == e.offer;
    if (!e.second_ring && !guest && !call->second_ring)
      set(TimerKind::second_ring, e.call.value, kPolicy.second_ring_after);
  }
  void operator()(const distribution::OfferRenewed& e) {
    s.offers.at(e.offer).until = e.until;
    s.timers.set(TimerKind::offer, e.offer.value, e.until);
  }
  void operator()(const distribution::SecondRingOpened& e) {
    clear(TimerKind::second_ring, e.call.value);
    s.calls.allow_second_ring(e.call);
  }
  void operator()(const distribution::OfferEnded& e) {
    clear(TimerKind::offer, e.offer.value);
    s.offers.at(e.offer).ended = e.how;
    s.people.offer_over(e.person, at);
  }

  void operator()(const incidents::IncidentOpened& e) {
    const auto* call = s.calls.find(e.call);
    s.incidents.apply(e, at, s.stations.province_of(e.station), call && call->by_page() ? call->leg : LegId{});
    s.next.incident = e.incident.value + 1;
    s.calls.attach_incident(e.call, e.incident);
    happened(e.incident, {.kind = Kind::opened, .by = e.person});
  }
  void operator()(const incidents::IncidentEdited& e) {
    s.incidents.apply(e);
    if (e.place) happened(e.incident, {.kind = Kind::place_set, .by = e.person});
    if (e.incident_type)
      happened(e.incident, {.kind = Kind::type_set, .by = e.person, .type = e.incident_type, .priority = e.priority});
    else if (e.priority)
      happened(e.incident, {.kind = Kind::priority_set, .by = e.person, .priority = e.priority});
  }
  void operator()(const incidents::TrackingOpened& e) { s.incidents.apply(e); }
  void operator()(const incidents::IncidentClosed& e) {
    s.incidents.apply(e, at);
    happened(e.incident, {.kind = Kind::closed, .by = e.person, .answer = e.answer});
    s.timers.set(TimerKind::tracking, e.incident.value, e.tracking_until);
  }
  void operator()(const incidents::IncidentArchived& e) {
    clear(TimerKind::tracking, e.incident.value);
    s.incidents.forget(e.incident);
    s.dispatch.forget(e.incident);
    if (s.clients) s.clients->forget(e.incident);
  }
  void operator()(const incidents::IncidentLikened& e) { s.incidents.apply(e); }
  void operator()(const incidents::IncidentJoined& e) {
    s.incidents.apply(e);
    happened(e.incident, {.kind = Kind::joined, .by = e.person, .other = e.into});
  }
  void operator()(const incidents::IncidentSplit& e) {
    s.incidents.apply(e);
    happened(e.incident, {.kind = Kind::split, .by = e.person, .other = e.from});
  }
  void operator()(const incidents::MessageOrdered& e) {
    s.incidents.apply(e, s.position);
    s.next.message = e.message.value + 1;
    happened(e.incident, {.kind = Kind::link_ordered});
  }

  void operator()(const dispatch::UnitOnDuty& e) { s.dispatch.apply(e, at); }
  void operator()(const dispatch::UnitOffDuty& e) { s.dispatch.apply(e); }
  void operator()(const dispatch::UnitsRecommended& e) { s.dispatch.apply(e); }
  void operator()(const dispatch::AlertRaised& e) {
    s.dispatch.apply(e, at);
    s.next.alert = e.alert.value + 1;
    happened(e.incident, {.kind = Kind::alert_sent, .by = e.by, .unit = e.unit});
    s.timers.set(TimerKind::alert, e.alert.value, e.until);
  }
  void operator()(const dispatch::AlertAdvanced& e) {
    if (e.status >= dispatch::AlertStatus::acknowledged) clear(TimerKind::alert, e.alert.value);
    s.dispatch.apply(e, at);
    const bool radio = e.via == dispatch::Via::radio;
    happened(e.incident, {.kind = happening_of(e.status), .by = e.by, .unit = e.unit, .radio = radio});
  }
  void operator()(const dispatch::AlertEnded& e) {
    clear(TimerKind::alert, e.alert.value);
    s.dispatch.apply(e);
    // Of those that end because it is closed, the closing tells.
    if (e.how != dispatch::AlertEnd::incident_closed)
      happened(e.incident, {.kind = happening_of(e.how), .unit = e.unit});
  }
  void operator()(const dispatch::ChainExhausted& e) { happened(e.incident, {.kind = Kind::nobody_answered}); }
  void operator()(const dispatch::HelpRequested& e) {
    if (const auto* alert = s.dispatch.alert(e.alert))
      happened(alert->incident, {.kind = Kind::help_requested, .unit = e.unit});
  }

  clients::State& clients() { return s.clients ? *s.clients : s.clients.emplace(); }
  void operator()(
      const OneOf<clients::ClientAdded, clients::ClientChanged, clients::ClientKeyMade, clients::ClientEnabled,
                  clients::ClientDisabled, clients::DeliveriesReplayed, clients::ReportTaken> auto& e) {
    clients().apply(e);
  }
  void operator()(const OneOf<clients::ClientHeard, clients::DeliveriesReported> auto& e) { clients().apply(e, at); }

  void operator()(const OfCases auto& e) { fold_case(s, e, at); }

  void operator()(const tasks::TaskOpened& e) {
    s.tasks.apply(e, at);
    task_of_case(s, e.complaint, e.task);
    s.next.task = e.task.value + 1;
  }
  void operator()(const tasks::TaskMerged& e) { s.tasks.apply(e, at); }
  void operator()(const tasks::TextReceived& e) { s.tasks.apply(e, at); }
  void operator()(const tasks::TaskTaken& e) {
    clear(TimerKind::ring_back, e.task.value);  // a person does it
    s.tasks.apply(e);
  }
  void operator()(const tasks::CallbackTried& e) { s.tasks.apply(e, at); }
  void operator()(const tasks::TaskClosed& e) {
    task_of_case(s, s.tasks.find(e.task)->complaint, {});
    clear(TimerKind::ring_back, e.task.value);
    s.tasks.apply(e);
  }

  void operator()(const reputation::NumberMarked& e) { s.standing.apply(e, at); }
  void operator()(const reputation::NumberCleared& e) { s.standing.apply(e); }

  quality::State& quality() { return s.quality ? *s.quality : s.quality.emplace(); }
  void operator()(const quality::ReviewFormDefined& e) { quality().apply(e); }
  void operator()(const quality::ReviewDrawn& e) {
    quality().apply(e, at);
    s.timers.set(TimerKind::review, e.review.value, e.due + kPolicy.review_stays);
  }
  void operator()(const quality::ReviewPassed& e) { quality().apply(e); }
  void operator()(const quality::CallReviewed& e) { quality().apply(e, at); }
  void operator()(const quality::ReviewAcknowledged& e) { quality().apply(e, at); }
  void operator()(const quality::ReviewClosed& e) {
    clear(TimerKind::review, e.review.value);
    quality().apply(e);
  }
  void operator()(const recordings::RecordingStarted& e) {
    if (!s.recordings) s.recordings.emplace();
    s.recordings->apply(e, at);
  }
  void operator()(
      const OneOf<recordings::RecordingInterrupted, recordings::RecordingResumed, recordings::RecordingEnded> auto& e) {
    if (s.recordings) s.recordings->apply(e);
  }

  void operator()(const rosters::ShiftPlanned& e) {
    s.rosters.apply(e, at);
    s.next.shift = e.shift.value + 1;
    s.timers.set(TimerKind::shift_begins, e.shift.value, e.from);
    s.timers.set(TimerKind::shift_ends, e.shift.value, e.until);
  }
  void operator()(const rosters::ShiftChanged& e) {
    s.rosters.apply(e);
    if (!s.rosters.find(e.shift)->begun) s.timers.set(TimerKind::shift_begins, e.shift.value, e.from);
    s.timers.set(TimerKind::shift_ends, e.shift.value, e.until);
  }
  void operator()(const rosters::ShiftRemoved& e) {
    clear(TimerKind::shift_begins, e.shift.value);
    clear(TimerKind::shift_ends, e.shift.value);
    s.rosters.apply(e);
  }
  void operator()(const rosters::ShiftBegan& e) {
    clear(TimerKind::shift_begins, e.shift.value);
    s.rosters.apply(e);
  }
  void operator()(const rosters::ShiftEnded& e) {
    clear(TimerKind::shift_ends, e.shift.value);
    s.rosters.apply(e, at);
  }
};

}  // namespace

void apply(State& state, const Event& event) {
  SIGAP_CHECK(event.seq == state.position + 1);
  SIGAP_CHECK(event.at >= state.now);
  state.position = event.seq;
  state.now = event.at;
  if (effect_of(event.body)) state.outstanding.insert({event.seq});
  std::visit(Fold{state, event.at}, event.body);
  state.indexes.follow(state, event.body);
}

}  // namespace sigap::core
