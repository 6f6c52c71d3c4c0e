// The hash chain of a journal: one definition for every journal that keeps it.
#pragma once
#include <string>
#include <string_view>

#include "base/hash.h"

namespace sigap::ports {

inline const std::string kChainStart(64, '0');

inline std::string next_hash(std::string_view before, std::string_view body) {
  return sha256_hex(before, body);
}

}  // namespace sigap::ports
