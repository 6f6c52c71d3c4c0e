#include "adapters/journal_sqlite/checkpoints_sqlite.h"

#include <sqlite3.h>

#include <utility>
#include <vector>

#include "sqlite/existing.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::journal_sqlite {
namespace {

using sqlite::Statement;

constexpr int kCheckpointsKept = 3;  // one to use, and what came before it to compare with
constexpr int kCheckpointBusy_ms = 5000;

// Not FULL: one that a power cut takes is not missed, and no commit of the journal waits behind its bytes.
constexpr const char* kCheckpointSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
CREATE TABLE IF NOT EXISTS checkpoints(
  position INTEGER PRIMARY KEY, state TEXT NOT NULL, state_hash TEXT NOT NULL, journal_hash TEXT NOT NULL);
)";
// A column of its own, which programs of before neither read nor write.
constexpr const char* kSealColumn = "ALTER TABLE checkpoints ADD COLUMN seal TEXT";
constexpr const char* kPrune =
    "DELETE FROM checkpoints WHERE position NOT IN (SELECT position FROM checkpoints ORDER BY position DESC LIMIT ?)";

}  // namespace

std::unique_ptr<CheckpointsSqlite> CheckpointsSqlite::open(const std::filesystem::path& data_folder, bool write,
                                                           const ports::JournalSeal& seal) {
  std::unique_ptr<CheckpointsSqlite> checkpoints(new CheckpointsSqlite(data_folder / "checkpoints.sqlite", seal));
  if (!write) {
    if (auto opened = sqlite::open_existing(checkpoints->file_); opened) checkpoints->db_ = *opened;
    if (checkpoints->db_) sqlite3_busy_timeout(checkpoints->db_, kCheckpointBusy_ms);
    return checkpoints;
  }
  const auto connected = checkpoints->connect();
  if (!connected && connected.error().code == "corrupt") checkpoints->begin_anew();
  return checkpoints;
}

CheckpointsSqlite::~CheckpointsSqlite() {
  sqlite3_close(db_);
}

Result<bool> CheckpointsSqlite::connect() {
  if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK) {
    sqlite3_busy_timeout(db_, kCheckpointBusy_ms);
    if (sqlite3_exec(db_, kCheckpointSchema, nullptr, nullptr, nullptr) == SQLITE_OK &&
        (!seal_ || has_seals() || sqlite3_exec(db_, kSealColumn, nullptr, nullptr, nullptr) == SQLITE_OK))
      return true;
  }
  auto refusal = sqlite::failure(db_, "opening the checkpoints");
  sqlite3_close(std::exchange(db_, nullptr));
  return refusal;
}

void CheckpointsSqlite::begin_anew() {
  sqlite3_close(std::exchange(db_, nullptr));
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + part, ignored);
  (void)connect();
}

Result<bool> CheckpointsSqlite::save(const ports::Checkpoint& checkpoint) {
  const std::lock_guard lock(mutex_);
  auto saved = insert(checkpoint);
  if (saved || saved.error().code != "corrupt") return saved;
  begin_anew();
  return insert(checkpoint);
}

Result<bool> CheckpointsSqlite::insert(const ports::Checkpoint& c) {
  if (!db_) return refuse("io", "the checkpoints' file cannot be opened");
  const auto fails = [this] {
    auto refusal = sqlite::failure(db_, "saving a checkpoint");
    (void)sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    return refusal;
  };
  if (sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) return fails();
  Statement put(
      db_, seal_ ? "INSERT OR REPLACE INTO checkpoints(position, state, state_hash, journal_hash, seal) "
                   "VALUES(?,?,?,?,?)"
                 : "INSERT OR REPLACE INTO checkpoints(position, state, state_hash, journal_hash) VALUES(?,?,?,?)");
  const auto seal = seal_ ? seal_of(c) : std::string();
  put.bind(1, c.position).bind(2, c.state).bind(3, c.state_hash).bind(4, c.journal_hash);
  if (seal_) put.bind(5, seal);
  put.step();
  if (!put.finished()) return fails();
  Statement prune(db_, kPrune);
  prune.bind(1, std::int64_t{kCheckpointsKept}).step();
  if (!prune.finished()) return fails();
  if (sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) return fails();
  return true;
}

std::optional<ports::Checkpoint> CheckpointsSqlite::newest(const Fits& fits) {
  const std::lock_guard lock(mutex_);
  if (!db_) return std::nullopt;
  Statement rows(db_, "SELECT position, journal_hash FROM checkpoints ORDER BY position DESC");
  while (rows.step()) {
    const auto position = rows.integer(0);
    if (!fits(position, rows.text(1))) continue;
    std::string seal;
    auto checkpoint = at(position, &seal);
    if (checkpoint && (!seal_ || seal == seal_of(*checkpoint))) return checkpoint;
  }
  return std::nullopt;
}

std::optional<ports::Checkpoint> CheckpointsSqlite::at(std::int64_t position, std::string* seal) {
  Statement row(db_, has_seals() ? "SELECT state, state_hash, journal_hash, seal FROM checkpoints WHERE position = ?"
                                 : "SELECT state, state_hash, journal_hash, NULL FROM checkpoints WHERE position = ?");
  if (!row.bind(1, position).step()) return std::nullopt;
  *seal = row.text(3);
  return ports::Checkpoint{position, row.text(0), row.text(1), row.text(2)};
}

std::string CheckpointsSqlite::seal_of(const ports::Checkpoint& c) const {
  return seal_({"checkpoint", std::to_string(c.position), c.journal_hash, c.state_hash, c.state});
}

bool CheckpointsSqlite::has_seals() const {
  return Statement(db_, "SELECT seal FROM checkpoints LIMIT 0").good();
}

void CheckpointsSqlite::seal_all(const Fits& fits) {
  const std::lock_guard lock(mutex_);
  if (!db_ || !seal_) return;
  std::vector<std::int64_t> ours;
  {
    Statement rows(db_, "SELECT position, journal_hash FROM checkpoints");
    while (rows.step())
      if (fits(rows.integer(0), rows.text(1))) ours.push_back(rows.integer(0));
  }
  for (const auto position : ours) {
    std::string none;
    const auto checkpoint = at(position, &none);
    if (!checkpoint) continue;
    Statement update(db_, "UPDATE checkpoints SET seal = ? WHERE position = ?");
    const auto seal = seal_of(*checkpoint);
    update.bind(1, seal).bind(2, position).step();
  }
}

void CheckpointsSqlite::keep_only(const Fits& fits) {
  const std::lock_guard lock(mutex_);
  if (!db_) return;
  std::vector<std::int64_t> others;
  {
    Statement rows(db_, seal_ ? "SELECT position, journal_hash, seal IS NULL FROM checkpoints"
                              : "SELECT position, journal_hash, 0 FROM checkpoints");
    while (rows.step())
      if (rows.integer(2) != 0 || !fits(rows.integer(0), rows.text(1))) others.push_back(rows.integer(0));
  }
  for (const auto position : others) {
    Statement remove(db_, "DELETE FROM checkpoints WHERE position = ?");
    remove.bind(1, position).step();
  }
}

}  // namespace sigap::journal_sqlite
