#include "sigapd/nation.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>

namespace sigap::sigapd {
namespace {

using Row = std::vector<std::string>;

/// Rows of a table without quotes; the first is the header.
Result<std::vector<Row>> rows_of(const std::filesystem::path& file, std::size_t columns) {
  std::ifstream in(file);
  if (!in) return refuse("io", "cannot read " + file.string());
  std::vector<Row> rows;
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || number == 1) continue;
    Row row(1);
    for (const char c : line)
      if (c == ',')
        row.emplace_back();
      else if (c != '\r')
        row.back() += c;
    if (row.size() != columns)
      return refuse("invalid", file.filename().string() + ", line " + std::to_string(number) + ": " +
                                   std::to_string(columns) + " columns are needed");
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<GeoPoint> point(const std::string& longitude, const std::string& latitude) {
  char* end = nullptr;
  const double x = std::strtod(longitude.c_str(), &end);
  if (*end) return std::nullopt;
  const double y = std::strtod(latitude.c_str(), &end);
  if (*end) return std::nullopt;
  return geo_point(x, y);
}

}  // namespace

Result<std::vector<stations::Station>> load_nation(const std::filesystem::path& folder) {
  using stations::StationLevel;
  const std::map<std::string, StationLevel> levels = {
      {"mabes", StationLevel::mabes}, {"polda", StationLevel::polda}, {"polres", StationLevel::polres}};
  auto rows = rows_of(folder / "stations.csv", 7);
  if (!rows) return tl::unexpected(rows.error());
  auto regencies = rows_of(folder / "jurisdictions.csv", 3);
  if (!regencies) return tl::unexpected(regencies.error());
  std::map<std::string, stations::Station> by_code;
  for (const auto& row : *rows) {
    const auto level = levels.find(row[2]);
    const auto at = point(row[4], row[5]);
    if (level == levels.end() || !at) return refuse("invalid", "stations.csv: " + row[0] + ": level or coordinates");
    by_code[row[0]] = {{row[0]}, row[1], level->second, {row[3]}, *at, row[6], {}};
  }
  for (const auto& row : *regencies) {
    const auto station = by_code.find(row[2]);
    if (station == by_code.end()) return refuse("invalid", "jurisdictions.csv: " + row[0] + ": no station " + row[2]);
    station->second.regencies.push_back({row[0]});
  }
  std::vector<stations::Station> nation;
  nation.reserve(by_code.size());
  for (auto& [code, station] : by_code) nation.push_back(std::move(station));
  std::stable_sort(nation.begin(), nation.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
  return nation;
}

Result<std::map<StationCode, std::int64_t>> load_population(const std::filesystem::path& folder,
                                                            const std::vector<stations::Station>& nation) {
  auto rows = rows_of(folder / "population.csv", 2);
  if (!rows) return tl::unexpected(rows.error());
  std::map<StationCode, std::int64_t> people;
  for (const auto& row : *rows) {
    std::int64_t count = 0;
    const auto* end = row[1].data() + row[1].size();
    const auto read = std::from_chars(row[1].data(), end, count);
    const bool polda = std::any_of(nation.begin(), nation.end(), [&](const auto& station) {
      return station.level == stations::StationLevel::polda && station.code.value == row[0];
    });
    if (!polda || read.ec != std::errc() || read.ptr != end || count <= 0)
      return refuse("invalid", "population.csv: " + row[0] + ": a Polda's code and its people in hundred thousands");
    people[{row[0]}] = count;
  }
  return people;
}

}  // namespace sigap::sigapd
