// Incidents: opened with the answered call or without one, saved as typed, followed by the citizen, closed with an
// answer.
#include "core/decide/incidents.h"

#include <algorithm>

#include "base/phone_number.h"
#include "core/decide/event_alerts.h"
#include "core/decide/joining.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

constexpr std::size_t kNotesMax_bytes = 4000;
constexpr std::size_t kPlaceMax_bytes = 200;
constexpr std::size_t kReporterMax_bytes = 100;
constexpr std::int64_t kPlaceRadiusMax_m = 1'000'000;  // as of a position that a phone reports
/// The journal's format from which it says how an incident came that nobody called about, and an officer's report is a
/// kind of task of its own. Below it the same happens in words that the program before can read.
constexpr std::int64_t kSaysOrigin = 2;
/// Without a call, of one person, open at a time: more is a page or a phone that went wrong. Own.
constexpr std::int64_t kOpenedMax = 50;
/// Of one officer, that no desk has attended to: each alarms and has a card on every screen of the station. Own.
constexpr std::int64_t kUnattendedMax = 5;
/// Where an officer was is where what they see is, for this long. Own.
constexpr Duration kStillThere = minutes(1);

std::int64_t opened_without_call(const State& s, PersonId person) {
  return std::count_if(s.incidents.incidents.begin(), s.incidents.incidents.end(), [&](const auto& each) {
    const auto& incident = each.second;
    return incident.opened_by == person && !incident.call && !incident.closed;
  });
}

/// Where the officer's phone said that it is.
std::optional<incidents::Place> place_of(const Decider& d, PersonId officer) {
  const auto it = d.positions.find(officer);
  if (it == d.positions.end() || d.now - it->second.at > kStillThere) return std::nullopt;
  incidents::Place place;
  place.point = it->second.point;
  if (it->second.radius_m > 0 && it->second.radius_m <= kPlaceRadiusMax_m) place.radius_m = it->second.radius_m;
  return place;
}

std::int64_t unattended_of(const State& s, PersonId officer) {
  std::int64_t count = 0;
  for (const auto& [incident, alarms] : s.tasks.alarms)
    count += std::count_if(alarms.begin(), alarms.end(), [&](TaskId id) { return s.tasks.find(id)->unit == officer; });
  return count;
}

/// What an officer saw stands as an alarm until somebody at a desk attends to it.
void tell_desks(Decider& d, IncidentId id) {
  const auto& incident = *d.state.incidents.find(id);
  tasks::TaskOpened task;
  // A program of before knows no such task: an alarm of the incident it is, too.
  task.kind = d.state.format >= kSaysOrigin ? tasks::TaskKind::field_report : tasks::TaskKind::unanswered_alarm;
  task.station = incident.station;
  task.incident = id;
  task.unit = incident.opened_by;
  open_task(d, std::move(task));
}

}  // namespace

std::optional<incidents::Place> place_told(const calls::Call& call) {
  const auto* location = call.location.reveal();
  const auto* civic = call.civic.reveal();
  if (!location && !civic) return std::nullopt;
  incidents::Place place;
  if (civic) place.text = *civic;
  if (location) {
    place.point = location->point;
    if (location->radius_m > 0) place.radius_m = location->radius_m;
  }
  return place;
}

void incident_follows(Decider& d, CallId id, const std::optional<incidents::Place>& before) {
  const auto& call = *d.state.calls.find(id);
  const auto* incident = d.state.incidents.find(call.incident);
  if (!incident || incident->closed || incident->place.value != before) return;  // somebody wrote in it
  const auto now = place_told(call);
  if (!now || now == before) return;
  incidents::IncidentEdited e;
  e.incident = incident->id;
  e.place = personal(incident->id, *now);
  d.emit(e);
  suggest_duplicates(d, e.incident);
}

void open_incident(Decider& d, CallId id) {
  const auto& call = *d.state.calls.find(id);
  // It came back to the queue, or we call back: the draft goes with it, while it can be written in.
  if (const auto* draft = d.state.incidents.find(call.incident); draft && !draft->closed) return;
  const IncidentId incident{d.state.next.incident};
  Personal<incidents::Place> place{subject_of(incident), std::nullopt};
  place.value = place_told(call);
  Personal<std::string> number{subject_of(incident), call.number.value};
  const auto after = call.incident ? std::optional(call.incident) : std::nullopt;
  d.emit(incidents::IncidentOpened{incident, id, call.home, call.operator_, number, place, after});
  suggest_duplicates(d, incident);
}

Verdict open_incident(Decider& d, const OpenIncident& c) {
  using incidents::Origin;
  const auto& person = *d.state.people.person(d.actor.person);
  const bool officer = person.role == people::Role::officer;
  const auto station = c.station.value_or(person.station);
  if (c.origin == Origin::call) return no("invalid", "a call opens its incident by itself", "origin");
  if (officer && c.origin != Origin::observation) return no("not_allowed", "an officer tells what they see", "origin");
  if (officer && !d.state.dispatch.unit(person.id)) return no("off_duty", "only on duty");
  if (!d.state.stations.find(station)) return no("unknown", "no such station", "station");
  if (c.notes && c.notes->size() > kNotesMax_bytes) return no("too_long", "at most 4000 bytes", "notes");
  // What an officer reports is closed by a desk: how many are open is no matter of theirs.
  if (officer && unattended_of(d.state, person.id) >= kUnattendedMax)
    return no("unattended", "5 of yours wait for a desk", "origin");
  if (!officer && opened_without_call(d.state, person.id) >= kOpenedMax)
    return no("too_many", "at most 50 of yours may be open: close some", "origin");
  incidents::IncidentOpened opened;
  opened.incident = {d.state.next.incident};
  opened.station = station;
  opened.person = person.id;
  opened.number.subject = opened.place.subject = subject_of(opened.incident);
  if (officer) opened.place.value = place_of(d, person.id);
  if (d.state.format >= kSaysOrigin) opened.origin = c.origin;
  const auto id = opened.incident;
  d.emit(std::move(opened));
  if (c.incident_type || c.notes) {
    incidents::IncidentEdited e;
    e.incident = id;
    e.person = person.id;
    e.incident_type = c.incident_type;
    if (c.incident_type) e.priority = incidents::usual_priority(*c.incident_type);
    if (c.notes) e.notes = personal(id, *c.notes);
    d.emit(e);
  }
  suggest_duplicates(d, id);
  if (officer) tell_desks(d, id);
  return {};
}

Verdict edit_incident(Decider& d, const EditIncident& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident) return no("unknown", "no such incident", "incident");
  if (incident->closed) return no("closed", "this incident is closed", "incident");
  if (c.notes && c.notes->size() > kNotesMax_bytes) return no("too_long", "at most 4000 bytes", "notes");
  if (c.place && c.place->text.size() > kPlaceMax_bytes) return no("too_long", "at most 200 bytes", "place.text");
  if (c.place && c.place->radius_m && (*c.place->radius_m < 0 || *c.place->radius_m > kPlaceRadiusMax_m))
    return no("invalid", "0 to 1,000,000 m", "place.radius_m");
  if (c.reporter && c.reporter->size() > kReporterMax_bytes) return no("too_long", "at most 100 bytes", "reporter");
  incidents::IncidentEdited e;
  e.incident = c.incident;
  e.person = d.actor.person;
  e.incident_type = c.incident_type;
  e.priority = c.priority;
  if (c.incident_type && !c.priority) e.priority = incidents::usual_priority(*c.incident_type);
  if (c.place) e.place = personal(c.incident, *c.place);
  if (c.notes) e.notes = personal(c.incident, *c.notes);
  if (c.reporter) e.reporter = personal(c.incident, *c.reporter);
  d.emit(e);
  attended(d, c.incident);
  if (c.place || c.incident_type) suggest_duplicates(d, c.incident);
  return {};
}

void close_incident(Decider& d, IncidentId root, incidents::Answer answer) {
  const auto all = d.state.incidents.event_of(root);
  for (const auto id : alerts_of_event(d.state, root)) {
    const auto& alert = *d.state.dispatch.alert(id);
    d.emit(dispatch::AlertEnded{id, alert.incident, alert.unit, dispatch::AlertEnd::incident_closed});
  }
  const bool followed = std::any_of(all.begin(), all.end(),
                                    [&](IncidentId id) { return !d.state.incidents.find(id)->tracking_hash.empty(); });
  // Two hundred thousand a day that nobody follows would make every checkpoint heavy.
  const auto until = d.now + (followed ? d.policy.tracking_after_close : d.policy.closed_stays);
  alarms_over(d, root, d.actor.person);
  for (const auto id : all) d.emit(incidents::IncidentClosed{id, d.actor.person, answer, until});
}

/// They were closed together and leave together, the reports first: none is ever without its root.
void archive_incident(Decider& d, IncidentId incident) {
  auto all = d.state.incidents.event_of(incident);
  for (auto it = all.rbegin(); it != all.rend(); ++it) d.emit(incidents::IncidentArchived{*it});
}

Verdict close_incident(Decider& d, const CloseIncident& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident) return no("unknown", "no such incident", "incident");
  if (incident->closed) return no("closed", "this incident is closed", "incident");
  if (auto refusal = not_joined(d, *incident)) return refusal;
  close_incident(d, c.incident, c.answer);
  return {};
}

Verdict send_tracking(Decider& d, const SendTracking& c, const std::string& token, const std::string& token_hash) {
  const auto* found = d.state.incidents.find(c.incident);
  if (!found) return no("unknown", "no such incident", "incident");
  if (found->closed) return no("closed", "this incident is closed", "incident");
  // Who called by a page is told there: what they wrote as their number may be anybody's.
  const LegId page = found->page_leg.value_or(LegId{});
  if (!page && !found->number.known()) return no("no_number", "the caller's number is not known", "incident");
  if (found->tracking_hash.empty())
    d.emit(incidents::TrackingOpened{c.incident, token_hash, personal(c.incident, token)});
  const auto incident = *d.state.incidents.find(c.incident);
  const auto* link_token = incident.tracking_token.reveal();
  if (!link_token) return no("forgotten", "the link was forgotten with the caller", "incident");
  const auto* station = d.state.stations.find(incident.station);
  const std::string text = "Polri 110: laporan Anda nomor " + std::to_string(incident.id.value) + " diterima " +
                           (station ? station->name : std::string("Polri")) +
                           ". Ikuti bantuan: " + d.policy.public_url + "/lacak#" + *link_token;
  // A carrier of messages takes E.164, whatever the trunk wrote.
  auto number = incident.number;
  if (number.value) number.value = canonical_number(*number.value);
  if (page) number = personal(c.incident, page.value);
  d.emit(incidents::MessageOrdered{{d.state.next.message}, c.incident, number, personal(c.incident, text)});
  return {};
}

}  // namespace sigap::core
