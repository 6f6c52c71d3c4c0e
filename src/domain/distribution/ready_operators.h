// The operators who are ready, by station and by how long they are idle.
// Invariants: a person stands here at most once; a station that was ever put in keeps its spot, for one operator's
// turn from ready to busy and back is all that happens at most of them.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/code_map.h"
#include "base/geo.h"
#include "base/id_map.h"
#include "base/time.h"

namespace sigap::distribution {

/// Longest idle first; among equals the lower id.
using IdleOrder = std::set<std::pair<Instant, PersonId>>;

class ReadyOperators {
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

  /// Where a station is and how many are ready there. Side by side and in no order: a call that no province can take
  /// looks at all of them.
  struct Spot {
    GeoPoint point;
    std::uint32_t ready = 0;
  };
  const std::vector<Spot>& spots() const { return spots_; }
  /// Since when, and who; only where somebody is ready.
  const std::pair<Instant, PersonId>& longest_idle_at(std::size_t spot) const { return *idle_[spot].begin(); }

  /// The same people at the same places, whatever was there before.
  bool operator==(const ReadyOperators& o) const;

 private:
  struct Place {
    std::size_t spot = 0;
    Instant idle_since;
  };
  IdMap<PersonId, Place> places_;
  CodeMap<StationCode, std::size_t> spot_of_;
  std::vector<Spot> spots_;
  std::vector<IdleOrder> idle_;  ///< of each spot
  IdleOrder all_;
};

}  // namespace sigap::distribution
