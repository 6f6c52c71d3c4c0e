// A caller's location as a presence document: PIDF-LO with a GML Point or a Circle (RFC 4119, RFC 5491; EPSG:4326,
// latitude before longitude, radius in metres). Nothing else is believed, and nothing in it can fetch or expand
// anything.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/geo.h"

namespace sigap::sip {

struct PidfLo {
  std::optional<Location> location;
  std::string note;  ///< why there is none; holds no data of the document
};

PidfLo read_pidf_lo(std::string_view xml);

}  // namespace sigap::sip
