// The live incidents: open ones, and closed ones while the citizen's link still works.
#pragma once
#include <map>
#include <set>

#include "base/id_map.h"
#include "domain/incidents/incident_events.h"

namespace sigap::incidents {

/// Lines of a timeline that are kept: some hours with several units; every screen that shows the incident is sent them.
/// Own.
inline constexpr std::size_t kHistoryMax = 40;

struct State {
  IdMap<IncidentId, Incident> incidents;
  std::map<std::string, IncidentId> by_token_hash;
  std::map<std::int64_t, IncidentId> by_link_effect;  ///< the newest message of each
  IdMap<IncidentId, std::set<IncidentId>> reports;    ///< of each root that has any, however they came to it
  IdMap<IncidentId, std::set<IncidentId>> likers;     ///< which found this one among what they may be the same as

  /// A line of its timeline. Nothing of an incident that is not there.
  void happened(IncidentId id, const Happening& what);
  /// `page`: the leg of its call, when that is a page's.
  void apply(const IncidentOpened& e, Instant at, const StationCode& province, const LegId& page = {});
  void apply(const IncidentEdited& e);
  void apply(const TrackingOpened& e);
  /// `effect` sends it.
  void apply(const MessageOrdered& e, std::int64_t effect);
  /// An effect that may be a message of ours is over.
  void settled(std::int64_t effect, bool sent);
  void apply(const IncidentClosed& e, Instant at);
  void apply(const IncidentLikened& e);
  void apply(const IncidentJoined& e);
  void apply(const IncidentSplit& e);
  /// The link's time is over: a closed incident leaves the live state.
  void forget(IncidentId id);

  const Incident* find(IncidentId id) const;
  const Incident* by_token(const std::string& token_hash) const;
  /// Itself when it is joined to nothing.
  IncidentId root_of(IncidentId id) const;
  /// A root and its reports.
  std::int64_t reporters(IncidentId root) const;
  /// The root of `id`, then all its reports.
  std::vector<IncidentId> event_of(IncidentId id) const;
  /// `id` and what came along with it: what leaves its root when it is split off.
  std::vector<IncidentId> branch(IncidentId id) const;

 private:
  Instant latest_of(const std::vector<IncidentId>& ids) const;
};

}  // namespace sigap::incidents
