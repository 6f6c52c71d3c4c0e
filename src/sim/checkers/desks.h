// Whoever sits at a desk and is not ready knows of those who wait; whoever was ready and comes back is ready again.
#pragma once
#include <set>

#include "sim/checkers/checker.h"
#include "sim/checkers/floor.h"
#include "sim/screens.h"

namespace sigap::sim {

class DesksChecker final : public Checker {
 public:
  DesksChecker(Verdicts& verdicts, const Screens& screens) : Checker(verdicts), screens_(screens) {}
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;
  void look(const core::State& state) override;

 private:
  Rule& told_ = rule("nobody waits while a person at a desk does not know it");
  Rule& returns_ = rule("who was ready and comes back is ready again");
  const Screens& screens_;
  Floor floor_;
  std::set<PersonId> were_ready_;  ///< lost while they were
  std::set<PersonId> came_back_;   ///< of these, in the batch that is under way
};

}  // namespace sigap::sim
