// The tree of police stations: one national headquarters (Mabes), provincial commands (Polda), district stations
// (Polres). Invariants: codes are unique; a Polda's parent is the Mabes, a Polres's parent is a Polda; a regency is
// served by at most one station.
#pragma once
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"

namespace sigap::stations {

enum class StationLevel { mabes, polda, polres };  // written to the journal: do not rename

struct Station {
  StationCode code;
  std::string name;  ///< as people say it: "Polres Sleman"; at most 80 bytes
  StationLevel level = StationLevel::polres;
  StationCode parent;                  ///< none for the Mabes
  GeoPoint point;                      ///< where its building stands, or a point inside its district
  std::string time_zone;               ///< IANA name: Asia/Jakarta, Asia/Makassar, Asia/Jayapura
  std::vector<RegencyCode> regencies;  ///< whose calls are its own
};

}  // namespace sigap::stations
