#include "sigap/simulation/roster_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <fstream>

#include "sigap/staffing/calls_file.h"

namespace sigap::cli::simulation {
namespace {

constexpr std::int64_t kMostAtAStation = 10'000;  // own: beyond, the number is a slip

/// Of Jakarta's clock.
Duration hours_ahead(const stations::Station& station) {
  return hours(station.time_zone == "Asia/Jayapura" ? 2 : station.time_zone == "Asia/Makassar" ? 1 : 0);
}

}  // namespace

std::optional<std::pair<Duration, Duration>> read_shift(const std::string& text) {
  int from_h = -1, from_m = -1, to_h = -1, to_m = -1, used = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d-%2d:%2d%n", &from_h, &from_m, &to_h, &to_m, &used) != 4 ||
      used != static_cast<int>(text.size()))
    return std::nullopt;
  const auto in_day = [](int h, int m) { return h >= 0 && h < 24 && m >= 0 && m < 60; };
  if (!in_day(from_h, from_m) || !in_day(to_h, to_m)) return std::nullopt;
  const auto from = hours(from_h) + minutes(from_m);
  Duration lasts{(hours(to_h) + minutes(to_m)).ms - from.ms};
  if (lasts <= Duration{}) lasts = lasts + hours(24);
  return std::pair{from, lasts};
}

Result<std::vector<sim::Seat>> read_roster(const std::filesystem::path& file,
                                           const std::map<StationCode, stations::Station>& known) {
  std::ifstream in(file);
  if (!in) return refuse("io", "cannot read " + file.string());
  std::vector<sim::Seat> seats;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const auto row = staffing::cells(line, line.find(';') != std::string::npos ? ';' : ',');
    const auto wrong = [&](const std::string& reason) {
      return refuse("invalid", fmt::format("{}:{}: {}", file.string(), number, reason));
    };
    if (number == 1) {
      if (row != std::vector<std::string>{"station", "from", "until", "operators"})
        return wrong("the first line must name the columns: station,from,until,operators");
      continue;
    }
    if (row == std::vector<std::string>{""}) continue;
    if (row.size() != 4) return wrong("4 columns are needed (station,from,until,operators)");
    const auto station = known.find({row[0]});
    if (station == known.end()) return wrong("there is no station '" + row[0] + "'");
    const auto shift = read_shift(row[1] + "-" + row[2]);
    if (!shift) return wrong("'" + row[1] + "' to '" + row[2] + "' are no times of the day such as 07:00");
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(row[3].data(), row[3].data() + row[3].size(), count);
    if (error != std::errc{} || end != row[3].data() + row[3].size() || count < 0 || count > kMostAtAStation)
      return wrong(fmt::format("'{}' is no number of operators, 0 to {}", row[3], kMostAtAStation));
    // Where Jakarta has 07:00 Makassar has 08:00.
    const Duration from{(shift->first.ms - hours_ahead(station->second).ms + hours(24).ms) % hours(24).ms};
    for (std::int64_t i = 0; i < count; ++i) seats.push_back({station->first, from, shift->second});
  }
  if (seats.empty()) return refuse("invalid", file.string() + ": nobody sits anywhere");
  return seats;
}

}  // namespace sigap::cli::simulation
