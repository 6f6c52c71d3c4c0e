#include "sim/checkers/reports.h"

namespace sigap::sim {

void ReportsChecker::event(const core::Event& event, Instant) {
  if (const auto* e = std::get_if<incidents::IncidentClosed>(&event.body))
    check(person_, bool(e->person), "incident", e->incident.value);
}

void ReportsChecker::look(const core::State& s) {
  for (const auto& [id, incident] : s.incidents.incidents) {
    if (!incident.root) continue;
    const auto* root = s.incidents.find(incident.root);
    check(root_, root && !root->root && root->id != id, "incident", id.value);
    check(together_, root && root->closed == incident.closed, "incident", id.value);
  }
}

}  // namespace sigap::sim
