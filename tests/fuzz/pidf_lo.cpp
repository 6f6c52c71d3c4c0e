#include "adapters/sip/pidf_lo.h"

#include <string>

#include "base/characters.h"
#include "base/check.h"
#include "targets.h"

namespace sigap::fuzz {

bool pidf_lo(std::string_view input) {
  constexpr std::size_t kCivicMax_bytes = 200;
  const auto read = sip::read_pidf_lo(input);
  if (read.location) {
    const auto& point = read.location->point;
    SIGAP_CHECK(geo_point(longitude_deg(point), latitude_deg(point)) == point);
    SIGAP_CHECK(read.location->radius_m >= 0);
  }
  SIGAP_CHECK(read.civic.size() <= kCivicMax_bytes);
  for (std::string_view rest = read.civic; !rest.empty();) {
    const auto character = first_character(rest);
    SIGAP_CHECK(character && character->code >= U' ');
    rest.remove_prefix(character->bytes);
  }
  return read.location || !read.civic.empty();
}

}  // namespace sigap::fuzz
