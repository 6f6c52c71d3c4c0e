// Whose records there are and who read them, as administrators see it; which calls were recorded, and who heard them.
#include "core/views/project.h"

namespace sigap::core::views {
namespace {

using access::Field;
using access::Relation;

std::string name(const State& s, const StationCode& code) {
  const auto* station = s.stations.find(code);
  return station ? station->name : code.value;
}

/// Of a person of the reach.
std::optional<std::string> name(const View& v, const people::Person& person) {
  const auto relation = access::relation_to_station(v.state, v.viewer, person.station);
  return access::may_see(v.viewer.role, Field::staff_name, relation) ? person.name.value : std::nullopt;
}

}  // namespace

std::optional<RecordCard> card(const View& v, const RecordFound& record) {
  const auto& s = v.state;
  const auto& station = s.stations.find(record.station) ? record.station : s.stations.headquarters();
  if (access::relation_to_station(s, v.viewer, station) == Relation::outside) return std::nullopt;
  RecordCard c{record.kind, record.id, station, name(s, station), record.latest, false, false, {}};
  switch (record.kind) {
    case RecordKind::call:
      c.open = s.calls.find(CallId{record.id}) != nullptr;
      break;
    case RecordKind::incident:
      c.open = s.incidents.find({record.id}) != nullptr;
      break;
    case RecordKind::task:
      c.open = s.tasks.find({record.id}) != nullptr;
      break;
    case RecordKind::complaint:
      c.open = find_case(s, {record.id}) != nullptr;
      break;
  }
  c.held = s.holds && privacy::is_held(*s.holds, record.kind, record.id);
  for (const auto& reader : record.readers) {
    const auto* person = s.people.person(reader.person);
    if (!person) continue;
    c.readers.push_back(
        {person->login, name(v, *person), name(s, person->station), reader.first, reader.last, reader.worked});
  }
  return c;
}

std::optional<RecordingCard> card(const View& v, const KnownCall& known) {
  const auto& s = v.state;
  const auto relation = access::relation_to(s, v.viewer, known);
  const auto* hold = s.holds && s.holds->contains(known.call) ? &s.holds->at(known.call) : nullptr;
  const bool hears = access::may_hear(v.viewer.role, relation);
  const bool lifts = hold && access::may_lift(v.viewer.role, relation);
  if (!hears && !lifts) return std::nullopt;
  RecordingCard c;
  c.call = known.call;
  c.station = known.station;
  c.station_name = name(s, known.station);
  c.arrived = known.arrived;
  c.recorded = bool(known.recording);
  if (hold) {
    const auto* by = s.people.person(hold->placed_by);
    c.hold = HoldCard{by ? by->login : "", hold->since, hold->reason.value};
  }
  if (!hears) return c;
  c.connected = known.connected;
  c.ended = known.ended;
  c.outcome = known.outcome;
  if (!known.records.incidents.empty()) c.incident = known.records.incidents.front();
  if (const auto* person = s.people.person(known.operator_)) {
    c.login = person->login;
    c.name = name(v, *person);
  }
  for (const auto& moment : known.moments) c.moments.push_back({moment.kind, moment.at});
  for (const auto& play : known.plays)
    if (const auto* person = s.people.person(play.person))
      c.plays.push_back({person->login, name(v, *person), play.at, play.reason});
  return c;
}

}  // namespace sigap::core::views
