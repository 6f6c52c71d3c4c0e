#include "sim/checkers.h"

#include "base/overloaded.h"

namespace sigap::sim {

void Checkers::broken(const std::string& rule, const std::string& seen) {
  if (violation_.empty()) violation_ = rule + ": " + seen;
}

void Checkers::event(const core::Event& event) {
  std::visit(Overloaded{
                 [&](const calls::CallArrived& e) {
                   if (e.kind == calls::CallKind::emergency) accepted_.insert(e.call);
                 },
                 [&](const calls::CallAccepted& e) {
                   // Idea: late answers name their offer, so never two operators on a call.
                   ++looked_["never two operators on a call"];
                   if (on_call_.contains(e.call))
                     broken("never two operators on a call", "call " + std::to_string(e.call.value));
                   for (const auto& [call, person] : on_call_)
                     if (person == e.person)
                       broken("never two calls at an operator", "call " + std::to_string(e.call.value));
                   on_call_[e.call] = e.person;
                   answered_.insert(e.call);
                 },
                 [&](const calls::CallReturned& e) {
                   on_call_.erase(e.call);
                   answered_.erase(e.call);
                 },
                 [&](const calls::CallEnded& e) {
                   on_call_.erase(e.call);
                   if (e.cause == "restart" && accepted_.contains(e.call))
                     broken("a restart ends nobody's call", "call " + std::to_string(e.call.value));
                 },
                 [&](const tasks::TaskOpened& e) { in_task_.insert(e.call); },
                 [&](const tasks::TaskMerged& e) { in_task_.insert(e.call); },
                 [](const auto&) {},
             },
             event.body);
}

void Checkers::step(const core::State& s) {
  ++looked_["an index says what the facts say"];
  core::Indexes fresh;
  fresh.rebuild(s);
  if (fresh != s.indexes) broken("an index says what the facts say", "event " + std::to_string(s.position));
  // Rule of distribution 5: no caller waits while an operator who may take the call is idle.
  std::int64_t idle = 0;
  for (const auto& [id, op] : s.people.operators)
    if (op.state == people::OperatorState::ready && s.people.session(op.session)->connected) ++idle;
  std::map<CallId, std::int64_t> rings;
  std::map<PersonId, std::int64_t> rung;
  for (const auto& [id, offer] : s.offers) {
    if (offer.ended) continue;
    ++rings[offer.call];
    ++rung[offer.person];
    const auto* op = s.people.operator_of(offer.person);
    if (!op || op->state != people::OperatorState::offered || op->offer != id)
      broken("an offer rings at an operator who is offered it", "offer " + std::to_string(id.value));
  }
  for (const auto& [call, since] : s.calls.waiting) {
    ++looked_["nobody waits while someone is idle"];
    if (idle > 0 && !rings.contains(call))
      broken("nobody waits while someone is idle", "call " + std::to_string(call.value));
    if (rings[call] > 2) broken("at most two ring", "call " + std::to_string(call.value));
  }
  for (const auto& [person, count] : rung)
    if (count > 1) broken("an operator is offered one call", "person " + std::to_string(person.value));
  for (const auto& [id, op] : s.people.operators) {
    ++looked_["every state has a way out"];
    const auto& timers = s.timers.by_key;
    const bool stuck =
        (op.state == people::OperatorState::offered && !timers.contains({core::TimerKind::offer, op.offer.value})) ||
        (op.state == people::OperatorState::wrap_up && !timers.contains({core::TimerKind::wrap_up, id.value})) ||
        (op.state == people::OperatorState::talking && !s.calls.find(op.call));
    if (stuck) broken("every state has a way out", "person " + std::to_string(id.value));
  }
  for (const auto& [id, call] : s.calls.calls) {
    for (const auto& [since, timer] :
         {std::pair(call.held, core::TimerKind::hold), std::pair(call.asked, core::TimerKind::ask)}) {
      if (!since) continue;
      ++looked_["nobody is forgotten on hold"];
      if (call.state != calls::CallState::talking || !s.timers.by_key.contains({timer, id.value}))
        broken("nobody is forgotten on hold", "call " + std::to_string(id.value));
    }
    if (!call.silent) continue;
    ++looked_["who cannot speak goes before others"];
    if (!call.urgent) broken("who cannot speak goes before others", "call " + std::to_string(id.value));
  }
  for (const auto& [id, alert] : s.dispatch.alerts) {
    ++looked_["an unanswered alert has a time out"];
    if (alert.status < dispatch::AlertStatus::acknowledged &&
        !s.timers.by_key.contains({core::TimerKind::alert, id.value}))
      broken("an unanswered alert has a time out", "alert " + std::to_string(id.value));
  }
}

void Checkers::callers(const std::string& missing) {
  // A killed server loses nobody: whoever is on the line and was accepted is in a live call.
  ++looked_["an accepted caller on the line is in a call"];
  if (!missing.empty()) broken("an accepted caller on the line is in a call", missing);
}

void Checkers::rest(const core::State& s) {
  // The promise: an accepted call was answered by a person or stands in a task.
  for (const auto call : accepted_) {
    ++looked_["no call goes unserved"];
    if (!answered_.contains(call) && !in_task_.contains(call))
      broken("no call goes unserved", "call " + std::to_string(call.value));
  }
  if (!s.calls.calls.empty())
    broken("everything comes to rest", std::to_string(s.calls.calls.size()) + " calls are left");
  if (!s.calls.legs.empty()) broken("everything comes to rest", std::to_string(s.calls.legs.size()) + " legs are left");
  for (const auto& [id, op] : s.people.operators)
    if (op.state != people::OperatorState::ready && op.state != people::OperatorState::not_ready)
      broken("everything comes to rest", "person " + std::to_string(id.value) + " is in between");
}

}  // namespace sigap::sim
