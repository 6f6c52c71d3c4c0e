// Letters of protocols, which are ASCII whatever the locale.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace sigap {

inline std::string lower_case(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

}  // namespace sigap
