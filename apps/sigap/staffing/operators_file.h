// Who sits where today: a table (base/csv.h) `station,operators`, one row a station.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "domain/stations/station_tree.h"

namespace sigap::cli::staffing {

/// Yields the mistakes, "NAME:LINE: reason".
std::vector<std::string> read_operators(std::string text, const std::string& name, const stations::StationTree& tree,
                                        std::map<StationCode, int>& operators);

}  // namespace sigap::cli::staffing
