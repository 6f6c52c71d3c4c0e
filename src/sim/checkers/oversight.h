// Those who look over an operator's shoulder: they hear what goes on and nothing that is over, and judge handled calls
// that the system chose, never their own.
#pragma once
#include <set>
#include <vector>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class OversightChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  struct Drawn {
    PersonId operator_;
    std::set<PersonId> reviewers;
  };
  void no_operator_any_more(CallId call) { left_.push_back(call); }

  Rule& listens_ = rule("nobody listens to what is over");
  Rule& sample_ = rule("the sample holds what must be in it");
  Rule& own_ = rule("nobody reviews themselves");
  bool draws_ = false;                ///< the journal has words for it
  IdMap<OfferId, CallId> listeners_;  ///< of which call
  std::vector<CallId> left_;          ///< by their operator, in this batch
  std::vector<CallId> outcomes_;      ///< of handled calls, in this batch
  std::set<CallId> handled_;          ///< of these, what must be drawn and is not yet
  IdMap<ReviewId, Drawn> reviews_;
};

}  // namespace sigap::sim
