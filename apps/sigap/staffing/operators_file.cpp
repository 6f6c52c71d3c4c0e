#include "sigap/staffing/operators_file.h"

#include <fmt/format.h>

#include <charconv>

#include "sigap/staffing/calls_file.h"

namespace sigap::cli::staffing {
namespace {

constexpr int kMostAtAStation = 10'000;  // own: beyond, the number is a slip

std::string seat(const std::vector<std::string>& row, const stations::StationTree& tree,
                 std::map<StationCode, int>& operators) {
  if (row.size() != 2) return "2 columns are needed (station,operators)";
  if (!tree.find({row[0]})) return "there is no station '" + row[0] + "'";
  int count = 0;
  const auto [end, error] = std::from_chars(row[1].data(), row[1].data() + row[1].size(), count);
  if (error != std::errc{} || end != row[1].data() + row[1].size() || count < 0 || count > kMostAtAStation)
    return fmt::format("'{}' is no number of operators, 0 to {}", row[1], kMostAtAStation);
  if (!operators.emplace(StationCode{row[0]}, count).second) return row[0] + " stands here twice";
  return {};
}

}  // namespace

std::vector<std::string> read_operators(std::istream& in, const std::string& name, const stations::StationTree& tree,
                                        std::map<StationCode, int>& operators) {
  std::vector<std::string> mistakes;
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    const auto row = cells(line, line.find(';') != std::string::npos ? ';' : ',');
    if (number == 1) {
      if (row.size() != 2 || row[0] != "station" || row[1] != "operators")
        return {name + ":1: the first line must name the columns: station,operators"};
    } else if (row != std::vector<std::string>{""}) {
      if (const auto wrong = seat(row, tree, operators); !wrong.empty())
        mistakes.push_back(fmt::format("{}:{}: {}", name, number, wrong));
    }
  }
  if (mistakes.empty() && operators.empty()) mistakes.push_back(name + ": it names no station");
  return mistakes;
}

}  // namespace sigap::cli::staffing
