#include "domain/distribution/ready_board.h"

namespace sigap::distribution {

void ReadyBoard::put(PersonId person, const StationCode& station, GeoPoint point, Instant idle_since) {
  if (const auto it = places_.find(person); it != places_.end()) {
    if (it->second.first == station && it->second.second == idle_since) return;
    remove(person);
  }
  places_[person] = {station, idle_since};
  auto& there = by_station_[station];
  there.point = point;
  there.idle.insert({idle_since, person});
  all_.insert({idle_since, person});
}

void ReadyBoard::move(const StationCode& station, GeoPoint point) {
  if (const auto there = by_station_.find(station); there != by_station_.end()) there->second.point = point;
}

void ReadyBoard::remove(PersonId person) {
  const auto it = places_.find(person);
  if (it == places_.end()) return;
  const auto& [station, idle_since] = it->second;
  const auto there = by_station_.find(station);
  there->second.idle.erase({idle_since, person});
  if (there->second.idle.empty()) by_station_.erase(there);
  all_.erase({idle_since, person});
  places_.erase(it);
}

std::optional<PersonId> ReadyBoard::longest_idle(const StationCode& station) const {
  const auto there = by_station_.find(station);
  if (there == by_station_.end()) return std::nullopt;
  return there->second.idle.begin()->second;
}

}  // namespace sigap::distribution
