// Calls of ours: an operator rings back whom nobody answered. The call is that operator's from the start; if nobody
// picks up they are what they were, and the task stays theirs; once somebody does, it is a call like any other.
#include <algorithm>

#include "core/call_to_task.h"
#include "domain/calls/dialling.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using people::OperatorState;
using tasks::CallbackEnd;
using tasks::TaskKind;

}  // namespace

Verdict not_free(const Turn& t) {
  const auto* op = t.state.people.operator_of(t.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (!t.state.people.session(op->session)->headset_passed) return no("headset", "the headset test comes first");
  if (op->state == OperatorState::ready) return {};
  if (op->state != OperatorState::not_ready) return no("busy", "finish what is under way first");
  if (op->reason == people::NotReadyReason::training) return no("busy", "in training");
  return {};
}

std::optional<TrunkName> way_out(const Policy& policy, const TrunkName& came_by) {
  const auto& out = policy.trunks_out;
  if (out.empty()) return std::nullopt;
  return std::find(out.begin(), out.end(), came_by) != out.end() ? came_by : out.front();
}

Result<WayBack> way_back(const Policy& policy, const tasks::Task& task) {
  if (task.kind != TaskKind::callback && task.kind != TaskKind::cut_off && task.kind != TaskKind::refused_call &&
      task.kind != TaskKind::text)
    return refuse("invalid", "nobody to call back", "task");
  const auto* number = task.number.reveal();
  if (!number) return refuse("no_number", "the caller's number is not known", "task");
  const auto dialled = calls::dialled_form(*number, policy.numbers_out);
  if (!dialled) return refuse("not_dialled", "this number may not be dialled", "task");
  const auto trunk = way_out(policy, task.trunk.value_or(TrunkName{}));
  if (!trunk) return refuse("no_trunk", "no trunk takes calls of ours");
  return WayBack{*dialled, *trunk};
}

Verdict call_back(Turn& t, const CallBack& c, const std::string& fresh) {
  if (auto refusal = not_free(t)) return refusal;
  const auto* found = t.state.tasks.find(c.task);
  if (!found) return no("closed", "this task is closed", "task");
  const auto task = *found;
  if (task.taken_by && task.taken_by != t.actor.person) return no("taken", "somebody else has this task", "task");
  if (task.ringing_back) return no("busy", "the system is calling them", "task");
  if (!t.state.calls.of(task.caller).empty()) return no("on_the_line", "they are on the line already", "task");
  const auto way = way_back(t.policy, task);
  if (!way) return way.error();
  if (fresh.empty()) return no("invalid", "no name for the leg");
  const auto& op = *t.state.people.operator_of(t.actor.person);
  auto placed = call_to<calls::CallPlaced>(t.state, task, *way);
  placed.leg = leg_named(fresh);
  placed.offer = {t.state.next.offer};
  placed.person = op.person;
  placed.was_ready = op.state == OperatorState::ready;
  if (!task.taken_by) t.emit(tasks::TaskTaken{c.task, t.actor.person});
  t.emit(placed);
  return {};
}

void callee_rings(Turn& t, const CalleeRings& in) {
  const auto* call = t.state.calls.find(in.leg);
  if (call && call->awaits_callee() && call->callee == calls::Callee::dialled)
    t.emit(calls::CallRang{call->id, in.leg});
  if (const auto* host = t.state.calls.of_guest(in.leg)) guest_rings(t, *host);
}

void callee_answered(Turn& t, const CalleeAnswered& in) {
  if (const auto* host = t.state.calls.of_guest(in.leg)) return guest_answered(t, *host, in);
  const auto* found = t.state.calls.find(in.leg);
  if (!found || !found->awaits_callee()) return;
  if (found->state == calls::CallState::ringing_back) return ring_back_answered(t, *found, in);
  const auto call = *found;
  const auto& op = *t.state.people.operator_of(call.operator_);
  t.emit(calls::CallPickedUp{call.id, in.leg, call.offer, op.session, in.our_sdp, personal(call.id, in.signalling)});
  if (t.state.tasks.find(call.task))
    t.emit(tasks::CallbackTried{call.task, call.id, call.operator_, CallbackEnd::reached});
  open_incident(t, call.id);
}

void unreached(Turn& t, CallId id, CallEndedBy by, std::string cause, CallbackEnd end, bool operator_lost) {
  const auto call = *t.state.calls.find(id);
  t.emit(calls::CallUnreached{id, call.leg, call.operator_, by, std::move(cause)});
  if (t.state.tasks.find(call.task)) t.emit(tasks::CallbackTried{call.task, id, call.operator_, end});
  if (call.state == calls::CallState::ringing_back) ring_back_failed(t, call, end);
  const auto* op = t.state.people.operator_of(call.operator_);
  if (!op) return distribute(t);
  if (operator_lost)
    t.emit(people::OperatorNotReady{op->person, people::NotReadyReason::lost, call.was_ready});
  else if (call.was_ready)
    t.emit(people::OperatorReady{op->person});
  else
    not_ready_again(t, op->person);
  distribute(t);
}

}  // namespace sigap::core
