// What a second machine needs of the storage besides ports::Journal: to compare two journals, to put aside a tail that
// never counted, and the vault's rows as a sequence of changes.
// Invariants: nothing is ever deleted without a copy in a file first; changes count 1, 2, 3 ... without gaps, and
// (number, epoch) names one change, because an epoch has one leader: where two sequences agree in one, they agree in
// all before.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/journal.h"

namespace sigap::ports {

class ReplicaJournal : public Journal {
 public:
  /// The hash of the chain at `position`: kChainStart at 0, nothing where there is no line.
  virtual std::optional<std::string> hash_at(std::int64_t position) = 0;
  /// Moves all lines behind `position` to a file in the data folder. Yields the file's name; empty when there were
  /// none.
  virtual Result<std::string> move_aside_after(std::int64_t position) = 0;
};

enum class VaultTable : std::uint8_t {
  keys = 0,    ///< name: a subject; value: its data key, wrapped by the master key
  callers = 1  ///< name: a caller's small number; value: the keyed hash of the caller's telephone number
};

/// One row of the vault that appeared or was deleted.
struct VaultChange {
  std::int64_t number = 0;
  std::int64_t epoch = 0;  ///< the cluster epoch in which it was made
  VaultTable table = VaultTable::keys;
  std::string name;
  std::optional<std::string> value;  ///< nothing: the row was deleted
};

/// The last change that a vault has.
struct VaultMark {
  std::int64_t number = 0;
  std::int64_t epoch = 0;
};

class VaultRows {
 public:
  virtual ~VaultRows() = default;
  /// Changes that are made from now on belong to this epoch.
  virtual Result<bool> begin_epoch(std::int64_t epoch) = 0;
  virtual VaultMark last() = 0;
  /// The epoch of the change with this number: 0 for number 0, nothing where there is no such change.
  virtual std::optional<std::int64_t> epoch_of(std::int64_t number) = 0;
  virtual std::vector<VaultChange> changes_after(std::int64_t number, std::int64_t most) = 0;
  /// Makes all of these changes durable, or none. Refusals: "gap" when they do not follow on the last one, "io".
  virtual Result<bool> apply(const std::vector<VaultChange>& changes) = 0;
  /// Takes back every change behind `number`; rows that it removes go to a file first. A deletion cannot be taken back,
  /// so the sequence may end further back, from where everything that is missing will be sent again. Yields the number
  /// at which it ends.
  virtual Result<std::int64_t> cut_after(std::int64_t number) = 0;
};

}  // namespace sigap::ports
