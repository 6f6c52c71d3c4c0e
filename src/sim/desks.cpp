#include "sim/desks.h"

#include <utility>

#include "base/overloaded.h"

namespace sigap::sim {
namespace {

using people::NotReadyReason;
using people::OperatorState;

template <class Event>
concept OfPerson = requires(Event e) {
  e.person;
};

constexpr Duration kLooksAgain = seconds(6);  ///< something was asked for and nothing happened: ask again

}  // namespace

template <class Command>
void Desks::asks(const Desk& desk, Command command) {
  if (stage_.server.up() && desk.shift->session) stage_.ask(desk.shift->session, std::move(command));
}

template <class Command>
void Desks::then(Desk& desk, Duration time, Command command) {
  const auto doing = ++desk.doing;
  stage_.after(time, [this, person = desk.person, doing, command = std::move(command)]() mutable {
    auto& d = desks_[person];
    if (d.doing != doing) return;
    asks(d, std::move(command));
    stage_.after(kLooksAgain, [this, person, doing] {
      auto& again = desks_[person];
      if (again.doing == doing) look(again);
    });
  });
}

void Desks::seat(PersonId person, const Seat& seat) {
  Desk desk;
  desk.person = person;
  desk.shift = &shifts_.emplace_back(Shift{person, {}, seat.from, seat.lasts});
  desk.station = seat.station;
  desk.tasks = &tasks_[seat.station];
  for (const auto& station : stage_.scenario.stations)
    if (station.code == seat.station) desk.province = station.parent;
  desks_[person] = desk;
  people_.push_back(person);
}

bool Desks::on_shift(const Shift& shift) const {
  if (shift.away && !stage_.healing) return false;
  if (stage_.healing) return true;
  const Duration of_day{stage_.elapsed().ms % hours(24).ms};
  const Duration since{(of_day.ms - shift.from.ms + hours(24).ms) % hours(24).ms};
  return since < shift.lasts;
}

void Desks::clock() {
  const bool up = stage_.server.up();
  for (const auto& shift : shifts_) {
    const bool here = up && shift.session;
    if (on_shift(shift) != here || stage_.healing) soon(shift.person);
  }
}

void Desks::soon(PersonId person) {
  const auto it = desks_.find(person);
  if (it == desks_.end()) return;
  const auto doing = ++it->second.doing;
  stage_.after(stage_.random.between(milliseconds(100), milliseconds(400)), [this, person, doing] {
    auto& desk = desks_[person];
    if (desk.doing == doing) look(desk);
  });
}

void Desks::event(const core::Event& event) {
  visit_some(Overloaded{
                 [&](const people::SessionOpened& e) { signed_in(e.person, e.session); },
                 [&](const people::SessionEnded& e) { signed_in(e.person, {}); },
                 [&](const tasks::TaskOpened& e) { tasks_[e.station].push_back(e.task); },
                 [&](const tasks::TaskTaken& e) {
                   if (const auto* task = stage_.server.state().tasks.find(e.task); task && !e.person)
                     tasks_[task->station].push_back(e.task);
                 },
                 [&](const dispatch::AlertAdvanced& e) {
                   if (e.status == dispatch::AlertStatus::done) close_soon(e.incident);
                 },
                 [&](const calls::CallEnded& e) {
                   if (const auto* call = stage_.server.state().calls.find(e.call)) soon(call->operator_);
                 },
                 [&](const calls::GuestConnected& e) {
                   if (const auto* call = stage_.server.state().calls.find(e.call)) soon(call->operator_);
                 },
                 [&](const calls::CallConnected& e) {
                   if (const auto* call = stage_.server.state().calls.find(e.call)) soon(call->operator_);
                 },
                 [&](const incidents::IncidentOpened& e) {
                   soon(e.person);
                   const auto desk = desks_.find(e.person);
                   if (!e.call && desk != desks_.end() && stage_.scenario.dispatches) help(desk->second, e.incident);
                 },
                 [&](const OfPerson auto& e) { soon(e.person); },
             },
             event.body);
}

void Desks::signed_in(PersonId person, SessionId session) {
  const auto it = desks_.find(person);
  if (it == desks_.end()) return;
  it->second.shift->session = session;
  soon(person);
}

void Desks::server_started() {
  for (const auto person : people_) soon(person);
}

void Desks::browser_dies(PersonId person) {
  auto& desk = desks_[person];
  desk.browser_back = stage_.now + stage_.random.between(milliseconds(200), seconds(40));
  if (stage_.server.up() && desk.shift->session)
    stage_.say(Way::sip, core::BrowserGone{desk.shift->session});  // the gateway notices by itself
  stage_.after(desk.browser_back - stage_.now, [this, person] { soon(person); });
}

void Desks::cut(const Where& where, bool cut) {
  for (auto& [person, desk] : desks_) {
    if (where.code && desk.station != where.code && desk.province != where.code) continue;
    desk.cut = cut;
    desk.uncut = stage_.now;
    if (cut && stage_.server.up() && desk.shift->session) stage_.say(Way::sip, core::BrowserGone{desk.shift->session});
    soon(person);
  }
}

std::optional<Instant> Desks::there_since(PersonId person) const {
  const auto desk = desks_.find(person);
  if (desk == desks_.end() || desk->second.cut || !desk->second.shift->session) return std::nullopt;
  const auto since = std::max(desk->second.browser_back, desk->second.uncut);
  return since > stage_.now ? std::nullopt : std::optional(since);
}

void Desks::away(const Where& where, bool away) {
  for (auto& [person, desk] : desks_) {
    if (where.code && desk.station != where.code && desk.province != where.code) continue;
    desk.shift->away = away;
    soon(person);
  }
}

void Desks::look(Desk& desk) {
  if (!stage_.server.up()) return;
  const auto& s = stage_.server.state();
  const auto* session = s.people.session(desk.shift->session);
  const bool reachable = !desk.cut && stage_.now >= desk.browser_back;
  if (!session) {
    if (on_shift(*desk.shift) && reachable)
      stage_.say(Way::browser, core::SignIn{desk.person, "token" + std::to_string(desk.person.value) + "-" +
                                                             std::to_string(++desk.sign_ins)});
    return;
  }
  if (!reachable) return;
  if (!session->connected) return stage_.say(Way::browser, core::BrowserAttached{session->id});
  if (s.people.person(desk.person)->temporary_until) {
    if (!std::exchange(desk.tried_the_house, true)) return then(desk, seconds(1), core::PassHeadset{});
    return then(desk, seconds(3), core::ChangePassword{"", "own"});
  }
  const auto* op = s.people.operator_of(desk.person);
  if (!op) return;
  const bool busy = op->state == OperatorState::talking || op->state == OperatorState::wrap_up;
  if (!on_shift(*desk.shift) && !busy) return asks(desk, core::SignOut{});
  auto& random = stage_.random;
  switch (op->state) {
    case OperatorState::not_ready:
      if (stage_.now < desk.pause_until && !stage_.healing) {
        const auto doing = ++desk.doing;
        return stage_.after(desk.pause_until - stage_.now, [this, person = desk.person, doing] {
          if (desks_[person].doing == doing) look(desks_[person]);
        });
      }
      if (!session->headset_passed) return then(desk, seconds(3), core::PassHeadset{});
      if (op->reason == NotReadyReason::headset)
        return then(desk, random.between(seconds(1), seconds(20)), core::ReportHeadset{true});
      if (!s.indexes.unheard.empty() && random.chance(50))  // the screen says so
        return then(desk, random.exponential(stage_.scenario.reaction), core::TakeNext{});
      return then(desk, op->reason == NotReadyReason::missed ? random.between(seconds(5), seconds(30)) : seconds(1),
                  core::BeReady{});
    case OperatorState::ready:
      if (stage_.odd() && random.chance(20)) {
        desk.pause_until = stage_.now + random.between(seconds(10), minutes(5));
        return then(desk, seconds(1), core::TakePause{random.chance(30)});
      }
      if (stage_.odd() && random.chance(5)) return then(desk, seconds(1), core::ReportHeadset{false});
      return look_for_task(desk);
    case OperatorState::offered:
      if (stage_.odd() && random.chance(30))
        return then(desk, random.between(seconds(1), seconds(9)), core::DeclineOffer{op->offer});
      if (!stage_.healing && random.chance(stage_.scenario.inattentive)) return;  // looks elsewhere: missed
      return then(desk, random.exponential(stage_.scenario.reaction), core::AcceptOffer{op->offer});
    case OperatorState::talking:
      return look_at_call(desk, *op);
    case OperatorState::wrap_up: {
      const auto intent = citizens_.intent_of(op->call);
      const auto outcome = intent == Intent::ghost   ? calls::Outcome::silent
                           : intent == Intent::prank ? calls::Outcome::prank
                           : stage_.odd()            ? static_cast<calls::Outcome>(random.below(6))
                                                     : calls::Outcome::genuine;
      return then(desk, random.exponential(stage_.scenario.wrap_up), core::SetOutcome{op->call, outcome});
    }
  }
}

void Desks::look_at_call(Desk& desk, const people::Operator& op) {
  const auto* call = stage_.server.state().calls.find(op.call);
  if (!call) return;
  if (call->operator_ != desk.person || (call->guest && call->guest->state == calls::GuestState::joined))
    return look_at_guest(desk, *call);
  if (call->connected && !call->guest && stage_.odd()) bring_somebody(desk, op.call);
  if (stage_.odd()) odd_things(desk, op);
  const auto intent = citizens_.intent_of(call->id);
  if (call->connected && needs_help(intent) && stage_.scenario.dispatches) help(desk, call->incident);
  if (call->connected && (intent == Intent::silent || stage_.odd())) asks(desk, core::AskToPress{op.call});
  // Callers end most calls; an operator ends what has gone on for very long, and what is nothing.
  const auto& s = stage_.scenario;
  if (intent == Intent::prank && call->connected)
    return then(desk, stage_.random.exponential(s.nuisance_talk), core::SetOutcome{op.call, calls::Outcome::prank});
  then(desk, {needs_help(intent) ? s.talk.ms * 6 : s.nuisance_talk.ms * 3}, core::HangUp{op.call});
}

void Desks::bring_somebody(const Desk& desk, CallId call) {
  auto& random = stage_.random;
  const auto& stations = stage_.scenario.stations;
  switch (random.below(3)) {
    case 0:
      return asks(desk, core::AskSupervisor{call, random.chance(90)});
    case 1:
      return asks(desk, core::InviteLine{call, "ambulance"});
    default:
      return asks(
          desk,
          core::InviteStation{
              call, stations[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(stations.size())))].code});
  }
}

void Desks::look_at_guest(Desk& desk, const calls::Call& call) {
  auto& random = stage_.random;
  const auto time = random.between(seconds(2), seconds(40));
  if (call.operator_ != desk.person) return then(desk, time, core::LeaveCall{call.id});
  if (random.chance(60)) return then(desk, time, core::HandOver{call.id});
  then(desk, time, core::DropGuest{call.id});
}

void Desks::help(Desk& desk, IncidentId incident) {
  if (!incident || stage_.server.state().dispatch.tried.contains(incident)) return;
  const auto later = [&](Duration time, auto command) {
    stage_.after(time, [this, person = desk.person, command = std::move(command)]() mutable {
      asks(desks_[person], std::move(command));
    });
  };
  core::EditIncident edit;
  edit.incident = incident;
  edit.incident_type = static_cast<incidents::IncidentType>(1 + stage_.random.below(12));
  edit.notes = "laporan";
  later(seconds(5), edit);
  later(seconds(8), core::RecommendUnits{incident});
  stage_.after(seconds(10), [this, person = desk.person, incident] {
    if (!stage_.server.up()) return;
    // Others told of it before: most join it, and need not send help a second time.
    const auto* draft = stage_.server.state().incidents.find(incident);
    if (draft && !draft->candidates.empty() && stage_.random.chance(80))
      return asks(desks_[person], core::JoinIncident{incident, draft->candidates.front().incident});
    const auto& recommended = stage_.server.state().dispatch.recommended;
    const auto it = recommended.find(incident);
    if (it == recommended.end() || it->second.empty()) return;
    asks(desks_[person], core::DispatchUnit{incident, it->second.front().unit});
    asks(desks_[person], core::SendTracking{incident});
  });
}

/// Help was there: whoever took the call closes it, with all who told of it.
void Desks::close_soon(IncidentId incident) {
  stage_.after(stage_.random.between(seconds(20), minutes(5)), [this, incident] {
    if (!stage_.server.up()) return;
    const auto& log = stage_.server.state().incidents;
    const auto root = log.root_of(incident);
    const auto* found = log.find(root);
    const auto* desk = found ? closer_of(*found) : nullptr;
    if (desk) asks(*desk, core::CloseIncident{root, sigap::incidents::Answer::handled});
  });
}

const Desks::Desk* Desks::closer_of(const incidents::Incident& incident) const {
  const auto opener = desks_.find(incident.opened_by);
  if (opener != desks_.end() || incident.call) return opener == desks_.end() ? nullptr : &opener->second;
  for (const auto& [person, desk] : desks_)
    if (desk.station == incident.station && desk.shift->session) return &desk;
  return nullptr;
}

void Desks::opens_one() {
  constexpr incidents::Origin kOrigins[] = {incidents::Origin::counter, incidents::Origin::radio,
                                            incidents::Origin::agency, incidents::Origin::observation};
  auto& random = stage_.without_call;
  if (people_.empty() || !stage_.server.up()) return;
  const auto& desk = desks_[people_[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(people_.size())))]];
  asks(desk, core::OpenIncident{kOrigins[random.below(4)], {}, {}, {}});
}

void Desks::odd_things(Desk& desk, const people::Operator& op) {
  auto& random = stage_.random;
  const auto& stations = stage_.scenario.stations;
  const auto anywhere =
      stations[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(stations.size())))].code;
  const auto& s = stage_.server.state();
  const auto& incidents = s.incidents.incidents;
  const auto some_incident = [&] {
    return incidents.lower_bound({random.below(incidents.rbegin()->first.value + 1)})->first;
  };
  switch (random.below(17)) {
    case 15:
      return asks(desk, core::HandOver{op.call});
    case 16:
      return asks(desk, core::DropGuest{op.call});
    case 0:
      desk.pause_until = stage_.now + seconds(30);
      return asks(desk, core::TakePause{});
    case 1:
      return asks(desk, core::ResumeCall{op.call});
    case 2:
      return asks(desk, core::TransferCall{op.call, anywhere});
    case 3:
      return asks(desk, core::SignOut{});
    case 4:
      return stage_.say(Way::browser, core::SignIn{desk.person, "elsewhere" + std::to_string(random.next())});
    case 5:
      if (!incidents.empty()) asks(desk, core::CloseIncident{some_incident(), sigap::incidents::Answer::handled});
      return;
    case 6:
      if (!s.dispatch.alerts.empty()) asks(desk, core::CancelAlert{s.dispatch.alerts.rbegin()->first});
      return;
    case 7:
      if (!incidents.empty()) asks(desk, core::JoinIncident{some_incident(), some_incident()});
      return;
    case 8:
      if (!incidents.empty()) asks(desk, core::JoinSimilar{some_incident()});
      return;
    case 9:
      if (!incidents.empty()) asks(desk, core::SplitIncident{some_incident()});
      return;
    case 10:
      return asks(desk, core::HangUp{op.call});
    case 11:
      return asks(desk, core::ForgiveNumber{op.call});
    default:  // and forgets it
      return asks(desk, core::HoldCall{op.call});
  }
}

void Desks::look_for_task(Desk& desk) {
  if (stage_.closing) return;
  auto& open = *desk.tasks;
  while (!open.empty() && !stage_.server.state().tasks.find(open.front())) open.pop_front();
  if (open.empty()) return;
  const auto task = open.front();
  open.pop_front();
  const auto* found = stage_.server.state().tasks.find(task);
  if (found->unit && found->incident && found->kind != tasks::TaskKind::officer_help) {
    // Half of them take it, ask the officer by radio what it is, and send help after that.
    if (stage_.without_call.chance(50))
      stage_.after(seconds(25), [this, person = desk.person, incident = found->incident] {
        if (stage_.server.up()) help(desks_[person], incident);
      });
    else
      help(desk, found->incident);
  }
  if (found->number.known())
    asks(desk, core::CallBack{task});
  else
    asks(desk, core::TakeTask{task});
  stage_.after(stage_.random.between(seconds(20), seconds(60)), [this, person = desk.person, task] {
    asks(desks_[person], core::CloseTask{task, tasks::TaskReason::called_back, ""});
    soon(person);
  });
}

}  // namespace sigap::sim
