// The live tree of stations: who serves where, and in which order calls overflow.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/code_map.h"
#include "domain/stations/station_events.h"

namespace sigap::stations {

class State {
 public:
  void apply(const StationDefined& e);

  const Station* find(const StationCode& code) const;
  /// The Polda above (or itself), none for the Mabes and unknown codes. Valid until the tree changes.
  const StationCode& province_of(const StationCode& code) const;
  StationCode headquarters() const;
  /// `code` and all below it.
  bool within(const StationCode& code, const StationCode& ancestor) const;

  CodeMap<StationCode, Station> stations;
};

/// Why a station may not be defined so, or nothing: limits, parent of the right level, no cycle.
std::optional<std::string> objection(const State& tree, const Station& station);

}  // namespace sigap::stations
