// The nation as it ships: stations.csv and jurisdictions.csv of data/indonesia (or another country's in the same form).
#pragma once
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "domain/stations/station.h"

namespace sigap::sigapd {

/// Parents before children. Refusals: "io", "invalid" with file and line.
Result<std::vector<stations::Station>> load_nation(const std::filesystem::path& folder);

}  // namespace sigap::sigapd
