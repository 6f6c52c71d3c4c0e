// Whoever has a password that somebody else set does nothing but choose another.
#pragma once
#include <set>

#include "sim/checkers/checker.h"

namespace sigap::sim {

class PasswordsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;

 private:
  Rule& rule_ = rule("a temporary password opens nothing but the choice of another");
  std::set<PersonId> temporary_;
};

}  // namespace sigap::sim
