// What another app's officer took is taken.
#pragma once
#include <set>

#include "sim/checkers/checker.h"

namespace sigap::sim {

class PartnersChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;

 private:
  Rule& taken_once_ = rule("an alert that a partner took is taken once and the chain stops");
  std::set<AlertId> taken_;
};

}  // namespace sigap::sim
