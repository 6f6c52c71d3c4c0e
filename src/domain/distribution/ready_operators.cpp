#include "domain/distribution/ready_operators.h"

#include <algorithm>

namespace sigap::distribution {

void ReadyOperators::put(PersonId person, const StationCode& station, GeoPoint point, Instant idle_since) {
  const auto [known, fresh] = spot_of_.emplace(station, spots_.size());
  const auto spot = known->second;
  if (fresh) {
    spots_.emplace_back();
    idle_.emplace_back();
  }
  if (const auto it = places_.find(person); it != places_.end()) {
    if (it->second.spot == spot && it->second.idle_since == idle_since) return;
    remove(person);
  }
  places_[person] = {spot, idle_since};
  spots_[spot].point = point;
  ++spots_[spot].ready;
  idle_[spot].insert({idle_since, person});
  all_.insert({idle_since, person});
}

void ReadyOperators::move(const StationCode& station, GeoPoint point) {
  if (const auto known = spot_of_.find(station); known != spot_of_.end()) spots_[known->second].point = point;
}

void ReadyOperators::remove(PersonId person) {
  const auto it = places_.find(person);
  if (it == places_.end()) return;
  const auto [spot, idle_since] = it->second;
  --spots_[spot].ready;
  idle_[spot].erase({idle_since, person});
  all_.erase({idle_since, person});
  places_.erase(it);
}

std::optional<PersonId> ReadyOperators::longest_idle(const StationCode& station) const {
  const auto known = spot_of_.find(station);
  if (known == spot_of_.end() || spots_[known->second].ready == 0) return std::nullopt;
  return longest_idle_at(known->second).second;
}

bool ReadyOperators::operator==(const ReadyOperators& o) const {
  const auto same_there = [&](const auto& known) {
    const auto& [station, spot] = known;
    if (idle_[spot].empty()) return true;
    const auto theirs = o.spot_of_.find(station);
    return theirs != o.spot_of_.end() && idle_[spot] == o.idle_[theirs->second] &&
           spots_[spot].point == o.spots_[theirs->second].point;
  };
  // Who is ready at all is the same, so whoever is not at one of the stations looked at would be missing at another.
  return all_ == o.all_ && std::ranges::all_of(spot_of_, same_there);
}

}  // namespace sigap::distribution
