// What is still being worked on, or held as evidence, is never forgotten, and nothing is sealed any more for what was:
// it would have a key again.
#pragma once
#include <map>
#include <set>
#include <string>
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
  void hold(const core::Event& event);

  Rule& live_ = rule("what is being worked on is not forgotten");
  Rule& sealed_ = rule("nothing is sealed for what was forgotten");
  Rule& kept_ = rule("what is held is not forgotten");
  std::map<CallId, std::vector<std::string>> held_;  ///< subjects, by the call that was held
  std::set<std::string, std::less<>> forgotten_;     ///< subjects
  std::vector<Records> now_;                         ///< in this batch
};

}  // namespace sigap::sim
