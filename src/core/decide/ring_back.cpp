// The system itself calls back whom nobody answered: a voice asks whether they still need help. Yes, or no word at all,
// puts them in front of the queue; a clear no closes the task. Once a task (a few times when the network failed). Only
// while nobody waits and somebody is free for each who is being asked, and never more than a few at once: they come in
// front of whoever calls while they are asked, and the trunk that they are called by brings callers, too. Off unless
// configured.
#include "core/decide/ring_back.h"

#include <algorithm>

#include "base/hash.h"
#include "core/decide/call_to_task.h"
#include "core/decide/distribution.h"

namespace sigap::core {
namespace {

using tasks::CallbackEnd;

/// What the prompt tells them to press.
constexpr const char* kYes = "1";
constexpr const char* kNo = "2";

}  // namespace

void plan_ring_back(Decider& d, TaskId id, const LegId& of_call) {
  const auto& task = *d.state.tasks.find(id);
  // A number that somebody wrote into a page may be anybody's: a person looks before it is dialled.
  if (task.trunk && task.trunk->value == calls::kPageTrunk) return;
  if (!d.policy.ring_back || !way_back(d.policy, task)) return;
  // Nothing random is at hand: the name of the caller's own leg is, and hashed it names another. Their trunk could
  // guess it; the call goes by that trunk or one of ours.
  const auto leg = leg_named(sha256_hex("ring-back " + of_call.value));
  d.emit(tasks::RingBackPlanned{id, leg, d.now + d.policy.ring_back_after});
}

void ring_back_due(Decider& d, TaskId id) {
  d.emit(tasks::RingBackDue{id});
  distribute(d);
}

void ring_back_next(Decider& d) {
  const auto& line = d.state.tasks.ring_backs;
  const auto room = [&] {
    return d.state.calls.ringing_back.size() < std::min(d.state.indexes.ready.size(), d.policy.ring_backs_at_once);
  };
  while (d.policy.ring_back && !line.empty() && d.state.calls.waiting.empty() && room()) {
    const auto task = *d.state.tasks.find(line.begin()->second);
    const auto way = way_back(d.policy, task);
    if (!way || !d.state.calls.of(task.caller).empty()) {  // the way out is gone, or they called again
      d.emit(tasks::RingBackSkipped{task.id});
      continue;
    }
    auto placed = call_to<calls::RingBackPlaced>(d.state, task, *way);
    placed.leg = task.ring_back_leg;
    d.emit(placed);
  }
}

void ring_back_failed(Decider& d, const calls::Call& call, CallbackEnd end) {
  const auto* task = d.state.tasks.find(call.task);
  const bool never_rang = end == CallbackEnd::failed || end == CallbackEnd::trunk_refused;
  if (task && !task->taken_by && never_rang && task->tries < d.policy.ring_back_tries)
    plan_ring_back(d, task->id, call.leg);
}

void ring_back_answered(Decider& d, const calls::Call& call, const CalleeAnswered& in) {
  d.emit(calls::RingBackAnswered{call.id, in.leg, in.our_sdp, personal(call.id, in.signalling)});
}

void ring_back_queue(Decider& d, CallId id, bool pressed) {
  d.emit(calls::RingBackQueued{id, d.state.calls.find(id)->leg, pressed});
  distribute(d);
}

void ring_back_key(Decider& d, const calls::Call& found, const std::string& digit) {
  const auto call = found;
  if (digit == kYes || digit == calls::kSilentDigit) return ring_back_queue(d, call.id, true);
  if (digit != kNo) return;
  d.emit(calls::RingBackDeclined{call.id, call.leg, call.task});
  if (d.state.tasks.find(call.task)) d.emit(tasks::TaskClosed{call.task, {}, tasks::TaskReason::said_no, {}});
  distribute(d);
}

}  // namespace sigap::core
