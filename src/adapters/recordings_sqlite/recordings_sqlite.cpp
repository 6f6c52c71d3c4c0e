#include "adapters/recordings_sqlite/recordings_sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "ports/journal_chain.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::recordings_sqlite {
namespace {

using ports::RecordingNote;
using sqlite::Statement;
using What = RecordingNote::What;

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS calls(
  call INTEGER PRIMARY KEY, station TEXT NOT NULL DEFAULT '', operator INTEGER NOT NULL DEFAULT 0,
  arrived INTEGER NOT NULL, connected INTEGER, ended INTEGER, outcome INTEGER, recording INTEGER);
CREATE INDEX IF NOT EXISTS recorded_by_time ON calls(arrived) WHERE recording IS NOT NULL;
CREATE TABLE IF NOT EXISTS incidents(call INTEGER, incident INTEGER, PRIMARY KEY(call, incident)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS incidents_calls ON incidents(incident);
CREATE TABLE IF NOT EXISTS tasks(call INTEGER, task INTEGER, PRIMARY KEY(call, task)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moments(incident INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS moments_of ON moments(incident, at);
CREATE TABLE IF NOT EXISTS plays(
  call INTEGER NOT NULL, at INTEGER NOT NULL, person INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS plays_of ON plays(call, at);
CREATE TABLE IF NOT EXISTS gone(recording INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS read_to(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL, hash TEXT NOT NULL);
)";

/// Raised when other rows, or rows that mean something else, are made of the same events.
constexpr std::int64_t kForm = 1;
/// Of one call: an incident that is worked on for days has some hundred lines, and a case is heard some dozen times;
/// own.
constexpr std::int64_t kMomentsMax = 500, kPlaysMax = 200;

constexpr const char* kRecordingGone =
    "INSERT OR IGNORE INTO gone(recording) SELECT recording FROM calls WHERE call = ? AND recording IS NOT NULL";
constexpr const char* kColumns = "call, station, operator, arrived, connected, ended, outcome, recording";

/// What SQLite says of a column: nothing, or a number.
std::optional<std::int64_t> maybe(const Statement& row, int column) {
  const auto text = row.text(column);
  return text.empty() ? std::nullopt : std::optional(row.integer(column));
}

core::KnownCall call_of(const Statement& row) {
  core::KnownCall call;
  call.call = {row.integer(0)};
  call.station = {row.text(1)};
  call.operator_ = {row.integer(2)};
  call.arrived = {row.integer(3)};
  if (const auto at = maybe(row, 4)) call.connected = Instant{*at};
  if (const auto at = maybe(row, 5)) call.ended = Instant{*at};
  if (const auto outcome = maybe(row, 6)) call.outcome = static_cast<calls::Outcome>(*outcome);
  call.recording = {maybe(row, 7).value_or(0)};
  call.records.calls.push_back(call.call);
  return call;
}

/// A list of numbers or words, for json_each().
template <class List>
std::string json_list(const List& list) {
  std::string text = "[";
  for (const auto& item : list) {
    if (text.size() > 1) text += ',';
    if constexpr (requires { item.value.size(); }) {
      text += '"';
      for (const char c : item.value) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
      }
      text += '"';
    } else {
      text += std::to_string(item.value);
    }
  }
  return text + "]";
}

}  // namespace

Result<std::unique_ptr<RecordingsSqlite>> RecordingsSqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<RecordingsSqlite> index(new RecordingsSqlite(data_folder / "recordings.sqlite"));
  auto connected = index->connect();
  if (!connected && connected.error().code == "corrupt") connected = index->begin_anew();
  if (!connected) return tl::unexpected(connected.error());
  return index;
}

RecordingsSqlite::~RecordingsSqlite() {
  sqlite3_close(db_);
}

Result<bool> RecordingsSqlite::connect() {
  auto refusal = refuse("corrupt", "the index of recordings is of another program");
  if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK && run(kSchema)) {
    if (head().position == 0) run(("PRAGMA user_version=" + std::to_string(kForm)).c_str());
    Statement form(db_, "PRAGMA user_version");
    if (form.step() && form.integer(0) == kForm) return true;
  } else {
    refusal = sqlite::failure(db_, "opening the index of recordings");
  }
  sqlite3_close(std::exchange(db_, nullptr));
  return refusal;
}

Result<bool> RecordingsSqlite::begin_anew() {
  sqlite3_close(std::exchange(db_, nullptr));
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + part, ignored);
  return connect();
}

bool RecordingsSqlite::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

ports::JournalHead RecordingsSqlite::head() {
  Statement row(db_, "SELECT position, hash FROM read_to");
  if (row.step()) return {row.integer(0), row.text(1)};
  return {0, ports::kChainStart};
}

Result<bool> RecordingsSqlite::take(const std::vector<RecordingNote>& notes, const ports::JournalHead& head) {
  if (!db_) return refuse("io", "the index of recordings cannot be opened");
  const auto fails = [this] {
    auto refusal = sqlite::failure(db_, "writing the index of recordings");
    run("ROLLBACK");
    return refusal;
  };
  if (!run("BEGIN IMMEDIATE")) return fails();
  if (!std::ranges::all_of(notes, [this](const auto& note) { return take_one(note); })) return fails();
  Statement to(db_, "INSERT OR REPLACE INTO read_to(one, position, hash) VALUES(1, ?, ?)");
  to.bind(1, head.position).bind(2, head.hash).step();
  if (!to.finished() || !run("COMMIT")) return fails();
  const bool gone = std::ranges::any_of(notes, [](const auto& n) { return n.what == What::forgotten; });
  if (gone) sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return true;
}

bool RecordingsSqlite::take_one(const RecordingNote& n) {
  const auto done = [](Statement& statement) { return statement.step(), statement.finished(); };
  const auto number = [&](const char* sql, std::int64_t value) {
    Statement set(db_, sql);
    return done(set.bind(1, n.call.value).bind(2, value));
  };
  switch (n.what) {
    case What::arrived: {
      Statement put(db_, "INSERT OR IGNORE INTO calls(call, station, arrived) VALUES(?, ?, ?)");
      return done(put.bind(1, n.call.value).bind(2, n.station.value).bind(3, n.at.ms));
    }
    case What::home: {
      Statement set(db_, "UPDATE calls SET station = ?2 WHERE call = ?1");
      return done(set.bind(1, n.call.value).bind(2, n.station.value));
    }
    case What::talked:
      return number("UPDATE calls SET operator = ?2 WHERE call = ?1", n.person.value);
    case What::connected:
      return number("UPDATE calls SET connected = coalesce(connected, ?2) WHERE call = ?1", n.at.ms);
    case What::ended:
      return number("UPDATE calls SET ended = ?2 WHERE call = ?1", n.at.ms);
    case What::outcome:
      return number("UPDATE calls SET outcome = ?2 WHERE call = ?1", n.value);
    case What::incident:
      return number("INSERT OR IGNORE INTO incidents(call, incident) VALUES(?1, ?2)", n.incident.value);
    case What::task:
      return number("INSERT OR IGNORE INTO tasks(call, task) VALUES(?1, ?2)", n.value);
    case What::recorded:
      return number("UPDATE calls SET recording = ?2 WHERE call = ?1", n.value);
    case What::dropped:
      return all(n.call.value, {kRecordingGone, "UPDATE calls SET recording = NULL WHERE call = ?"});
    case What::played: {
      Statement put(db_, "INSERT INTO plays(call, at, person, position) VALUES(?, ?, ?, ?)");
      return done(put.bind(1, n.call.value).bind(2, n.at.ms).bind(3, n.person.value).bind(4, n.position));
    }
    case What::moment: {
      Statement put(db_, "INSERT INTO moments(incident, at, kind) VALUES(?, ?, ?)");
      return done(put.bind(1, n.incident.value).bind(2, n.at.ms).bind(3, n.value));
    }
    case What::forgotten:
      return forget(n);
  }
  return false;
}

bool RecordingsSqlite::forget(const RecordingNote& note) {
  if (note.incident) return all(note.incident.value, {"DELETE FROM moments WHERE incident = ?"});
  return all(note.call.value,
             {kRecordingGone, "DELETE FROM calls WHERE call = ?", "DELETE FROM incidents WHERE call = ?",
              "DELETE FROM tasks WHERE call = ?", "DELETE FROM plays WHERE call = ?"});
}

bool RecordingsSqlite::all(std::int64_t id, std::initializer_list<const char*> statements) {
  return std::ranges::all_of(statements, [&](const char* sql) {
    Statement step(db_, sql);
    step.bind(1, id).step();
    return step.finished();
  });
}

std::vector<RecordingId> RecordingsSqlite::gone(std::int64_t most) {
  std::vector<RecordingId> recordings;
  if (!db_) return recordings;
  Statement rows(db_, "SELECT recording FROM gone ORDER BY recording LIMIT ?");
  rows.bind(1, most);
  while (rows.step()) recordings.push_back({rows.integer(0)});
  return recordings;
}

void RecordingsSqlite::deleted(RecordingId recording) {
  if (db_) all(recording.value, {"DELETE FROM gone WHERE recording = ?"});
}

void RecordingsSqlite::add_records(core::KnownCall& call) {
  Statement incidents(db_, "SELECT incident FROM incidents WHERE call = ? ORDER BY incident");
  incidents.bind(1, call.call.value);
  while (incidents.step()) call.records.incidents.push_back({incidents.integer(0)});
  Statement tasks(db_, "SELECT task FROM tasks WHERE call = ? ORDER BY task");
  tasks.bind(1, call.call.value);
  while (tasks.step()) call.records.tasks.push_back({tasks.integer(0)});
}

void RecordingsSqlite::add_what_happened(core::KnownCall& call) {
  Statement moments(db_,
                    "SELECT at, kind FROM moments WHERE incident IN (SELECT incident FROM incidents WHERE call = ?1) "
                    "ORDER BY at LIMIT ?2");
  moments.bind(1, call.call.value).bind(2, kMomentsMax);
  while (moments.step())
    call.moments.push_back({static_cast<incidents::HappeningKind>(moments.integer(1)), {moments.integer(0)}});
  Statement plays(db_, "SELECT person, at, position FROM plays WHERE call = ?1 ORDER BY at DESC LIMIT ?2");
  plays.bind(1, call.call.value).bind(2, kPlaysMax);
  while (plays.step()) call.plays.push_back({{plays.integer(0)}, {plays.integer(1)}, plays.integer(2), {}});
}

std::vector<core::KnownCall> RecordingsSqlite::find(const ports::RecordingQuery& q) {
  std::vector<core::KnownCall> found;
  if (!db_) return found;
  std::string sql = std::string("SELECT ") + kColumns + " FROM calls WHERE 1";
  const auto calls = json_list(q.calls), stations = json_list(q.stations);
  if (q.recorded) sql += " AND recording IS NOT NULL";
  if (!q.calls.empty()) sql += " AND call IN (SELECT value FROM json_each(?1))";
  if (!q.stations.empty() || q.operator_)
    sql += " AND (station IN (SELECT value FROM json_each(?2)) OR (operator = ?3 AND operator <> 0))";
  if (q.incident) sql += " AND call IN (SELECT call FROM incidents WHERE incident = ?4)";
  if (q.from) sql += " AND arrived >= ?5";
  if (q.until) sql += " AND arrived < ?6";
  sql += " ORDER BY arrived DESC, call DESC LIMIT ?7";
  Statement rows(db_, sql.c_str());
  rows.bind(1, calls).bind(2, stations).bind(3, q.operator_.value).bind(4, q.incident.value);
  rows.bind(5, q.from.value_or(Instant{}).ms).bind(6, q.until.value_or(Instant{}).ms).bind(7, q.most);
  while (rows.step()) {
    auto& call = found.emplace_back(call_of(rows));
    add_records(call);
    if (q.whole) add_what_happened(call);
  }
  return found;
}

std::vector<core::KnownCall> RecordingsSqlite::over(const ports::RecordingsKept& kept, std::int64_t most) {
  std::vector<core::KnownCall> found;
  if (!db_) return found;
  std::string outcomes = "[";
  bool without = false;
  for (const auto& outcome : kept.outcomes) {
    if (!outcome) {
      without = true;
      continue;
    }
    if (outcomes.size() > 1) outcomes += ',';
    outcomes += std::to_string(static_cast<std::int64_t>(*outcome));
  }
  outcomes += "]";
  auto& over_to = over_to_[outcomes];
  Statement rows(db_, (std::string("SELECT ") + kColumns +
                       " FROM calls WHERE recording IS NOT NULL AND ended IS NOT NULL AND ended < ?1 AND call > ?2 AND "
                       "(outcome IN (SELECT value FROM json_each(?3)) OR (outcome IS NULL AND ?4)) "
                       "ORDER BY call LIMIT ?5")
                          .c_str());
  rows.bind(1, kept.since.ms).bind(2, over_to).bind(3, outcomes).bind(4, std::int64_t{without}).bind(5, most);
  while (rows.step()) found.push_back(call_of(rows));
  over_to = static_cast<std::int64_t>(found.size()) < most ? 0 : found.back().call.value;
  return found;
}

}  // namespace sigap::recordings_sqlite
