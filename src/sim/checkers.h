// What must hold after every step, each citing its rule.
#pragma once
#include <map>
#include <set>
#include <string>

#include "core/state.h"

namespace sigap::sim {

class Checkers {
 public:
  /// Sees each durable event in order, before the state it led to.
  void event(const core::Event& event);
  /// Looks at the state after a step. The first broken rule is kept in violation().
  void step(const core::State& state);
  /// After the heal phase: nothing may be left in between.
  void rest(const core::State& state);
  /// A caller who was accepted, is still on the line, and is in no live call; empty: none.
  void callers(const std::string& missing);
  void broken(const std::string& rule, const std::string& seen);
  const std::string& violation() const { return violation_; }
  const std::map<std::string, std::int64_t>& looked() const { return looked_; }

 private:
  std::set<CallId> accepted_;           ///< emergency calls in the journal
  std::set<CallId> answered_;           ///< by a person
  std::set<CallId> in_task_;            ///< a task was opened for it, or it was merged into one
  std::map<CallId, PersonId> on_call_;  ///< who talks to whom, by the events alone
  std::string violation_;
  std::map<std::string, std::int64_t> looked_;
};

}  // namespace sigap::sim
