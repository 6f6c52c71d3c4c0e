#include "keys/key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace sigap::keys {

Key derive(const Key& key, std::string_view purpose) {
  Key derived;
  crypto_generichash(derived.data(), derived.size(), reinterpret_cast<const unsigned char*>(purpose.data()),
                     purpose.size(), key.data(), key.size());
  return derived;
}

Result<Key> read_key(const std::filesystem::path& file, const std::string& name) {
  Key key;
  struct stat facts;
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &facts) != 0) {
    if (fd >= 0) close(fd);
    return refuse("no_key", "there is no " + name + " in the key folder");
  }
  const bool whole = read(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size());
  struct statvfs medium;
  const bool fixed = fstatvfs(fd, &medium) == 0 && (medium.f_flag & ST_RDONLY) != 0;
  close(fd);
  if ((facts.st_mode & 077) != 0)
    return refuse("key_open_to_others", "the " + name + " must have mode 0600" +
                                            (fixed ? "; nothing can be changed on this medium: restore from it" : ""));
  if (!whole) return refuse("no_key", "the " + name + " is too short");
  return key;
}

Result<Key> make_key(const std::filesystem::path& file, const std::string& name) {
  Key key;
  randombytes_buf(key.data(), key.size());
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  const bool written =
      fd >= 0 && write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  if (!written) return refuse("io", "the " + name + " cannot be written");
  return key;
}

}  // namespace sigap::keys
