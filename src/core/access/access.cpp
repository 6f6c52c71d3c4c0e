#include "core/access/access.h"

#include <algorithm>
#include <set>

#include "base/overloaded.h"

namespace sigap::core::access {
namespace {

using people::Role;

std::optional<Refusal> outside(const char* field) {
  return Refusal{"not_allowed", field, "outside your station's reach"};
}

/// They talk to the caller, or have yet to say how it went. Who handed the call over and said so has it no more.
bool has(const calls::Call& call, const people::Person& viewer) {
  return call.operator_ == viewer.id && !call.outcome_set;
}

/// By a call about it that the viewer has, helps in, or is asked to help in.
Relation through(const State& state, const people::Person& viewer, const calls::Call& call) {
  if (call.awaits_callee()) return Relation::outside;  // there is no conversation yet
  const bool guest = call.guest && call.guest->person == viewer.id && call.guest->state != calls::GuestState::invited;
  if (has(call, viewer) || guest) return Relation::mine;
  const bool asked = call.help_asked && viewer.role == Role::supervisor;
  return asked && relation_to(state, viewer, call) != Relation::outside ? Relation::reach : Relation::outside;
}

/// The call that it was opened for, unless that has a later one, and those that we make because of it.
Relation call_about(const State& state, const people::Person& viewer, const incidents::Incident& incident) {
  auto closest = Relation::outside;
  const auto look = [&](CallId id) {
    const auto* call = state.calls.find(id);
    if (call && call->incident == incident.id) closest = std::min(closest, through(state, viewer, *call));
  };
  look(incident.call);
  if (const auto ours = state.indexes.callbacks.find(incident.id); ours != state.indexes.callbacks.end())
    for (const auto id : ours->second) look(id);
  return closest;
}

/// A station is defined from above it: its place in the tree and its regencies decide whose calls come to it.
std::optional<Refusal> defined(const State& state, const people::Person& viewer, const stations::Station& station) {
  const auto reaches = [&](const StationCode& code) {
    return relation_to_station(state, viewer, code) != Relation::outside;
  };
  const auto* known = state.stations.find(station.code);
  const bool headquarters = known && !known->parent;
  if (headquarters ? !reaches(known->code) : known && !reaches(known->parent)) return outside("station");
  if (!headquarters && state.stations.find(station.parent) && !reaches(station.parent)) return outside("station");
  const std::set<RegencyCode> wanted(station.regencies.begin(), station.regencies.end());
  for (const auto& [code, other] : state.stations.stations)
    for (const auto& regency : other.regencies)
      if (code != station.code && wanted.contains(regency) && !reaches(code)) return outside("station");
  return {};
}

}  // namespace

std::optional<AskerKind> kind_of(const State& state, const Asker& asker) {
  using Kind = std::optional<AskerKind>;
  return std::visit(Overloaded{
                        [](const System&) -> Kind { return AskerKind::system; },
                        [&](const SignedIn& in) -> Kind {
                          const auto* session = state.people.session(in.session);
                          if (!session) return std::nullopt;
                          return kind_of(state.people.person(session->person)->role);
                        },
                        [](const CommandLine&) -> Kind { return AskerKind::command_line; },
                        [&](const ApiClient& client) -> Kind {
                          return find_client(state, client.name) ? Kind(AskerKind::client) : std::nullopt;
                        },
                    },
                    asker);
}

std::optional<Refusal> shut(const State& state, const people::Person& person) {
  if (person.temporary_until) return Refusal{"own_password", "", "choose your own password first"};
  const auto* session = state.people.session_of(person.id);
  if (session && session->owes_factor) return Refusal{"second_factor", "", "set up a second factor first"};
  return std::nullopt;
}

bool opens(const people::Person& person, const Command& command) {
  return std::visit(Overloaded{
                        [](const OneOf<ChangePassword, SignOut> auto&) { return true; },
                        // A password of somebody else's making is not enough to bind a telephone to the account.
                        [&](const OneOf<SetTotp, AddPasskey> auto&) { return !person.temporary_until; },
                        [](const auto&) { return false; },
                    },
                    command);
}

bool may_see(Role role, Field field, Relation relation) {
  const bool desk = role == Role::operator_ || role == Role::supervisor;
  switch (field) {
    case Field::caller_number:
      return desk && relation != Relation::outside;
    case Field::conversation:
      return desk && (relation == Relation::mine || (role == Role::supervisor && relation == Relation::reach));
    case Field::caller_location:
    case Field::incident_text:
      return (desk && relation != Relation::outside) || (role == Role::officer && relation == Relation::mine);
    case Field::staff_name:
      return ((desk || role == Role::administrator) && relation != Relation::outside) || relation == Relation::mine;
    case Field::unit_position:
      return (desk && relation != Relation::outside) || relation == Relation::mine;
    case Field::person_record:
      return role == Role::administrator && relation != Relation::outside;
  }
  return false;
}

Relation relation_to_station(const State& state, const people::Person& viewer, const StationCode& station) {
  if (viewer.station == station) return Relation::reach;
  // Asked for every screen and every change: most desks have nothing below theirs, and that is found soonest.
  const auto below = state.indexes.below.find(viewer.station);
  if (below == state.indexes.below.end()) return Relation::outside;
  return state.stations.within(station, viewer.station) ? Relation::reach : Relation::outside;
}

Relation relation_to(const State& state, const people::Person& viewer, const incidents::Incident& incident) {
  if (incident.opened_by == viewer.id) return Relation::mine;
  if (const auto* unit = state.dispatch.unit(viewer.id))
    if (const auto* alert = state.dispatch.alert(unit->alert); alert && alert->incident == incident.id)
      return Relation::mine;
  const auto in_call = call_about(state, viewer, incident);
  if (in_call != Relation::outside) return in_call;
  const auto relation = relation_to_station(state, viewer, incident.station);
  if (relation != Relation::outside || viewer.role == Role::officer) return relation;
  const auto* root = state.incidents.find(incident.root);
  if (!root) return relation;
  return root->opened_by == viewer.id ? Relation::reach : relation_to_station(state, viewer, root->station);
}

std::optional<Refusal> report_objection(const State& state, const people::Person& viewer, const StationCode& station) {
  if (viewer.role != Role::supervisor) return Refusal{"not_allowed", "type", "your role does not have this"};
  if (relation_to_station(state, viewer, station) == Relation::outside) return outside("station");
  return {};
}

bool suggested(const State& state, const incidents::Incident& incident, IncidentId other) {
  const auto root = state.incidents.root_of(other);
  return std::any_of(incident.candidates.begin(), incident.candidates.end(),
                     [&](const auto& each) { return state.incidents.root_of(each.incident) == root; });
}

std::vector<IncidentId> similar(const State& state, const people::Person& person, IncidentId root) {
  std::set<IncidentId> found;
  for (const auto each : state.incidents.event_of(root)) {
    const auto likers = state.incidents.likers.find(each);
    if (likers == state.incidents.likers.end()) continue;
    for (const auto id : likers->second) {
      const auto& liker = *state.incidents.find(id);
      if (id != root && !liker.into && !liker.closed && relation_to(state, person, liker) != Relation::outside)
        found.insert(id);
    }
  }
  return {found.begin(), found.end()};
}

Relation relation_to(const State& state, const people::Person& viewer, const calls::Call& call) {
  if (has(call, viewer)) return Relation::mine;
  if (call.guest && call.guest->person == viewer.id) return Relation::mine;
  if (const auto offers = state.indexes.offers.find(call.id); offers != state.indexes.offers.end())
    for (const auto id : offers->second)
      if (const auto& offer = state.offers.at(id); offer.person == viewer.id && !offer.ended) return Relation::mine;
  const auto relation = relation_to_station(state, viewer, call.home);
  if (relation != Relation::outside || !call.help_asked || viewer.role != Role::supervisor) return relation;
  // Their own operator asks for them, wherever the caller is.
  const auto* person = state.people.person(call.operator_);
  return person ? relation_to_station(state, viewer, person->station) : relation;
}

Relation relation_to(const State& state, const people::Person& viewer, const KnownCall& call) {
  if (call.operator_ && call.operator_ == viewer.id) return Relation::mine;
  return relation_to_station(state, viewer, call.station);
}

bool may_hear(Role role, Relation relation) {
  return (role == Role::supervisor && relation != Relation::outside) ||
         (role == Role::operator_ && relation == Relation::mine);
}

bool may_lift(Role role, Relation relation) {
  return role == Role::administrator && relation == Relation::reach;
}

Relation relation_to(const State& state, const people::Person& viewer, const tasks::Task& task) {
  if (task.unit == viewer.id) return Relation::mine;
  if (std::find(task.helpers.begin(), task.helpers.end(), viewer.id) != task.helpers.end()) return Relation::mine;
  const auto relation = relation_to_station(state, viewer, task.station);
  const bool colleague = viewer.role == Role::officer && task.kind == tasks::TaskKind::officer_help;
  return relation == Relation::reach && colleague ? Relation::mine : relation;
}

bool may_judge(const State& state, const StationCode& station, const StationCode& about) {
  return station != about && state.stations.within(about, station);
}

Relation relation_to(const State& state, const people::Person& viewer, const cases::Case& complaint) {
  if (complaint.conduct && complaint.about && !may_judge(state, viewer.station, complaint.about))
    return Relation::outside;
  return relation_to_station(state, viewer, complaint.station);
}

std::optional<Refusal> objection(const State& state, const people::Person& person, const Command& command) {
  if (!may(person.role, command)) return Refusal{"not_allowed", "", "your role does not have this"};
  if (const auto why = shut(state, person); why && !opens(person, command)) return why;
  const auto incident = [&](IncidentId id, const char* field = "incident") -> std::optional<Refusal> {
    const auto* found = state.incidents.find(id);
    if (found && relation_to(state, person, *found) == Relation::outside) return outside(field);
    return {};
  };
  const auto join = [&](const JoinIncident& c) {
    if (auto refusal = incident(c.incident)) return refusal;
    const auto* report = state.incidents.find(c.incident);
    return report && suggested(state, *report, c.into) ? std::optional<Refusal>{} : incident(c.into, "into");
  };
  const auto unit_or_mine = [&](AlertId id) -> std::optional<Refusal> {
    const auto* alert = state.dispatch.alert(id);
    if (!alert || alert->unit == person.id) return {};
    if (person.role == Role::officer) return Refusal{"not_allowed", "alert", "another unit's alert"};
    return incident(alert->incident);
  };
  const auto task = [&](TaskId id) -> std::optional<Refusal> {
    const auto* found = state.tasks.find(id);
    if (found && person.role == Role::officer && found->kind != tasks::TaskKind::officer_help)
      return Refusal{"not_allowed", "task", "your role does not have this"};
    if (found && relation_to(state, person, *found) == Relation::outside) return outside("task");
    if (found && found->kind == tasks::TaskKind::officer_help && found->unit == person.id)
      return Refusal{"not_allowed", "task", "your own call for help: somebody else must take it"};
    return {};
  };
  const auto call = [&](CallId id) -> std::optional<Refusal> {
    const auto* found = state.calls.find(id);
    if (found && relation_to(state, person, *found) == Relation::outside) return outside("call");
    return {};
  };
  const auto conversation = [&](CallId id) -> std::optional<Refusal> {
    const auto* found = state.calls.find(id);
    if (found && !may_see(person.role, Field::conversation, relation_to(state, person, *found))) return outside("call");
    return {};
  };
  const auto station = [&](const StationCode& code) -> std::optional<Refusal> {
    if (relation_to_station(state, person, code) == Relation::outside) return outside("station");
    return {};
  };
  const auto people = [&](const std::set<PersonId>& them) -> std::optional<Refusal> {
    for (const auto id : them)
      if (const auto* one = state.people.person(id); one && station(one->station)) return outside("people");
    return {};
  };
  const auto plan = [&](const PlanShift& c) {
    auto refusal = station(c.station);
    return refusal ? refusal : people(c.people);
  };
  const auto change = [&](const ChangeShift& c) -> std::optional<Refusal> {
    const auto* found = state.rosters.find(c.shift);
    if (!found) return {};
    if (station(found->station)) return outside("shift");
    // Whoever was lent to this station by a higher desk may stay.
    std::set<PersonId> added = c.people;
    for (const auto id : found->people) added.erase(id);
    return people(added);
  };
  const auto shift = [&](ShiftId id) -> std::optional<Refusal> {
    const auto* found = state.rosters.find(id);
    if (found && station(found->station)) return outside("shift");
    return {};
  };
  const auto record = [&](PersonId id) -> std::optional<Refusal> {
    const auto* found = state.people.person(id);
    if (found && relation_to_station(state, person, found->station) == Relation::outside) return outside("person");
    return {};
  };
  const auto placed = [&](const StationCode& code) {  // one that does not exist is refused where it is decided
    return state.stations.find(code) ? station(code) : std::optional<Refusal>{};
  };
  // An officer tells their own station what they see.
  const auto opened_at = [&](const std::optional<StationCode>& code) -> std::optional<Refusal> {
    if (!code) return {};
    if (person.role == Role::officer && *code != person.station) return outside("station");
    return placed(*code);
  };
  const auto moved = [&](const ChangePerson& c) {
    auto refusal = record(c.person);
    return refusal ? refusal : placed(c.station);
  };
  const auto approval = [&](ApprovalId id) -> std::optional<Refusal> {
    const auto* found = state.people.approval(id);
    if (!found) return {};
    if (record(found->person)) return outside("approval");
    return found->station && placed(found->station) ? outside("approval") : std::nullopt;
  };
  // Nobody judges their own work, and nobody answers for another's.
  const auto review = [&](ReviewId id) -> std::optional<Refusal> {
    const auto* found = state.quality ? state.quality->find(id) : nullptr;
    if (!found) return {};
    if (found->operator_ == person.id)
      return Refusal{"not_allowed", "review", "your own call: somebody else reviews it"};
    return station(found->station) ? outside("review") : std::nullopt;
  };
  const auto reviewed = [&](ReviewId id) -> std::optional<Refusal> {
    const auto* found = state.quality ? state.quality->find(id) : nullptr;
    if (found && found->operator_ != person.id) return Refusal{"not_allowed", "review", "not your call"};
    return {};
  };
  const auto complaint = [&](CaseId id) -> std::optional<Refusal> {
    const auto* found = find_case(state, id);
    if (found && relation_to(state, person, *found) == Relation::outside) return outside("complaint");
    return {};
  };
  const auto given = [&](const MoveCase& c) -> std::optional<Refusal> {
    if (auto refusal = complaint(c.complaint)) return refusal;
    const auto* found = find_case(state, c.complaint);
    // Up from where it is, or anywhere in the person's own reach.
    if (found && state.stations.within(found->station, c.station)) return {};
    return placed(c.station);
  };
  const auto client = [&](ClientId id) {
    const auto* found = find_client(state, id);
    return found ? station(found->station) : std::optional<Refusal>{};
  };
  const auto client_moved = [&](const ChangeClient& c) {
    auto refusal = client(c.client);
    return refusal ? refusal : placed(c.station);
  };
  return std::visit(
      Overloaded{
          [&](const ReviewCall& c) { return review(c.review); },
          [&](const AcknowledgeReview& c) { return reviewed(c.review); },
          [&](const AnswerCase& c) { return complaint(c.complaint); },
          [&](const NoteCase& c) { return complaint(c.complaint); },
          [&](const MoveCase& c) { return given(c); },
          [&](const AddClient& c) { return placed(c.station); },
          [&](const ChangeClient& c) { return client_moved(c); },
          [&](const RotateClientKey& c) { return client(c.client); },
          [&](const DisableClient& c) { return client(c.client); },
          [&](const EnableClient& c) { return client(c.client); },
          [&](const ReplayDeliveries& c) { return client(c.client); },
          [](const OpenReport&) { return std::optional<Refusal>{}; },  // no person has it
          [&](const Agree& c) { return approval(c.approval); },
          [&](const Refuse& c) { return approval(c.approval); },
          [&](const AddPerson& c) { return placed(c.station); },
          [&](const ChangePerson& c) { return moved(c); },
          [&](const SetPassword& c) { return record(c.person); },
          [&](const DisablePerson& c) { return record(c.person); },
          [&](const EndSession& c) { return record(c.person); },
          [&](const EnablePerson& c) { return record(c.person); },
          [&](const DefineStation& c) { return defined(state, person, c.station); },
          [&](const ForgiveNumber& c) { return call(c.call); },
          [&](const ViewPhotograph& c) { return conversation(c.call); },
          [&](const JoinCall& c) { return call(c.call); },
          [&](const ListenIn& c) { return call(c.call); },
          [&](const StopListening& c) { return call(c.call); },
          [&](const Whisper& c) { return call(c.call); },
          [&](const PlanShift& c) { return plan(c); },
          [&](const ChangeShift& c) { return change(c); },
          [&](const RemoveShift& c) { return shift(c.shift); },
          [&](const EditIncident& c) { return incident(c.incident); },
          [&](const CloseIncident& c) { return incident(c.incident); },
          [&](const SendTracking& c) { return incident(c.incident); },
          [&](const JoinIncident& c) { return join(c); },
          [&](const SplitIncident& c) { return incident(c.incident); },
          [&](const JoinSimilar& c) { return incident(c.into, "into"); },
          [&](const RecommendUnits& c) { return incident(c.incident); },
          [&](const DispatchUnit& c) { return incident(c.incident); },
          [&](const CancelAlert& c) { return unit_or_mine(c.alert); },
          [&](const AdvanceAlert& c) { return unit_or_mine(c.alert); },
          [&](const DeclineAlert& c) { return unit_or_mine(c.alert); },
          [&](const TakeTask& c) { return task(c.task); },
          [&](const CallBack& c) { return task(c.task); },
          [&](const CloseTask& c) { return task(c.task); },
          [&](const OpenIncident& c) { return opened_at(c.station); },
          // Of the asker's own sign-in, duty or password, or told apart where they are known.
          [](const OneOf<PassHeadset, BeReady, TakeNext, ReportHeadset, TakePause, GoOnDuty, GoOffDuty, RequestHelp,
                         ChangePassword, SignOut, LookUpCaller, ForgetCaller, SetTotp, RemoveTotp, MakeRecoveryCodes,
                         AddPasskey, RemovePasskey, KnowDevices, PlayRecording, PlaceHold, LiftHold> auto&) {
            return std::optional<Refusal>{};
          },
          // Of one's own ring or call: whose it is decides the file that has the call (`not_mine`).
          [](const OneOf<AcceptOffer, DeclineOffer, HangUp, HoldCall, ResumeCall, AskToPress, SayText, TransferCall,
                         AskSupervisor, InviteStation, InviteLine, DropGuest, LeaveCall, HandOver, SetOutcome> auto&) {
            return std::optional<Refusal>{};
          },
      },
      command);
}

bool reaches(const State& state, const clients::Client& client, const StationCode& station) {
  return client.station == station || state.stations.within(station, client.station);
}

std::optional<Refusal> objection(const State& state, const clients::Client& client, const Command& command) {
  if (client.disabled) return Refusal{"not_allowed", "", "this client is disabled"};
  const auto lacks = [&](clients::Scope scope) { return !client.scopes.contains(scope); };
  const auto answers = [&](AlertId id) -> std::optional<Refusal> {
    if (lacks(clients::Scope::answers)) return Refusal{"not_allowed", "", "this client has no scope \"answers\""};
    const auto* alert = state.dispatch.alert(id);
    const auto* unit = alert ? state.people.person(alert->unit) : nullptr;
    if (unit && !reaches(state, client, unit->station)) return outside("alert");
    return {};
  };
  if (const auto* advance = std::get_if<AdvanceAlert>(&command)) return answers(advance->alert);
  if (const auto* decline = std::get_if<DeclineAlert>(&command)) return answers(decline->alert);
  if (!may(AskerKind::client, command)) return Refusal{"not_allowed", "", "no client has this"};
  if (lacks(clients::Scope::reports)) return Refusal{"not_allowed", "", "this client has no scope \"reports\""};
  return {};
}

}  // namespace sigap::core::access
