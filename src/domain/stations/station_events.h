// What happened to the tree of stations.
#pragma once
#include "domain/stations/station.h"

namespace sigap::stations {

/// A station was added, or its facts changed: the whole record replaces what was known under its code.
struct StationDefined {
  Station station;
};

}  // namespace sigap::stations
