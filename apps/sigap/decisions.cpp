#include "sigap/decisions.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <ctime>

#include "adapters/vault/vault_sodium.h"

namespace sigap::cli {

Result<bool> note_decision(const Folders& folders, const std::string& what, const std::string& reason) {
  auto seal = vault::journal_sealer(folders.data, folders.keys, vault::Use::reads)(false);
  if (!seal) return tl::unexpected(seal.error());
  auto text = fmt::format("{:%Y-%m-%dT%H:%M:%SZ} user {}: {}; reason: {}", fmt::gmtime(std::time(nullptr)), ::getuid(),
                          what, reason);
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  const auto line = (*seal)({"decision", text}) + " " + text + "\n";
  const auto file = folders.keys / "decisions";
  const int fd = ::open(file.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
  const bool written =
      fd >= 0 && ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written) return refuse("io", file.string() + " cannot be written");
  return true;
}

}  // namespace sigap::cli
