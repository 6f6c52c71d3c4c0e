#include "adapters/sip/caller_number.h"

#include <algorithm>

namespace sigap::sip {
namespace {

constexpr std::size_t kNumberMax = 64;  // E.164 has 15 digits; national forms and marks fit as well

}  // namespace

std::string caller_number(std::string_view user) {
  user = user.substr(0, user.find(';'));  // tel parameters: phone-context and the like
  if (user.empty() || user.size() > kNumberMax) return {};
  constexpr std::string_view kMarks = "+*#.-()";
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool phone = std::all_of(user.begin(), user.end(),
                                 [&](char c) { return digit(c) || kMarks.find(c) != std::string_view::npos; });
  return phone && std::any_of(user.begin(), user.end(), digit) ? std::string(user) : std::string();
}

}  // namespace sigap::sip
