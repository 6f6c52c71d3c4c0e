#include "core/views/project.h"

#include <algorithm>

#include "base/service_urn.h"
#include "core/decide/event_alerts.h"
#include "core/decide/outgoing.h"
#include "core/views/attendance.h"
#include "core/views/shown.h"

namespace sigap::core::views {
namespace {

using access::Field;
using access::Relation;
using people::Role;

/// On an alert of this incident, as an officer.
bool sent_to(const State& s, PersonId officer, IncidentId incident) {
  const auto* unit = s.dispatch.unit(officer);
  const auto* alert = unit ? s.dispatch.alert(unit->alert) : nullptr;
  return alert && alert->incident == incident;
}

/// The furthest that any unit of the event is, and since when.
struct Help {
  TrackStep step = TrackStep::received;
  Instant since;
  void reach(TrackStep next, Instant at) {
    if (next > step) step = next, since = at;
  }
};
Help help_of(const State& s, const incidents::Incident& incident) {
  using dispatch::AlertStatus;
  Help help{TrackStep::received, incident.opened};
  const auto root = s.incidents.root_of(incident.id);
  for (const auto id : alerts_of_event(s, root)) {
    const auto& alert = *s.dispatch.alert(id);
    if (alert.status == AlertStatus::acknowledged) help.reach(TrackStep::officer_assigned, alert.since);
    if (alert.status == AlertStatus::en_route) help.reach(TrackStep::on_the_way, alert.since);
    if (alert.status >= AlertStatus::on_scene) help.reach(TrackStep::arrived, alert.since);
  }
  for (const auto id : s.incidents.event_of(root))
    if (const auto it = s.dispatch.attended.find(id); it != s.dispatch.attended.end())
      help.reach(TrackStep::arrived, it->second);
  return help;
}

/// How the incident stands among others: what it may be the same as, what it is joined to, how many tell of it.
void show_event(const View& v, const incidents::Incident& incident, IncidentCard& c) {
  const auto& log = v.state.incidents;
  const auto root = log.root_of(incident.id);
  if (incident.into) c.into = root;
  if (!incident.into || sent_to(v.state, v.viewer.id, incident.id)) c.reporters = log.reporters(root);
  if (!is_desk(v) || incident.closed) return;
  if (incident.into) {
    if (c.mine && v.state.calls.find(incident.call)) c.help = help_of(v.state, incident).step;
    return;
  }
  for (const auto& candidate : incident.candidates) {
    const auto* other = log.find(log.root_of(candidate.incident));
    const auto shown_already = [&](const AlikeCard& card) { return other && card.incident == other->id; };
    if (!other || other->closed || other->id == incident.id) continue;
    if (std::any_of(c.alike.begin(), c.alike.end(), shown_already)) continue;
    c.alike.push_back({other->id, other->type, candidate.distance_m, other->opened});
  }
}

std::string call_sign_of(const State& s, PersonId id) {
  const auto* person = s.people.person(id);
  return person ? person->call_sign : std::string();
}

void show_history(const View& v, const incidents::Incident& incident, IncidentCard& c) {
  c.history.reserve(incident.history.size());
  for (const auto& each : incident.history) {
    HappeningCard line{each.kind,     each.at,     {},          call_sign_of(v.state, each.unit), each.radio, each.type,
                       each.priority, each.answer, std::nullopt};
    if (each.by) line.by = name_of(v, each.by, Relation::reach);
    if (each.other) line.other = each.other;
    c.history.push_back(std::move(line));
  }
}

}  // namespace

SelfCard self_card(const View& v, SessionId session_id) {
  const State& s = v.state;
  SelfCard c;
  c.person = v.viewer.id;
  c.login = v.viewer.login;
  c.name = v.viewer.name.value;
  c.role = v.viewer.role;
  c.station = v.viewer.station;
  if (const auto* station = s.stations.find(v.viewer.station)) {
    c.station_name = station->name;
    c.time_zone = station->time_zone;
    c.station_point = station->point;
  }
  if (const auto* session = s.people.session(session_id)) c.headset_passed = session->headset_passed;
  if (const auto* op = s.people.operator_of(v.viewer.id)) {
    c.state = op->state;
    if (op->state == people::OperatorState::not_ready) c.not_ready_reason = op->reason;
    c.since = op->since;
    if (op->offer) c.offer = op->offer;
    if (op->call) c.call = op->call;
    c.outcome_by = s.timers.due(TimerKind::wrap_up, v.viewer.id.value);
  }
  const auto* shift = s.rosters.running_of(v.viewer.id);
  if (!shift) shift = beyond(s, s.indexes, v.viewer.id);
  if (shift) {
    c.shift_until = shift->until;
    if (const auto* station = s.stations.find(shift->station)) c.shift_zone = station->time_zone;
  }
  if (is_desk(v))
    for (const auto& [name, number] : v.policy.lines) c.lines.push_back(name);
  if (const auto* unit = s.dispatch.unit(v.viewer.id)) {
    c.on_duty = true;
    c.since = unit->on_duty_since;
    if (unit->alert) c.alert = unit->alert;
  }
  c.temporary_until = v.viewer.temporary_until;
  c.account = account_card(v, session_id);
  return c;
}

/// What the caller pressed; what has been forgotten of it is left out.
std::string digits_of(const calls::Call& call) {
  std::string all;
  for (const auto& press : call.digits) all += press.digit.value.value_or("");
  return all;
}

std::vector<LineCard> lines_of(const calls::Call& call) {
  std::vector<LineCard> all;
  if (!call.lines) return all;
  for (const auto& line : *call.lines) all.push_back({line.at, line.by, line.name, line.text.value, line.photograph});
  return all;
}

std::optional<GuestCard> guest_card(const View& v, const calls::Call& call) {
  if (!call.guest) return std::nullopt;
  GuestCard c;
  c.kind = call.guest->kind;
  c.state = call.guest->state;
  c.line = call.guest->line;
  c.rings = call.guest->rings;
  c.since = call.guest->since;
  c.mine = call.guest->person == v.viewer.id && call.operator_ != v.viewer.id;
  if (const auto* person = v.state.people.person(call.guest->person)) {
    c.name = name_of(v, person->id, Relation::reach);
    c.station_name = station_name(v.state, person->station);
  }
  return c;
}

/// Whoever has the call is told who hears it, and so is whoever might listen themselves.
std::vector<ListenerCard> listener_cards(const View& v, const calls::Call& call) {
  std::vector<ListenerCard> cards;
  if (call.operator_ != v.viewer.id && v.viewer.role != Role::supervisor) return cards;
  for (const auto& each : v.state.calls.listeners_of(call.id))
    cards.push_back({name_of(v, each.person, Relation::reach), each.person == v.viewer.id, each.whispers, each.since,
                     each.offer, each.whisper});
  return cards;
}

std::optional<CallCard> card(const View& v, CallId id) {
  const State& s = v.state;
  const auto* call = s.calls.find(id);
  if (!call || call->kind == calls::CallKind::test || !is_desk(v)) return std::nullopt;
  if (call->state == calls::CallState::ringing_back) return std::nullopt;  // nobody's yet; their task says so
  const auto relation = access::relation_to(s, v.viewer, *call);
  if (relation == Relation::outside) return std::nullopt;
  CallCard c;
  c.call = id;
  c.state = call->state;
  c.direction = call->direction;
  if (call->direction == calls::Direction::outgoing) c.callee = call->callee;
  if (call->by_page()) c.by_page = true;
  c.number = shown(v, Field::caller_number, relation, call->number);
  c.home = call->home;
  c.home_name = station_name(s, call->home);
  c.home_reason = call->home_reason;
  if (call->beside) {
    c.beside.emplace();
    for (const auto& code : *call->beside) c.beside->push_back(station_name(s, code));
  }
  c.arrived = call->arrived;
  c.waiting_since = call->waiting_since;
  c.answer_by = call->arrived + v.policy.promise;
  const auto* op = s.people.operator_of(v.viewer.id);
  if (const auto it = op ? s.offers.find(op->offer) : s.offers.end();
      it != s.offers.end() && it->second.call == id && !it->second.ended) {
    c.offer = it->first;
    c.offer_until = it->second.until;
  }
  c.second_ring = call->second_ring;
  if (call->operator_) {
    c.answered_by = name_of(v, call->operator_, Relation::reach);
    c.accepted = call->accepted;
  }
  c.mine = call->operator_ == v.viewer.id;
  c.guest = guest_card(v, *call);
  c.listeners = listener_cards(v, *call);
  c.guest_end = call->guest_end;
  c.help_asked = call->help_asked;
  c.connected = call->connected;
  c.held = call->held;
  c.asked = call->asked;
  c.urgent = call->urgent;
  c.urgent_reason = call->urgent_reason;
  c.suspected = call->suspected;
  c.doubt = call->doubt;
  c.silent = call->silent;
  if (!call->digits.empty() && sees(v, Field::incident_text, relation)) c.digits = digits_of(*call);
  if (sees(v, Field::caller_number, relation)) {
    c.pranks = call->pranks;
    c.ghosts = call->ghosts;
  }
  if (call->language) c.language = shown(v, Field::caller_number, relation, *call->language);
  if (call->can_read()) c.can_read = true;
  if (sees(v, Field::conversation, relation)) c.lines = lines_of(*call);
  c.location = shown(v, Field::caller_location, relation, call->location);
  if (!call->location_note.empty()) c.location_note = call->location_note;
  c.civic = shown(v, Field::caller_location, relation, call->civic);
  if (auto service = other_service(call->dialled); !service.empty()) c.service = std::move(service);
  if (call->incident) c.incident = call->incident;
  if (call->state == calls::CallState::ended) {
    c.ended = call->ended;
    c.ended_by = call->ended_by;
  }
  return c;
}

std::optional<IncidentCard> card(const View& v, IncidentId id) {
  const State& s = v.state;
  const auto* incident = s.incidents.find(id);
  if (!incident || v.viewer.role == Role::administrator) return std::nullopt;
  const auto relation = access::relation_to(s, v.viewer, *incident);
  if (relation == Relation::outside) return std::nullopt;
  if (v.viewer.role == Role::officer && relation != Relation::mine) return std::nullopt;
  IncidentCard c;
  c.incident = id;
  c.station = incident->station;
  c.station_name = station_name(s, incident->station);
  c.opened = incident->opened;
  c.type = incident->type;
  c.priority = incident->priority;
  // What desks write later on what an officer told of is for whoever is sent there.
  if (is_desk(v) || sent_to(s, v.viewer.id, id)) {
    c.place = shown(v, Field::incident_text, relation, incident->place);
    c.notes = shown(v, Field::incident_text, relation, incident->notes);
    c.reporter = shown(v, Field::incident_text, relation, incident->reporter);
  }
  c.number = shown(v, Field::caller_number, relation, incident->number);
  if (incident->call) c.call = incident->call;
  c.origin = incident->call ? incidents::Origin::call : incident->origin;
  c.mine = relation == Relation::mine;
  c.closed = incident->closed;
  if (incident->closed) c.answer = incident->answer;
  c.link = incident->link;
  const auto lapsed = [&](PersonId unit) {
    const auto its = s.dispatch.lapsed.find(id);
    return its != s.dispatch.lapsed.end() && its->second.contains(unit);
  };
  if (const auto it = s.dispatch.recommended.find(id); is_desk(v) && it != s.dispatch.recommended.end())
    for (const auto& pick : it->second)
      c.picks.push_back({pick.unit, call_sign_of(s, pick.unit), pick.distance_m, pick.reason, lapsed(pick.unit)});
  if (is_desk(v)) c.unit_sent = incident->into ? s.dispatch.tried.contains(id) : help_sent(s, id);
  if (const auto it = s.dispatch.attended.find(id); it != s.dispatch.attended.end()) c.attended = it->second;
  show_event(v, *incident, c);
  if (is_desk(v)) show_history(v, *incident, c);
  return c;
}

std::optional<AlertCard> card(const View& v, AlertId id) {
  const State& s = v.state;
  const auto* alert = s.dispatch.alert(id);
  if (!alert || v.viewer.role == Role::administrator) return std::nullopt;
  if (v.viewer.role == Role::officer && alert->unit != v.viewer.id) return std::nullopt;
  const auto* incident = s.incidents.find(alert->incident);
  if (!incident || access::relation_to(s, v.viewer, *incident) == Relation::outside) return std::nullopt;
  return AlertCard{id,
                   alert->incident,
                   s.incidents.root_of(alert->incident),
                   alert->unit,
                   call_sign_of(s, alert->unit),
                   alert->status,
                   alert->via,
                   alert->step,
                   alert->raised,
                   alert->until,
                   alert->since};
}

std::optional<TaskCard> card(const View& v, TaskId id) {
  const State& s = v.state;
  const auto* task = s.tasks.find(id);
  if (!task) return std::nullopt;
  const auto relation = access::relation_to(s, v.viewer, *task);
  if (relation == Relation::outside) return std::nullopt;
  const bool help = task->kind == tasks::TaskKind::officer_help;
  // An officer sees who asks for help, and whether somebody attends to what they saw themselves.
  if (!is_desk(v) && !(v.viewer.role == Role::officer && (help || task->unit == v.viewer.id))) return std::nullopt;
  TaskCard c;
  c.task = id;
  c.kind = task->kind;
  c.station = task->station;
  c.number = shown(v, Field::caller_number, relation, task->number);
  c.own = task->unit == v.viewer.id;
  c.place = shown(v, Field::unit_position, relation, task->place);
  if (task->call) c.call = task->call;
  if (task->incident) c.incident = task->incident;
  if (task->unit) c.unit = call_sign_of(s, task->unit);
  if (task->complaint)
    if (const auto* late = find_case(s, *task->complaint)) c.complaint = cases::number_of(late->id, late->opened);
  c.opened = task->opened;
  c.latest = task->latest;
  c.calls = task->calls;
  c.short_ring = task->short_ring;
  // Who has what I asked for is told to me, wherever they sit.
  const auto least = is_desk(v) ? Relation::reach : c.own ? Relation::mine : Relation::outside;
  if (task->taken_by) c.taken_by = name_of(v, task->taken_by, least);
  c.taken_by_me = task->taken_by == v.viewer.id;
  c.can_call = c.number && !task->ringing_back && way_back(v.policy, *task);
  c.ringing_back = bool(task->ringing_back);
  c.tries = task->tries;
  c.tried = task->tried;
  if (task->tried) c.tried_at = task->tried_at;
  if (task->texts)
    for (const auto& text : *task->texts)
      if (auto words = shown(v, Field::caller_number, relation, text.text)) c.texts.push_back({text.at, *words});
  return c;
}

std::optional<UnitCard> unit_card(const View& v, PersonId id) {
  const State& s = v.state;
  const auto* unit = s.dispatch.unit(id);
  if (!unit || !is_desk(v)) return std::nullopt;
  const auto& person = *s.people.person(id);
  const auto* alert = s.dispatch.alert(unit->alert);
  auto relation = relation_to_person(v, person);
  // A unit of another station that comes for an incident of mine is on my screen until it is done.
  if (relation == Relation::outside && alert)
    if (const auto* incident = s.incidents.find(alert->incident))
      relation = access::relation_to(s, v.viewer, *incident);
  if (relation == Relation::outside) return std::nullopt;
  UnitCard c;
  c.unit = id;
  c.call_sign = person.call_sign;
  c.name = shown(v, Field::staff_name, relation, person.name);
  c.station = person.station;
  if (alert) {
    c.alert = alert->id;
    c.status = alert->status;
  }
  if (const auto it = v.positions.find(id); it != v.positions.end() && sees(v, Field::unit_position, relation)) {
    c.position = it->second.point;
    c.position_at = it->second.at;
  }
  return c;
}

std::vector<StationCard> station_cards(const View& v) {
  std::vector<StationCard> cards;
  if (v.viewer.role == Role::officer) return cards;  // an officer's phone draws no map of the nation
  for (const auto& [code, station] : v.state.stations.stations)
    cards.push_back({code, station.name, station.level, station.parent, station.point, station.time_zone,
                     v.viewer.role == Role::administrator ? station.regencies : std::vector<RegencyCode>{}});
  return cards;
}

/// How it ended, as far as the reporter is told: what we think of their report is our own note, and not sent.
std::optional<incidents::Answer> told(incidents::Answer answer) {
  using incidents::Answer;
  switch (answer) {
    case Answer::handled:
    case Answer::passed_on:
    case Answer::nothing_found:
    case Answer::duplicate:
      return answer;
    case Answer::no_police_matter:
    case Answer::false_report:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<TrackCard> track_card(const State& s, const std::string& token_hash) {
  const auto* incident = s.incidents.by_token(token_hash);
  if (!incident) return std::nullopt;
  TrackCard c;
  c.report = incident->id;
  if (const auto* station = s.stations.find(incident->station)) {
    c.station_name = station->name;
    c.time_zone = station->time_zone;
  }
  auto help = help_of(s, *incident);
  if (incident->closed) {
    help.reach(TrackStep::closed, incident->closed_at);
    c.answer = told(incident->answer);
  }
  c.step = help.step;
  c.since = help.since;
  return c;
}

std::optional<PageStatus> page_status(const State& s, const LegId& id) {
  const auto* call = s.calls.find(id);
  const auto* leg = s.calls.leg(id);
  if (!call || !leg || leg->ending || call->state == calls::CallState::ended) return std::nullopt;
  PageStatus status;
  status.state = call->state;
  status.voice = leg->voice;
  status.connected = call->connected || call->state == calls::CallState::relayed;
  status.held = call->held.has_value();
  status.asked = call->asked.has_value();
  status.silent = call->silent;
  return status;
}

}  // namespace sigap::core::views
