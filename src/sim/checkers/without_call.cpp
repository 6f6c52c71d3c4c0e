#include "sim/checkers/without_call.h"

#include "base/overloaded.h"
#include "sim/checkers/reach.h"

namespace sigap::sim {

void WithoutCallChecker::attended(IncidentId incident) {
  const auto it = waits_.find(incident);
  if (it == waits_.end()) return;
  alarm_of_.erase(it->second);
  waits_.erase(it);
}

void WithoutCallChecker::event(const core::Event& event, Instant) {
  const auto officer = [&](PersonId person) { return officers_.contains(person); };
  visit_some(Overloaded{
                 [&](const people::PersonAdded& e) {
                   if (e.role == people::Role::officer) officers_.insert(e.person);
                 },
                 [&](const people::SessionEnded& e) { gone_.insert(e.person); },
                 [&](const people::BrowserAbsent& e) { gone_.insert(e.person); },
                 [&](const people::OperatorNotReady& e) {
                   if (e.reason == people::NotReadyReason::lost) gone_.insert(e.person);
                 },
                 [&](const incidents::IncidentOpened& e) {
                   if (e.call) return;
                   check(person_, bool(e.person), "incident", e.incident.value);
                   if (officer(e.person)) waits_[e.incident] = {};
                 },
                 [&](const tasks::TaskOpened& e) {
                   const auto it = waits_.find(e.incident);
                   if (it == waits_.end() || !e.unit || e.kind == tasks::TaskKind::officer_help) return;
                   it->second = e.task;
                   alarm_of_[e.task] = e.incident;
                 },
                 // A person who closes the alarm attends with that; one that closes by itself leaves nobody who knows.
                 [&](const tasks::TaskClosed& e) {
                   const auto it = alarm_of_.find(e.task);
                   if (it == alarm_of_.end()) return;
                   const auto incident = it->second;
                   if (e.person) return attended(incident);
                   alarm_of_.erase(it);
                   waits_[incident] = {};
                 },
                 [&](const incidents::IncidentEdited& e) {
                   if (e.person && !officer(e.person)) attended(e.incident);
                 },
                 [&](const dispatch::AlertRaised& e) {
                   if (e.by) attended(e.incident);
                 },
                 [&](const incidents::IncidentJoined& e) {
                   attended(e.incident);
                   joined_.push_back({e.person, e.into});
                 },
                 [&](const incidents::IncidentClosed& e) { attended(e.incident); },
             },
             event.body);
}

void WithoutCallChecker::step(const core::State& s, Instant) {
  for (const auto& [person, root] : joined_)
    if (reaches(s, person, root)) attended(root);
  joined_.clear();
  for (const auto& [incident, alarm] : waits_) check(alarms_rule_, bool(alarm), "incident", incident.value);
  for (const auto person : gone_) {
    const auto* session = s.people.session_of(person);
    if (session && session->connected) continue;
    for (const auto& [incident, alarm] : waits_)
      if (const auto* task = s.tasks.find(alarm)) check(taker_, task->taken_by != person, "task", alarm.value);
  }
  gone_.clear();
}

}  // namespace sigap::sim
