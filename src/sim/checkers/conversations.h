// What is written in a call: whatever whoever wrote was told is in the record is there, once and in the order in which
// they wrote it. Writers of the simulation name their lines by their numbers and go on when one is acknowledged.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/code_map.h"
#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class ConversationsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;
  /// The server told whoever wrote this that it is done.
  void acknowledged(const core::Input& input);

 private:
  struct Record {
    std::vector<std::string> caller, ours;  ///< names, as they came
    bool open = true;
  };
  static std::int64_t number(const std::string& name);

  Rule& once_ = rule("what is written stands in the record once, in order");
  Rule& lost_ = rule("what was acknowledged as written is in the record");
  Rule& ended_ = rule("nothing is written in a call that has ended");
  IdMap<CallId, Record> records_;
  CodeMap<LegId, CallId> calls_;
  std::vector<CallId> touched_;  ///< in this batch
};

}  // namespace sigap::sim
