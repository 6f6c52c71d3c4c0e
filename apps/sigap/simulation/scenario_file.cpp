#include "sigap/simulation/scenario_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>

#include "sigap/simulation/roster_file.h"
#include "sigapd/nation.h"

namespace sigap::cli::simulation {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDaysMax = 366;           ///< own: a year is enough
constexpr std::int64_t kCallsMax = 20'000'000;   ///< a day; a hundred times the design load
constexpr std::int64_t kOperatorsMax = 100'000;  ///< own
constexpr std::int64_t kTimesMax = 10'000;       ///< of a surge; own

/// What was wrong first: file, line, reason.
struct Mistake {
  std::string file;
  std::optional<Refusal> first;
  void operator()(const toml::node* node, const std::string& reason) {
    if (first) return;
    const auto line = node ? node->source().begin.line : 0;
    first = Refusal{"invalid", "", line ? fmt::format("{}:{}: {}", file, line, reason) : file + ": " + reason};
  }
};

/// One table of the file; what nobody asked for is a mistake.
class Table {
 public:
  Table(const toml::table& table, Mistake& wrong) : table_(table), wrong_(wrong) {}

  const toml::node* node(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }
  void number(const char* key, std::int64_t least, std::int64_t most, std::int64_t& into) {
    const auto* n = node(key);
    if (!n) return;
    const auto value = n->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      return wrong_(n, fmt::format("{}: a whole number from {} to {}", key, least, most));
    into = *value;
  }
  void percent(const char* key, std::int64_t& into) { number(key, 0, 100, into); }
  void seconds_(const char* key, Duration& into) {
    std::int64_t value = into.ms / 1000;
    number(key, 0, 86'400, value);
    into = seconds(value);
  }
  void minutes_(const char* key, Duration& into, bool needed) {
    const auto* n = node(key);
    if (!n && needed) return wrong_(&table_, fmt::format("{}: needed", key));
    std::int64_t value = into.ms / 60'000;
    number(key, 0, kDaysMax * 1440, value);
    into = minutes(value);
  }
  void flag(const char* key, bool& into) {
    const auto* n = node(key);
    if (!n) return;
    const auto value = n->value_exact<bool>();
    if (!value) return wrong_(n, fmt::format("{}: true or false", key));
    into = *value;
  }
  void text(const char* key, std::string& into) {
    const auto* n = node(key);
    if (!n) return;
    const auto value = n->value_exact<std::string>();
    if (!value) return wrong_(n, fmt::format("{}: a text in quotes", key));
    into = *value;
  }
  /// "14:30", of the scenario's first day; "1 14:30" of the second.
  void moment(const char* key, Duration& into, bool needed) {
    const auto* n = node(key);
    if (!n) {
      if (needed) wrong_(&table_, fmt::format("{}: needed, e.g. \"14:30\"", key));
      return;
    }
    const auto value = n->value_exact<std::string>();
    int day = 0, hour = -1, minute = -1, used = 0;
    const bool plain = value && std::sscanf(value->c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2 &&
                       used == static_cast<int>(value->size());
    const bool with_day = !plain && value &&
                          std::sscanf(value->c_str(), "%3d %2d:%2d%n", &day, &hour, &minute, &used) == 3 &&
                          used == static_cast<int>(value->size());
    if ((!plain && !with_day) || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
      return wrong_(
          n, fmt::format("{}: a time in Jakarta such as \"14:30\", or \"1 14:30\" on the day after the first", key));
    into = hours(24 * (plain ? 0 : day) + hour) + minutes(minute);
  }
  void refuse_others() {
    for (const auto& [key, value] : table_)
      if (!known_.contains(std::string(key.str()))) wrong_(&value, fmt::format("{}: no such key", key.str()));
  }
  Mistake& wrong() { return wrong_; }
  const toml::table& raw() const { return table_; }

 private:
  const toml::table& table_;
  Mistake& wrong_;
  std::set<std::string> known_;
};

struct Reader {
  sim::Scenario s;
  Mistake wrong;
  fs::path folder;
  std::map<StationCode, stations::Station> known;

  void place(Table& t, const char* key, StationCode& into, bool needed) {
    std::string code;
    t.text(key, code);
    if (code.empty() && needed) return wrong(&t.raw(), fmt::format("{}: needed, a station's code", key));
    if (!code.empty() && !known.contains({code}))
      wrong(t.node(key), fmt::format("{}: there is no station '{}'", key, code));
    into = {code};
  }
  /// Each [[name]].
  void each(Table& top, const char* name, const std::function<void(Table&)>& read) {
    const auto* node = top.node(name);
    if (!node) return;
    if (!node->as_array()) return wrong(node, fmt::format("write [[{}]]", name));
    for (const auto& item : *node->as_array()) {
      if (!item.as_table()) return wrong(&item, fmt::format("write [[{}]]", name));
      Table t(*item.as_table(), wrong);
      read(t);
      t.refuse_others();
    }
  }
  /// [name], when it is there.
  void section(Table& top, const char* name, const std::function<void(Table&)>& read) {
    const auto* node = top.node(name);
    if (!node) return;
    if (!node->as_table()) return wrong(node, fmt::format("write [{}]", name));
    Table t(*node->as_table(), wrong);
    read(t);
    t.refuse_others();
  }

  void time_table(Table& top) {
    each(top, "surge", [&](Table& t) {
      sim::Surge x;
      place(t, "where", x.where.code, false);
      t.moment("from", x.from, true);
      t.minutes_("minutes", x.lasts, true);
      t.number("times", 1, kTimesMax, x.times);
      t.flag("one_event", x.one_event);
      s.surges.push_back(x);
    });
    each(top, "flood", [&](Table& t) {
      sim::Flood x;
      place(t, "station", x.station, true);
      t.moment("from", x.from, true);
      t.minutes_("minutes", x.lasts, true);
      t.number("calls_per_minute", 1, 60'000, x.calls_per_minute);
      s.floods.push_back(x);
    });
    each(top, "outage", [&](Table& t) {
      sim::Outage x;
      place(t, "where", x.where.code, true);
      t.moment("from", x.from, true);
      t.minutes_("minutes", x.lasts, true);
      t.flag("trunk", x.trunk);
      s.outages.push_back(x);
    });
    each(top, "gap", [&](Table& t) {
      sim::Gap x;
      place(t, "where", x.where.code, false);
      t.moment("from", x.from, true);
      t.minutes_("minutes", x.lasts, true);
      s.gaps.push_back(x);
    });
    section(top, "faults", [&](Table& t) {
      for (int i = 0; i < sim::kFaults; ++i) {
        const auto fault = static_cast<sim::Fault>(i);
        std::int64_t every = 0;
        t.number(sim::name_of(fault), 1, 86'400 * kDaysMax, every);
        if (every) s.faults[fault] = seconds(every);
      }
    });
  }

  void people(Table& top) {
    section(top, "officers", [&](Table& t) { t.number("per_station", 0, 100, s.officers_per_station); });
    section(top, "operators", [&](Table& t) {
      std::int64_t count = 0;
      std::string roster;
      t.number("count", 0, kOperatorsMax, count);
      t.text("roster", roster);
      const auto* shifts = t.node("shifts");
      if (!roster.empty()) {
        if (t.node("count") || shifts) return wrong(t.node("roster"), "roster: alone, without count and shifts");
        auto seats = read_roster(folder / roster, known);
        if (!seats) return wrong.first = seats.error(), void();
        s.seats = std::move(*seats);
        return;
      }
      std::vector<std::pair<Duration, Duration>> hours_of = {{{}, hours(24)}};
      if (shifts) hours_of = read_shifts(shifts);
      spread(count, hours_of);
    });
  }

  /// ["00:00-08:00", ...]: in each as many operators as `count`.
  std::vector<std::pair<Duration, Duration>> read_shifts(const toml::node* node) {
    std::vector<std::pair<Duration, Duration>> shifts;
    if (!node->as_array()) return wrong(node, "shifts: a list such as [\"00:00-12:00\", \"12:00-00:00\"]"), shifts;
    for (const auto& item : *node->as_array()) {
      const auto text = item.value_exact<std::string>().value_or("");
      const auto shift = read_shift(text);
      if (!shift) return wrong(&item, "shifts: '" + text + "' is not like \"00:00-12:00\""), shifts;
      shifts.push_back(*shift);
    }
    return shifts;
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

  void read(const toml::table& root) {
    Table top(root, wrong);
    top.text("name", s.name);
    std::int64_t days = 0;
    top.number("days", 1, kDaysMax, days);
    Duration lasts;
    top.minutes_("minutes", lasts, false);
    if ((days > 0) == (lasts > Duration{})) wrong(&root, "either days or minutes");
    s.lasts = days ? hours(24 * days) : lasts;
    section(top, "calls", [&](Table& t) {
      t.number("a_day", 0, kCallsMax, s.calls_a_day);
      t.percent("genuine", s.mix.genuine);
      t.percent("ghost", s.mix.ghost);
      t.percent("prank", s.mix.prank);
      t.percent("silent_of_genuine", s.mix.silent);
      if (s.mix.genuine + s.mix.ghost + s.mix.prank != 100)
        wrong(&t.raw(), "genuine, ghost and prank: together 100 percent");
      t.seconds_("talk_s", s.talk);
      t.seconds_("nuisance_talk_s", s.nuisance_talk);
      t.seconds_("wrap_up_s", s.wrap_up);
      t.seconds_("patience_s", s.patience);
      t.seconds_("reaction_s", s.reaction);
      t.percent("missed", s.inattentive);
      t.percent("redial", s.redial);
      t.percent("located", s.located);
      t.percent("restless", s.restless);
      if (const auto* node = t.node("hours")) {
        const auto* list = node->as_array();
        if (!list || list->size() != 24)
          return wrong(node, "hours: 24 weights, the first from 00:00 to 01:00 in Jakarta");
        for (std::size_t i = 0; i < 24; ++i) {
          const auto w = (*list)[i].value_exact<std::int64_t>();
          if (!w || *w < 0 || *w > 1000) return wrong(&(*list)[i], "hours: whole weights from 0 to 1000");
          s.hours[i] = *w;
        }
      }
    });
    people(top);
    time_table(top);
    top.refuse_others();
    if (!wrong.first && s.seats.empty()) wrong(nullptr, "nobody sits anywhere: [operators] count or roster");
  }
};

/// Each Polda's people, shared out evenly over its districts.
Result<std::map<StationCode, std::int64_t>> weights(const fs::path& file,
                                                    const std::vector<stations::Station>& nation) {
  std::ifstream in(file);
  if (!in) return refuse("io", "cannot read " + file.string());
  std::map<StationCode, std::int64_t> people, districts, weights;
  for (const auto& station : nation)
    if (station.level == stations::StationLevel::polres) ++districts[station.parent];
  std::string line;
  std::getline(in, line);
  for (int number = 2; std::getline(in, line); ++number) {
    const auto comma = line.find(',');
    const StationCode polda{line.substr(0, comma)};
    const auto count = comma == std::string::npos ? 0 : std::atoll(line.c_str() + comma + 1);
    if (!districts.contains(polda) || count <= 0)
      return refuse("invalid",
                    fmt::format("{}:{}: a Polda's code and its people in hundred thousands", file.string(), number));
    people[polda] = count;
  }
  constexpr std::int64_t kFine = 1000;
  for (const auto& station : nation)
    if (station.level == stations::StationLevel::polres && people.contains(station.parent))
      weights[station.code] = std::max<std::int64_t>(1, people[station.parent] * kFine / districts[station.parent]);
  return weights;
}

}  // namespace

Result<sim::Scenario> load_scenario(const fs::path& file, const fs::path& nation) {
  auto stations = sigapd::load_nation(nation);
  if (!stations) return tl::unexpected(stations.error());
  auto weight = weights(nation / "population.csv", *stations);
  if (!weight) return tl::unexpected(weight.error());
  Reader reader;
  reader.wrong.file = file.string();
  reader.folder = file.parent_path();
  reader.s.thorough = false;
  reader.s.hours = sim::usual_hours();
  reader.s.weight = std::move(*weight);
  for (const auto& station : *stations) reader.known[station.code] = station;
  reader.s.stations = std::move(*stations);
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    if (line == 0) return refuse("io", "cannot read " + file.string());
    return refuse("invalid", fmt::format("{}:{}: {}", file.string(), line, error.description()));
  }
  reader.read(root);
  if (reader.wrong.first) return tl::unexpected(*reader.wrong.first);
  return std::move(reader.s);
}

}  // namespace sigap::cli::simulation
