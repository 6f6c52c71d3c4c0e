#include "adapters/vault/aside_keys.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace sigap::vault {
namespace {

constexpr char kOverwritten = '-';

/// Overwrites the values of these names; whether there was any.
bool blank(std::string& text, const std::string& kind, const std::set<std::string>& names) {
  bool any = false;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    std::istringstream line(text.substr(begin, end - begin));
    std::string number, what, name, value;
    line >> number >> what >> name >> value;
    if (what == kind && names.contains(name) && value != "deleted" &&
        value.find_first_not_of(kOverwritten) != value.npos) {
      text.replace(end - value.size(), value.size(), value.size(), kOverwritten);
      any = true;
    }
    begin = end + 1;
  }
  return any;
}

bool write_over(const std::filesystem::path& file, const std::string& text) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool written =
      ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return written;
}

}  // namespace

Result<bool> forget_aside(const std::filesystem::path& data_folder, ports::VaultTable table,
                          const std::set<std::string>& names) {
  const std::string kind = table == ports::VaultTable::keys ? "key" : "caller";
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder, error)) {
    if (!entry.path().filename().string().starts_with("aside-keys-")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (blank(text, kind, names) && !write_over(entry.path(), text))
      return refuse("io", "a file of keys that were put aside cannot be written");
  }
  if (error) return refuse("io", "the data folder cannot be read");
  return true;
}

}  // namespace sigap::vault
