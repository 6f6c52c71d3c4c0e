#include "core/decide/event_alerts.h"

#include <algorithm>

namespace sigap::core {

std::set<AlertId> alerts_of_event(const State& state, IncidentId root) {
  std::set<AlertId> live;
  for (const auto incident : state.incidents.event_of(root))
    if (const auto its = state.indexes.alerts.find(incident); its != state.indexes.alerts.end())
      live.insert(its->second.begin(), its->second.end());
  return live;
}

bool help_sent(const State& state, IncidentId incident) {
  const auto event = state.incidents.event_of(incident);
  return std::any_of(event.begin(), event.end(), [&](IncidentId id) { return state.dispatch.tried.contains(id); });
}

const dispatch::Alert* unanswered_alert(const State& state, IncidentId incident) {
  const auto its = state.indexes.alerts.find(incident);
  if (its == state.indexes.alerts.end()) return nullptr;
  for (const auto id : its->second)
    if (const auto* alert = state.dispatch.alert(id); alert->status < dispatch::AlertStatus::acknowledged) return alert;
  return nullptr;
}

}  // namespace sigap::core
