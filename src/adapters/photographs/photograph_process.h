// Has the program sigap-photograph make a photograph anew: one process a picture, given up after kPatience_ms.
#pragma once
#include <filesystem>

#include "ports/photographs.h"

namespace sigap::photographs {

/// By the clock; own: one takes half a second on a machine that is not busy.
inline constexpr int kPatience_ms = 15'000;

/// Beside the program that runs.
std::filesystem::path program_beside();

class PhotographProcess final : public ports::PhotographMaker {
 public:
  explicit PhotographProcess(std::filesystem::path program = program_beside()) : program_(std::move(program)) {}
  Result<ports::MadePhotograph> make(std::string_view file) override;

 private:
  std::filesystem::path program_;
};

}  // namespace sigap::photographs
