// What is kept as evidence: a call that somebody placed a legal hold on, with what belongs to it. Neither time nor a
// request forgets it until the hold is lifted. A subject of its own, because it outlives the call in the state.
// Law: UU 27/2022 art. 15 (1) a: what a person may have erased ends where the law's process needs it; KUHAP art. 39.
#pragma once
#include <algorithm>
#include <map>
#include <optional>

#include "domain/privacy/privacy_events.h"

namespace sigap::privacy {

struct Hold {
  CallId call;
  Records records;      ///< the call, its incidents and its tasks, as known when it was placed
  StationCode station;  ///< the call's home: who reaches it sees and lifts the hold
  PersonId placed_by;
  Instant since;
  Personal<std::string> reason;
};
using Holds = std::map<CallId, Hold>;

inline void apply(std::optional<Holds>& holds, const HoldPlaced& e, Instant at) {
  if (!holds) holds.emplace();
  (*holds)[e.call] = {e.call, e.records, e.station, e.person, at, e.reason};
}
inline void apply(std::optional<Holds>& holds, const HoldLifted& e, Instant) {
  if (holds) holds->erase(e.call);
}

/// Holds of a nation at once: two in a hundred of a year's incidents that become cases. Each forgetting looks at all.
inline constexpr std::size_t kHoldsMax = 10'000;  // own

/// All that is held, each id once.
inline Records held_by(const Holds& holds) {
  Records all;
  const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (const auto& [call, hold] : holds) {
    add(all.calls, hold.records.calls);
    add(all.incidents, hold.records.incidents);
    add(all.tasks, hold.records.tasks);
  }
  const auto in_order = [](auto& ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  in_order(all.calls);
  in_order(all.incidents);
  in_order(all.tasks);
  return all;
}

inline bool is_held(const Holds& holds, RecordKind kind, std::int64_t id) {
  const auto has = [&](const Hold& hold) {
    const auto& [calls, incidents, tasks, complaints] = hold.records;
    switch (kind) {
      case RecordKind::call:
        return std::ranges::binary_search(calls, CallId{id});
      case RecordKind::incident:
        return std::ranges::binary_search(incidents, IncidentId{id});
      case RecordKind::task:
        return std::ranges::binary_search(tasks, TaskId{id});
      case RecordKind::complaint:
        return false;  // of a call, never of a complaint
    }
    return false;
  };
  return std::ranges::any_of(holds, [&](const auto& hold) { return has(hold.second); });
}

}  // namespace sigap::privacy
