// The record index in SQLite: DATA/records.sqlite, WAL, synchronous=NORMAL, secure_delete. Tables:
//   records(kind, id, caller, station, at)              one a record; at: when something last happened to it
//   readers(kind, id, person, first, last, worked)      one a record and person
//   orphaned(caller)                                        of whom something was forgotten
//   read_to(position, hash)                             how far of the journal
// A file that cannot be read, or is of another program (its user_version), is begun anew (sqlite.org/wal.html).
#pragma once
#include <array>
#include <filesystem>
#include <memory>

#include "ports/record_index.h"
#include "sqlite/follower_file.h"

namespace sigap::records_sqlite {

class RecordsSqlite final : public ports::RecordIndex {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<RecordsSqlite>> open(const std::filesystem::path& data_folder);

  ports::JournalHead head() override;
  Result<bool> begin_anew() override;
  Result<bool> take(const std::vector<ports::RecordNote>& notes, const ports::JournalHead& head) override;
  std::vector<RecordFound> of_caller(CallerRef caller, std::int64_t most) override;
  CallerRef caller_of(RecordKind kind, std::int64_t id) override;
  std::vector<std::int64_t> untouched(RecordKind kind, Instant before, std::int64_t most) override;
  std::vector<CallerRef> orphaned(std::int64_t most) override;
  void unlinked(const std::vector<CallerRef>& callers) override;

 private:
  explicit RecordsSqlite(std::filesystem::path file);
  bool take_one(const ports::RecordNote& note);
  bool put_reader(const ports::RecordNote& note);
  bool forget(const ports::RecordNote& note);

  /// Where untouched() goes on, by kind.
  struct Cursor {
    std::int64_t at = 0, id = 0;
  };
  sqlite::FollowerFile file_;
  std::array<Cursor, 5> cursors_;
};

}  // namespace sigap::records_sqlite
