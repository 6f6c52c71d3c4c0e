#include "study/operators_file.h"

#include <fmt/format.h>

#include "base/characters.h"
#include "base/csv.h"

namespace sigap::study {
namespace {

constexpr std::int64_t kMostAtAStation = 10'000;  // own: beyond, the number is a slip

std::string seat(const std::vector<std::string>& row, const stations::State& tree,
                 std::map<StationCode, int>& operators) {
  const StationCode station{lower_ascii(row[0])};
  if (!tree.find(station)) return "there is no station '" + shown(row[0]) + "'";
  const auto count = csv::read_whole(row[1]);
  if (!count || *count < 0 || *count > kMostAtAStation)
    return fmt::format("'{}' is no number of operators, 0 to {} (column operators)", shown(row[1]), kMostAtAStation);
  if (!operators.emplace(station, static_cast<int>(*count)).second) return station.value + " stands here twice";
  return {};
}

}  // namespace

std::vector<std::string> read_operators(std::string text, const std::string& name, const stations::State& tree,
                                        std::map<StationCode, int>& operators) {
  std::vector<std::string> mistakes;
  csv::Reader rows(std::move(text), {{"station"}, {"operators"}});
  while (const auto row = rows.next()) {
    const auto wrong = row->wrong.empty() ? seat(row->cells, tree, operators) : row->wrong;
    if (!wrong.empty()) mistakes.push_back(fmt::format("{}:{}: {}", name, row->line, wrong));
  }
  if (mistakes.empty() && operators.empty()) mistakes.push_back(name + ": it names no station");
  return mistakes;
}

}  // namespace sigap::study
