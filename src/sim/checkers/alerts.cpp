#include "sim/checkers/alerts.h"

#include "base/overloaded.h"

namespace sigap::sim {

void AlertsChecker::raised(const dispatch::AlertRaised& e) {
  check(one_, alert_of_.emplace(e.unit, e.alert).second, "unit", e.unit.value);
  to_go_on_.erase(e.incident);
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
                 },
                 [&](const incidents::IncidentClosed& e) { to_go_on_.erase(e.incident); },
                 [&](const tasks::TaskOpened& e) {
                   if (e.kind == tasks::TaskKind::unanswered_alarm) to_go_on_.erase(e.incident);
                 },
             },
             event.body);
}

void AlertsChecker::step(const core::State&, Instant) {
  if (!to_go_on_.empty()) check(goes_on_, false, "incident", to_go_on_.begin()->value);
  ++goes_on_.tried;
}

void AlertsChecker::look(const core::State& s) {
  for (const auto& [id, alert] : s.dispatch.alerts)
    if (alert.status < dispatch::AlertStatus::acknowledged)
      check(limit_, s.timers.runs(core::TimerKind::alert, id.value), "alert", id.value);
}

}  // namespace sigap::sim
