// sigap history: make it anew of the journal, set up its database, write it to a file.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

#include "adapters/history_postgres/history_postgres.h"
#include "adapters/history_sqlite/history_sqlite.h"
#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/csv.h"
#include "base/rfc3339.h"
#include "base/wall_time.h"
#include "runtime/followers/history_keeper.h"
#include "runtime/vault_sealer.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;
using figures::ColumnKind;
using figures::TableId;
using journal_sqlite::JournalSqlite;

std::unique_ptr<ports::HistoryReader> reader_of(const Folders& folders, const std::string& postgres) {
  if (!postgres.empty()) return std::make_unique<history_postgres::HistoryPostgresReader>(postgres);
  return std::make_unique<history_sqlite::HistorySqliteReader>(folders.data);
}

Result<std::unique_ptr<ports::HistoryStore>> store_of(const Folders& folders, const std::string& postgres) {
  if (!postgres.empty()) return std::make_unique<history_postgres::HistoryPostgres>(postgres);
  auto opened = history_sqlite::HistorySqlite::open(folders.data);
  if (!opened) return tl::unexpected(opened.error());
  return std::move(*opened);
}

// ---- made anew

/// A server that runs meanwhile goes on from wherever the history is: whoever comes first takes the next events.
int rebuild(const Folders& folders, const std::string& postgres) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, journal_sqlite::Mode::read);
  if (!journal) return complain(journal.error());
  auto vault = vault::VaultSodium::unlock(folders.data, folders.keys, false, vault::Use::reads);
  if (!vault) return complain(vault.error());
  auto store = store_of(folders, postgres);
  if (!store) return complain(store.error());
  if (auto emptied = (*store)->begin_anew(); !emptied) return complain(emptied.error());
  const auto end = (*journal)->head().position;
  std::mutex mutex;
  std::optional<Refusal> refused;
  const auto began = std::chrono::steady_clock::now();
  runtime::HistoryKeeper keeper(std::move(*journal), std::make_unique<runtime::OwnVaultSealer>(std::move(*vault)),
                                std::move(*store), reader_of(folders, postgres), [&](const Refusal& why) {
                                  const std::lock_guard lock(mutex);
                                  refused = why;
                                });
  keeper.start();
  keeper.wake(end);
  const auto seconds_since = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  while (keeper.position() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    {
      const std::lock_guard lock(mutex);
      if (refused) {
        progress("");
        return complain(*refused);
      }
    }
    constexpr std::int64_t kWidth = 30, kHundred = 100;
    const auto done = keeper.position();
    const auto part = end > 0 ? done * kWidth / end : kWidth;
    progress(fmt::format("[{:-<{}}] {:3} % {} of {} events, {:.0f}/s", std::string(static_cast<std::size_t>(part), '#'),
                         kWidth, end > 0 ? done * kHundred / end : kHundred, done, end,
                         static_cast<double>(done) / seconds_since()));
  }
  progress("");
  keeper.stop();
  fmt::print("made anew of {} events in {:.1f} s\n", end, seconds_since());
  return kDone;
}

int init(const std::string& postgres) {
  if (auto made = history_postgres::init(postgres); !made) return complain(made.error());
  fmt::print("the history's database is ready: schemas sigap and sigap_store, role sigap_reader\n");
  return kDone;
}

// ---- written to a file

struct Export {
  Folders folders;
  std::string postgres, table = "days", from, to;
  fs::path csv;
  bool indonesian = false;
};

std::optional<TableId> table_named(const std::string& name) {
  for (std::size_t t = 0; t < figures::kTables; ++t)
    if (figures::table(TableId{t}).name == name) return TableId{t};
  return std::nullopt;
}

bool is_milliseconds(const figures::Column& column) {
  return std::string_view(column.name).ends_with("_ms");
}
bool is_day(const figures::Column& column) {
  return std::string_view(column.name) == "day";
}

std::string heading(const figures::Column& column) {
  const std::string name = column.name;
  return is_milliseconds(column) ? name.substr(0, name.size() - 2) + "s" : name;
}

constexpr std::int64_t kSecond_ms = 1'000;

/// Moments and days as spreadsheets know them, durations in seconds.
std::string cell(const figures::Column& column, const figures::Value& value, bool indonesian) {
  if (const auto* text = std::get_if<std::string>(&value)) return csv::free_text(*text);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (!number) return "";
  const auto written = [](Instant at) {
    auto text = write_rfc3339(at);  // 2026-11-24T12:05:30Z
    text[10] = ' ';
    text.pop_back();
    return text;
  };
  if (column.kind == ColumnKind::moment) return written({*number});
  if (is_day(column)) return written({*number * hours(24).ms}).substr(0, 10);
  if (!is_milliseconds(column)) return std::to_string(*number);
  return fmt::format("{}{}{:03}", *number / kSecond_ms, indonesian ? ',' : '.', *number % kSecond_ms);
}

int write_csv(const Export& e) {
  const auto id = table_named(e.table);
  if (!id) {
    std::string all;
    for (std::size_t t = 0; t < figures::kTables; ++t)
      all += std::string(all.empty() ? "" : ", ") + figures::table(TableId{t}).name;
    return complain("--table: one of " + all);
  }
  const auto from = read_wall_time(e.from + "T00:00"), to = read_wall_time(e.to + "T00:00");
  if (!from) return complain("--from: a day, as 2026-11-01");
  if (!to || *to <= *from) return complain("--to: a day after --from, as 2026-12-01");
  const auto& table = figures::table(*id);
  std::ofstream file(e.csv, std::ios::binary | std::ios::trunc);
  if (!file) return complain(e.csv.string() + " cannot be written");
  const char separator = e.indonesian ? ';' : ',';
  if (e.indonesian) file << "\xEF\xBB\xBF";  // Excel reads UTF-8 with a mark only
  std::vector<std::string> cells;
  for (const auto& column : table.columns) cells.push_back(heading(column));
  file << csv::line_of(cells, separator);
  const auto unit = is_day(table.columns[0]) ? hours(24).ms : 1;
  std::int64_t written = 0;
  auto read = reader_of(e.folders, e.postgres)->rows(*id, from->ms / unit, to->ms / unit, [&](const figures::Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) cells[i] = cell(table.columns[i], row[i], e.indonesian);
    file << csv::line_of(cells, separator);
    ++written;
    return file.good();
  });
  if (!read) return complain(read.error());
  file.close();
  if (!file) return complain(e.csv.string() + " cannot be written");
  fmt::print("{} rows of {}\n", written, table.name);
  return kDone;
}

}  // namespace

void add_history(CLI::App& app, Run& run) {
  static Export options;
  auto* history = app.add_subcommand("history", kAboutHistory);
  history->require_subcommand(1);
  const auto add_postgres = [](CLI::App& command) {
    return command.add_option("--postgres", options.postgres,
                              "connection string of PostgreSQL, as in [history]; without: SQLite in the data folder");
  };
  auto* init_app =
      history->add_subcommand("init", "make what is missing in PostgreSQL: tables, views, a role that reads");
  add_postgres(*init_app)->required();
  init_app->parse_complete_callback([&run] { run = [] { return init(options.postgres); }; });
  auto* rebuild_app = history->add_subcommand("rebuild", "empty it, and make it anew of the journal; calls may go on");
  add_folders(*rebuild_app, options.folders);
  add_postgres(*rebuild_app);
  rebuild_app->parse_complete_callback([&run] { run = [] { return rebuild(options.folders, options.postgres); }; });
  auto* export_app = history->add_subcommand("export", "write a table to a file");
  add_folders(*export_app, options.folders);
  add_postgres(*export_app);
  export_app->add_option("--table", options.table, "which (docs/history.md); default: days");
  export_app->add_option("--from", options.from, "first day, as 2026-11-01")->required();
  export_app->add_option("--to", options.to, "the day after the last")->required();
  export_app->add_option("--csv", options.csv, "the file")->required();
  export_app->add_flag("--indonesian", options.indonesian, "semicolons and decimal commas");
  export_app->parse_complete_callback([&run] { run = [] { return write_csv(options); }; });
}

}  // namespace sigap::cli
