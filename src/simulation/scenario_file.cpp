#include "simulation/scenario_file.h"

#include <algorithm>
#include <cstdio>

#include "config/toml_file.h"
#include "nation/nation.h"
#include "simulation/roster_file.h"

namespace sigap::simulation {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDaysMax = 366;           ///< own: a year is enough
constexpr std::int64_t kCallsMax = 20'000'000;   ///< a day; a hundred times the design load
constexpr std::int64_t kOperatorsMax = 100'000;  ///< own
constexpr std::int64_t kHourWeightMax = 1'000;   ///< of an hour of the day; own
constexpr std::int64_t kTimesMax = 10'000;       ///< of a surge; own

void seconds_of(TomlTable& t, const char* key, Duration& into) {
  std::int64_t value = into.ms / 1000;
  t.number(key, 0, 86'400, value);
  into = seconds(value);
}

void percent_of(TomlTable& t, const char* key, std::int64_t& into) {
  t.number(key, 0, 100, into);
}

void minutes_of(TomlTable& t, const char* key, Duration& into) {
  std::int64_t value = 0;
  t.number(key, 1, kDaysMax * 1440, value);
  into = minutes(value);
}

/// "14:30", of the scenario's first day; "1 14:30" of the second.
std::optional<Duration> read_moment(const std::string& text) {
  int day = 0, hour = -1, minute = -1, used = 0;
  const auto whole = [&] { return used == static_cast<int>(text.size()); };
  if (!(std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2 && whole())) {
    if (!(std::sscanf(text.c_str(), "%3d %2d:%2d%n", &day, &hour, &minute, &used) == 3 && whole())) return std::nullopt;
  } else {
    day = 0;
  }
  if (day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return hours(24 * std::int64_t{day} + hour) + minutes(minute);
}

/// From when and for how long; both are needed.
void span_of(TomlTable& t, Duration& from, Duration& lasts) {
  std::string text;
  t.read("from", text);
  if (const auto moment = read_moment(text))
    from = *moment;
  else
    t.blame("from", "a time in Jakarta such as \"14:30\", or \"1 14:30\" on the day after the first");
  minutes_of(t, "minutes", lasts);
  if (lasts == Duration{}) t.blame("minutes", "needed");
}

struct Reader {
  TomlFile& file;
  fs::path folder;
  sim::Scenario s = {};
  std::map<StationCode, stations::Station> known = {};

  void place(TomlTable& t, const char* key, StationCode& into, bool needed) {
    std::string code;
    t.read(key, code);
    if (code.empty() && needed) return t.blame(key, "needed, a station's code");
    if (!code.empty() && !known.contains({code})) t.blame(key, "there is no station '" + code + "'");
    into = {code};
  }

  void time_table(TomlTable& top) {
    top.each("surge", [&](TomlTable& t) {
      sim::Surge x;
      place(t, "where", x.where.code, false);
      span_of(t, x.from, x.lasts);
      t.number("times", 1, kTimesMax, x.times);
      t.read("one_event", x.one_event);
      s.surges.push_back(x);
    });
    top.each("flood", [&](TomlTable& t) {
      sim::Flood x;
      place(t, "station", x.station, true);
      span_of(t, x.from, x.lasts);
      t.number("calls_per_minute", 1, 60'000, x.calls_per_minute);
      s.floods.push_back(x);
    });
    top.each("outage", [&](TomlTable& t) {
      sim::Outage x;
      place(t, "where", x.where.code, true);
      span_of(t, x.from, x.lasts);
      t.read("trunk", x.trunk);
      s.outages.push_back(x);
    });
    top.each("gap", [&](TomlTable& t) {
      sim::Gap x;
      place(t, "where", x.where.code, false);
      span_of(t, x.from, x.lasts);
      s.gaps.push_back(x);
    });
    top.section("faults", [&](TomlTable& t) {
      for (int i = 0; i < sim::kFaults; ++i) {
        const auto fault = static_cast<sim::Fault>(i);
        std::int64_t every = 0;
        t.number(sim::name_of(fault), 1, 86'400 * kDaysMax, every);
        if (every) s.faults[fault] = seconds(every);
      }
    });
  }

  void people(TomlTable& top) {
    top.section("officers", [&](TomlTable& t) { t.number("per_station", 0, 100, s.officers_per_station); });
    top.section("operators", [&](TomlTable& t) {
      std::int64_t count = 0;
      std::string roster;
      t.number("count", 0, kOperatorsMax, count);
      t.read("roster", roster);
      std::vector<std::string> shifts;
      t.read("shifts", shifts);
      if (!roster.empty()) {
        if (count > 0 || !shifts.empty()) return t.blame("roster", "alone, without count and shifts");
        auto seats = read_roster(folder / roster, known);
        if (!seats) return file.blame(seats.error());
        s.seats = std::move(*seats);
        return;
      }
      std::vector<std::pair<Duration, Duration>> spans;
      for (const auto& text : shifts)
        if (const auto shift = read_shift(text))
          spans.push_back(*shift);
        else
          t.blame("shifts", "'" + text + "' is not like \"00:00-12:00\"");
      if (shifts.empty()) spans = {{{}, hours(24)}};
      spread(count, spans);
    });
  }

  /// Operators of each shift over the district stations, as calls are (largest remainder).
  void spread(std::int64_t count, const std::vector<std::pair<Duration, Duration>>& shifts) {
    std::int64_t all = 0;
    std::vector<std::pair<std::int64_t, StationCode>> share;
    for (const auto& station : s.stations)
      if (station.level == stations::StationLevel::polres) all += weight(station.code);
    std::int64_t given = 0;
    std::map<StationCode, std::int64_t> seats;
    for (const auto& station : s.stations) {
      if (station.level != stations::StationLevel::polres) continue;
      const auto exact = count * weight(station.code);
      seats[station.code] = exact / all;
      given += exact / all;
      share.emplace_back(-(exact % all), station.code);
    }
    std::sort(share.begin(), share.end());
    for (std::size_t i = 0; given < count; ++i, ++given) ++seats[share[i % share.size()].second];
    for (const auto& [from, lasts] : shifts)
      for (const auto& [station, n] : seats)
        for (std::int64_t i = 0; i < n; ++i) s.seats.push_back({station, from, lasts});
  }
  std::int64_t weight(const StationCode& station) const {
    const auto it = s.weight.find(station);
    return it == s.weight.end() ? 1 : it->second;
  }

  void day_of(TomlTable& t) {
    const auto* node = t.node("hours");
    if (!node) return;
    const auto* list = node->as_array();
    if (!list || list->size() != s.hours.size())
      return t.blame("hours", "24 weights, the first from 00:00 to 01:00 in Jakarta");
    for (std::size_t i = 0; i < s.hours.size(); ++i) {
      const auto weight_of = (*list)[i].value_exact<std::int64_t>();
      if (!weight_of || *weight_of < 0 || *weight_of > kHourWeightMax)
        return t.blame("hours", "whole weights from 0 to 1000");
      s.hours[i] = *weight_of;
    }
  }

  void read() {
    TomlTable top(file.root(), "", file);
    top.read("name", s.name);
    std::int64_t days = 0;
    top.number("days", 1, kDaysMax, days);
    Duration lasts;
    minutes_of(top, "minutes", lasts);
    if ((days > 0) == (lasts > Duration{})) top.blame("days", "either days or minutes");
    s.lasts = days ? hours(24 * days) : lasts;
    top.section("calls", [&](TomlTable& t) {
      t.number("a_day", 0, kCallsMax, s.calls_a_day);
      percent_of(t, "genuine", s.mix.genuine);
      percent_of(t, "ghost", s.mix.ghost);
      percent_of(t, "prank", s.mix.prank);
      percent_of(t, "silent_of_genuine", s.mix.silent);
      if (s.mix.genuine + s.mix.ghost + s.mix.prank != 100)
        t.blame("genuine", "with ghost and prank 100 percent together");
      seconds_of(t, "talk_s", s.talk);
      seconds_of(t, "nuisance_talk_s", s.nuisance_talk);
      seconds_of(t, "wrap_up_s", s.wrap_up);
      seconds_of(t, "patience_s", s.patience);
      seconds_of(t, "reaction_s", s.reaction);
      percent_of(t, "missed", s.inattentive);
      percent_of(t, "redial", s.redial);
      percent_of(t, "located", s.located);
      t.read("ring_back", s.ring_back);
      percent_of(t, "restless", s.restless);
      day_of(t);
    });
    people(top);
    time_table(top);
    top.refuse_others();
    if (s.seats.empty()) file.blame(nullptr, "operators", "nobody sits anywhere: count or roster");
  }
};

/// Each Polda's people, shared out evenly over its districts.
std::map<StationCode, std::int64_t> weights(const std::map<StationCode, std::int64_t>& people,
                                            const std::vector<stations::Station>& nation) {
  constexpr std::int64_t kFine = 1000;  // so that a share is not lost to rounding
  std::map<StationCode, std::int64_t> districts, weights;
  for (const auto& station : nation)
    if (station.level == stations::StationLevel::polres) ++districts[station.parent];
  for (const auto& station : nation)
    if (station.level == stations::StationLevel::polres)
      if (const auto there = people.find(station.parent); there != people.end())
        weights[station.code] = std::max<std::int64_t>(1, there->second * kFine / districts[station.parent]);
  return weights;
}

}  // namespace

Result<sim::Scenario> load_scenario(const fs::path& file, const fs::path& nation) {
  auto stations = nation::load_nation(nation);
  if (!stations) return tl::unexpected(stations.error());
  const auto people = nation::load_population(nation, *stations);
  if (!people) return tl::unexpected(people.error());
  auto opened = TomlFile::open(file);
  if (!opened) return tl::unexpected(opened.error());
  Reader reader{*opened, file.parent_path()};
  reader.s.thorough = false;
  reader.s.hours = sim::usual_hours();
  reader.s.weight = weights(*people, *stations);
  for (const auto& station : *stations) reader.known[station.code] = station;
  reader.s.stations = std::move(*stations);
  reader.read();
  if (opened->mistake()) return tl::unexpected(*opened->mistake());
  return std::move(reader.s);
}

}  // namespace sigap::simulation
