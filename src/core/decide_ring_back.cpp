// The system itself calls back whom nobody answered: a voice asks whether they still need help. Yes, or no word at all,
// puts them in front of the queue; a clear no closes the task. Once a task (a few times when the network failed), only
// while somebody is free to talk to them and nobody waits, so it never takes an operator from a caller. Off unless
// configured.
#include "base/hash.h"
#include "core/turn.h"

namespace sigap::core {
namespace {

using calls::CallState;
using tasks::CallbackEnd;

/// Of 128 bits in hexadecimal: a leg's name (ports/telephony.h).
constexpr std::size_t kLegName = 32;

/// What the prompt tells them to press.
constexpr const char* kYes = "1";
constexpr const char* kNo = "2";

void place(Turn& t, const tasks::Task& task, const WayBack& way) {
  calls::RingBackPlaced placed;
  placed.call = {t.state.next.call};
  placed.leg = task.ring_back_leg;
  placed.trunk = way.trunk;
  placed.station = task.station;
  placed.task = task.id;
  if (const auto* incident = t.state.incidents.find(task.incident); incident && !incident->closed)
    placed.incident = task.incident;
  placed.caller = task.caller;
  placed.number = personal(placed.call, way.number);
  placed.location = {subject_of(placed.call), task.location ? task.location->value : std::nullopt};
  t.emit(placed);
}

}  // namespace

void plan_ring_back(Turn& t, TaskId id, const LegId& of_call) {
  const auto& task = *t.state.tasks.find(id);
  if (!t.policy.ring_back || !way_back(t.policy, task)) return;
  // Nothing random is at hand: the name of the caller's own leg is, and hashed it names another.
  const LegId leg{sha256_hex("ring-back " + of_call.value).substr(0, kLegName)};
  t.emit(tasks::RingBackPlanned{id, leg, t.now + t.policy.ring_back_after});
}

void ring_back_due(Turn& t, TaskId id) {
  t.emit(tasks::RingBackDue{id});
  distribute(t);
}

void ring_back_next(Turn& t) {
  const auto& line = t.state.tasks.ring_backs;
  while (t.policy.ring_back && !line.empty() && t.state.calls.waiting.empty() &&
         t.state.calls.ringing_back.size() < t.state.indexes.ready.size()) {
    const auto task = *t.state.tasks.find(line.begin()->second);
    const auto way = way_back(t.policy, task);
    if (way && t.state.calls.of(task.caller).empty())
      place(t, task, *way);
    else
      t.emit(tasks::RingBackSkipped{task.id});  // they called again, or the way out is gone
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
  const auto call = *t.state.calls.find(id);
  t.emit(calls::RingBackQueued{id, call.leg, pressed});
  if (t.state.tasks.find(call.task)) t.emit(tasks::CallbackTried{call.task, id, {}, CallbackEnd::reached});
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
