// The newest checkpoints, in a database of their own beside the journal's: tens of megabytes are written here while
// another thread goes on appending there. All of it is derived from the journal, so a file that cannot be read is begun
// anew. Thread-safe. Format: docs/formats/journal.md.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "ports/journal.h"

struct sqlite3;

namespace sigap::journal_sqlite {

class CheckpointsSqlite {
 public:
  /// For writing, a missing file is made; for reading, there is then no checkpoint. Refusal "io".
  static Result<std::unique_ptr<CheckpointsSqlite>> open(const std::filesystem::path& data_folder, bool write);
  ~CheckpointsSqlite();

  /// Refusals: "disk_full", "io", "corrupt".
  Result<bool> save(const ports::Checkpoint& checkpoint);
  /// The newest whose position and journal hash `fit` the chain.
  std::optional<ports::Checkpoint> newest(const std::function<bool(std::int64_t, const std::string&)>& fit);
  Result<bool> delete_after(std::int64_t position);

 private:
  CheckpointsSqlite() = default;
  bool connect(const std::filesystem::path& file);
  Result<bool> all_or_nothing(const char* doing, const std::function<bool()>& work);

  std::mutex mutex_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::journal_sqlite
