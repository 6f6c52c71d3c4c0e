#include "adapters/photographs/sealed_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <iterator>

namespace sigap::photographs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameLength = 64;  // a SHA-256 in hexadecimal

bool is_name(const std::string& name) {
  return name.size() == kNameLength && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Refusal disk(const char* what) {
  return {"disk", "", what};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

/// The folder's list is on disk, too: a name that the journal holds is there after a cut of power.
bool keep_names(const fs::path& folder) {
  const int open = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (open < 0) return false;
  const bool kept = ::fsync(open) == 0;
  ::close(open);
  return kept;
}

}  // namespace

Result<bool> SealedFolder::write(CallId call, const std::string& name, std::string_view sealed) {
  if (!is_name(name)) return tl::unexpected(disk("no such name"));
  std::error_code error;
  fs::create_directories(of(call), error);
  fs::permissions(folder_, fs::perms::owner_all, error);
  fs::permissions(of(call), fs::perms::owner_all, error);
  const auto space = fs::space(folder_, error);
  if (error || space.available < left_free_ + sealed.size()) return tl::unexpected(disk("no room"));
  const auto path = of(call) / name, half = of(call) / (name + ".half");
  const int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return tl::unexpected(disk("cannot be opened"));
  const bool written = write_all(file, sealed);
  const bool closed = ::close(file) == 0;
  if (written && closed) fs::rename(half, path, error);
  if (!written || !closed || error || !keep_names(of(call)) || !keep_names(folder_)) {
    fs::remove(half, error);
    return tl::unexpected(disk("cannot be written"));
  }
  return true;
}

Result<std::string> SealedFolder::read(CallId call, const std::string& name) {
  std::ifstream file;
  if (is_name(name)) file.open(of(call) / name, std::ios::binary);
  if (!file.is_open()) return tl::unexpected(Refusal{"gone", "", "this photograph is not here"});
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void SealedFolder::forget(CallId call) {
  std::error_code error;
  fs::remove_all(of(call), error);
}

std::vector<CallId> SealedFolder::calls() {
  std::vector<CallId> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const auto name = entry.path().filename().string();
    CallId call;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), call.value);
    if (wrong == std::errc{} && end == name.data() + name.size()) found.push_back(call);
  }
  return found;
}

}  // namespace sigap::photographs
