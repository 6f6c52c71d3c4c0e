// A roster as a table (base/csv.h): `station,from,until,operators`, one row a shift of a station, times of the day in
// the station's own clock. Every day alike.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"

namespace sigap::simulation {

/// Refusals: "io", "invalid"; the message names file, line and reason. The seats' times are by
/// Jakarta's clock.
Result<std::vector<sim::Seat>> read_roster(const std::filesystem::path& file,
                                           const std::map<StationCode, stations::Station>& known);

/// "07:00-19:00": where it begins in the day and how long it lasts; over midnight when it ends before it begins.
std::optional<std::pair<Duration, Duration>> read_shift(const std::string& text);

}  // namespace sigap::simulation
