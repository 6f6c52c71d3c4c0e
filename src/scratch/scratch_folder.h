// A folder of its own under the system's temporary one, readable by this user only, gone with its owner.
#pragma once
#include <filesystem>

namespace sigap {

class ScratchFolder {
 public:
  /// The process ends where no folder can be made: there is nothing to work in.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  operator const std::filesystem::path&() const { return path_; }  // NOLINT(google-explicit-constructor): it is one
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace sigap
