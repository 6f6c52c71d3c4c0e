// One event, many callers: a report has one root, which is joined to nothing, and lives as long as it.
#pragma once
#include <map>

#include "sim/checkers/checker.h"

namespace sigap::sim {

class ReportsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void look(const core::State& state) override;

 private:
  Rule& person_ = rule("an incident is closed by a person");
  Rule& root_ = rule("a report has one root, which is joined to nothing");
  Rule& together_ = rule("a report is open as long as its root");
};

}  // namespace sigap::sim
