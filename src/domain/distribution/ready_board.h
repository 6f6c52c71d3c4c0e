// The operators who are ready, by station and by how long they are idle.
// Invariant: a person stands here at most once.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/code_map.h"
#include "base/geo.h"
#include "base/id_map.h"
#include "base/time.h"

namespace sigap::distribution {

/// Longest idle first; among equals the lower id.
using IdleOrder = std::set<std::pair<Instant, PersonId>>;

/// A station where somebody is ready, and where it is: a call that no province can take looks at all of them.
struct ReadyStation {
  GeoPoint point;
  IdleOrder idle;
  bool operator==(const ReadyStation&) const = default;
};

class ReadyBoard {
 public:
  /// `point` is the station's, the same for all of it.
  void put(PersonId person, const StationCode& station, GeoPoint point, Instant idle_since);
  void remove(PersonId person);
  /// The station is somewhere else now.
  void move(const StationCode& station, GeoPoint point);
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  /// Of all; only when not empty.
  PersonId longest_idle() const { return all_.begin()->second; }
  /// Of one station.
  std::optional<PersonId> longest_idle(const StationCode& station) const;
  /// Where somebody is ready.
  const CodeMap<StationCode, ReadyStation>& stations() const { return by_station_; }
  bool operator==(const ReadyBoard&) const = default;

 private:
  IdMap<PersonId, std::pair<StationCode, Instant>> places_;
  CodeMap<StationCode, ReadyStation> by_station_;
  IdleOrder all_;
};

}  // namespace sigap::distribution
