// A caller's location as a presence document: PIDF-LO with a shape of RFC 5491, a civic address, or both. A shape
// becomes a point and a radius that holds it; a civic address becomes a line that a person reads. Of several locations
// the first usable counts, in the order of RFC 5491 rule 8: a device's, then a tuple's, then a person's, each as they
// stand. A small radius is what a sender claims, the order is what it believes. Nothing in a document can fetch or
// expand anything.
// Sources: RFC 4119, RFC 5491 (shapes, EPSG:4326 and 4979: latitude before longitude), OGC 11-135 (names of coordinate
// systems), RFC 5139 (civic addresses).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/geo.h"

namespace sigap::sip {

struct PidfLo {
  std::optional<Location> location;
  std::string note;   ///< why there is none, or what is odd about it; holds no data of the document
  std::string civic;  ///< street, number, place: UTF-8, one line, at most 200 bytes; empty when there is none
};

PidfLo read_pidf_lo(std::string_view xml);

}  // namespace sigap::sip
