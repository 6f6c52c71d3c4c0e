// Writes personal values in the open where they were opened, and as nothing where they were not: for who was given a
// reason to read them.
#pragma once
#include "codec/sealer.h"

namespace sigap::codec {

class ShownSealer final : public Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override { return std::string(plain); }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override {
    return std::nullopt;
  }
};

}  // namespace sigap::codec
