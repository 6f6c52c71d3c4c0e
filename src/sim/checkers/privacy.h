// What is still being worked on is never forgotten, and what was forgotten is never heard of again.
#pragma once
#include <set>
#include <utility>
#include <vector>

#include "base/records.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class PrivacyChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  Rule& live_ = rule("what is being worked on is not forgotten");
  Rule& gone_ = rule("nothing happens to what was forgotten");
  std::set<std::pair<RecordKind, std::int64_t>> forgotten_;
  std::vector<Records> now_;  ///< in this batch
};

}  // namespace sigap::sim
