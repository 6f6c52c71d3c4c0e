#include "domain/incidents/likeness.h"

#include <algorithm>
#include <tuple>

namespace sigap::incidents {
namespace {

/// Certainly farther apart than `metres` by latitude alone: says so without trigonometry for almost all.
bool clearly_beyond(GeoPoint a, GeoPoint b, std::int64_t metres) {
  constexpr std::int64_t kUnitsPerMetre = 90;  // of 1e-7 degrees on a great circle: 89.93, rounded up to be safe
  const auto apart = std::int64_t{a.latitude_e7} - std::int64_t{b.latitude_e7};
  return (apart < 0 ? -apart : apart) > metres * kUnitsPerMetre;
}

}  // namespace

std::optional<Sighting> sighting(const Incident& incident) {
  const auto* place = incident.place.reveal();
  if (!place || !place->point) return std::nullopt;
  // A name whose point is its regency's police station: all of the regency's would lie on one spot.
  const bool anywhere = place->radius_m.value_or(0) >= kAlikeDisaster_m;
  if (anywhere && incident.type != IncidentType::disaster) return std::nullopt;
  return Sighting{incident.id, incident.type, *place->point, incident.latest};
}

std::int64_t reach_m(IncidentType a, IncidentType b) {
  const auto fits = [](IncidentType type) { return type == IncidentType::disaster || type == IncidentType::unknown; };
  const bool disaster = a == IncidentType::disaster || b == IncidentType::disaster;
  return disaster && fits(a) && fits(b) ? kAlikeDisaster_m : kAlike_m;
}

std::optional<std::int64_t> distance_if_alike(const Sighting& a, const Sighting& b) {
  if (a.incident == b.incident) return std::nullopt;
  const Duration apart = a.latest < b.latest ? b.latest - a.latest : a.latest - b.latest;
  const auto reach = reach_m(a.type, b.type);
  if (apart > kAlikeWithin || clearly_beyond(a.point, b.point, reach)) return std::nullopt;
  const auto metres = distance_m(a.point, b.point);
  return metres <= reach ? std::optional(metres) : std::nullopt;
}

std::vector<Candidate> candidates(const Sighting& report, const std::vector<Sighting>& others) {
  using Rank = std::tuple<bool, std::int64_t, std::int64_t, std::int64_t, IncidentId>;
  std::vector<std::pair<Rank, std::int64_t>> ranked;
  for (const Sighting& other : others) {
    const auto metres = distance_if_alike(report, other);
    if (!metres) continue;
    const bool disaster = other.type == IncidentType::disaster;
    ranked.push_back(
        {Rank{!disaster, disaster ? -other.reporters : 0, *metres, -other.latest.ms, other.incident}, *metres});
  }
  const auto most = std::min(kCandidatesMax, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(most), ranked.end());
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < most; ++i) found.push_back({std::get<IncidentId>(ranked[i].first), ranked[i].second});
  return found;
}

}  // namespace sigap::incidents
