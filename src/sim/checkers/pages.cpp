#include "sim/checkers/pages.h"

#include <algorithm>

#include "base/overloaded.h"

namespace sigap::sim {

void PagesChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   if (e.trunk.value != "web") return;
                   const bool has_one =
                       std::ranges::any_of(live_, [&](const auto& one) { return one.second == e.caller; });
                   check(one_, !has_one, "call", e.call.value);
                   live_[e.call] = e.caller;
                   check(share_, static_cast<std::int64_t>(live_.size()) <= kShare, "call", e.call.value);
                 },
                 [&](const calls::CallEnded& e) { live_.erase(e.call); },
             },
             event.body);
}

}  // namespace sigap::sim
