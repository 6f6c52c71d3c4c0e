#include "domain/incidents/sightings.h"

#include <algorithm>
#include <utility>

namespace sigap::incidents {
namespace {

/// Where one of this time and id stands, or would.
auto place_in(const std::deque<Sighting>& line, Instant latest, IncidentId incident) {
  return std::lower_bound(
      line.begin(), line.end(), std::pair(latest, incident),
      [](const Sighting& s, const auto& sought) { return std::pair(s.latest, s.incident) < sought; });
}

}  // namespace

void Sightings::put(const StationCode& province, const Sighting& sighting) {
  const auto it = places_.find(sighting.incident);
  if (it != places_.end() && it->second.province == province && it->second.latest == sighting.latest) {
    auto& line = by_province_.at(province);
    const auto at = place_in(line, sighting.latest, sighting.incident);
    line[static_cast<std::size_t>(at - line.begin())] = sighting;
    return;
  }
  remove(sighting.incident);
  auto& line = by_province_[province];
  line.insert(place_in(line, sighting.latest, sighting.incident), sighting);
  places_[sighting.incident] = {province, sighting.latest};
}

void Sightings::remove(IncidentId incident) {
  const auto it = places_.find(incident);
  if (it == places_.end()) return;
  const auto line = by_province_.find(it->second.province);
  line->second.erase(place_in(line->second, it->second.latest, incident));
  if (line->second.empty()) by_province_.erase(line);
  places_.erase(it);
}

const std::deque<Sighting>* Sightings::of(const StationCode& province) const {
  const auto line = by_province_.find(province);
  return line == by_province_.end() ? nullptr : &line->second;
}

}  // namespace sigap::incidents
