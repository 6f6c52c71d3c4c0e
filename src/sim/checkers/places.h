// Where callers are: D2 (docs/rules.md), for a place that comes while they wait.
#pragma once
#include <optional>
#include <vector>

#include "base/code_map.h"
#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class PlacesChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  struct Call {
    StationCode home;
    bool waits = true, chosen = false;  ///< by an operator who transferred it
    std::optional<StationCode> due;     ///< the station of a place told in this batch
  };
  std::optional<StationCode> nearest(GeoPoint point) const;

  Rule& home_ = rule("a waiting call's home is the station of its newest place");
  CodeMap<StationCode, GeoPoint> districts_;
  IdMap<CallId, Call> calls_;  ///< emergency calls that came in, until they end
  std::vector<CallId> told_;   ///< in this batch
};

}  // namespace sigap::sim
