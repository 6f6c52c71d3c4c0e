// What somebody wrote to the line stands behind an open task until a person closes that.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class TextsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  Rule& lost_ = rule("a text is never lost");
  Rule& once_ = rule("a text that is said twice is one");
  IdMap<TaskId, std::set<std::string>> texts_;  ///< names of what stands behind each open task
  std::vector<TaskId> opened_;                  ///< for a text, in this batch
};

}  // namespace sigap::sim
