#include "core/decide/decider.h"

namespace sigap::core {

Event& Decider::begin_event() {
  Event& event = events.emplace_back();
  event.stream = policy.cell;
  event.epoch = state.epoch;
  event.seq = state.position + 1;
  event.at = now;
  event.cause = cause;
  if (actor.person || !actor.reason.empty()) event.actor = actor;
  return event;
}

bool Decider::has_words(Event& event) const {
  return state.format == 0 || !policy.fit || policy.fit(event, state.format);  // 0: the first, which says the format
}

}  // namespace sigap::core
