// The vault's rows as a sequence of changes, for a second machine. A connection of its own to DATA/keys.sqlite, beside
// VaultSodium's: triggers number each row that appears or goes in the transaction that does it. Made on first use, with
// all rows that there are as its first changes; an installation of one machine never has it.
//   changes(number, epoch, what, name)   appended only; the value is read from its table, so a deleted key leaves
//   nothing change_state(epoch, following)       of the leader's epoch; following = 1 while somebody else's changes are
//   applied
// The row with the empty subject (it tells a wrong master key) stays where it is. Not thread-safe.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "ports/replica.h"

struct sqlite3;

namespace sigap::vault {

class VaultRowsSqlite final : public ports::VaultRows {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<VaultRowsSqlite>> open(const std::filesystem::path& data_folder);
  ~VaultRowsSqlite() override;

  Result<bool> begin_epoch(std::int64_t epoch) override;
  ports::VaultMark last() override;
  std::optional<std::int64_t> epoch_of(std::int64_t number) override;
  std::vector<ports::VaultChange> changes_after(std::int64_t number, std::int64_t most) override;
  Result<bool> apply(const std::vector<ports::VaultChange>& changes) override;
  Result<std::int64_t> cut_after(std::int64_t number) override;

 private:
  VaultRowsSqlite() = default;
  bool run(const char* sql);
  bool apply_one(const ports::VaultChange& change);
  bool write_aside(std::int64_t after);
  /// A transaction in which the triggers are silent.
  Result<bool> quietly(const std::function<bool()>& work);

  std::filesystem::path folder_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::vault
