// Which station a caller's place belongs to, by the borders that were imported.
#pragma once
#include <optional>
#include <vector>

#include "base/geo.h"
#include "domain/stations/state.h"
#include "geo/borders.h"

namespace sigap::runtime {

struct Located {
  StationCode station;              ///< none: no borders, too far off, or no station serves that regency
  std::vector<StationCode> beside;  ///< others whose it may be, in the order of their regencies' codes
};

/// `borders` may be none. Microseconds; for a circle that crosses a border, and in a gap, some tens.
Located located(const geo::Borders* borders, const stations::State& stations, const std::optional<Location>& place);

}  // namespace sigap::runtime
