// The newest checkpoints, in a database of their own beside the journal's: tens of megabytes are written here while
// another thread goes on appending there. All of it is derived from the journal, so a damaged file is begun anew, and
// one that cannot be opened stops nobody: saving is refused then. A state is believed at a start, so with a seal one
// that carries none of ours is passed over: who can write the file cannot put a person into it.
// Thread-safe. Format: docs/formats/journal.md.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "ports/journal.h"
#include "ports/journal_seal.h"

struct sqlite3;

namespace sigap::journal_sqlite {

class CheckpointsSqlite {
 public:
  using Fits = std::function<bool(std::int64_t position, const std::string& journal_hash)>;

  /// For writing, a missing file is made; for reading, there is then no checkpoint, nor where it cannot be
  /// read.
  static std::unique_ptr<CheckpointsSqlite> open(const std::filesystem::path& data_folder, bool write,
                                                 const ports::JournalSeal& seal);
  ~CheckpointsSqlite();

  /// Refusals: "disk_full", "io".
  Result<bool> save(const ports::Checkpoint& checkpoint);
  /// The newest that fits the chain.
  std::optional<ports::Checkpoint> newest(const Fits& fits);
  /// Those of a journal of before seals, once it is proved: each that fits is sealed.
  void seal_all(const Fits& fits);
  /// Deletes what is of another chain, or of a tail that was cut, or of a program that knows of no seals.
  void keep_only(const Fits& fits);

 private:
  CheckpointsSqlite(std::filesystem::path file, ports::JournalSeal seal)
      : file_(std::move(file)), seal_(std::move(seal)) {}
  Result<bool> connect();
  void begin_anew();
  Result<bool> insert(const ports::Checkpoint& checkpoint);
  std::optional<ports::Checkpoint> at(std::int64_t position, std::string* seal);
  std::string seal_of(const ports::Checkpoint& checkpoint) const;
  bool has_seals() const;

  const std::filesystem::path file_;
  const ports::JournalSeal seal_;  ///< nothing without a key
  std::mutex mutex_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::journal_sqlite
