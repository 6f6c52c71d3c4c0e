#include "domain/incidents/incident_log.h"

namespace sigap::incidents {

void IncidentLog::apply(const IncidentOpened& e, Instant at) {
  Incident i;
  i.id = e.incident;
  i.station = e.station;
  i.call = e.call;
  i.opened_by = e.person;
  i.opened = at;
  i.number = e.number;
  i.place = e.place;
  incidents[e.incident] = i;
}

void IncidentLog::apply(const IncidentEdited& e) {
  Incident& i = incidents.at(e.incident);
  if (e.incident_type) i.type = *e.incident_type;
  if (e.priority) i.priority = *e.priority;
  if (e.place) i.place = *e.place;
  if (e.notes) i.notes = *e.notes;
  if (e.reporter) i.reporter = *e.reporter;
}

void IncidentLog::apply(const TrackingOpened& e) {
  Incident& i = incidents.at(e.incident);
  i.tracking_hash = e.token_hash;
  i.tracking_token = e.token;
  by_token_hash[e.token_hash] = e.incident;
}

void IncidentLog::apply(const MessageOrdered& e, std::int64_t effect) {
  Incident& i = incidents.at(e.incident);
  by_link_effect.erase(i.link_effect);
  i.link = LinkState::on_its_way;
  i.link_effect = effect;
  by_link_effect[effect] = e.incident;
}

void IncidentLog::settled(std::int64_t effect, bool sent) {
  const auto it = by_link_effect.find(effect);
  if (it == by_link_effect.end()) return;
  const auto incident = incidents.find(it->second);
  if (incident != incidents.end() && incident->second.link_effect == effect)
    incident->second.link = sent ? LinkState::sent : LinkState::failed;
}

void IncidentLog::apply(const IncidentClosed& e, Instant at) {
  Incident& i = incidents.at(e.incident);
  i.closed = true;
  i.answer = e.answer;
  i.closed_at = at;
  i.tracking_until = e.tracking_until;
}

void IncidentLog::forget(IncidentId id) {
  const auto it = incidents.find(id);
  if (it == incidents.end()) return;
  by_token_hash.erase(it->second.tracking_hash);
  by_link_effect.erase(it->second.link_effect);
  incidents.erase(it);
}

const Incident* IncidentLog::find(IncidentId id) const {
  const auto it = incidents.find(id);
  return it == incidents.end() ? nullptr : &it->second;
}

const Incident* IncidentLog::by_token(const std::string& token_hash) const {
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
