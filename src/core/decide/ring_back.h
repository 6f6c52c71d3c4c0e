// Calls that the system places by itself to callers who hung up, while operators have nothing else to do.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// Of an open callback that came of this leg.
void plan_ring_back(Decider& d, TaskId task, const LegId& of_call);
void ring_back_due(Decider& d, TaskId task);
/// Calls whom it may, now that operators have nothing else to do.
void ring_back_next(Decider& d);
/// It was not picked up: tried again later when that was the network's doing or ours.
void ring_back_failed(Decider& d, const calls::Call& call, tasks::CallbackEnd end);
void ring_back_answered(Decider& d, const calls::Call& call, const CalleeAnswered& in);
void ring_back_queue(Decider& d, CallId call, bool pressed);
void ring_back_key(Decider& d, const calls::Call& call, const std::string& digit);

}  // namespace sigap::core
