// Calls that an operator places: to whom nobody answered, through the trunk they came by.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// The trunk that a call of ours takes: the one that the caller came by, when it takes any.
std::optional<TrunkName> way_out(const Policy& policy, const TrunkName& came_by);
/// The number of a task as it may be dialled, and the way out; or why not.
struct WayBack {
  std::string number;
  TrunkName trunk;
};
/// Whoever is in a call, or in training, takes no other.
Verdict not_free(const Decider& d);
Result<WayBack> way_back(const Policy& policy, const tasks::Task& task);
Verdict call_back(Decider& d, const CallBack& c, const std::string& fresh);
void callee_rings(Decider& d, const CalleeRings& in);
void callee_answered(Decider& d, const CalleeAnswered& in);
/// Nobody picked up. The operator is what they were, or lost.
void unreached(Decider& d, CallId call, calls::CallEndedBy by, std::string cause, tasks::CallbackEnd end,
               bool lost = false);

}  // namespace sigap::core
