#include "sim/checkers/partners.h"

namespace sigap::sim {

void PartnersChecker::event(const core::Event& event, Instant) {
  using dispatch::AlertEnd, dispatch::AlertStatus;
  if (const auto* e = std::get_if<dispatch::AlertAdvanced>(&event.body)) {
    if (e->via == dispatch::Via::client && e->status == AlertStatus::acknowledged)
      check(taken_once_, taken_.insert(e->alert).second, "alert", e->alert.value);
    else if (e->status == AlertStatus::acknowledged || e->status == AlertStatus::delivered)
      check(taken_once_, !taken_.contains(e->alert), "alert", e->alert.value);
    if (e->status == AlertStatus::done) taken_.erase(e->alert);
  }
  if (const auto* e = std::get_if<dispatch::AlertEnded>(&event.body)) {
    const bool moves_on = e->how == AlertEnd::expired || e->how == AlertEnd::declined;
    check(taken_once_, !moves_on || !taken_.contains(e->alert), "alert", e->alert.value);
    taken_.erase(e->alert);
  }
}

}  // namespace sigap::sim
