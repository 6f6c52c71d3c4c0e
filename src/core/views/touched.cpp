#include "core/views/touched.h"

#include "base/overloaded.h"
#include "core/decide/event_alerts.h"

namespace sigap::core::views {
namespace {

struct Touch {
  Touched& t;
  const State& s;
  std::set<IncidentId> roots = {};   ///< whose followers are looked at in the end
  std::set<IncidentId> moving = {};  ///< joined or split off

  void person(PersonId id) {
    t.people.insert(id);
    t.board = true;
  }
  /// Somebody came or went: their shifts show it, and those that run at their station show who is missing there.
  void presence(PersonId id) {
    person(id);
    const auto& theirs = s.rosters.of(id);
    t.shifts.insert(theirs.begin(), theirs.end());
    for (const auto shift : theirs) running_at(s.rosters.find(shift)->station);
    if (const auto* found = s.people.person(id)) running_at(found->station);
  }
  void running_at(const StationCode& station) {
    const auto there = s.rosters.running.find(station);
    if (there != s.rosters.running.end()) t.shifts.insert(there->second.begin(), there->second.end());
  }
  /// A shift of these people changed: who is beyond theirs, or missing at the station, may be others now.
  void shift(ShiftId id, const StationCode& station, const std::set<PersonId>& people) {
    t.board = true;
    t.shifts.insert(id);
    running_at(station);
    for (const auto each : people) presence(each);
    if (const auto* found = s.rosters.find(id))
      for (const auto each : found->people) presence(each);
  }
  void call(CallId id) {
    t.calls.insert(id);
    t.board = true;
    // Whose call it is decides who else sees its incident.
    if (const auto* found = s.calls.find(id); found && found->incident) t.incidents.insert(found->incident);
  }
  void incident(IncidentId id) {
    t.incidents.insert(id);
    if (const auto* found = s.incidents.find(id)) t.calls.insert(found->call);
  }
  /// Something that those behind this event show changed. Looked at once for all events, when all are known: a thousand
  /// may be joined together.
  void followers(IncidentId of) { roots.insert(s.incidents.root_of(of)); }
  /// To whom this was suggested.
  void likers(IncidentId of) {
    const auto them = s.incidents.likers.find(of);
    if (them != s.incidents.likers.end()) t.incidents.insert(them->second.begin(), them->second.end());
  }
  void moved(IncidentId incident, IncidentId root) {
    moving.insert(incident);
    t.incidents.insert(root);
    followers(root);
    followers(incident);
  }
  void finish() {
    std::erase_if(roots, [&](IncidentId root) { return s.incidents.reporters(root) == 1 && !moving.contains(root); });
    if (roots.empty()) return;
    for (const auto root : roots) {
      t.incidents.insert(root);
      for (const auto id : s.incidents.event_of(root)) look_at(id);
    }
    // An officer on the way to a report is told how many there are.
    for (const auto root : roots)
      for (const auto id : alerts_of_event(s, root)) t.incidents.insert(s.dispatch.alert(id)->incident);
  }
  void look_at(IncidentId id) {
    const auto* each = s.incidents.find(id);
    if (!each) return;
    if (s.calls.find(each->call)) t.incidents.insert(id);  // who waits on the line is told of the help
    // What came along moved with it, and what they were suggested to is suggested another.
    auto at = id;
    while (!moving.contains(at)) {
      at = s.incidents.find(at)->into;
      if (!at) return;
    }
    t.incidents.insert(id);
    likers(id);
  }
  /// A unit's alert opens the incident to the unit and the unit to the incident's people.
  void alert(AlertId id, IncidentId of, PersonId unit) {
    t.alerts.insert(id);
    t.incidents.insert(of);
    followers(of);
    t.units.insert(unit);
    t.people.insert(unit);
  }

  void operator()(const EpochBegan&) { t.everything = true; }
  void operator()(const TurnedAwayAtDoor&) {}
  void operator()(const ServedLate&) { t.everything = true; }  // rings end later
  /// What became of a link.
  void settled(EffectId effect) {
    const auto link = s.incidents.by_link_effect.find(effect.value);
    if (link != s.incidents.by_link_effect.end()) t.incidents.insert(link->second);
  }
  void operator()(const EffectSettled& e) { settled(e.effect); }
  void operator()(const EffectsDone& e) {
    for (const auto effect : e.effects) settled(effect);
  }
  void operator()(const stations::StationDefined&) { t.everything = true; }
  void operator()(const people::PersonAdded& e) { person(e.person); }
  void operator()(const people::PersonChanged&) { t.everything = true; }
  void operator()(const people::PasswordChanged& e) { t.people.insert(e.person); }
  void operator()(const people::PersonDisabled& e) { person(e.person); }
  void operator()(const people::PersonEnabled& e) { person(e.person); }
  void operator()(const people::SessionOpened& e) { presence(e.person); }
  void operator()(const people::SessionEnded& e) { presence(e.person); }
  void operator()(const people::BrowserConnected& e) { presence(e.person); }
  void operator()(const people::BrowserLost& e) { presence(e.person); }
  void operator()(const people::BrowserAbsent& e) { presence(e.person); }
  void operator()(const people::SessionProved& e) { t.people.insert(e.person); }
  void operator()(const people::ProofRefused&) {}
  void operator()(const people::ApprovalAsked& e) { t.approvals.insert(e.approval); }
  void operator()(const people::ApprovalEnded& e) { t.approvals.insert(e.approval); }
  void operator()(const people::TotpSet& e) { t.people.insert(e.person); }
  void operator()(const people::TotpRemoved& e) { t.people.insert(e.person); }
  void operator()(const people::RecoveryCodesMade& e) { t.people.insert(e.person); }
  void operator()(const people::PasskeyAdded& e) { t.people.insert(e.person); }
  void operator()(const people::PasskeyRemoved& e) { t.people.insert(e.person); }
  void operator()(const people::PasskeyCloned& e) { t.people.insert(e.person); }
  void operator()(const people::SecondFactorUsed& e) { t.people.insert(e.person); }
  void operator()(const people::SecondFactorsRemoved& e) { t.people.insert(e.person); }
  void operator()(const people::DevicesKnown& e) { t.people.insert(e.person); }
  void operator()(const people::HeadsetPassed& e) { person(e.person); }
  void operator()(const people::OperatorReady& e) { presence(e.person); }
  void operator()(const people::OperatorNotReady& e) { presence(e.person); }
  void operator()(const privacy::RecordsForgotten&) {}
  void operator()(const privacy::RecordsRead&) {}
  void operator()(const privacy::CallerLookedUp&) {}
  void operator()(const privacy::RecordingPlayed&) {}
  void operator()(const privacy::HoldPlaced&) {}
  void operator()(const privacy::HoldLifted&) {}
  void operator()(const privacy::RecordingsDropped&) {}
  void operator()(const people::SignInRefused& e) {
    if (!e.refusal) return;
    t.refused_sign_ins.insert(*e.refusal);
    t.refused_sign_ins.insert({e.refusal->value - people::kRefusedSignInsMost});  // made room for it
  }
  void operator()(const people::CommandRefused&) {}
  void operator()(const calls::CallArrived& e) { call(e.call); }
  void operator()(const calls::CallLocated& e) { t.calls.insert(e.call); }
  void operator()(const calls::CallHomed& e) { call(e.call); }
  void operator()(const calls::CallAdmitted& e) { call(e.call); }
  void operator()(const calls::CallVoiceOpened&) {}
  void operator()(const calls::CallVoiceLost& e) { call(e.call); }
  void operator()(const calls::CallEstablished&) {}
  void operator()(const calls::CallRenegotiated&) {}
  void operator()(const calls::CallAccepted& e) {
    call(e.call);
    person(e.person);
  }
  void operator()(const calls::CallConnected& e) { call(e.call); }
  void operator()(const calls::CallHeld& e) { call(e.call); }
  void operator()(const calls::CallResumed& e) { call(e.call); }
  void operator()(const OneOf<calls::DigitHeard, calls::TextSaid, calls::PhotographKept, calls::CallerSpeaks> auto& e) {
    t.calls.insert(e.call);
  }
  void operator()(const calls::PhotographSeen&) {}
  void operator()(const calls::CallUrgent& e) { t.calls.insert(e.call); }
  void operator()(const calls::CallDoubted& e) { t.calls.insert(e.call); }
  void operator()(const calls::CallerRemembered& e) { t.calls.insert(e.call); }
  void operator()(const calls::DoubtLifted& e) { t.calls.insert(e.call); }
  void operator()(const calls::AskedToPress& e) { t.calls.insert(e.call); }
  void operator()(const calls::CallReturned& e) {
    call(e.call);
    person(e.person);
  }
  void operator()(const calls::CallEnded& e) {
    call(e.call);
    if (const auto* ended = s.calls.find(e.call)) person(ended->operator_);
  }
  void operator()(const calls::CallPlaced& e) {
    call(e.call);
    presence(e.person);
  }
  void operator()(const calls::RingBackPlaced& e) { t.tasks.insert(e.task); }
  void operator()(const calls::RingBackAnswered&) {}
  void operator()(const calls::RingBackQueued& e) {
    call(e.call);
    if (const auto* found = s.calls.find(e.call)) t.tasks.insert(found->task);
  }
  void operator()(const calls::RingBackDeclined& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::RingBackPlanned&) {}
  void operator()(const tasks::RingBackDue&) {}
  void operator()(const tasks::RingBackSkipped&) {}
  void operator()(const calls::SupervisorAsked& e) { call(e.call); }
  void operator()(const calls::GuestInvited& e) { guest(e.call, e.person); }
  void operator()(const calls::GuestRang& e) { t.calls.insert(e.call); }
  void operator()(const calls::GuestCame& e) { guest(e.call, e.person); }
  void operator()(const calls::GuestConnected& e) { t.calls.insert(e.call); }
  void operator()(const calls::GuestLeft& e) { guest(e.call, e.person); }
  void guest(CallId of, PersonId who) {
    call(of);
    if (who) presence(who);
  }
  void operator()(const calls::ListeningStarted& e) { t.calls.insert(e.call); }
  void operator()(const calls::ListeningEnded& e) { t.calls.insert(e.call); }
  void operator()(const calls::Whispered& e) { t.calls.insert(e.call); }
  void operator()(const calls::CallHandedOver& e) {
    guest(e.call, e.person);
    presence(e.from);
  }
  void operator()(const calls::CallRelayed& e) { guest(e.call, e.person); }
  void operator()(const calls::CallRang& e) { call(e.call); }
  void operator()(const calls::CallPickedUp& e) { call(e.call); }
  void operator()(const calls::CallUnreached& e) {
    call(e.call);
    presence(e.person);
  }
  void operator()(const calls::LegClosed&) {}
  // The call is gone; who saw an incident only for its sake no longer does.
  void operator()(const calls::OutcomeSet& e) {
    t.calls.insert(e.call);
    t.incidents.insert(e.incident);
    t.people.insert(e.person);
  }
  void operator()(const calls::CallClosed& e) {
    t.calls.insert(e.call);
    t.incidents.insert(e.incident);
  }
  void operator()(const distribution::CallOffered& e) {
    call(e.call);
    person(e.person);
  }
  void operator()(const distribution::OfferRenewed& e) { call(e.call); }
  void operator()(const distribution::SecondRingOpened& e) { call(e.call); }
  void operator()(const distribution::OfferEnded& e) {
    call(e.call);
    person(e.person);
  }
  void operator()(const incidents::IncidentOpened& e) {
    incident(e.incident);
    if (e.after) t.incidents.insert(*e.after);  // who saw it because of this call sees it as others do now
  }
  void operator()(const incidents::IncidentEdited& e) {
    t.incidents.insert(e.incident);
    if (!e.incident_type) return;
    for (const auto id : s.incidents.event_of(e.incident)) likers(id);
  }
  void operator()(const incidents::TrackingOpened& e) { t.incidents.insert(e.incident); }
  void operator()(const incidents::IncidentClosed& e) {
    t.incidents.insert(e.incident);
    likers(e.incident);
  }
  void operator()(const incidents::IncidentLikened& e) { t.incidents.insert(e.incident); }
  void operator()(const incidents::IncidentJoined& e) { moved(e.incident, e.into); }
  void operator()(const incidents::IncidentSplit& e) { moved(e.incident, e.from); }
  void operator()(const incidents::IncidentArchived& e) { t.incidents.insert(e.incident); }
  void operator()(const incidents::MessageOrdered& e) { t.incidents.insert(e.incident); }
  void operator()(const dispatch::UnitOnDuty& e) { unit(e.unit); }
  void operator()(const dispatch::UnitOffDuty& e) { unit(e.unit); }
  void unit(PersonId id) {
    t.units.insert(id);
    t.people.insert(id);
  }
  void operator()(const dispatch::UnitsRecommended& e) { t.incidents.insert(e.incident); }
  void operator()(const dispatch::AlertRaised& e) { alert(e.alert, e.incident, e.unit); }
  void operator()(const dispatch::AlertAdvanced& e) { alert(e.alert, e.incident, e.unit); }
  void operator()(const dispatch::AlertEnded& e) { alert(e.alert, e.incident, e.unit); }
  void operator()(const dispatch::ChainExhausted& e) { t.incidents.insert(e.incident); }
  void operator()(const dispatch::HelpRequested& e) {
    if (const auto* alert = s.dispatch.alert(e.alert)) t.incidents.insert(alert->incident);
  }
  void operator()(const tasks::TaskOpened& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::TaskMerged& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::TextReceived& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::TaskTaken& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::CallbackTried& e) { t.tasks.insert(e.task); }
  void operator()(const tasks::TaskClosed& e) { t.tasks.insert(e.task); }
  void operator()(const clients::ClientAdded& e) { t.clients.insert(e.client); }
  void operator()(const clients::ClientChanged& e) { t.clients.insert(e.client); }
  void operator()(const clients::ClientKeyMade& e) { t.clients.insert(e.client); }
  void operator()(const clients::ClientEnabled& e) { t.clients.insert(e.client); }
  void operator()(const clients::ClientDisabled& e) { t.clients.insert(e.client); }
  void operator()(const clients::ClientHeard& e) { t.clients.insert(e.client); }
  void operator()(const clients::DeliveriesReported& e) { t.clients.insert(e.client); }
  void operator()(const clients::DeliveriesReplayed& e) { t.clients.insert(e.client); }
  void operator()(const clients::ReportTaken&) {}
  void operator()(const reputation::NumberMarked&) {}  // later calls will know
  void operator()(const reputation::NumberCleared&) {}
  void operator()(const quality::ReviewFormDefined&) { t.everything = true; }  // rare: an installation changed it
  void operator()(const quality::ReviewDrawn& e) { t.reviews.insert(e.review); }
  void operator()(const quality::ReviewPassed&) { t.board = true; }
  void operator()(const quality::CallReviewed& e) { t.reviews.insert(e.review); }
  void operator()(const quality::ReviewAcknowledged& e) { t.reviews.insert(e.review); }
  void operator()(const quality::ReviewClosed& e) { t.reviews.insert(e.review); }
  void operator()(const cases::CategoriesDefined&) { t.everything = true; }  // rare: an installation changed it
  void operator()(const OneOf<cases::CaseOpened, cases::CaseMoved, cases::CaseRaised, cases::CaseAnswered,
                              cases::CaseNoted, cases::CaseContested, cases::CaseRated, cases::CaseArchived> auto& e) {
    t.cases.insert(e.complaint);
    if (const auto* complaint = find_case(s, e.complaint); complaint && complaint->task)
      t.tasks.insert(complaint->task);
  }
  void operator()(const cases::CaseMessageOrdered&) {}
  void operator()(const rosters::ShiftPlanned& e) { shift(e.shift, e.station, {}); }
  void operator()(const rosters::ShiftChanged& e) { shift(e.shift, e.station, e.left); }
  void operator()(const rosters::ShiftRemoved& e) { shift(e.shift, e.station, e.left); }
  void operator()(const rosters::ShiftBegan& e) { shift(e.shift, e.station, {}); }
  void operator()(const rosters::ShiftEnded& e) { shift(e.shift, e.station, {}); }
  void operator()(const recordings::RecordingStarted& e) { t.calls.insert(e.call); }
  void operator()(const recordings::RecordingInterrupted& e) { t.calls.insert(e.call); }
  void operator()(const recordings::RecordingResumed& e) { t.calls.insert(e.call); }
  void operator()(const recordings::RecordingEnded& e) { t.calls.insert(e.call); }
};

}  // namespace

bool Touched::nothing() const {
  return !everything && !board && calls.empty() && incidents.empty() && alerts.empty() && tasks.empty() &&
         units.empty() && people.empty() && shifts.empty() && reviews.empty() && approvals.empty() &&
         refused_sign_ins.empty() && clients.empty() && cases.empty();
}

Touched touched_by(const State& state, const std::vector<Event>& events) {
  Touched t;
  Touch touch{t, state};
  for (const auto& event : events) std::visit(touch, event.body);
  touch.finish();
  t.incidents.erase(IncidentId{});
  t.people.erase(PersonId{});
  // Whoever starts or ceases to see an incident does so with its alerts and their units.
  for (const auto incident : t.incidents) {
    const auto its = state.indexes.alerts.find(incident);
    if (its == state.indexes.alerts.end()) continue;
    for (const auto id : its->second) {
      t.alerts.insert(id);
      t.units.insert(state.dispatch.alert(id)->unit);
    }
  }
  return t;
}

}  // namespace sigap::core::views
