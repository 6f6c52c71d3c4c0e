// The highest epoch of the cluster that this machine has seen: DATA/cluster-epoch, one number. An old leader that comes
// back is known by it also after a restart of ours.
#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace sigap::replication {

class EpochFile {
 public:
  explicit EpochFile(const std::filesystem::path& data_folder);
  std::int64_t highest() const { return highest_; }
  /// Durable when it returns. A lower one changes nothing. Refusal "io".
  Result<bool> raise(std::int64_t epoch);

 private:
  std::filesystem::path file_;
  std::int64_t highest_ = 0;
};

}  // namespace sigap::replication
