// SHA-256 (FIPS 180-4) as 64 hex digits.
#pragma once
#include <string>
#include <string_view>

namespace sigap {

std::string sha256_hex(std::string_view text);
/// Of `a` followed by `b`.
std::string sha256_hex(std::string_view a, std::string_view b);

}  // namespace sigap
