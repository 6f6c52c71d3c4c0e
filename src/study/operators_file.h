// Who sits where today: a table (base/csv.h) `station,operators`, one row a station.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "domain/stations/state.h"

namespace sigap::study {

/// Yields the mistakes, "NAME:LINE: reason".
std::vector<std::string> read_operators(std::string text, const std::string& name, const stations::State& tree,
                                        std::map<StationCode, int>& operators);

}  // namespace sigap::study
