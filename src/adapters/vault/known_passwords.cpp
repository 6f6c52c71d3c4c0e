#include "adapters/vault/known_passwords.h"

#include <crack.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace sigap::vault {
namespace {

constexpr std::size_t kHash = 40;       // hex digits of SHA-1
constexpr std::int64_t kLineMost = 64;  // hash, colon, 19 digits, CR, LF: 62

std::string sha1(std::string_view text) {
  std::array<unsigned char, 20> raw{};
  SIGAP_CHECK(EVP_Digest(text.data(), text.size(), raw.data(), nullptr, EVP_sha1(), nullptr) == 1);
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string hex;
  for (const auto byte : raw) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

/// What is wrong with a line, its line feed and CR taken off; or nothing.
std::string fault_of(std::string_view line) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto hex = [&](char c) { return digit(c) || (c >= 'A' && c <= 'F'); };
  if (line.size() < kHash || !std::ranges::all_of(line.substr(0, kHash), hex))
    return "not a SHA-1 of 40 capital hex digits";
  if (line.size() < kHash + 2 || line[kHash] != ':') return "no colon and number after the hash";
  if (line.size() > kLineMost - 2 || !std::ranges::all_of(line.substr(kHash + 1), digit))
    return "no number after the colon";
  return {};
}

std::string_view without_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

constexpr const char* kUnsorted = "its hash does not come after the one before: the file ordered by hash is needed";

}  // namespace

Result<BreachedFile> BreachedFile::open(const std::filesystem::path& file) {
  const auto name = file.string();
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return refuse("io", name + ": " + std::strerror(errno));
  struct stat found {};
  const bool regular = ::fstat(opened, &found) == 0 && S_ISREG(found.st_mode);
  BreachedFile list(opened, regular ? found.st_size : 0);
  if (!regular) return refuse("invalid", name + ": not a file");
  if (list.size_ == 0) return refuse("invalid", name + ": empty");
  auto checked = list.size_ <= kWhole_bytes ? list.check_whole(name) : list.check_samples(name);
  if (!checked) return tl::unexpected(checked.error());
  return list;
}

BreachedFile::~BreachedFile() {
  if (file_ >= 0) ::close(file_);
}

BreachedFile::BreachedFile(BreachedFile&& other) noexcept : file_(std::exchange(other.file_, -1)), size_(other.size_) {}

BreachedFile::Line BreachedFile::line_at(std::int64_t byte) const {
  std::array<char, 2 * kLineMost> raw{};
  const auto from = std::max<std::int64_t>(0, byte - kLineMost);
  const auto got = ::pread(file_, raw.data(), raw.size(), from);
  Line line{{}, byte, byte + 1, "cannot be read"};
  if (got <= byte - from) return line;
  const std::string_view window(raw.data(), static_cast<std::size_t>(got));
  const auto at = static_cast<std::size_t>(byte - from);
  const auto before = at == 0 ? std::string_view::npos : window.rfind('\n', at - 1);
  if (before == std::string_view::npos && from > 0) return line.wrong = "longer than a hash and a number", line;
  const auto begin = before == std::string_view::npos ? 0 : before + 1;
  const auto feed = window.find('\n', at);
  const bool last = from + got >= size_;
  if (feed == std::string_view::npos && !last) return line.wrong = "longer than a hash and a number", line;
  const auto end = feed == std::string_view::npos ? window.size() : feed + 1;
  const auto text = without_end(window.substr(begin, end - begin));
  line.begin = from + static_cast<std::int64_t>(begin);
  line.end = from + static_cast<std::int64_t>(end);
  line.wrong = fault_of(text);
  if (line.wrong.empty()) line.hash = text.substr(0, kHash);
  return line;
}

Result<bool> BreachedFile::check_whole(const std::string& name) const {
  std::string text, last;
  std::array<char, 1 << 16> raw{};
  std::int64_t number = 0, at = 0;
  const auto take = [&](std::string_view line) -> std::string {
    ++number;
    auto wrong = fault_of(without_end(line));
    if (!wrong.empty()) return wrong;
    if (line.substr(0, kHash) <= std::string_view(last)) return kUnsorted;
    last.assign(line.substr(0, kHash));
    return {};
  };
  const auto blame = [&](const std::string& wrong) {
    return refuse("invalid", name + ":" + std::to_string(number) + ": " + wrong);
  };
  while (at < size_) {
    const auto got = ::pread(file_, raw.data(), raw.size(), at);
    if (got <= 0) return refuse("io", name + ": cannot be read");
    at += got;
    text.append(raw.data(), static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      if (auto wrong = take(std::string_view(text).substr(begin, end + 1 - begin)); !wrong.empty()) return blame(wrong);
      begin = end + 1;
    }
    text.erase(0, begin);
    if (text.size() > static_cast<std::size_t>(kLineMost)) return ++number, blame("longer than a hash and a number");
  }
  if (!text.empty())
    if (auto wrong = take(text); !wrong.empty()) return blame(wrong);
  return true;
}

Result<bool> BreachedFile::check_samples(const std::string& name) const {
  std::string last;
  for (int i = 0; i <= kSamples; ++i) {
    const auto line = line_at((size_ - 1) / kSamples * i);
    const auto wrong = !line.wrong.empty() ? line.wrong : line.hash <= last ? std::string(kUnsorted) : std::string();
    if (!wrong.empty())
      return refuse("invalid", name + ": the line at byte " + std::to_string(line.begin) + ": " + wrong);
    last = line.hash;
  }
  return true;
}

bool BreachedFile::holds(std::string_view password) const {
  const auto wanted = sha1(password);
  std::int64_t low = 0, high = size_;
  while (low < high) {
    const auto line = line_at(low + (high - low) / 2);
    if (!line.wrong.empty()) return false;  // it was whole at the start: somebody writes into it
    if (line.hash == wanted) return true;
    if (line.hash < wanted)
      low = line.end;
    else
      high = line.begin;
  }
  return false;
}

KnownPasswordsListed::KnownPasswordsListed(std::optional<BreachedFile> breached, std::filesystem::path words)
    : breached_(std::move(breached)), words_(std::move(words)) {
  // Without it the library ends the process.
  has_words_ = std::ranges::all_of(std::array{".pwd", ".pwi", ".hwm"}, [&](const char* ending) {
    return ::access((words_.string() + ending).c_str(), R_OK) == 0;
  });
}

std::optional<Refusal> KnownPasswordsListed::objection(std::string_view password, const std::string& login) {
  if (breached_ && breached_->holds(password))
    return Refusal{"password_breached", "password", "it stands in a list of breached passwords"};
  // A longer one is no word with something about it, and the library's buffers are for short ones.
  constexpr std::size_t kWordMost_bytes = 64;
  if (!has_words_ || password.size() > kWordMost_bytes) return std::nullopt;
  const std::lock_guard lock(cracklib_);
  const char* fault = FascistCheckUser(std::string(password).c_str(), words_.c_str(), login.c_str(), "");
  const bool gone = ::access((words_.string() + ".pwd").c_str(), R_OK) != 0;  // it says so as if of the password
  if (!fault || gone) return std::nullopt;
  return Refusal{"password_known", "password", fault};
}

}  // namespace sigap::vault
