// What must be found fast: derived from the facts by each event, never written anywhere, built anew after a checkpoint.
// Invariant: following events one by one and building anew give the same (the simulator compares).
#pragma once
#include <boost/container/flat_set.hpp>
#include <optional>
#include <set>
#include <vector>

#include "base/code_map.h"
#include "base/id_map.h"
#include "core/event.h"
#include "domain/distribution/call_queue.h"
#include "domain/distribution/ready_operators.h"
#include "domain/incidents/sightings.h"

namespace sigap::core {

struct Facts;

/// The district stations in the order of their codes. Every place that is told is held against all of their points,
/// so those lie side by side.
struct Districts {
  std::vector<GeoPoint> points;
  std::vector<StationCode> codes, provinces;
  bool operator==(const Districts&) const = default;
};
/// Side by side, in the order of their ids.
using UnitSet = boost::container::flat_set<PersonId>;

struct NearestDistrict {
  StationCode code;
  std::int64_t distance_m = 0;
};

/// Another station of the same province, by how far away it is.
struct Neighbour {
  std::int64_t distance_m = 0;
  StationCode station;
  auto operator<=>(const Neighbour&) const = default;
};

struct Indexes {
  distribution::ReadyOperators ready;   ///< operators who may be offered a call now: ready, and their browser is here
  distribution::CallQueue unheard;      ///< callers who wait and ring nowhere
  distribution::CallQueue second_ring;  ///< callers who ring at one operator and may ring at another
  /// Live calls of ours, by the incident they are about: it may be of an earlier call, which is gone.
  IdMap<IncidentId, std::set<CallId>> callbacks;
  IdMap<CallId, IncidentId> called_about;             ///< the same by call
  IdMap<CallId, std::set<OfferId>> offers;            ///< of each call, ended ones included
  CodeMap<StationCode, std::set<StationCode>> below;  ///< the stations directly below each
  CodeMap<StationCode, std::set<PersonId>> here;      ///< who takes calls and is here, by their station (attendance.h)
  IdMap<PersonId, StationCode> here_at;               ///< the same by person
  IdMap<IncidentId, std::set<AlertId>> alerts;        ///< live ones, of each incident itself
  /// On duty and on no alert, by province; "" holds those of the headquarters. Gone through for each recommendation.
  CodeMap<StationCode, UnitSet> free_units;
  Districts districts;
  /// Of each district station and provincial desk: the other district stations of its province, nearest first.
  CodeMap<StationCode, std::vector<Neighbour>> neighbours;
  incidents::Sightings sightings;  ///< of each open root with a place

  /// After `event` was folded into `facts`.
  void follow(const Facts& facts, const EventBody& event);
  void rebuild(const Facts& facts);
  /// By great circle; nothing while there is none.
  std::optional<NearestDistrict> nearest_district(GeoPoint point) const;
  bool operator==(const Indexes&) const = default;

 private:
  void look_at(const Facts& facts, PersonId person);
  void put_ready(const Facts& facts, const people::Operator& op);
  void look_whether_here(const Facts& facts, PersonId person);
  void look_at(const Facts& facts, CallId call);
  void look_what_about(const Facts& facts, CallId call);
  void look_at_alert(const Facts& facts, AlertId alert, IncidentId incident);
  void look_at_unit(const Facts& facts, PersonId unit);
  void look_at_stations(const Facts& facts);
  void look_at_neighbours(const Facts& facts, const StationCode& province);
  void look_at_incident(const Facts& facts, IncidentId incident);
  void look_at_offer(const Facts& facts, OfferId offer, CallId call);
  void all_operators(const Facts& facts);
};

}  // namespace sigap::core
