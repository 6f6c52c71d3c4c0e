// What the views ask before they show something: how the viewer stands to it, and whether they may see it.
#pragma once
#include <optional>
#include <string>

#include "core/views/project.h"

namespace sigap::core::views {

inline bool is_desk(const View& v) {
  return v.viewer.role == people::Role::operator_ || v.viewer.role == people::Role::supervisor;
}

inline bool sees(const View& v, access::Field field, access::Relation relation) {
  return access::may_see(v.viewer.role, field, relation);
}

template <class T>
std::optional<T> shown(const View& v, access::Field field, access::Relation relation, const Personal<T>& value) {
  return sees(v, field, relation) ? value.value : std::nullopt;
}

inline std::string station_name(const State& s, const StationCode& code) {
  const auto* station = s.stations.find(code);
  return station ? station->name : code.value;
}

/// How the viewer stands to a colleague.
inline access::Relation relation_to_person(const View& v, const people::Person& person) {
  return person.id == v.viewer.id ? access::Relation::mine
                                  : access::relation_to_station(v.state, v.viewer, person.station);
}

inline std::optional<std::string> name_of(const View& v, PersonId id, access::Relation at_least) {
  const auto* person = v.state.people.person(id);
  if (!person) return std::nullopt;
  // Who took a call of mine is told to me, wherever they sit.
  const auto relation = at_least != access::Relation::outside ? at_least : relation_to_person(v, *person);
  return shown(v, access::Field::staff_name, relation, person->name);
}

}  // namespace sigap::core::views
