#include "core/decide/decider.h"

namespace sigap::core {

Event& Decider::begin_event() {
  Event& event = events.emplace_back();
  event.stream = "nation";
  event.epoch = state.epoch;
  event.seq = state.position + 1;
  event.at = now;
  event.cause = cause;
  if (actor.person || !actor.reason.empty()) event.actor = actor;
  return event;
}

}  // namespace sigap::core
