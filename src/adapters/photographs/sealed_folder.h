// Sealed files in a folder: CALL/NAME, readable by this user alone.
#pragma once
#include <filesystem>

#include "ports/photographs.h"

namespace sigap::photographs {

/// So much stays free for the journal: a photograph is refused before a call is. Own.
inline constexpr std::uintmax_t kLeftFree_bytes = std::uintmax_t{256} << 20;

class SealedFolder final : public ports::SealedFiles {
 public:
  explicit SealedFolder(std::filesystem::path folder, std::uintmax_t left_free_bytes = kLeftFree_bytes)
      : folder_(std::move(folder)), left_free_(left_free_bytes) {}

  Result<bool> write(CallId call, const std::string& name, std::string_view sealed) override;
  Result<std::string> read(CallId call, const std::string& name) override;
  void forget(CallId call) override;
  std::vector<CallId> calls() override;

 private:
  std::filesystem::path of(CallId call) const { return folder_ / std::to_string(call.value); }

  std::filesystem::path folder_;
  std::uintmax_t left_free_;
};

}  // namespace sigap::photographs
