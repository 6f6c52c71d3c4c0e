// A call to the caller of a task, whoever places it: an operator or the system.
#pragma once
#include "core/decide/outgoing.h"

namespace sigap::core {

/// `Placed`: calls::CallPlaced or calls::RingBackPlaced; what only one of them has is left to whoever asks.
template <class Placed>
Placed call_to(const State& s, const tasks::Task& task, const WayBack& way) {
  Placed placed;
  placed.call = {s.next.call};
  placed.trunk = way.trunk;
  placed.station = task.station;
  placed.task = task.id;
  if (const auto* incident = s.incidents.find(task.incident); incident && !incident->closed)
    placed.incident = task.incident;
  placed.caller = task.caller;
  placed.number = personal(placed.call, way.number);
  placed.location = {subject_of(placed.call), task.location ? task.location->value : std::nullopt};
  return placed;
}

}  // namespace sigap::core
