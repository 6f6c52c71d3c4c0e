// No state without a way and a time out: stuck agents and ghost calls are the commonest complaint about every queue.
#pragma once
#include "sim/checkers/checker.h"

namespace sigap::sim {

class WaysOutChecker final : public Checker {
 public:
  using Checker::Checker;
  void look(const core::State& state) override;
  void derive(const core::State& state) override;
  void rest(const core::State& state) override;

 private:
  void look_at_guest(const core::State& s, const calls::Call& call);

  Rule& way_ = rule("every state has a way out");
  Rule& guest_ = rule("a guest comes in time or is none");
  Rule& relayed_ = rule("who was handed over talks to somebody");
  Rule& seen_ = rule("an offer rings at an operator who is offered it");
  Rule& index_ = rule("an index says what the facts say");
  Rule& settled_ = rule("everything that was ordered is reported on");
  Rule& rest_ = rule("everything comes to rest");
};

}  // namespace sigap::sim
