// The journal in SQLite: WAL, synchronous=FULL, one transaction a batch, one writing process (a lock on the folder).
// The newest head is noted in the key folder as well, so that a cut tail is found even where the database looks whole.
// Format: docs/formats/journal.md. Source for durability: sqlite.org/wal.html, pragma synchronous.
#pragma once
#include <filesystem>
#include <memory>

#include "adapters/journal_sqlite/checkpoints_sqlite.h"
#include "ports/replica.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sigap::journal_sqlite {

enum class Mode {
  write,  ///< creates what is missing; takes the folder's lock
  read    ///< for verify, show, replay; beside a running writer is fine, and from media that cannot be written
};

class JournalSqlite final : public ports::ReplicaJournal {
 public:
  /// Refusals: "locked" (another process writes), "io", "not_a_journal", "missing" (reading what is not there),
  /// "log_unread" (sqlite/existing.h).
  static Result<std::unique_ptr<JournalSqlite>> open(const std::filesystem::path& data_folder,
                                                     const std::filesystem::path& key_folder, Mode mode);
  ~JournalSqlite() override;

  Result<ports::JournalHead> append(std::vector<ports::JournalLine> lines) override;
  ports::JournalHead head() const override { return head_; }
  Result<ports::JournalHead> read(std::int64_t position,
                                  const std::function<bool(const ports::JournalLine&)>& take) override;
  Result<bool> save(const ports::Checkpoint& checkpoint) override;
  std::optional<ports::Checkpoint> newest_checkpoint() override;
  std::optional<std::string> hash_at(std::int64_t position) override;
  Result<std::string> move_aside_after(std::int64_t position) override;

  /// What is wrong with the end of the journal by the noted head, when opened for writing: empty when all is well. The
  /// note is then kept aside (KEYS/head.lost), for whoever looks into it.
  const std::string& lost_tail() const { return lost_tail_; }
  /// Reads everything: the chain, the positions, the noted head. Refusals: "corrupt" says where and what, "unproved"
  /// when nothing was noted, so that a cut end could not be told.
  Result<ports::JournalHead> verify();
  /// Writes the head to the key folder now; append() does so at most once a second.
  void note_head();

 private:
  JournalSqlite() = default;
  Result<bool> set_up(const std::filesystem::path& data_folder, const std::filesystem::path& key_folder, Mode mode);
  Result<bool> run(const char* sql);
  std::function<bool(std::int64_t, const std::string&)> fits_chain();
  void compare_with_note();
  Result<bool> delete_after(const ports::JournalHead& end);
  tl::unexpected<Refusal> failure(const char* doing) const;

  std::unique_ptr<CheckpointsSqlite> checkpoints_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  int lock_ = -1;
  Mode mode_ = Mode::read;
  std::filesystem::path data_folder_, head_file_;
  std::string lost_tail_;
  ports::JournalHead head_;
  std::int64_t noted_ms_ = 0;
};

}  // namespace sigap::journal_sqlite
