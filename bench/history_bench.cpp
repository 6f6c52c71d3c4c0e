// How fast a history is made anew, and how fast a report of the nation is read. The journal is that of the simulated
// nation (data/scenarios/week.toml); its places are not sealed, so unsealing them is not in it.
// usage: history_bench [HOURS]     hours of the design load, 6
// The second part fills the summaries with a year: the days that were simulated, 365 times over.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <vector>

#include "adapters/history_postgres/history_postgres.h"
#include "adapters/history_sqlite/history_sqlite.h"
#include "adapters/journal_sqlite/journal_sqlite.h"
#include "base/check.h"
#include "codec/event_codec.h"
#include "postgres_cluster.h"
#include "runtime/followers/history_keeper.h"
#include "runtime/screens/line_report.h"
#include "scratch/scratch_folder.h"
#include "sim/simulation.h"
#include "simulation/scenario_file.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr int kRuns = 3, kReports = 100, kYear_days = 365, kMonth_days = 31;
/// Lines that one append makes durable together.
constexpr std::size_t kAppend = 5'000;

double seconds_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

struct Bench {
  ScratchFolder folder;
  std::vector<stations::Station> stations;
  std::int64_t events = 0;
  Instant last;

  std::unique_ptr<JournalSqlite> journal(Mode mode) const {
    return std::move(*JournalSqlite::open(folder / "data", folder / "keys", mode));
  }

  void simulate(std::int64_t for_hours) {
    const fs::path top = SIGAP_SOURCE_DIR;
    auto scenario = simulation::load_scenario(top / "data/scenarios/week.toml", top / "data/indonesia");
    SIGAP_CHECK(scenario.has_value());
    scenario->lasts = hours(for_hours);
    stations = scenario->stations;
    const auto to = journal(Mode::write);
    std::vector<ports::JournalLine> lines;
    const auto append = [&] {
      SIGAP_CHECK(to->append(lines).has_value());
      events += static_cast<std::int64_t>(lines.size());
      lines.clear();
    };
    sim::Watch watch;
    watch.replay = false;
    watch.trace = [&](const ports::JournalLine& line) {
      lines.push_back(line);
      if (lines.size() == kAppend) append();
    };
    const auto report = sim::simulate(*scenario, {}, watch);
    SIGAP_CHECK(report.violation.empty());
    codec::NoKeys none;
    last = codec::read_event(lines.back().body, none)->at;
    append();
  }

  /// What a follower of nothing takes: every line read and understood.
  double read_alone() const {
    const auto from = journal(Mode::read);
    codec::NoKeys none;
    return seconds_of([&] {
      std::int64_t understood = 0;
      SIGAP_CHECK(
          from->read(1,
                     [&](const auto& line) { return understood += codec::read_event(line.body, none) ? 1 : 0, true; })
              .has_value());
      SIGAP_CHECK(understood == events);
    });
  }

  double made_anew(std::unique_ptr<ports::HistoryStore> store, std::unique_ptr<ports::HistoryReader> reader) const {
    SIGAP_CHECK(store->begin_anew().has_value());
    runtime::HistoryKeeper keeper(journal(Mode::read), nullptr, std::move(store), std::move(reader),
                                  [](const auto& why) {
                                    fmt::print("{}\n", why.message);
                                    std::abort();
                                  });
    return seconds_of([&] {
      keeper.start();
      keeper.wake(events);
      while (keeper.position() < events) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    });
  }

  /// Reports of a whole month of the nation: the longest there are.
  void reports(const char* name, ports::HistoryReader& reader) const {
    stations::State tree;
    for (const auto& station : stations) tree.stations[station.code] = station;
    const auto top = std::ranges::find(stations, stations::StationLevel::mabes, &stations::Station::level);
    const auto scope = runtime::report_scope(tree, top->code, last);
    const core::ReadReport asked{1, top->code, core::ReportSpan::month, last.ms / hours(24).ms - kMonth_days};
    std::vector<double> took;
    for (int i = 0; i < kReports; ++i)
      took.push_back(seconds_of([&] { SIGAP_CHECK(runtime::make_report(scope, asked, reader).has_value()); }));
    std::ranges::sort(took);
    fmt::print("{}: a report of a month of the nation: median {:.0f} ms, p99 {:.0f} ms\n", name,
               1000 * took[took.size() / 2], 1000 * took[took.size() * 99 / 100]);
  }
};

/// Each day of the summaries again for each day of a year before it.
std::string year_sql(const char* table, const char* rest, const char* days, const std::string& schema) {
  return fmt::format("INSERT INTO {0}{1} SELECT day - n, {2} FROM {0}{1}, {3}", schema, table, rest, days);
}

int run(std::int64_t for_hours) {
  std::string why;
  const auto cluster = PostgresCluster::start(why);
  if (!cluster) {
    fmt::print("{}\n", why);
    return 1;
  }
  SIGAP_CHECK(history_postgres::init(cluster->connection()).has_value());
  Bench bench;
  bench.simulate(for_hours);
  fmt::print("{} hours of the nation: {} events\n", for_hours, bench.events);
  std::fflush(stdout);
  std::vector<double> alone, sqlite, postgres;
  for (int i = 0; i < kRuns; ++i) {
    alone.push_back(bench.read_alone());
    sqlite.push_back(bench.made_anew(std::move(*history_sqlite::HistorySqlite::open(bench.folder)),
                                     std::make_unique<history_sqlite::HistorySqliteReader>(bench.folder)));
    postgres.push_back(
        bench.made_anew(std::make_unique<history_postgres::HistoryPostgres>(cluster->connection()),
                        std::make_unique<history_postgres::HistoryPostgresReader>(cluster->connection())));
  }
  for (auto* each : {&alone, &sqlite, &postgres}) std::ranges::sort(*each);
  const auto middle = [](const std::vector<double>& of) { return of[of.size() / 2]; };
  const auto tell = [&](const char* name, double seconds) {
    fmt::print("{}: {:.2f} s, {:.0f} events a second, {:.2f} of reading alone\n", name, seconds,
               static_cast<double>(bench.events) / seconds, seconds / middle(alone));
  };
  tell("the journal read alone", middle(alone));
  tell("SQLite", middle(sqlite));
  tell("PostgreSQL", middle(postgres));

  const std::string counts =
      "offered, answered, within_5, within_10, within_20, hung_up, short_rings, refused, cut_off, "
      "transferred, incidents, dispatched, arrived, alerts, acknowledged, missed, handling_ms, "
      "ready_ms";
  const std::pair<const char*, std::string> tables[] = {{"days", "station, " + counts},
                                                        {"hours", "hour, station, " + counts},
                                                        {"spreads", "station, measure, seconds, times"}};
  // A run over midnight has two days already: those before its first are filled.
  const auto days = "generate_series(2, " + std::to_string(kYear_days) + ") AS n WHERE day = (SELECT max(day) FROM ";
  for (const auto& [table, rest] : tables)
    cluster->ask(year_sql(table, rest.c_str(), (days + "sigap_store." + table + ")").c_str(), "sigap_store."));
  cluster->ask("ANALYZE");
  fmt::print("PostgreSQL: {} rows of hours, {} of spreads\n", cluster->ask("SELECT count(*) FROM sigap_store.hours"),
             cluster->ask("SELECT count(*) FROM sigap_store.spreads"));
  history_postgres::HistoryPostgresReader of_postgres(cluster->connection());
  bench.reports("PostgreSQL", of_postgres);
  return 0;
}

}  // namespace
}  // namespace sigap

int main(int count, char** words) {
  return sigap::run(count > 1 ? std::strtoll(words[1], nullptr, 10) : 6);
}
