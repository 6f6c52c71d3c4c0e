#include "domain/dispatch/state.h"

#include <algorithm>
#include <tuple>

namespace sigap::dispatch {

void State::apply(const UnitOnDuty& e, Instant at) {
  units[e.unit] = {e.unit, at, {}};
}
void State::apply(const UnitOffDuty& e) {
  units.erase(e.unit);
}
void State::apply(const UnitsRecommended& e) {
  recommended[e.incident] = e.picks;
}

void State::apply(const AlertRaised& e, Instant at) {
  Alert a;
  a.id = e.alert;
  a.incident = e.incident;
  a.unit = e.unit;
  a.step = e.step;
  a.raised = a.since = at;
  a.until = e.until;
  alerts[e.alert] = a;
  if (e.by) tried[e.incident].clear();  // a person began a new chain
  tried[e.incident].insert(e.unit);
  const auto unit = units.find(e.unit);
  if (unit != units.end()) unit->second.alert = e.alert;
}

void State::apply(const AlertAdvanced& e, Instant at) {
  Alert& a = alerts.at(e.alert);
  a.status = e.status;
  a.via = e.via;
  a.since = at;
  if (const auto its = lapsed.find(a.incident); its != lapsed.end() && e.status >= AlertStatus::acknowledged)
    its->second.erase(a.unit);
  if (e.status != AlertStatus::done) return;
  const auto unit = units.find(a.unit);
  if (unit != units.end()) unit->second.alert = {};
  attended[a.incident] = at;
  alerts.erase(e.alert);
}

void State::apply(const AlertEnded& e) {
  const auto unit = units.find(e.unit);
  if (unit != units.end() && unit->second.alert == e.alert) unit->second.alert = {};
  if (e.how == AlertEnd::expired || e.how == AlertEnd::declined) lapsed[e.incident].insert(e.unit);
  alerts.erase(e.alert);
}

void State::forget(IncidentId incident) {
  tried.erase(incident);
  lapsed.erase(incident);
  recommended.erase(incident);
  attended.erase(incident);
}

const Unit* State::unit(PersonId id) const {
  const auto it = units.find(id);
  return it == units.end() ? nullptr : &it->second;
}

const Alert* State::alert(AlertId id) const {
  const auto it = alerts.find(id);
  return it == alerts.end() ? nullptr : &it->second;
}

std::vector<Pick> recommend(const std::vector<Spotted>& free_units, bool place_known, GeoPoint place,
                            std::size_t most) {
  if (most == 0) return {};
  using Ranked = std::tuple<bool, std::int64_t, Pick>;
  std::vector<Ranked> first;  // the best so far, in order
  for (const Spotted& s : free_units) {
    const bool exact = has_fresh_position(s) && place_known;
    const Ranked at_best{!exact, exact ? least_distance_m(s.point, place) : s.to_station_m, {}};
    if (first.size() == most && at_best > first.back()) continue;  // most are clearly farther away
    Pick pick;
    pick.unit = s.unit;
    pick.reason = has_fresh_position(s) ? PickReason::nearest
                  : s.located           ? PickReason::position_old
                                        : PickReason::no_position;
    if (s.located && place_known) pick.distance_m = distance_m(s.point, place);
    const Ranked ranked{!exact, exact ? pick.distance_m : s.to_station_m, pick};
    first.insert(std::lower_bound(first.begin(), first.end(), ranked), ranked);
    if (first.size() > most) first.pop_back();
  }
  std::vector<Pick> picks;
  picks.reserve(first.size());
  for (const auto& [inexact, metres, pick] : first) picks.push_back(pick);
  return picks;
}

}  // namespace sigap::dispatch
