// A scenario as a file (docs/formats/scenario.md). Mistakes are told with file, line and reason; none is guessed away.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"

namespace sigap::simulation {

/// `nation`: the folder of stations.csv, jurisdictions.csv and population.csv. Refusals: "io", "invalid"; the message
/// names file, line and reason.
Result<sim::Scenario> load_scenario(const std::filesystem::path& file, const std::filesystem::path& nation);

}  // namespace sigap::simulation
