#include "keys/relay_secret.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace sigap::keys {
namespace {

bool visible(unsigned char c) {
  return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '#';
}

}  // namespace

Result<RelaySecret> RelaySecret::read(const std::filesystem::path& file) {
  RelaySecret secret;
  LockedBytes<kMost + 2> bytes;  // and a line's end
  struct stat facts;
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &facts) != 0) {
    if (fd >= 0) close(fd);
    return refuse("no_key", "there is no secret of the relay: " + file.string());
  }
  const auto got = ::read(fd, bytes.data(), bytes.size());
  close(fd);
  if ((facts.st_mode & 037) != 0)
    return refuse("key_open_to_others", "the relay's secret must have mode 0600 or 0640: " + file.string());
  for (auto i = std::size_t{0}; got > 0 && i < static_cast<std::size_t>(got); ++i) {
    const auto c = bytes.data()[i];
    if (c == '\n' || c == '\r') break;
    if (!visible(c) || secret.size_ == kMost)
      return refuse("no_key", "the relay's secret is a line of 32 to 128 letters and digits: " + file.string());
    secret.text_.data()[secret.size_++] = c;
  }
  if (secret.size_ < kLeast)
    return refuse("no_key", "the relay's secret is a line of 32 to 128 letters and digits: " + file.string());
  return secret;
}

RelaySecret::Credentials RelaySecret::give(Instant until, std::string_view name) const {
  Credentials given;
  given.user = std::to_string(until.ms / 1000) + ":" + std::string(name);
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned int size = 0;
  HMAC(EVP_sha1(), text_.data(), static_cast<int>(size_), reinterpret_cast<const unsigned char*>(given.user.data()),
       given.user.size(), code.data(), &size);
  std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> text{};
  const int length = EVP_EncodeBlock(text.data(), code.data(), static_cast<int>(size));
  given.credential.assign(reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length));
  return given;
}

}  // namespace sigap::keys
