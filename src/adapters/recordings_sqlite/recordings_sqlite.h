// The index of recordings in SQLite: DATA/recordings.sqlite, WAL, synchronous=NORMAL, secure_delete. Tables:
//   calls(call, station, operator, arrived, connected, ended, outcome, recording)   recording: its number; NULL: none
//   incidents(call, incident), tasks(call, task)        what is about the call
//   moments(incident, at, kind)                         lines of incidents' timelines
//   plays(call, at, person, position)                   who heard it; position: where the journal says why
//   gone(recording)                                     its file is to be deleted
//   read_to(position, hash)                             how far of the journal
// A file that cannot be read, or is of another program (its user_version), is begun anew (sqlite.org/wal.html).
#pragma once
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>

#include "ports/recording_index.h"

struct sqlite3;

namespace sigap::recordings_sqlite {

class RecordingsSqlite final : public ports::RecordingIndex {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<RecordingsSqlite>> open(const std::filesystem::path& data_folder);
  ~RecordingsSqlite() override;

  ports::JournalHead head() override;
  Result<bool> begin_anew() override;
  Result<bool> take(const std::vector<ports::RecordingNote>& notes, const ports::JournalHead& head) override;
  std::vector<core::KnownCall> find(const ports::RecordingQuery& query) override;
  std::vector<core::KnownCall> over(const ports::RecordingsKept& kept, std::int64_t most) override;
  std::vector<RecordingId> gone(std::int64_t most) override;
  void deleted(RecordingId recording) override;

 private:
  explicit RecordingsSqlite(std::filesystem::path file) : file_(std::move(file)) {}
  Result<bool> connect();
  bool run(const char* sql);
  bool take_one(const ports::RecordingNote& note);
  bool forget(const ports::RecordingNote& note);
  /// Each statement, with this number.
  bool all(std::int64_t id, std::initializer_list<const char*> statements);
  void add_records(core::KnownCall& call);
  void add_what_happened(core::KnownCall& call);

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
  std::map<std::string, std::int64_t> over_to_;  ///< by class of outcomes, where over() goes on
};

}  // namespace sigap::recordings_sqlite
