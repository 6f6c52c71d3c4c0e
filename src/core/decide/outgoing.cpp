// Calls of ours: an operator rings back whom nobody answered. The call is that operator's from the start; if nobody
// picks up they are what they were, and the task stays theirs; once somebody does, it is a call like any other.
#include "core/decide/outgoing.h"

#include <algorithm>

#include "core/decide/call_to_task.h"
#include "core/decide/distribution.h"
#include "core/decide/guests.h"
#include "core/decide/incidents.h"
#include "core/decide/people.h"
#include "core/decide/ring_back.h"
#include "domain/calls/dialling.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using people::OperatorState;
using tasks::CallbackEnd;
using tasks::TaskKind;

}  // namespace

Verdict not_free(const Decider& d) {
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (!d.state.people.session(op->session)->headset_passed) return no("headset", "the headset test comes first");
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

Verdict call_back(Decider& d, const CallBack& c, const std::string& fresh) {
  if (auto refusal = not_free(d)) return refusal;
  const auto* found = d.state.tasks.find(c.task);
  if (!found) return no("closed", "this task is closed", "task");
  const auto task = *found;
  if (task.taken_by && task.taken_by != d.actor.person) return no("taken", "somebody else has this task", "task");
  if (task.ringing_back) return no("busy", "the system is calling them", "task");
  if (!d.state.calls.of(task.caller).empty()) return no("on_the_line", "they are on the line already", "task");
  const auto way = way_back(d.policy, task);
  if (!way) return way.error();
  if (fresh.empty()) return no("invalid", "no name for the leg");
  const auto& op = *d.state.people.operator_of(d.actor.person);
  auto placed = call_to<calls::CallPlaced>(d.state, task, *way);
  placed.leg = leg_named(fresh);
  placed.offer = {d.state.next.offer};
  placed.person = op.person;
  placed.was_ready = op.state == OperatorState::ready;
  if (!task.taken_by) d.emit(tasks::TaskTaken{c.task, d.actor.person});
  d.emit(placed);
  return {};
}

void callee_rings(Decider& d, const CalleeRings& in) {
  const auto* call = d.state.calls.find(in.leg);
  if (call && call->awaits_callee() && call->callee == calls::Callee::dialled)
    d.emit(calls::CallRang{call->id, in.leg});
  if (const auto* host = d.state.calls.of_guest(in.leg)) guest_rings(d, *host);
}

void callee_answered(Decider& d, const CalleeAnswered& in) {
  if (const auto* host = d.state.calls.of_guest(in.leg)) return guest_answered(d, *host, in);
  const auto* found = d.state.calls.find(in.leg);
  if (!found || !found->awaits_callee()) return;
  if (found->state == calls::CallState::ringing_back) return ring_back_answered(d, *found, in);
  const auto call = *found;
  const auto& op = *d.state.people.operator_of(call.operator_);
  d.emit(calls::CallPickedUp{call.id, in.leg, call.offer, op.session, in.our_sdp, personal(call.id, in.signalling)});
  if (d.state.tasks.find(call.task))
    d.emit(tasks::CallbackTried{call.task, call.id, call.operator_, CallbackEnd::reached});
  open_incident(d, call.id);
}

void unreached(Decider& d, CallId id, CallEndedBy by, std::string cause, CallbackEnd end, bool lost) {
  const auto call = *d.state.calls.find(id);
  d.emit(calls::CallUnreached{id, call.leg, call.operator_, by, std::move(cause)});
  if (d.state.tasks.find(call.task)) d.emit(tasks::CallbackTried{call.task, id, call.operator_, end});
  if (call.state == calls::CallState::ringing_back) ring_back_failed(d, call, end);
  const auto* op = d.state.people.operator_of(call.operator_);
  if (!op) return distribute(d);
  if (lost)
    operator_lost(d, op->person, call.was_ready);
  else if (call.was_ready)
    d.emit(people::OperatorReady{op->person});
  else
    not_ready_again(d, op->person);
  distribute(d);
}

}  // namespace sigap::core
