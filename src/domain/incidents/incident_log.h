// The live incidents: open ones, and closed ones while the citizen's link still works.
#pragma once
#include <map>

#include "domain/incidents/incident_events.h"

namespace sigap::incidents {

struct IncidentLog {
  std::map<IncidentId, Incident> incidents;
  std::map<std::string, IncidentId> by_token_hash;
  std::map<std::int64_t, IncidentId> by_link_effect;  ///< the newest message of each

  void apply(const IncidentOpened& e, Instant at);
  void apply(const IncidentEdited& e);
  void apply(const TrackingOpened& e);
  /// `effect` sends it.
  void apply(const MessageOrdered& e, std::int64_t effect);
  /// An effect that may be a message of ours is over.
  void settled(std::int64_t effect, bool sent);
  void apply(const IncidentClosed& e, Instant at);
  /// The link's time is over: a closed incident leaves the live state.
  void forget(IncidentId id);

  const Incident* find(IncidentId id) const;
  const Incident* by_token(const std::string& token_hash) const;
};

}  // namespace sigap::incidents
