// One event, many callers: what may be the same is suggested, a person joins, and a split undoes it.
#include "core/decide/joining.h"

#include "core/access/access.h"
#include "core/decide/tasks.h"
#include "domain/incidents/likeness.h"

namespace sigap::core {
namespace {

using incidents::Candidate;
using incidents::Incident;
using incidents::Sighting;

/// Of each province only this many of the most recently reported are compared: a decision stays in the microseconds
/// when a disaster opens thousands. What people report again and again is always among them. Own.
constexpr std::size_t kComparedMax = 1'000;
/// A province with a station this near may have the event, too, in metres: about the width of a regency more than the
/// wide reach. Own.
constexpr std::int64_t kNeighbour_m = 60'000;

/// Whose incidents may be the same: the own province's, those of no province (nobody knew where the call came from),
/// and those across a border that is near.
std::set<StationCode> provinces_around(const State& s, const Incident& incident, GeoPoint point) {
  std::set<StationCode> around = {incident.province, {}};
  const auto& districts = s.indexes.districts;
  for (std::size_t i = 0; i < districts.points.size(); ++i)
    if (least_distance_m(districts.points[i], point) <= kNeighbour_m && !around.contains(districts.provinces[i]) &&
        distance_m(districts.points[i], point) <= kNeighbour_m)
      around.insert(districts.provinces[i]);
  return around;
}

std::vector<Candidate> candidates_of(const State& s, const Incident& incident) {
  const auto report = incidents::sighting(incident);
  if (!report) return {};
  const Instant since = incident.latest - incidents::kAlikeWithin;
  std::vector<Sighting> others;
  for (const auto& province : provinces_around(s, incident, report->point)) {
    const auto* seen = s.indexes.sightings.of(province);
    if (!seen) continue;
    std::size_t compared = 0;
    for (auto it = seen->rbegin(); it != seen->rend() && it->latest >= since; ++it) {
      if (++compared > kComparedMax) break;
      if (!incidents::distance_if_alike(*report, *it)) continue;  // most are somewhere else
      others.push_back(*it);
      others.back().reporters = s.incidents.reporters(it->incident);
    }
  }
  return incidents::candidates(*report, others);
}

/// Whoever joins attends, to what they can see: what is only suggested to them may alarm at a station of which they
/// know nothing, and goes on there.
void attended_by_joiner(Decider& d, IncidentId id) {
  const auto& joiner = *d.state.people.person(d.actor.person);
  if (access::relation_to(d.state, joiner, *d.state.incidents.find(id)) != access::Relation::outside) attended(d, id);
}

std::string number(IncidentId id) {
  return std::to_string(id.value);
}

}  // namespace

void suggest_duplicates(Decider& d, IncidentId id) {
  const Incident& incident = *d.state.incidents.find(id);
  if (incident.closed || incident.into) return;
  auto found = candidates_of(d.state, incident);
  if (found != incident.candidates) d.emit(incidents::IncidentLikened{id, std::move(found)});
}

Verdict not_joined(const Decider& d, const Incident& incident) {
  if (!incident.into) return {};
  return no("joined", "part of incident " + number(d.state.incidents.root_of(incident.id)) + ": split it first",
            "incident");
}

/// Help that was sent goes on: whoever is on the way to a report is on the way to the event. What nobody has answered
/// yet moves on along its own chain, or ends in an alarm as any other.
Verdict join_incident(Decider& d, const JoinIncident& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident) return no("unknown", "no such incident", "incident");
  if (!d.state.incidents.find(c.into)) return no("unknown", "no such incident", "into");
  const auto root = d.state.incidents.root_of(c.into);
  if (root == c.incident) return no("same", "these are one incident", "into");
  if (incident->closed) return no("closed", "this incident is closed", "incident");
  if (d.state.incidents.find(root)->closed) return no("closed", "this incident is closed", "into");
  if (incident->root == root) return no("same", "these are one incident", "into");
  if (auto refusal = not_joined(d, *incident)) return refusal;
  d.emit(incidents::IncidentJoined{c.incident, root, d.actor.person});
  attended(d, c.incident);
  attended_by_joiner(d, root);
  return {};
}

void split_incident(Decider& d, IncidentId incident) {
  d.emit(incidents::IncidentSplit{incident, d.state.incidents.root_of(incident), d.actor.person});
}

Verdict split_incident(Decider& d, const SplitIncident& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident) return no("unknown", "no such incident", "incident");
  if (incident->closed) return no("closed", "this incident is closed", "incident");
  if (!incident->into) return no("not_joined", "this incident is joined to nothing", "incident");
  split_incident(d, c.incident);
  return {};
}

Verdict join_similar(Decider& d, const JoinSimilar& c) {
  const auto* into = d.state.incidents.find(c.into);
  if (!into) return no("unknown", "no such incident", "into");
  if (into->closed) return no("closed", "this incident is closed", "into");
  if (auto refusal = not_joined(d, *into)) return refusal;
  const auto& person = *d.state.people.person(d.actor.person);
  for (const auto id : access::similar(d.state, person, c.into))
    d.emit(incidents::IncidentJoined{id, c.into, d.actor.person}), attended(d, id);
  attended(d, c.into);
  return {};
}

}  // namespace sigap::core
