// The promise: an accepted call is answered by a person, or ends in a task that a person must close.
// Sources: P1, P3, P4, T1 to T3 and B4 (docs/rules.md).
#pragma once
#include <map>
#include <set>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class PromiseChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;
  void rest(const core::State& state) override;

 private:
  struct Call {
    bool answered = false, in_task = false, refused = false;
    CallerRef caller;
    TaskId behind;  ///< of a call of ours: why we called; while it is open, a person must close it
  };
  struct Callback {
    CallerRef caller;
    StationCode station;
  };
  bool served(const Call& call) const;
  void left(CallId call);
  void merged(const tasks::TaskMerged& e);
  void opened(const tasks::TaskOpened& e);
  void closed(const tasks::TaskClosed& e);

  Rule& served_ = rule("no call goes unserved");
  Rule& restart_ = rule("a restart ends nobody's call");
  Rule& people_ = rule("only people end a call");
  Rule& person_ = rule("a task is closed by a person");
  Rule& seldom_ = rule("the system calls at most three times for a task");
  Rule& served_since_ = rule("who was talked to is not called back for what was before");
  Rule& merge_ = rule("a callback gathers the calls of one caller");
  IdMap<CallId, Call> calls_;  ///< emergency calls that have not left the live state
  IdMap<TaskId, Callback> callbacks_;
  std::map<CallerRef, std::set<TaskId>> of_caller_;
  std::set<TaskId> open_;
  IdMap<TaskId, std::int64_t> rang_back_;
  std::set<TaskId> said_no_;  ///< by key, when the system called them back
  std::set<TaskId> settled_;  ///< open when their caller was talked to, in this batch
  std::set<CallId> relayed_;  ///< go on after their outcome
};

}  // namespace sigap::sim
