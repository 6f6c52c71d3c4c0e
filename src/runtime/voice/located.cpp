#include "runtime/voice/located.h"

#include <algorithm>

namespace sigap::runtime {
namespace {

/// The exclusive economic zone, 200 nautical miles (UNCLOS art. 57): farther off nobody is in the country.
constexpr std::int64_t kFarthest_m = 370'400;
/// A place that is less certain says nothing about borders: a mobile network's cell reaches 35 km (3GPP TS 45.010);
/// own.
constexpr std::int32_t kCircle_m = 35'000;

StationCode serving(const stations::State& stations, const RegencyCode& regency) {
  for (const auto& [code, station] : stations.stations)
    if (std::find(station.regencies.begin(), station.regencies.end(), regency) != station.regencies.end()) return code;
  return {};
}

}  // namespace

Located located(const geo::Borders* borders, const stations::State& stations, const std::optional<Location>& place) {
  Located found;
  if (!borders || !place) return found;
  const Location circle{place->point, std::min(place->radius_m, kCircle_m)};
  for (const auto& regency : borders->touched(circle, kFarthest_m)) {
    const auto station = serving(stations, regency);
    if (station == StationCode{}) continue;
    if (found.station == StationCode{}) {
      found.station = station;
    } else if (station != found.station &&
               std::find(found.beside.begin(), found.beside.end(), station) == found.beside.end()) {
      found.beside.push_back(station);
    }
  }
  return found;
}

}  // namespace sigap::runtime
