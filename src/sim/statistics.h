// What a run says about the promise: of all offered calls, how many were answered, how soon, at which level, and how
// evenly over the provinces. Counted from events alone.
#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/id_map.h"
#include "core/state.h"

namespace sigap::sim {

/// Counts of a group of offered calls. Refused and abandoned ones are misses.
struct Service {
  std::int64_t offered = 0, answered = 0, within_5 = 0, within_10 = 0, within_20 = 0, within_goal = 0, lost = 0,
               short_ring = 0;
  std::int64_t waited_ms = 0;          ///< of those answered
  std::int64_t longest_ms = 0;         ///< anybody, answered or not
  std::array<std::int64_t, 5> tier{};  ///< where they were answered (distribution::Tier)
};

/// One minute of the run.
struct Minute {
  std::int64_t offered = 0, answered = 0, lost = 0;
  std::int64_t waiting = 0, ready = 0, operators = 0;  ///< at its end
  std::int64_t longest_ms = 0;  ///< that anybody had waited who was answered, hung up or waited still
};

struct Results {
  Service nation;
  std::map<StationCode, Service> provinces;  ///< by the first home; the headquarters as their own
  std::vector<Minute> minutes;
  std::int64_t tasks_opened = 0, tasks_merged = 0, tasks_left = 0;
  std::int64_t alerts = 0, acknowledged = 0, incidents = 0;
};

class Statistics {
 public:
  Statistics(Instant began, Duration goal) : began_(began), goal_(goal) {}
  void event(const core::Event& event, const core::State& state);
  /// Closes the running minute.
  void minute(const core::State& state);
  Results take(const core::State& state);

 private:
  struct Call {
    Instant arrived;
    StationCode province;
    bool answered = false;
  };
  Minute& minute_of(Instant at);
  void answered(const calls::CallAccepted& e, const core::Event& event, const core::State& state);
  void ended(const calls::CallEnded& e, const core::Event& event);
  /// Somebody has waited so long.
  void waits(const Call& call, Instant until);

  Instant began_;
  Duration goal_;
  IdMap<CallId, Call> calls_;  ///< live
  Results results_;
};

}  // namespace sigap::sim
