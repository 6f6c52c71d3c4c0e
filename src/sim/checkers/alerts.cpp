#include "sim/checkers/alerts.h"

#include "base/overloaded.h"
#include "sim/checkers/reach.h"

namespace sigap::sim {

void AlertsChecker::raised(const dispatch::AlertRaised& e) {
  check(one_, alert_of_.emplace(e.unit, e.alert).second, "unit", e.unit.value);
  to_go_on_.erase(e.incident);
  if (e.by) attended(e.incident);
}

void AlertsChecker::attended(IncidentId incident) {
  if (const auto it = seen_.find(incident); it != seen_.end()) attended_.insert(it->second);
}

void AlertsChecker::opened(const tasks::TaskOpened& e) {
  const bool seen = e.incident && e.unit && e.kind != tasks::TaskKind::officer_help;
  if (!seen && e.kind != tasks::TaskKind::unanswered_alarm) return;
  to_go_on_.erase(e.incident);
  over_.erase(e.incident);  // another unit was asked meanwhile
  alarms_[e.task] = e.incident;
  const bool alone = sounding_.insert(e.incident).second;
  if (seen)
    seen_[e.incident] = e.task;
  else
    check(once_, alone, "incident", e.incident.value);
}

void AlertsChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const dispatch::AlertRaised& e) { raised(e); },
                 [&](const dispatch::AlertEnded& e) {
                   alert_of_.erase(e.unit);
                   const bool unanswered = e.how == dispatch::AlertEnd::expired ||
                                           e.how == dispatch::AlertEnd::declined ||
                                           e.how == dispatch::AlertEnd::off_duty;
                   if (unanswered) to_go_on_.insert(e.incident);
                 },
                 [&](const dispatch::AlertAdvanced& e) {
                   if (e.status == dispatch::AlertStatus::done) alert_of_.erase(e.unit);
                   if (e.status >= dispatch::AlertStatus::acknowledged) over_.insert(e.incident);
                 },
                 [&](const dispatch::ChainExhausted& e) {
                   if (sounding_.contains(e.incident)) to_go_on_.erase(e.incident);
                 },
                 [&](const incidents::IncidentClosed& e) {
                   to_go_on_.erase(e.incident);
                   over_.insert(e.incident);
                 },
                 [&](const incidents::IncidentEdited& e) {
                   if (e.person) attended(e.incident);
                 },
                 [&](const incidents::IncidentJoined& e) {
                   attended(e.incident);
                   joined_.push_back({e.person, e.into});
                 },
                 [&](const tasks::TaskOpened& e) { opened(e); },
                 [&](const tasks::TaskTaken& e) {
                   const auto it = alarms_.find(e.task);
                   if (it == alarms_.end()) return;
                   if (e.person)
                     sounding_.erase(it->second);
                   else
                     sounding_.insert(it->second);
                 },
                 [&](const tasks::TaskClosed& e) {
                   const auto it = alarms_.find(e.task);
                   if (it == alarms_.end()) return;
                   sounding_.erase(it->second);
                   seen_.erase(it->second);
                   alarms_.erase(it);
                 },
             },
             event.body);
}

void AlertsChecker::step(const core::State& s, Instant) {
  for (const auto& [person, root] : joined_)
    if (reaches(s, person, root)) attended(root);
  joined_.clear();
  if (!to_go_on_.empty()) check(goes_on_, false, "incident", to_go_on_.begin()->value);
  ++goes_on_.tried;
  for (const auto& [task, incident] : alarms_)
    if (!over_.empty()) check(resolves_, !over_.contains(incident), "task", task.value);
  over_.clear();
  for (const auto task : attended_) check(resolves_, !alarms_.contains(task), "task", task.value);
  attended_.clear();
}

void AlertsChecker::look(const core::State& s) {
  for (const auto& [id, alert] : s.dispatch.alerts)
    if (alert.status < dispatch::AlertStatus::acknowledged)
      check(limit_, s.timers.runs(core::TimerKind::alert, id.value), "alert", id.value);
}

}  // namespace sigap::sim
