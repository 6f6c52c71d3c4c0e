#include "adapters/records_sqlite/records_sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "ports/journal_chain.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::records_sqlite {
namespace {

using ports::RecordNote;
using sqlite::Statement;

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS records(
  kind INTEGER, id INTEGER, caller INTEGER NOT NULL, station TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_of ON records(caller) WHERE caller <> 0;
CREATE INDEX IF NOT EXISTS records_by_age ON records(kind, at, id);
CREATE TABLE IF NOT EXISTS readers(
  kind INTEGER, id INTEGER, person INTEGER, first INTEGER NOT NULL, last INTEGER NOT NULL, worked INTEGER NOT NULL,
  PRIMARY KEY(kind, id, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS orphaned(caller INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS read_to(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL, hash TEXT NOT NULL);
)";

/// Raised when other rows, or rows that mean something else, are made of the same events. Programs of before say 0.
constexpr std::int64_t kForm = 1;

std::int64_t number(RecordKind kind) {
  return static_cast<std::int64_t>(kind);
}

}  // namespace

Result<std::unique_ptr<RecordsSqlite>> RecordsSqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<RecordsSqlite> index(new RecordsSqlite(data_folder / "records.sqlite"));
  auto connected = index->connect();
  if (!connected && connected.error().code == "corrupt") connected = index->begin_anew();
  if (!connected) return tl::unexpected(connected.error());
  return index;
}

RecordsSqlite::~RecordsSqlite() {
  sqlite3_close(db_);
}

Result<bool> RecordsSqlite::connect() {
  auto refusal = refuse("corrupt", "the record index is of another program");
  if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK && run(kSchema)) {
    if (head().position == 0) run(("PRAGMA user_version=" + std::to_string(kForm)).c_str());
    Statement form(db_, "PRAGMA user_version");
    if (form.step() && form.integer(0) == kForm) return true;
  } else {
    refusal = sqlite::failure(db_, "opening the record index");
  }
  sqlite3_close(std::exchange(db_, nullptr));
  return refusal;
}

Result<bool> RecordsSqlite::begin_anew() {
  sqlite3_close(std::exchange(db_, nullptr));
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + part, ignored);
  return connect();
}

bool RecordsSqlite::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

ports::JournalHead RecordsSqlite::head() {
  Statement row(db_, "SELECT position, hash FROM read_to");
  if (row.step()) return {row.integer(0), row.text(1)};
  return {0, ports::kChainStart};
}

Result<bool> RecordsSqlite::take(const std::vector<RecordNote>& notes, const ports::JournalHead& head) {
  if (!db_) return refuse("io", "the record index cannot be opened");
  const auto fails = [this] {
    auto refusal = sqlite::failure(db_, "writing the record index");
    run("ROLLBACK");
    return refusal;
  };
  if (!run("BEGIN IMMEDIATE")) return fails();
  if (!std::ranges::all_of(notes, [this](const auto& note) { return take_one(note); })) return fails();
  Statement to(db_, "INSERT OR REPLACE INTO read_to(one, position, hash) VALUES(1, ?, ?)");
  to.bind(1, head.position).bind(2, head.hash).step();
  if (!to.finished() || !run("COMMIT")) return fails();
  const bool gone = std::ranges::any_of(notes, [](const auto& n) { return n.what == RecordNote::What::forgotten; });
  if (gone) sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return true;
}

bool RecordsSqlite::take_one(const RecordNote& note) {
  if (note.what == RecordNote::What::forgotten) return forget(note);
  if (note.what == RecordNote::What::happened) {
    Statement put(db_,
                  "INSERT INTO records(kind, id, caller, station, at) VALUES(?1, ?2, "
                  "CASE WHEN ?6 = 0 THEN ?3 ELSE coalesce((SELECT caller FROM records WHERE kind = 1 AND id = ?6), 0) "
                  "END, ?4, ?5) ON CONFLICT(kind, id) DO UPDATE SET at = max(at, excluded.at), "
                  "station = CASE WHEN excluded.station = '' THEN station ELSE excluded.station END, "
                  "caller = CASE WHEN excluded.caller = 0 THEN caller ELSE excluded.caller END");
    put.bind(1, number(note.kind)).bind(2, note.id).bind(3, note.caller.value).bind(4, note.station.value);
    put.bind(5, note.at.ms).bind(6, note.of_call.value).step();
    if (!put.finished()) return false;
  }
  return !note.person || put_reader(note);
}

bool RecordsSqlite::put_reader(const RecordNote& note) {
  // Only of what is there: what was forgotten has no readers either.
  Statement put(db_,
                "INSERT INTO readers(kind, id, person, first, last, worked) SELECT kind, id, ?3, ?4, ?4, ?5 "
                "FROM records WHERE kind = ?1 AND id = ?2 ON CONFLICT(kind, id, person) "
                "DO UPDATE SET last = max(last, excluded.last), worked = max(worked, excluded.worked)");
  put.bind(1, number(note.kind)).bind(2, note.id).bind(3, note.person.value).bind(4, note.at.ms);
  put.bind(5, std::int64_t{note.what == RecordNote::What::happened}).step();
  return put.finished();
}

bool RecordsSqlite::forget(const RecordNote& note) {
  for (const char* sql :
       {"INSERT OR IGNORE INTO orphaned(caller) SELECT caller FROM records WHERE kind = ? AND id = ? AND caller <> 0",
        "DELETE FROM readers WHERE kind = ? AND id = ?", "DELETE FROM records WHERE kind = ? AND id = ?"}) {
    Statement step(db_, sql);
    step.bind(1, number(note.kind)).bind(2, note.id).step();
    if (!step.finished()) return false;
  }
  return true;
}

std::vector<RecordFound> RecordsSqlite::of_caller(CallerRef caller, std::int64_t most) {
  std::vector<RecordFound> all;
  if (!db_ || !caller) return all;
  Statement rows(db_,
                 "SELECT kind, id, station, at FROM records WHERE caller = ?1 AND caller <> 0 ORDER BY at DESC, kind, "
                 "id LIMIT ?2");
  rows.bind(1, caller.value).bind(2, most);
  while (rows.step()) {
    RecordFound found{static_cast<RecordKind>(rows.integer(0)), rows.integer(1), {rows.text(2)}, {rows.integer(3)}, {}};
    Statement readers(db_, "SELECT person, first, last, worked FROM readers WHERE kind = ? AND id = ? ORDER BY first");
    readers.bind(1, rows.integer(0)).bind(2, found.id);
    while (readers.step())
      found.readers.push_back(
          {{readers.integer(0)}, {readers.integer(1)}, {readers.integer(2)}, readers.integer(3) != 0});
    all.push_back(std::move(found));
  }
  return all;
}

CallerRef RecordsSqlite::caller_of(RecordKind kind, std::int64_t id) {
  if (!db_) return {};
  Statement row(db_, "SELECT caller FROM records WHERE kind = ? AND id = ?");
  row.bind(1, number(kind)).bind(2, id);
  return row.step() ? CallerRef{row.integer(0)} : CallerRef{};
}

std::vector<std::int64_t> RecordsSqlite::untouched(RecordKind kind, Instant before, std::int64_t most) {
  std::vector<std::int64_t> ids;
  if (!db_) return ids;
  auto& cursor = cursors_[static_cast<std::size_t>(kind)];
  Statement rows(db_,
                 "SELECT id, at FROM records WHERE kind = ?1 AND at < ?2 AND (at, id) > (?3, ?4) ORDER BY at, id "
                 "LIMIT ?5");
  rows.bind(1, number(kind)).bind(2, before.ms).bind(3, cursor.at).bind(4, cursor.id).bind(5, most);
  while (rows.step()) {
    ids.push_back(rows.integer(0));
    cursor = {rows.integer(1), rows.integer(0)};
  }
  if (static_cast<std::int64_t>(ids.size()) < most) cursor = {};
  return ids;
}

std::vector<CallerRef> RecordsSqlite::orphaned(std::int64_t most) {
  std::vector<CallerRef> callers;
  if (!db_) return callers;
  // Whoever called again is a caller like any other.
  run("DELETE FROM orphaned WHERE EXISTS (SELECT 1 FROM records r WHERE r.caller = orphaned.caller AND r.caller <> 0)");
  Statement rows(db_, "SELECT caller FROM orphaned LIMIT ?");
  rows.bind(1, most);
  while (rows.step()) callers.push_back({rows.integer(0)});
  return callers;
}

void RecordsSqlite::unlinked(const std::vector<CallerRef>& callers) {
  if (!db_ || !run("BEGIN IMMEDIATE")) return;
  for (const auto caller : callers) {
    Statement row(db_, "DELETE FROM orphaned WHERE caller = ?");
    row.bind(1, caller.value).step();
  }
  run("COMMIT");
}

}  // namespace sigap::records_sqlite
