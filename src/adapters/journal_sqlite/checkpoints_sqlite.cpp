#include "adapters/journal_sqlite/checkpoints_sqlite.h"

#include <sqlite3.h>

#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::journal_sqlite {
namespace {

using sqlite::Statement;

constexpr int kCheckpointsKept = 3;    // one to use, one should it be damaged, one to compare
constexpr int kCheckpointBusy_ms = 5000;

// Not FULL: one that a power cut takes is not missed, and no commit of the journal waits behind its bytes.
constexpr const char* kCheckpointSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
CREATE TABLE IF NOT EXISTS checkpoints(
  position INTEGER PRIMARY KEY, state TEXT NOT NULL, state_hash TEXT NOT NULL, journal_hash TEXT NOT NULL);
)";

void remove_database(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + part, ignored);
}

}  // namespace

Result<std::unique_ptr<CheckpointsSqlite>> CheckpointsSqlite::open(const std::filesystem::path& data_folder,
                                                                   bool write) {
  std::unique_ptr<CheckpointsSqlite> checkpoints(new CheckpointsSqlite);
  const auto file = data_folder / "checkpoints.sqlite";
  if (!write && !std::filesystem::exists(file)) return checkpoints;
  if (checkpoints->connect(file)) return checkpoints;
  if (!write) return checkpoints;
  remove_database(file);
  if (!checkpoints->connect(file)) return refuse("io", file.filename().string() + " cannot be written");
  return checkpoints;
}

CheckpointsSqlite::~CheckpointsSqlite() {
  sqlite3_close(db_);
}

bool CheckpointsSqlite::connect(const std::filesystem::path& file) {
  if (sqlite3_open(file.c_str(), &db_) == SQLITE_OK) {
    sqlite3_busy_timeout(db_, kCheckpointBusy_ms);
    if (sqlite3_exec(db_, kCheckpointSchema, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
  }
  sqlite3_close(db_);
  db_ = nullptr;
  return false;
}

Result<bool> CheckpointsSqlite::all_or_nothing(const char* doing, const std::function<bool()>& work) {
  const std::lock_guard lock(mutex_);
  if (!db_) return refuse("io", std::string(doing) + ": opened for reading");
  const auto run = [&](const char* sql) { return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; };
  if (run("BEGIN IMMEDIATE") && work() && run("COMMIT")) return true;
  auto refusal = sqlite::failure(db_, doing);
  (void)run("ROLLBACK");
  return refusal;
}

Result<bool> CheckpointsSqlite::save(const ports::Checkpoint& c) {
  return all_or_nothing("saving a checkpoint", [&] {
    Statement insert(db_,
                     "INSERT OR REPLACE INTO checkpoints(position, state, state_hash, journal_hash) VALUES(?,?,?,?)");
    insert.bind(1, c.position).bind(2, c.state).bind(3, c.state_hash).bind(4, c.journal_hash).step();
    if (!insert.finished()) return false;
    Statement prune(db_,
                    "DELETE FROM checkpoints WHERE position NOT IN (SELECT position FROM checkpoints ORDER BY position "
                    "DESC LIMIT ?)");
    prune.bind(1, std::int64_t{kCheckpointsKept}).step();
    return prune.finished();
  });
}

std::optional<ports::Checkpoint> CheckpointsSqlite::newest(
    const std::function<bool(std::int64_t, const std::string&)>& fit) {
  const std::lock_guard lock(mutex_);
  if (!db_) return std::nullopt;
  Statement rows(db_, "SELECT position, journal_hash FROM checkpoints ORDER BY position DESC");
  while (rows.step()) {
    const auto position = rows.integer(0);
    if (!fit(position, rows.text(1))) continue;
    Statement row(db_, "SELECT state, state_hash, journal_hash FROM checkpoints WHERE position = ?");
    if (!row.bind(1, position).step()) continue;
    return ports::Checkpoint{position, row.text(0), row.text(1), row.text(2)};
  }
  return std::nullopt;
}

Result<bool> CheckpointsSqlite::delete_after(std::int64_t position) {
  return all_or_nothing("moving a tail aside", [&] {
    Statement remove(db_, "DELETE FROM checkpoints WHERE position > ?");
    remove.bind(1, position).step();
    return remove.finished();
  });
}

}  // namespace sigap::journal_sqlite
