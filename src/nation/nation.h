// The nation as it ships: stations.csv and jurisdictions.csv of data/indonesia (or another country's in the same form).
#pragma once
#include <filesystem>
#include <map>
#include <vector>

#include "base/result.h"
#include "domain/stations/station.h"

namespace sigap::nation {

/// Parents before children. Refusals: "io", "invalid" with file and line.
Result<std::vector<stations::Station>> load_nation(const std::filesystem::path& folder);

/// Of each Polda, in hundred thousands (population.csv in the same folder); a Polda that is not in it has none.
/// Refusals as above.
Result<std::map<StationCode, std::int64_t>> load_population(const std::filesystem::path& folder,
                                                            const std::vector<stations::Station>& nation);

}  // namespace sigap::nation
