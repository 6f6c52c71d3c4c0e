#include "adapters/journal_sqlite/noted_head.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace sigap::journal_sqlite {
namespace {

/// Not the seal of a line: else whoever reads the journal could note any of its lines as the head.
std::string sealed(const ports::JournalHead& head, const ports::JournalSeal& seal) {
  return seal({"head", std::to_string(head.position), head.hash});
}

bool on_disk(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return good;
}

/// Replaces `file` when all of `text` is on the disk; what was there stays when it is not (a full disk).
bool replace(const std::filesystem::path& file, const std::string& text) {
  const auto fresh = file.string() + ".new";
  ::unlink(fresh.c_str());  // of a process that was killed
  const int fd = ::open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const bool closed = ::close(fd) == 0;
  std::error_code error;
  const bool first = !std::filesystem::exists(file, error);
  if (written && closed && ::rename(fresh.c_str(), file.c_str()) == 0) return !first || on_disk(file.parent_path());
  ::unlink(fresh.c_str());
  return false;
}

}  // namespace

NotedHead read_note(const std::filesystem::path& file) {
  NotedHead noted;
  std::string line;
  std::ifstream in(file);
  std::getline(in, line);
  std::istringstream words(line);
  words >> noted.head.position >> noted.head.hash >> noted.seal;
  if (noted.head.position < 1 || noted.head.hash.empty()) return {};
  return noted;
}

bool write_note(const std::filesystem::path& file, const ports::JournalHead& head, const ports::JournalSeal& seal) {
  return replace(file, std::to_string(head.position) + ' ' + head.hash + (seal ? ' ' + sealed(head, seal) : "") + '\n');
}

bool is_ours(const NotedHead& noted, const ports::JournalSeal& seal) {
  return noted.head.position > 0 && noted.seal == sealed(noted.head, seal);
}

bool was_sealed(const std::filesystem::path& key_folder) {
  std::error_code error;
  return std::filesystem::exists(key_folder / "sealed", error) || error;  // what cannot be told is not believed
}

void mark_sealed(const std::filesystem::path& key_folder) {
  if (!was_sealed(key_folder)) replace(key_folder / "sealed", "a journal of this key folder carries seals\n");
}

}  // namespace sigap::journal_sqlite
