// What a simulated scenario says about the promise: in words, and as a page with drawings.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/simulation.h"

namespace sigap::simulation {

/// The figures for a terminal.
std::string summary(const sim::Scenario& scenario, const sim::Report& report);

/// Refusal "io".
Result<bool> write_page(const sim::Scenario& scenario, const sim::Report& report, const std::filesystem::path& file);

/// A province as the report ranks it: the worst served first.
struct Province {
  StationCode code;
  std::string name;
  sim::Service service;
};
std::vector<Province> provinces(const sim::Scenario& scenario, const sim::Report& report);

/// How far apart the provinces are: the least and the greatest share answered in 10 s, of those with at least this many
/// calls (fewer say little). Own.
inline constexpr std::int64_t kCallsToCompare = 100;
struct Spread {
  std::string least_name, greatest_name;
  double least = 1, greatest = 0;
};
Spread spread(const std::vector<Province>& provinces);

inline double share(std::int64_t part, std::int64_t of) {
  return of ? static_cast<double>(part) / static_cast<double>(of) : 0;
}

}  // namespace sigap::simulation
