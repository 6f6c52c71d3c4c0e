#include "nation/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace sigap::nation {
namespace {

/// How many letters must change to make one code of the other (Levenshtein 1966).
std::size_t letters_apart(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_name(const stations::State& stations, const std::string& code) {
  constexpr std::size_t kSlips = 3;
  const std::string* best = nullptr;
  auto least = kSlips + 1;
  for (const auto& [known, station] : stations.stations)
    if (const auto apart = letters_apart(code, known.value); apart < least) least = apart, best = &known.value;
  return best ? ", did you mean \"" + *best + "\"?" : "";
}

}  // namespace sigap::nation
