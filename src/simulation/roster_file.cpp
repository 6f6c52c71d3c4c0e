#include "simulation/roster_file.h"

#include <fmt/format.h>

#include "base/characters.h"
#include "base/csv.h"
#include "base/wall_time.h"
#include "nation/table_file.h"
#include "study/study.h"

namespace sigap::simulation {
namespace {

constexpr std::int64_t kMostAtAStation = 10'000;  // own: beyond, the number is a slip
constexpr int kJakarta_h = 7;                     // east of UTC
const std::vector<csv::Column> kColumns = {{"station"}, {"from"}, {"until"}, {"operators"}};

/// The seats of one row, or what is wrong with it.
std::string take(const std::vector<std::string>& row, const std::map<StationCode, stations::Station>& known,
                 std::vector<sim::Seat>& seats) {
  const auto station = known.find({lower_ascii(row[0])});
  if (station == known.end()) return "there is no station '" + shown(row[0]) + "'";
  const auto clock = study::clock_of(station->second.time_zone);
  if (!clock) return "its station keeps a clock that is not known here: '" + station->second.time_zone + "'";
  const auto shift = read_shift(row[1] + "-" + row[2]);
  if (!shift)
    return fmt::format("'{}' to '{}' are no times of the day such as 07:00 (columns from, until)", shown(row[1]),
                       shown(row[2]));
  const auto count = csv::read_whole(row[3]);
  if (!count || *count < 0 || *count > kMostAtAStation)
    return fmt::format("'{}' is no number of operators, 0 to {} (column operators)", shown(row[3]), kMostAtAStation);
  // Where Jakarta has 07:00 Makassar has 08:00.
  const auto ahead = hours(clock->hours_east - kJakarta_h);
  const Duration from{(shift->first.ms - ahead.ms + hours(24).ms) % hours(24).ms};
  for (std::int64_t i = 0; i < *count; ++i) seats.push_back({station->first, from, shift->second});
  return {};
}

}  // namespace

std::optional<std::pair<Duration, Duration>> read_shift(const std::string& text) {
  const auto dash = text.find('-');
  const auto from = read_time_of_day(text.substr(0, dash));
  const auto until = dash == std::string::npos ? std::nullopt : read_time_of_day(text.substr(dash + 1));
  if (!from || !until) return std::nullopt;
  Duration lasts{until->ms - from->ms};
  if (lasts <= Duration{}) lasts = lasts + hours(24);
  return std::pair{Duration{from->ms % hours(24).ms}, lasts};
}

Result<std::vector<sim::Seat>> read_roster(const std::filesystem::path& file,
                                           const std::map<StationCode, stations::Station>& known) {
  auto table = read_table(file);
  if (!table) return tl::unexpected(table.error());
  std::vector<sim::Seat> seats;
  csv::Reader rows(std::move(*table), kColumns);
  while (const auto row = rows.next()) {
    const auto wrong = row->wrong.empty() ? take(row->cells, known, seats) : row->wrong;
    if (!wrong.empty()) return refuse("invalid", fmt::format("{}:{}: {}", file.string(), row->line, wrong));
  }
  if (seats.empty()) return refuse("invalid", file.string() + ": nobody sits anywhere");
  return seats;
}

}  // namespace sigap::simulation
