#include "domain/incidents/state.h"

#include <algorithm>

namespace sigap::incidents {

void State::happened(IncidentId id, const Happening& what) {
  const auto it = incidents.find(id);
  if (it == incidents.end()) return;
  auto& history = it->second.history;
  // Saved as it is typed: a word is one line, not one for each half of it.
  const bool typed = what.kind == HappeningKind::place_set || what.kind == HappeningKind::type_set ||
                     what.kind == HappeningKind::priority_set;
  if (typed && !history.empty() && history.back().kind == what.kind && history.back().by == what.by) {
    history.back() = what;
    return;
  }
  if (history.size() == kHistoryMax) history.erase(history.begin() + 1);  // how it began stays
  history.push_back(what);
}

void State::apply(const IncidentOpened& e, Instant at, const StationCode& province, const LegId& page) {
  Incident i;
  i.id = e.incident;
  i.station = e.station;
  i.province = province;
  i.call = e.call;
  if (page) i.page_leg = page;
  i.origin = e.origin;
  i.opened_by = e.person;
  i.opened = at;
  i.number = e.number;
  i.place = e.place;
  i.latest = at;
  incidents[e.incident] = i;
}

void State::apply(const IncidentEdited& e) {
  Incident& i = incidents.at(e.incident);
  if (e.incident_type) i.type = *e.incident_type;
  if (e.priority) i.priority = *e.priority;
  if (e.place) i.place = *e.place;
  if (e.notes) i.notes = *e.notes;
  if (e.reporter) i.reporter = *e.reporter;
}

void State::apply(const TrackingOpened& e) {
  Incident& i = incidents.at(e.incident);
  i.tracking_hash = e.token_hash;
  i.tracking_token = e.token;
  by_token_hash[e.token_hash] = e.incident;
}

void State::apply(const MessageOrdered& e, std::int64_t effect) {
  Incident& i = incidents.at(e.incident);
  by_link_effect.erase(i.link_effect);
  i.link = LinkState::on_its_way;
  i.link_effect = effect;
  by_link_effect[effect] = e.incident;
}

void State::settled(std::int64_t effect, bool sent) {
  const auto it = by_link_effect.find(effect);
  if (it == by_link_effect.end()) return;
  const auto incident = incidents.find(it->second);
  if (incident != incidents.end() && incident->second.link_effect == effect)
    incident->second.link = sent ? LinkState::sent : LinkState::failed;
}

void State::apply(const IncidentClosed& e, Instant at) {
  Incident& i = incidents.at(e.incident);
  i.closed = true;
  i.answer = e.answer;
  i.closed_at = at;
  i.tracking_until = e.tracking_until;
}

void State::apply(const IncidentLikened& e) {
  Incident& i = incidents.at(e.incident);
  for (const auto& candidate : i.candidates) {
    const auto them = likers.find(candidate.incident);
    if (them != likers.end() && them->second.erase(i.id) && them->second.empty()) likers.erase(them);
  }
  i.candidates = e.candidates;
  for (const auto& candidate : i.candidates) likers[candidate.incident].insert(i.id);
}

void State::apply(const IncidentJoined& e) {
  Incident& i = incidents.at(e.incident);
  Incident& root = incidents.at(e.into);
  auto& all = reports[e.into];
  for (const auto id : event_of(e.incident)) {
    incidents.at(id).root = e.into;
    all.insert(id);
  }
  reports.erase(e.incident);
  i.into = e.into;
  root.latest = std::max(root.latest, i.latest);
}

void State::apply(const IncidentSplit& e) {
  Incident& i = incidents.at(e.incident);
  const auto leaving = branch(e.incident);
  i.into = {};
  for (const auto id : leaving) {
    reports[e.from].erase(id);
    incidents.at(id).root = id == e.incident ? IncidentId{} : e.incident;
    if (id != e.incident) reports[e.incident].insert(id);
  }
  if (reports[e.from].empty()) reports.erase(e.from);
  incidents.at(e.from).latest = latest_of(event_of(e.from));
  i.latest = latest_of(leaving);
}

Instant State::latest_of(const std::vector<IncidentId>& ids) const {
  Instant latest;
  for (const auto id : ids) latest = std::max(latest, incidents.at(id).opened);
  return latest;
}

void State::forget(IncidentId id) {
  const auto it = incidents.find(id);
  if (it == incidents.end()) return;
  apply(IncidentLikened{id, {}});
  likers.erase(id);
  if (const auto root = reports.find(it->second.root); root != reports.end()) {
    root->second.erase(id);
    if (root->second.empty()) reports.erase(root);
  }
  if (const auto left = reports.find(id); left != reports.end()) {
    for (const auto report : left->second) incidents.at(report).root = incidents.at(report).into = {};
    reports.erase(left);
  }
  by_token_hash.erase(it->second.tracking_hash);
  by_link_effect.erase(it->second.link_effect);
  incidents.erase(it);
}

IncidentId State::root_of(IncidentId id) const {
  const auto* found = find(id);
  return found && found->root ? found->root : id;
}

std::int64_t State::reporters(IncidentId root) const {
  const auto it = reports.find(root);
  return 1 + (it == reports.end() ? 0 : static_cast<std::int64_t>(it->second.size()));
}

std::vector<IncidentId> State::event_of(IncidentId id) const {
  std::vector<IncidentId> all = {root_of(id)};
  if (const auto it = reports.find(all.front()); it != reports.end())
    all.insert(all.end(), it->second.begin(), it->second.end());
  return all;
}

std::vector<IncidentId> State::branch(IncidentId id) const {
  std::vector<IncidentId> all;
  for (const auto each : event_of(id)) {
    auto at = each;
    while (at != id && incidents.at(at).into) at = incidents.at(at).into;
    if (at == id) all.push_back(each);
  }
  return all;
}

const Incident* State::find(IncidentId id) const {
  const auto it = incidents.find(id);
  return it == incidents.end() ? nullptr : &it->second;
}

const Incident* State::by_token(const std::string& token_hash) const {
  const auto it = by_token_hash.find(token_hash);
  return it == by_token_hash.end() ? nullptr : find(it->second);
}

Priority usual_priority(IncidentType type) {
  switch (type) {
    case IncidentType::robbery:
    case IncidentType::assault:
    case IncidentType::domestic_violence:
    case IncidentType::fire:
    case IncidentType::disaster:
    case IncidentType::medical:
      return Priority::p1;
    case IncidentType::disturbance:
    case IncidentType::suspicious_activity:
    case IncidentType::other:
      return Priority::p3;
    case IncidentType::unknown:
    case IncidentType::traffic_accident:
    case IncidentType::theft:
    case IncidentType::missing_person:
      return Priority::p2;
  }
  return Priority::p2;
}

}  // namespace sigap::incidents
