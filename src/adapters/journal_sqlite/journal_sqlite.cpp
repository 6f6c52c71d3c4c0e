#include "adapters/journal_sqlite/journal_sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "adapters/journal_sqlite/noted_head.h"
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
                                                           const std::filesystem::path& key_folder, Mode mode,
                                                           const ports::JournalSealMaker& sealer) {
  std::unique_ptr<JournalSqlite> journal(new JournalSqlite);
  if (auto ready = journal->set_up(data_folder, key_folder, mode, sealer); !ready) return tl::unexpected(ready.error());
  return journal;
}

JournalSqlite::~JournalSqlite() {
  if (writes_) note_head();
  sqlite3_finalize(insert_);
  sqlite3_close(db_);
  checkpoints_.reset();
  if (lock_ >= 0) close(lock_);
}

Result<bool> JournalSqlite::set_up(const std::filesystem::path& data_folder, const std::filesystem::path& key_folder,
                                   Mode mode, const ports::JournalSealMaker& sealer) {
  mode_ = mode;
  data_folder_ = data_folder;
  head_file_ = key_folder / "head";
  const auto file = data_folder / "journal.sqlite";
  std::error_code error;
  if (mode == Mode::settle && !std::filesystem::exists(file))
    return refuse("missing", "there is no journal in this folder: " + data_folder.string());
  if (mode != Mode::read) {
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
  if (mode != Mode::read)
    for (const char* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", kSchema})
      if (auto done = run(sql); !done) return done;
  Statement last(db_, "SELECT position, hash FROM events ORDER BY position DESC LIMIT 1");
  if (!last.good()) return refuse("not_a_journal", "this file holds no journal");
  head_ = {0, ports::kChainStart};
  if (last.step()) head_ = {last.integer(0), last.text(1)};
  has_seals_ = look_for_seals();
  if (sealer) {
    auto seal = sealer(head_.position == 0);
    if (!seal) return tl::unexpected(seal.error());
    seal_ = std::move(*seal);
  }
  const auto noted = read_note(head_file_);
  if (mode != Mode::read && seal_) {
    unproved_ = unproved_after(proved_to(noted), noted);
    if (unproved_ && mode == Mode::write && believed_once(noted)) {
      believed_ = std::to_string(unproved_->last - unproved_->first + 1) + " lines from position " +
                  std::to_string(unproved_->first) + " on (the first says " + unproved_->since +
                  ") were not noted before the upgrade";
      unproved_.reset();
    }
    if (unproved_ && mode == Mode::write) return tl::unexpected(unproved_refusal(*unproved_, noted));
  }
  if (mode != Mode::read) lost_tail_ = fault_of(noted);
  checkpoints_ = CheckpointsSqlite::open(data_folder, mode != Mode::read, seal_);
  return mode == Mode::write ? begin_writing(noted) : Result<bool>(true);
}

Result<bool> JournalSqlite::begin_writing(const NotedHead& noted) {
  keep_lost_note();
  if (seal_ && !has_seals_) {
    // Of before seals, and proved: from here on it is sealed, and so are the states folded from it.
    believe_states(noted.seal.empty());
    if (auto begun = together([this] { return seal_line(head_); }); !begun) return begun;
  }
  if (seal_) mark_sealed(head_file_.parent_path());  // after the column: killed in between, the next start does it
  checkpoints_->keep_only(fits_chain());             // those of another journal would outlive our own
  constexpr const char* kInsert = "INSERT INTO events(position, stream, epoch, seq, body, hash) VALUES(?,?,?,?,?,?)";
  constexpr const char* kInsertSealed =
      "INSERT INTO events(position, stream, epoch, seq, body, hash, seal) VALUES(?,?,?,?,?,?,?)";
  if (sqlite3_prepare_v3(db_, seal_ ? kInsertSealed : kInsert, -1, SQLITE_PREPARE_PERSISTENT, &insert_, nullptr) !=
      SQLITE_OK)
    return failure("preparing");
  writes_ = true;
  if (seal_ && head_.position > 0) note_head();
  return true;
}

std::string JournalSqlite::fault_of(const NotedHead& noted) {
  if (noted.head.position == 0)
    return has_seals_ && seal_ && head_.position > 0
               ? "nothing is noted in the key folder, or nothing that can be read: a cut tail cannot be told"
               : "";
  const auto counted =
      std::to_string(noted.head.position) + " events were noted, " + std::to_string(head_.position) + " are here, ";
  if (!note_counts(noted))
    return counted + "but the note is not sealed with this master key: a cut tail cannot be told";
  if (hash_at(noted.head.position) == noted.head.hash) return {};
  return counted + "or others in their place";
}

void JournalSqlite::keep_lost_note() {
  std::error_code error;
  if (!lost_tail_.empty()) std::filesystem::rename(head_file_, head_file_.string() + ".lost", error);
}

Result<ports::JournalHead> JournalSqlite::append(std::vector<ports::JournalLine> lines) {
  if (!writes_) return refuse("io", "opened for reading");
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
  ports::JournalHead head = head_;
  for (const auto& line : lines) {
    head = {head.position + 1, ports::next_hash(head.hash, line.body)};
    const auto seal = seal_ && &line == &lines.back() ? line_seal(head) : std::string();
    const auto store = [&] {
      Binder row(insert_);
      row.integer(1, line.position).text(2, line.stream).integer(3, line.epoch).integer(4, line.seq);
      row.text(5, line.body).text(6, head.hash);
      if (!seal.empty()) row.text(7, seal);
      return row.done();
    };
    if (line.position == head.position && store()) continue;
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
  return walk(position, false, [&take](const ports::JournalLine& line, const std::string&) { return take(line); });
}

Result<ports::JournalHead> JournalSqlite::walk(std::int64_t position, bool with_seals, const Take& take) {
  ports::JournalHead at{position - 1, ports::kChainStart};
  if (position > 1) {
    const auto before = hash_at(position - 1);
    if (!before) return refuse("corrupt", "position " + std::to_string(position - 1) + " is missing");
    at.hash = *before;
  }
  Statement rows(db_, with_seals ? "SELECT position, stream, epoch, seq, body, hash, seal FROM events "
                                   "WHERE position >= ? ORDER BY position"
                                 : "SELECT position, stream, epoch, seq, body, hash, NULL FROM events "
                                   "WHERE position >= ? ORDER BY position");
  rows.bind(1, position);
  while (rows.step()) {
    const ports::JournalLine line{rows.integer(0), rows.text(1), rows.integer(2),
                                  rows.integer(3), rows.text(4), rows.text(5)};
    const std::string where = "position " + std::to_string(at.position + 1);
    if (line.position != at.position + 1) return refuse("corrupt", where + " is missing");
    at = {line.position, ports::next_hash(at.hash, line.body)};
    if (at.hash != line.hash) return refuse("corrupt", where + " does not match the chain");
    if (!take(line, rows.text(6))) return at;
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
  const auto noted = read_note(head_file_);
  const auto noted_at = noted.head.position;
  std::string hash_there;
  std::int64_t proved = 0;
  std::optional<Refusal> wrong;
  const auto check = [&](const ports::JournalLine& line, const std::string& seal) {
    if (line.position == noted_at) hash_there = line.hash;
    const std::string seq = "\"seq\":" + std::to_string(line.seq) + ",";
    const std::string epoch = "\"epoch\":" + std::to_string(line.epoch) + ",";
    const std::string stream = "\"stream\":\"" + line.stream + "\",";
    if (line.body.find(seq) == std::string::npos || line.body.find(epoch) == std::string::npos ||
        line.body.find(stream) == std::string::npos)
      wrong = Refusal{"corrupt", "", "position " + std::to_string(line.position) + ": its columns are not its body's"};
    if (seal_ && !seal.empty() && seal == line_seal({line.position, line.hash})) proved = line.position;
    return !wrong;
  };
  auto head = walk(1, has_seals_, check);
  if (wrong) return tl::unexpected(*wrong);
  if (!head) return head;
  if (noted_at > 0 && noted_at <= head->position && hash_there != noted.head.hash)
    return refuse("corrupt", "position " + std::to_string(noted_at) + " is not the one that was noted");
  if (seal_) {
    head_ = *head;  // as far as was read: a writer may have gone on
    if (note_counts(noted) && noted_at <= head->position) proved = std::max(proved, noted_at);
    if (const auto tail = unproved_after(proved, noted)) return tl::unexpected(unproved_refusal(*tail, noted));
  }
  if (noted_at > head->position)
    return refuse("cut", "the tail is cut: " + std::to_string(noted_at) + " events were noted, " +
                             std::to_string(head->position) + " are here");
  if (noted_at == 0 && head->position > 0)
    return refuse("unproved", std::to_string(head->position) +
                                  " events are whole; that none is missing at the end cannot be told without the head "
                                  "noted in the key folder");
  if (noted_at > 0 && !note_counts(noted))
    return refuse("unproved", "the lines are ours, but the head noted in the key folder (position " +
                                  std::to_string(noted_at) +
                                  ") is not sealed with this master key: that none is missing at the end cannot be "
                                  "told");
  return head;
}

void JournalSqlite::note_head() {
  (void)write_note(head_file_, head_, seal_);  // where it fails the old one stays, which is true as well
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
