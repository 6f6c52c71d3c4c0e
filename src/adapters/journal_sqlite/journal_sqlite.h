// The journal in SQLite: WAL, synchronous=FULL, one transaction a batch, one writing process (a lock on the folder).
// The newest head is noted in the key folder as well, so that a cut tail is found even where the database looks whole.
// With a seal (ports/journal_seal.h) the last line of each batch carries one, so that a tail which somebody else has
// appended is found: what is not proved is never served from. Without a seal it writes as programs of before did.
// Format: docs/formats/journal.md. Source for durability: sqlite.org/wal.html, pragma synchronous.
#pragma once
#include <filesystem>
#include <memory>

#include "adapters/journal_sqlite/checkpoints_sqlite.h"
#include "ports/journal_seal.h"
#include "ports/replica.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sigap::journal_sqlite {

struct NotedHead;

enum class Mode {
  write,  ///< creates what is missing; takes the folder's lock
  read,   ///< for verify, show, replay; beside a running writer is fine, and from media that cannot be written
  settle  ///< a person decides about an end that is not proved: takes the lock, appends nothing
};

/// Lines that are whole, and of which no seal says that a holder of the master key wrote them.
struct Unproved {
  std::int64_t first = 0, last = 0;
  std::string since;       ///< what the first says of its time, RFC 3339
  std::int64_t noted = 0;  ///< how many events KEYS/head tells of
};

class JournalSqlite final : public ports::ReplicaJournal {
 public:
  /// Refusals: "locked" (another process writes), "io", "not_a_journal", "missing" (reading what is not there),
  /// "log_unread" (sqlite/existing.h), "unproved" (for writing: the end may be somebody else's), those of `sealer`.
  static Result<std::unique_ptr<JournalSqlite>> open(const std::filesystem::path& data_folder,
                                                     const std::filesystem::path& key_folder, Mode mode,
                                                     const ports::JournalSealMaker& sealer = {});
  ~JournalSqlite() override;

  Result<ports::JournalHead> append(std::vector<ports::JournalLine> lines) override;
  ports::JournalHead head() const override { return head_; }
  Result<ports::JournalHead> read(std::int64_t position,
                                  const std::function<bool(const ports::JournalLine&)>& take) override;
  Result<bool> save(const ports::Checkpoint& checkpoint) override;
  std::optional<ports::Checkpoint> newest_checkpoint() override;
  std::optional<std::string> hash_at(std::int64_t position) override;
  Result<std::string> move_aside_after(std::int64_t position) override;

  /// What is wrong with the end of the journal by the noted head, when opened for writing or to settle it: empty when
  /// all is well. For writing the note is then kept aside (KEYS/head.lost), for whoever looks into it.
  const std::string& lost_tail() const { return lost_tail_; }
  /// Opened for writing: what was believed without a proof, for the program before an upgrade had not noted it. Once.
  const std::string& believed() const { return believed_; }
  /// When opened to settle it.
  const std::optional<Unproved>& unproved() const { return unproved_; }
  /// A person says that these lines are ours, and all that there is: they are sealed, and the head is noted; a note
  /// that tells something else is kept aside. Refusal "corrupt": not even whole.
  Result<ports::JournalHead> accept_unproved();
  /// Reads everything: the chain, the positions, the seals where it was opened with one, the noted head. Refusals:
  /// "corrupt" says where and what, "cut" when more was noted than is here, "unproved" when nothing was noted, so that
  /// a cut end could not be told, or when no seal says who wrote the end.
  Result<ports::JournalHead> verify();
  /// Writes the head to the key folder now; append() does so at most once a second.
  void note_head();

 private:
  JournalSqlite() = default;
  Result<bool> set_up(const std::filesystem::path& data_folder, const std::filesystem::path& key_folder, Mode mode,
                      const ports::JournalSealMaker& sealer);
  Result<bool> begin_writing(const NotedHead& noted);
  using Take = std::function<bool(const ports::JournalLine&, const std::string& seal)>;
  Result<ports::JournalHead> walk(std::int64_t position, bool with_seals, const Take& take);
  Result<bool> run(const char* sql);
  std::function<bool(std::int64_t, const std::string&)> fits_chain();
  std::string fault_of(const NotedHead& noted);
  // Who wrote the end (proof.cpp):
  std::string line_seal(const ports::JournalHead& line) const;
  bool note_counts(const NotedHead& noted) const;
  bool believed_once(const NotedHead& noted);
  void keep_lost_note();
  std::int64_t proved_to(const NotedHead& noted);
  std::optional<Unproved> unproved_after(std::int64_t position, const NotedHead& noted);
  Refusal unproved_refusal(const Unproved& tail, const NotedHead& noted);
  void believe_states(bool whole);
  bool look_for_seals() const;
  Result<bool> seal_line(const ports::JournalHead& line);
  Result<bool> together(const std::function<Result<bool>()>& work);
  Result<bool> delete_after(const ports::JournalHead& end);
  tl::unexpected<Refusal> failure(const char* doing) const;

  std::unique_ptr<CheckpointsSqlite> checkpoints_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  int lock_ = -1;
  Mode mode_ = Mode::read;
  std::filesystem::path data_folder_, head_file_;
  ports::JournalSeal seal_;  ///< nothing without a key
  bool has_seals_ = false;   ///< the column is there: a program that knows of seals has written here
  bool writes_ = false;      ///< opened and proved: what is here is the head to note
  std::optional<Unproved> unproved_;
  std::string lost_tail_, believed_;
  ports::JournalHead head_;
  std::int64_t noted_ms_ = 0;
};

}  // namespace sigap::journal_sqlite
