#include "core/turn.h"

namespace sigap::core {

void Turn::emit(EventBody body) {
  Event& event = events.emplace_back();
  event.stream = "nation";
  const auto* begun = std::get_if<EpochBegan>(&body);
  event.epoch = begun ? begun->epoch : state.epoch;
  event.seq = state.position + 1;
  event.at = now;
  event.cause = cause;
  event.actor = actor;
  event.body = std::move(body);
  apply(state, event);
}

}  // namespace sigap::core
