#include "domain/calls/better_place.h"

#include <algorithm>

namespace sigap::calls {

bool is_better_place(const std::optional<Location>& known, const Location& told) {
  if (!known) return true;
  // 0: how far off it may be is unknown.
  if (told.radius_m > 0 && (known->radius_m == 0 || told.radius_m < known->radius_m)) return true;
  return distance_m(known->point, told.point) > std::max<std::int64_t>(told.radius_m, kTrembles_m);
}

}  // namespace sigap::calls
