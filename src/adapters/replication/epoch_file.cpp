#include "adapters/replication/epoch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace sigap::replication {

EpochFile::EpochFile(const std::filesystem::path& data_folder) : file_(data_folder / "cluster-epoch") {
  std::ifstream(file_) >> highest_;
}

Result<bool> EpochFile::raise(std::int64_t epoch) {
  if (epoch <= highest_) return true;
  const auto fresh = file_.string() + ".new";
  const auto text = std::to_string(epoch) + "\n";
  const int fd = ::open(fresh.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  bool good = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  std::error_code error;
  if (good) std::filesystem::rename(fresh, file_, error);
  const int folder = ::open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  good = good && !error && folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!good) return refuse("io", "the cluster's epoch cannot be written");
  highest_ = epoch;
  return true;
}

}  // namespace sigap::replication
