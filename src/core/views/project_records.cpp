// Whose records there are and who read them, as administrators see it.
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
  RecordCard c{record.kind, record.id, station, name(s, station), record.latest, false, {}};
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
  }
  for (const auto& reader : record.readers) {
    const auto* person = s.people.person(reader.person);
    if (!person) continue;
    c.readers.push_back(
        {person->login, name(v, *person), name(s, person->station), reader.first, reader.last, reader.worked});
  }
  return c;
}

}  // namespace sigap::core::views
