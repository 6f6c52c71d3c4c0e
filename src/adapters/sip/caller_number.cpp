#include "adapters/sip/caller_number.h"

#include <sofia-sip/url.h>
#include <strings.h>

#include <algorithm>

#include "base/phone_number.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kNumberMax = 64;  // E.164 has 15 digits; national forms and marks fit as well

constexpr std::size_t kUserMax = 256;  // a number, each character escaped, and a phone-context

/// Of `number;name=value;...`
std::string_view parameter(std::string_view user, std::string_view name) {
  for (auto at = user.find(';'); at != std::string_view::npos; at = user.find(';', at + 1)) {
    const auto one = user.substr(at + 1, user.find(';', at + 1) - at - 1);
    if (one.size() > name.size() && one[name.size()] == '=' && strncasecmp(one.data(), name.data(), name.size()) == 0)
      return one.substr(name.size() + 1);
  }
  return {};
}

}  // namespace

std::string caller_number(std::string_view user) {
  if (user.size() > kUserMax) return {};
  std::string plain(user);
  plain.resize(static_cast<std::size_t>(url_unescape_to(plain.data(), plain.c_str(), plain.size())));
  const std::string_view whole = plain;
  const auto number = whole.substr(0, whole.find(';'));
  if (number.empty() || number.size() > kNumberMax) return {};
  constexpr std::string_view kMarks = "+*#.-() ";
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool phone = std::all_of(number.begin(), number.end(),
                                 [&](char c) { return digit(c) || kMarks.find(c) != std::string_view::npos; });
  if (!phone || std::none_of(number.begin(), number.end(), digit)) return {};
  return number_in_context(number, parameter(whole, "phone-context"));
}

}  // namespace sigap::sip
