// An alert goes on until somebody acknowledges it; the end of the chain is an alarm on a person's screen.
#pragma once
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class AlertsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;
  void look(const core::State& state) override;

 private:
  void raised(const dispatch::AlertRaised& e);
  void opened(const tasks::TaskOpened& e);
  void attended(IncidentId incident);

  Rule& goes_on_ = rule("an unanswered alert moves on or becomes an alarm");
  Rule& limit_ = rule("an unanswered alert has a time out");
  Rule& one_ = rule("a unit has one alert");
  Rule& resolves_ = rule("an alarm ends when a unit accepts or the incident closes");
  Rule& once_ = rule("an incident has one alarm that nobody has taken");
  std::set<IncidentId> to_go_on_;  ///< whose alert ended without an answer in this batch
  IdMap<PersonId, AlertId> alert_of_;
  IdMap<TaskId, IncidentId> alarms_;
  IdMap<IncidentId, TaskId> seen_;                       ///< of these, what an officer saw
  std::set<IncidentId> sounding_;                        ///< have an alarm that nobody has taken
  std::set<IncidentId> over_;                            ///< accepted or closed in this batch
  std::set<TaskId> attended_;                            ///< somebody at a desk worked on it in this batch
  std::vector<std::pair<PersonId, IncidentId>> joined_;  ///< in this batch: who, into what
};

}  // namespace sigap::sim
