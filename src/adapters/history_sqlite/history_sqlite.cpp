#include "adapters/history_sqlite/history_sqlite.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "ports/journal_chain.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::history_sqlite {
namespace {

using figures::ColumnKind;
using figures::Row;
using figures::TableId;
using sqlite::Statement;

/// Raised when other rows, or rows that mean something else, are made of the same events.
constexpr std::int64_t kForm = 1;
/// A reader may find the file being made anew; a writer, the command line's rebuild. Milliseconds; own.
constexpr int kBusy_ms = 5'000;

std::string list(const figures::Table& table, std::size_t from, std::size_t until, const char* between = ", ") {
  std::string text;
  for (auto i = from; i < until; ++i) text += (i == from ? "" : between) + std::string(table.columns[i].name);
  return text;
}

std::string schema() {
  std::string sql = "PRAGMA busy_timeout=" + std::to_string(kBusy_ms) +
                    "; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;";
  for (std::size_t t = 0; t < figures::kTables; ++t) {
    const auto& table = figures::table(TableId{t});
    const std::string name = table.name;
    sql += "CREATE TABLE IF NOT EXISTS " + name + "(";
    for (const auto& column : table.columns)
      sql += std::string(column.name) + (column.kind == ColumnKind::text ? " TEXT, " : " INTEGER, ");
    sql += "PRIMARY KEY(" + list(table, 0, table.keys) + ")) WITHOUT ROWID;";
    if (!table.opens) continue;
    sql += "CREATE INDEX IF NOT EXISTS " + name + "_open ON " + name + "(open) WHERE open = 1;";
    sql += "CREATE INDEX IF NOT EXISTS " + name + "_number ON " + name + "(" + table.columns[1].name + ");";
  }
  return sql;
}

Result<ports::JournalHead> head_of(sqlite3* db) {
  if (!db) return refuse("io", "the history cannot be opened");
  Statement row(db, "SELECT position, hash FROM read_to");
  if (row.step()) return ports::JournalHead{row.integer(0), row.text(1)};
  if (!row.finished()) return sqlite::failure(db, "reading the history");
  return ports::JournalHead{0, ports::kChainStart};
}

std::string put_sql(const figures::Table& table) {
  std::string sql = "INSERT INTO " + std::string(table.name) + " VALUES(?";
  for (std::size_t i = 1; i < table.columns.size(); ++i) sql += ", ?";
  sql += ") ON CONFLICT DO UPDATE SET ";
  for (auto i = table.keys; i < table.columns.size(); ++i) {
    const std::string name = table.columns[i].name;
    sql += (i == table.keys ? "" : ", ") + name + " = " + (table.adds ? name + " + " : "") + "excluded." + name;
  }
  return sql;
}

Row read_row(sqlite3_stmt* statement) {
  Row row;
  const int columns = sqlite3_column_count(statement);
  row.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    if (sqlite3_column_type(statement, i) == SQLITE_NULL)
      row.emplace_back(std::monostate{});
    else if (sqlite3_column_type(statement, i) == SQLITE_INTEGER)
      row.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
    else
      row.emplace_back(std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, i)),
                                   static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
  }
  return row;
}

/// A statement that is prepared once for many rows.
class Rows {
 public:
  Rows(sqlite3* db, const std::string& sql) { sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr); }
  ~Rows() { sqlite3_finalize(statement_); }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  bool put(const Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      std::visit(Overloaded{[&](std::monostate) { sqlite3_bind_null(statement_, at); },
                            [&](std::int64_t n) { sqlite3_bind_int64(statement_, at, n); },
                            [&](const std::string& text) {
                              sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
                            }},
                 row[i]);
    }
    const bool good = sqlite3_step(statement_) == SQLITE_DONE;
    sqlite3_reset(statement_);
    return good;
  }
  /// Whether all was read.
  bool each(const std::function<bool(const Row&)>& take) {
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement_)) == SQLITE_ROW)
      if (!take(read_row(statement_))) return true;
    return code == SQLITE_DONE;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

template <class Ids>
std::vector<std::int64_t> numbers(const Ids& ids) {
  std::vector<std::int64_t> all;
  for (const auto id : ids) all.push_back(id.value);
  return all;
}

/// As a JSON text, for json_each: codes have nothing in them that would have to be escaped but is not.
std::string json_of(const std::vector<StationCode>& stations) {
  std::string text = "[";
  for (const auto& station : stations) {
    text += text.size() > 1 ? ",\"" : "\"";
    for (const char c : station.value)
      if (c != '"' && c != '\\') text += c;
    text += '"';
  }
  return text + "]";
}

constexpr const char* kWhere =
    " WHERE day BETWEEN ?1 AND ?2 AND (?3 = '[]' OR station IN (SELECT value FROM json_each(?3)))";

std::string sums_of(const figures::Table& table) {
  std::string sql;
  for (auto i = table.keys; i < table.columns.size(); ++i) sql += ", sum(" + std::string(table.columns[i].name) + ")";
  return sql;
}

}  // namespace

// ---- the writer

HistorySqlite::HistorySqlite(std::filesystem::path file)
    : file_(std::move(file), {"the history",
                              [] {
                                static const std::string sql = schema();
                                return sql.c_str();
                              }(),
                              kForm}) {}

Result<std::unique_ptr<HistorySqlite>> HistorySqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<HistorySqlite> store(new HistorySqlite(data_folder / "history.sqlite"));
  if (auto opened = store->file_.open(); !opened) return tl::unexpected(opened.error());
  return store;
}

/// In one transaction where the file is good, so that whoever else has it open goes on with it.
Result<bool> HistorySqlite::begin_anew() {
  if (file_.db()) {
    std::string sql = "BEGIN IMMEDIATE; DELETE FROM read_to;";
    for (std::size_t t = 0; t < figures::kTables; ++t)
      sql += "DELETE FROM " + std::string(figures::table(TableId{t}).name) + ";";
    if (file_.run((sql + "COMMIT").c_str())) return true;
    file_.run("ROLLBACK");
  }
  return file_.begin_anew();
}

Result<ports::JournalHead> HistorySqlite::head() {
  return head_of(file_.db());
}

Result<std::vector<Row>> HistorySqlite::live(TableId id) {
  if (!file_.db()) return refuse("io", "the history cannot be opened");
  const auto& table = figures::table(id);
  Rows rows(file_.db(), "SELECT * FROM " + std::string(table.name) + (table.opens ? " WHERE open = 1" : ""));
  std::vector<Row> all;
  if (!rows.each([&](const Row& row) { return all.push_back(row), true; })) return file_.failure("reading");
  return all;
}

Result<bool> HistorySqlite::take(const ports::HistoryChanges& changes, std::int64_t before,
                                 const ports::JournalHead& after) {
  std::int64_t there = before;
  auto taken = file_.take({after.position, after.hash}, [&] {
    const auto head = file_.read_to();
    there = head ? head->position : 0;
    if (there != before) return false;
    for (std::size_t t = 0; t < figures::kTables; ++t)
      if (!put(TableId{t}, changes.rows[t])) return false;
    return forget(TableId::calls, numbers(changes.forgotten_calls)) &&
           forget(TableId::incidents, numbers(changes.forgotten_incidents));
  });
  if (there != before) return refuse("moved", "the history is at " + std::to_string(there));
  if (taken && !(changes.forgotten_calls.empty() && changes.forgotten_incidents.empty())) file_.leave_no_trace();
  return taken;
}

bool HistorySqlite::put(TableId id, const std::vector<Row>& all) {
  if (all.empty()) return true;
  Rows rows(file_.db(), put_sql(figures::table(id)));
  return std::ranges::all_of(all, [&](const auto& row) { return rows.put(row); });
}

bool HistorySqlite::forget(TableId id, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return true;
  const auto& table = figures::table(id);
  std::string sql;
  for (const auto& column : table.columns)
    if (column.erasable) sql += (sql.empty() ? "" : ", ") + std::string(column.name) + " = NULL";
  Rows rows(file_.db(),
            "UPDATE " + std::string(table.name) + " SET " + sql + " WHERE " + table.columns[1].name + " = ?");
  return std::ranges::all_of(ids, [&](auto number) { return rows.put({number}); });
}

// ---- the reader

HistorySqliteReader::HistorySqliteReader(const std::filesystem::path& data_folder)
    : file_(data_folder / "history.sqlite") {}

HistorySqliteReader::~HistorySqliteReader() {
  sqlite3_close(db_);
}

Result<bool> HistorySqliteReader::connect() {
  int moved = 0;  // a file that was damaged is made anew, and this connection would go on with the old one
  if (db_ && sqlite3_file_control(db_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved == 0) return true;
  sqlite3_close(std::exchange(db_, nullptr));
  if (sqlite3_open_v2(file_.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
    auto refusal = sqlite::failure(db_, "opening the history");
    sqlite3_close(std::exchange(db_, nullptr));
    return refusal;
  }
  sqlite3_busy_timeout(db_, kBusy_ms);
  return true;
}

Result<ports::JournalHead> HistorySqliteReader::head() {
  if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
  return head_of(db_);
}

Result<std::map<StationCode, figures::Sums>> HistorySqliteReader::by_station(const ports::HistorySpan& span) {
  if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
  std::map<StationCode, figures::Sums> all;
  const auto& days = figures::table(TableId::days);
  const auto stations = json_of(span.stations);
  const auto counts_sql =
      "SELECT station" + sums_of(days) + " FROM " + std::string(days.name) + kWhere + " GROUP BY station";
  Statement counts(db_, counts_sql.c_str());
  counts.bind(1, span.first_day).bind(2, span.last_day).bind(3, stations);
  while (counts.step()) {
    auto& sums = all[{counts.text(0)}].counts;
    for (std::size_t i = 0; i < figures::kCounts; ++i) sums[i] = counts.integer(static_cast<int>(i) + 1);
  }
  const auto spreads_sql = "SELECT station, measure, seconds, sum(times) FROM spreads" + std::string(kWhere) +
                           " GROUP BY station, measure, seconds";
  Statement spreads(db_, spreads_sql.c_str());
  spreads.bind(1, span.first_day).bind(2, span.last_day).bind(3, stations);
  while (spreads.step()) {
    const auto measure = std::ranges::find(figures::kMeasureNames, spreads.text(1));
    if (measure == figures::kMeasureNames.end() || spreads.integer(3) == 0) continue;
    const auto index = static_cast<std::size_t>(measure - figures::kMeasureNames.begin());
    all[{spreads.text(0)}].spreads[index][spreads.integer(2)] = spreads.integer(3);
  }
  if (!counts.finished() || !spreads.finished()) return sqlite::failure(db_, "reading the history");
  return all;
}

Result<std::map<std::int64_t, figures::Counts>> HistorySqliteReader::by_hour(const ports::HistorySpan& span) {
  if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
  std::map<std::int64_t, figures::Counts> all;
  const auto& hours = figures::table(TableId::hours);
  const auto sql = "SELECT hour" + sums_of(hours) + " FROM " + std::string(hours.name) + kWhere + " GROUP BY hour";
  const auto stations = json_of(span.stations);
  Statement rows(db_, sql.c_str());
  rows.bind(1, span.first_day).bind(2, span.last_day).bind(3, stations);
  while (rows.step())
    for (std::size_t i = 0; i < figures::kCounts; ++i) all[rows.integer(0)][i] = rows.integer(static_cast<int>(i) + 1);
  if (!rows.finished()) return sqlite::failure(db_, "reading the history");
  return all;
}

Result<bool> HistorySqliteReader::rows(TableId id, std::int64_t from, std::int64_t until,
                                       const std::function<bool(const Row&)>& take) {
  if (auto connected = connect(); !connected) return tl::unexpected(connected.error());
  const auto& table = figures::table(id);
  const bool spans = table.columns[0].kind != ColumnKind::text && id != TableId::people;
  const std::string first = table.columns[0].name;
  Rows all(db_, "SELECT * FROM " + std::string(table.name) +
                    (spans ? " WHERE " + first + " >= " + std::to_string(from) + " AND " + first + " < " +
                                 std::to_string(until)
                           : "") +
                    " ORDER BY " + list(table, 0, table.keys));
  if (!all.each(take)) return sqlite::failure(db_, "reading the history");
  return true;
}

}  // namespace sigap::history_sqlite
