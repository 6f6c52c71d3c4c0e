#include "sim/checkers/promise.h"

#include "base/overloaded.h"

namespace sigap::sim {

namespace {
constexpr std::int64_t kRingBacksAtMost = 3;
}

bool PromiseChecker::served(const Call& call) const {
  return call.answered || call.in_task || open_.contains(call.behind);
}

void PromiseChecker::left(CallId id) {
  const auto it = calls_.find(id);
  if (it == calls_.end()) return;
  check(served_, served(it->second), "call", id.value);
  calls_.erase(it);
}

void PromiseChecker::opened(const tasks::TaskOpened& e) {
  open_.insert(e.task);
  const auto call = calls_.find(e.call);
  if (call != calls_.end()) call->second.in_task = true;
  if (e.kind == tasks::TaskKind::callback || e.kind == tasks::TaskKind::cut_off)
    callbacks_[e.task] = {e.caller, e.station}, of_caller_[e.caller].insert(e.task);
}

void PromiseChecker::merged(const tasks::TaskMerged& e) {
  const auto call = calls_.find(e.call);
  const auto callback = callbacks_.find(e.task);
  if (call == calls_.end()) return;
  call->second.in_task = true;
  const auto& caller = call->second.caller;
  check(merge_, callback != callbacks_.end() && caller && caller == callback->second.caller, "task", e.task.value);
}

void PromiseChecker::closed(const tasks::TaskClosed& e) {
  check(person_, bool(e.person) || said_no_.contains(e.task), "task", e.task.value);
  if (const auto it = callbacks_.find(e.task); it != callbacks_.end()) {
    of_caller_[it->second.caller].erase(e.task);
    callbacks_.erase(it);
  }
  open_.erase(e.task);
}

void PromiseChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   if (e.kind == calls::CallKind::emergency) calls_[e.call].caller = e.caller;
                 },
                 [&](const calls::CallAdmitted& e) {
                   const auto it = calls_.find(e.call);
                   if (it != calls_.end()) it->second.refused = e.how == calls::Admission::refused;
                 },
                 [&](const calls::CallPlaced& e) {
                   calls_[e.call] = {true, false, false, e.caller, e.task};
                 },
                 [&](const calls::RingBackPlaced& e) {
                   check(seldom_, ++rang_back_[e.task] <= kRingBacksAtMost, "task", e.task.value);
                   calls_[e.call] = {false, false, false, e.caller, e.task};
                 },
                 [&](const calls::RingBackDeclined& e) {
                   said_no_.insert(e.task);
                   calls_.erase(e.call);
                 },
                 [&](const calls::CallUnreached& e) { calls_.erase(e.call); },
                 [&](const calls::CallAccepted& e) { calls_[e.call].answered = true; },
                 [&](const calls::CallConnected& e) {
                   const auto it = calls_.find(e.call);
                   if (it == calls_.end() || !it->second.caller) return;
                   for (const auto task : of_caller_[it->second.caller])
                     if (task != it->second.behind) settled_.insert(task);
                 },
                 [&](const calls::CallRelayed& e) { relayed_.insert(e.call); },
                 [&](const calls::CallReturned& e) {
                   calls_[e.call].answered = false;
                   relayed_.erase(e.call);
                 },
                 [&](const calls::CallEnded& e) {
                   relayed_.erase(e.call);
                   if (!calls_.contains(e.call)) return;
                   check(restart_, e.cause != "restart", "call", e.call.value);
                   check(people_, e.by != calls::CallEndedBy::system || calls_[e.call].refused, "call", e.call.value);
                   if (!e.answered) calls_[e.call].answered = false;
                 },
                 [&](const calls::OutcomeSet& e) {
                   if (!relayed_.contains(e.call)) left(e.call);
                 },
                 [&](const calls::CallClosed& e) { left(e.call); },
                 [&](const tasks::TaskOpened& e) { opened(e); },
                 [&](const tasks::TaskMerged& e) { merged(e); },
                 [&](const tasks::TaskClosed& e) { closed(e); },
             },
             event.body);
}

void PromiseChecker::step(const core::State& s, Instant) {
  for (const auto id : settled_) {
    const auto* open = s.tasks.find(id);
    check(served_since_, !open || open->ringing_back, "task", id.value);
  }
  settled_.clear();
}

void PromiseChecker::rest(const core::State&) {
  for (const auto& [id, call] : calls_) check(served_, served(call), "call", id.value);
}

}  // namespace sigap::sim
