// Units on duty and live alerts, and which units to recommend.
#pragma once
#include <set>
#include <vector>

#include "base/id_map.h"
#include "domain/dispatch/dispatch_events.h"

namespace sigap::dispatch {

struct State {
  IdMap<PersonId, Unit> units;
  IdMap<AlertId, Alert> alerts;
  IdMap<IncidentId, std::set<PersonId>> tried;   ///< units that an incident's chain already asked
  IdMap<IncidentId, std::set<PersonId>> lapsed;  ///< that let an alert of it run out or declined, and did not go since
  IdMap<IncidentId, std::vector<Pick>> recommended;
  IdMap<IncidentId, Instant> attended;  ///< a unit was there and finished; when

  void apply(const UnitOnDuty& e, Instant at);
  void apply(const UnitOffDuty& e);
  void apply(const UnitsRecommended& e);
  void apply(const AlertRaised& e, Instant at);
  void apply(const AlertAdvanced& e, Instant at);
  void apply(const AlertEnded& e);
  void forget(IncidentId incident);

  const Unit* unit(PersonId id) const;
  const Alert* alert(AlertId id) const;
};

/// A free unit and where it was last seen.
struct Spotted {
  PersonId unit;
  bool located = false;
  GeoPoint point;
  Duration age;
  /// From the unit's station to the incident's. Looked at only where the place is not known or the position not fresh.
  std::int64_t to_station_m = 0;
};

/// A position older than this is not trusted for distance: the screens strike it through at the same age.
inline constexpr Duration kPositionTooOld = seconds(120);
/// Whether the unit's position says how far away it is.
inline bool has_fresh_position(const Spotted& s) {
  return s.located && s.age <= kPositionTooOld;
}

/// Nearest first by great circle; then units with an old or no position by their station's distance. At most `most`.
std::vector<Pick> recommend(const std::vector<Spotted>& free_units, bool place_known, GeoPoint place, std::size_t most);

}  // namespace sigap::dispatch
