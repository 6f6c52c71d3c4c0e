// An incident that nobody called about has nobody on a line who would ask again: what an officer saw must be heard by a
// desk until somebody there attends to it.
#pragma once
#include <set>
#include <utility>
#include <vector>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class WithoutCallChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  void attended(IncidentId incident);

  Rule& alarms_rule_ = rule("what an officer saw alarms until a desk attends");
  Rule& taker_ = rule("who has taken what an officer saw is there");
  Rule& person_ = rule("an incident without a call is opened by a person");
  std::set<PersonId> officers_;
  IdMap<IncidentId, TaskId> waits_;  ///< of those that an officer saw and no desk has attended to: the alarm, 0: none
  IdMap<TaskId, IncidentId> alarm_of_;
  std::set<PersonId> gone_;                              ///< signed out or lost in this batch
  std::vector<std::pair<PersonId, IncidentId>> joined_;  ///< in this batch: who, into what
};

}  // namespace sigap::sim
