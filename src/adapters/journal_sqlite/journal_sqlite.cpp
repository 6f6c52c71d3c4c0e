#include "adapters/journal_sqlite/journal_sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "ports/journal_chain.h"
#include "sqlite/existing.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::journal_sqlite {
namespace {

using sqlite::Binder;
using sqlite::Statement;

constexpr std::int64_t kNoteEvery_ms = 1000;  // a cut of less than a second's tail is found by nothing but the hands
constexpr int kBusy_ms = 5000;

constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS events(
  position INTEGER PRIMARY KEY, stream TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  body TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE(stream, seq));
DROP TABLE IF EXISTS checkpoints;
PRAGMA application_id = 0x53696761;
)";

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Result<std::unique_ptr<JournalSqlite>> JournalSqlite::open(const std::filesystem::path& data_folder,
                                                           const std::filesystem::path& key_folder, Mode mode) {
  std::unique_ptr<JournalSqlite> journal(new JournalSqlite);
  if (auto ready = journal->set_up(data_folder, key_folder, mode); !ready) return tl::unexpected(ready.error());
  return journal;
}

JournalSqlite::~JournalSqlite() {
  if (db_ && mode_ == Mode::write) note_head();
  sqlite3_finalize(insert_);
  sqlite3_close(db_);
  checkpoints_.reset();
  if (lock_ >= 0) close(lock_);
}

Result<bool> JournalSqlite::set_up(const std::filesystem::path& data_folder, const std::filesystem::path& key_folder,
                                   Mode mode) {
  mode_ = mode;
  data_folder_ = data_folder;
  head_file_ = key_folder / "head";
  const auto file = data_folder / "journal.sqlite";
  std::error_code error;
  if (mode == Mode::write) {
    std::filesystem::create_directories(data_folder, error);
    std::filesystem::create_directories(key_folder, error);
    lock_ = ::open((data_folder / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (lock_ < 0) return refuse("io", "the data folder cannot be written: " + data_folder.string());
    if (flock(lock_, LOCK_EX | LOCK_NB) != 0)
      return refuse("locked", "another process writes this data folder: " + data_folder.string());
  } else if (!std::filesystem::exists(file)) {
    return refuse("missing", "there is no journal in this folder: " + data_folder.string());
  }
  if (mode == Mode::read) {
    auto opened = sqlite::open_existing(file);
    if (!opened) return tl::unexpected(opened.error());
    db_ = *opened;
  } else if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    return failure("opening");
  }
  sqlite3_busy_timeout(db_, kBusy_ms);
  if (mode == Mode::write) {
    for (const char* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", kSchema})
      if (auto done = run(sql); !done) return done;
    constexpr const char* kInsert = "INSERT INTO events(position, stream, epoch, seq, body, hash) VALUES(?,?,?,?,?,?)";
    if (sqlite3_prepare_v3(db_, kInsert, -1, SQLITE_PREPARE_PERSISTENT, &insert_, nullptr) != SQLITE_OK)
      return failure("preparing");
  }
  Statement last(db_, "SELECT position, hash FROM events ORDER BY position DESC LIMIT 1");
  if (!last.good()) return refuse("not_a_journal", "this file holds no journal");
  head_ = {0, ports::kChainStart};
  if (last.step()) head_ = {last.integer(0), last.text(1)};
  if (mode == Mode::write) compare_with_note();
  checkpoints_ = CheckpointsSqlite::open(data_folder, mode == Mode::write);
  if (mode == Mode::write) checkpoints_->keep_only(fits_chain());  // those of another journal would outlive our own
  return true;
}

void JournalSqlite::compare_with_note() {
  ports::JournalHead noted;
  std::ifstream(head_file_) >> noted.position >> noted.hash;
  if (noted.position == 0) return;
  Statement there(db_, "SELECT hash FROM events WHERE position = ?");
  there.bind(1, noted.position);
  if (there.step() && there.text(0) == noted.hash) return;
  lost_tail_ = std::to_string(noted.position) + " events were noted, " + std::to_string(head_.position) +
               " are here, or others in their place";
  std::error_code error;
  std::filesystem::rename(head_file_, head_file_.string() + ".lost", error);
}

Result<ports::JournalHead> JournalSqlite::append(std::vector<ports::JournalLine> lines) {
  if (mode_ != Mode::write) return refuse("io", "opened for reading");
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
  ports::JournalHead head = head_;
  for (const auto& line : lines) {
    head = {head.position + 1, ports::next_hash(head.hash, line.body)};
    const bool stored = line.position == head.position && Binder(insert_)
                                                              .integer(1, line.position)
                                                              .text(2, line.stream)
                                                              .integer(3, line.epoch)
                                                              .integer(4, line.seq)
                                                              .text(5, line.body)
                                                              .text(6, head.hash)
                                                              .done();
    if (stored) continue;
    auto refusal = failure("appending");
    (void)run("ROLLBACK");
    return refusal;
  }
  if (auto committed = run("COMMIT"); !committed) {
    (void)run("ROLLBACK");
    return tl::unexpected(committed.error());
  }
  head_ = head;
  if (steady_ms() - noted_ms_ >= kNoteEvery_ms) note_head();
  return head_;
}

Result<ports::JournalHead> JournalSqlite::read(std::int64_t position,
                                               const std::function<bool(const ports::JournalLine&)>& take) {
  ports::JournalHead at{position - 1, ports::kChainStart};
  if (position > 1) {
    Statement before(db_, "SELECT hash FROM events WHERE position = ?");
    before.bind(1, position - 1);
    if (!before.step()) return refuse("corrupt", "position " + std::to_string(position - 1) + " is missing");
    at.hash = before.text(0);
  }
  Statement rows(db_,
                 "SELECT position, stream, epoch, seq, body, hash FROM events WHERE position >= ? ORDER BY position");
  rows.bind(1, position);
  while (rows.step()) {
    const ports::JournalLine line{rows.integer(0), rows.text(1), rows.integer(2),
                                  rows.integer(3), rows.text(4), rows.text(5)};
    const std::string where = "position " + std::to_string(at.position + 1);
    if (line.position != at.position + 1) return refuse("corrupt", where + " is missing");
    at = {line.position, ports::next_hash(at.hash, line.body)};
    if (at.hash != line.hash) return refuse("corrupt", where + " does not match the chain");
    if (!take(line)) return at;
  }
  if (!rows.finished()) return failure("reading");
  return at;
}

Result<bool> JournalSqlite::save(const ports::Checkpoint& checkpoint) {
  return checkpoints_->save(checkpoint);
}

std::optional<ports::Checkpoint> JournalSqlite::newest_checkpoint() {
  return checkpoints_->newest(fits_chain());
}

std::function<bool(std::int64_t, const std::string&)> JournalSqlite::fits_chain() {
  return [this](std::int64_t position, const std::string& hash) { return hash_at(position) == hash; };
}

Result<ports::JournalHead> JournalSqlite::verify() {
  ports::JournalHead noted;
  std::ifstream(head_file_) >> noted.position >> noted.hash;
  std::string hash_there;
  std::optional<Refusal> wrong;
  auto head = read(1, [&](const ports::JournalLine& line) {
    if (line.position == noted.position) hash_there = line.hash;
    const std::string seq = "\"seq\":" + std::to_string(line.seq) + ",";
    const std::string epoch = "\"epoch\":" + std::to_string(line.epoch) + ",";
    const std::string stream = "\"stream\":\"" + line.stream + "\",";
    if (line.body.find(seq) == std::string::npos || line.body.find(epoch) == std::string::npos ||
        line.body.find(stream) == std::string::npos)
      wrong = Refusal{"corrupt", "", "position " + std::to_string(line.position) + ": its columns are not its body's"};
    return !wrong;
  });
  if (wrong) return tl::unexpected(*wrong);
  if (!head) return head;
  if (noted.position > head->position)
    return refuse("corrupt", "the tail is cut: " + std::to_string(noted.position) + " events were noted, " +
                                 std::to_string(head->position) + " are here");
  if (noted.position == 0 && head->position > 0)
    return refuse("unproved", std::to_string(head->position) +
                                  " events are whole; that none is missing at the end cannot be told without the head "
                                  "noted in the key folder");
  if (noted.position > 0 && hash_there != noted.hash)
    return refuse("corrupt", "position " + std::to_string(noted.position) + " is not the one that was noted");
  return head;
}

void JournalSqlite::note_head() {
  const auto fresh = head_file_.string() + ".new";
  std::ofstream(fresh) << head_.position << ' ' << head_.hash << '\n';
  std::error_code error;
  std::filesystem::rename(fresh, head_file_, error);
  noted_ms_ = steady_ms();
}

Result<bool> JournalSqlite::run(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failure(sql);
  return true;
}

tl::unexpected<Refusal> JournalSqlite::failure(const char* doing) const {
  return sqlite::failure(db_, doing);
}

}  // namespace sigap::journal_sqlite
