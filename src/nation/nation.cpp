#include "nation/nation.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/csv.h"
#include "nation/table_file.h"

namespace sigap::nation {
namespace {

using Row = std::vector<std::string>;

Result<std::vector<Row>> rows_of(const std::filesystem::path& file, std::vector<csv::Column> columns) {
  auto table = read_table(file);
  if (!table) return tl::unexpected(table.error());
  std::vector<Row> rows;
  csv::Reader reader(std::move(*table), std::move(columns));
  while (auto row = reader.next()) {
    if (!row->wrong.empty())
      return refuse("invalid", file.filename().string() + ", line " + std::to_string(row->line) + ": " + row->wrong);
    rows.push_back(std::move(row->cells));
  }
  return rows;
}

std::optional<GeoPoint> point(const std::string& longitude, const std::string& latitude) {
  const auto x = csv::read_number(longitude), y = csv::read_number(latitude);
  return x && y ? geo_point(*x, *y) : std::nullopt;
}

}  // namespace

Result<std::vector<stations::Station>> load_nation(const std::filesystem::path& folder) {
  using stations::StationLevel;
  const std::map<std::string, StationLevel> levels = {
      {"mabes", StationLevel::mabes}, {"polda", StationLevel::polda}, {"polres", StationLevel::polres}};
  auto rows = rows_of(folder / "stations.csv",
                      {{"code"}, {"name"}, {"level"}, {"parent", true}, {"longitude"}, {"latitude"}, {"timezone"}});
  if (!rows) return tl::unexpected(rows.error());
  auto regencies = rows_of(folder / "jurisdictions.csv", {{"regency_code"}, {"regency_name"}, {"station"}});
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
  auto rows = rows_of(folder / "population.csv", {{"polda"}, {"hundred_thousands"}});
  if (!rows) return tl::unexpected(rows.error());
  std::map<StationCode, std::int64_t> people;
  for (const auto& row : *rows) {
    const auto count = csv::read_whole(row[1]);
    const bool polda = std::any_of(nation.begin(), nation.end(), [&](const auto& station) {
      return station.level == stations::StationLevel::polda && station.code.value == row[0];
    });
    if (!polda || !count || *count <= 0)
      return refuse("invalid", "population.csv: " + row[0] + ": a Polda's code and its people in hundred thousands");
    people[{row[0]}] = *count;
  }
  return people;
}

}  // namespace sigap::nation
