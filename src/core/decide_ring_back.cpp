// The system itself calls back whom nobody answered: a voice asks whether they still need help. Yes, or no word at all,
// puts them in front of the queue; a clear no closes the task. Once a task (a few times when the network failed). Only
// while nobody waits and somebody is free for each who is being asked, and never more than a few at once: they come in
// front of whoever calls while they are asked, and the trunk that they are called by brings callers, too. Off unless
// configured.
#include <algorithm>

#include "base/hash.h"
#include "core/call_to_task.h"

namespace sigap::core {
namespace {

using tasks::CallbackEnd;

/// What the prompt tells them to press.
constexpr const char* kYes = "1";
constexpr const char* kNo = "2";

}  // namespace

void plan_ring_back(Turn& t, TaskId id, const LegId& of_call) {
  const auto& task = *t.state.tasks.find(id);
  // A number that somebody wrote into a page may be anybody's: a person looks before it is dialled.
  if (task.trunk && task.trunk->value == calls::kPageTrunk) return;
  if (!t.policy.ring_back || !way_back(t.policy, task)) return;
  // Nothing random is at hand: the name of the caller's own leg is, and hashed it names another. Their trunk could
  // guess it; the call goes by that trunk or one of ours.
  const auto leg = leg_named(sha256_hex("ring-back " + of_call.value));
  t.emit(tasks::RingBackPlanned{id, leg, t.now + t.policy.ring_back_after});
}

void ring_back_due(Turn& t, TaskId id) {
  t.emit(tasks::RingBackDue{id});
  distribute(t);
}

void ring_back_next(Turn& t) {
  const auto& line = t.state.tasks.ring_backs;
  const auto room = [&] {
    return t.state.calls.ringing_back.size() < std::min(t.state.indexes.ready.size(), t.policy.ring_backs_at_once);
  };
  while (t.policy.ring_back && !line.empty() && t.state.calls.waiting.empty() && room()) {
    const auto task = *t.state.tasks.find(line.begin()->second);
    const auto way = way_back(t.policy, task);
    if (!way || !t.state.calls.of(task.caller).empty()) {  // the way out is gone, or they called again
      t.emit(tasks::RingBackSkipped{task.id});
      continue;
    }
    auto placed = call_to<calls::RingBackPlaced>(t.state, task, *way);
    placed.leg = task.ring_back_leg;
    t.emit(placed);
  }
}

void ring_back_failed(Turn& t, const calls::Call& call, CallbackEnd end) {
  const auto* task = t.state.tasks.find(call.task);
  const bool never_rang = end == CallbackEnd::failed || end == CallbackEnd::trunk_refused;
  if (task && !task->taken_by && never_rang && task->tries < t.policy.ring_back_tries)
    plan_ring_back(t, task->id, call.leg);
}

void ring_back_answered(Turn& t, const calls::Call& call, const CalleeAnswered& in) {
  t.emit(calls::RingBackAnswered{call.id, in.leg, in.our_sdp, personal(call.id, in.signalling)});
}

void ring_back_queue(Turn& t, CallId id, bool pressed) {
  t.emit(calls::RingBackQueued{id, t.state.calls.find(id)->leg, pressed});
  distribute(t);
}

void ring_back_key(Turn& t, const calls::Call& found, const std::string& digit) {
  const auto call = found;
  if (digit == kYes || digit == calls::kSilentDigit) return ring_back_queue(t, call.id, true);
  if (digit != kNo) return;
  t.emit(calls::RingBackDeclined{call.id, call.leg, call.task});
  if (t.state.tasks.find(call.task)) t.emit(tasks::TaskClosed{call.task, {}, tasks::TaskReason::said_no, {}});
  distribute(t);
}

}  // namespace sigap::core
