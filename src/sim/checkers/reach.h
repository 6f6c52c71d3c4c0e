// Whose station reaches which incident: what checkers hold people answerable for.
#pragma once
#include "core/state.h"

namespace sigap::sim {

inline bool reaches(const core::State& state, PersonId person, IncidentId incident) {
  const auto* who = state.people.person(person);
  const auto* what = state.incidents.find(incident);
  return who && what && state.stations.within(what->station, who->station);
}

}  // namespace sigap::sim
