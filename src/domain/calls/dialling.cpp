#include "domain/calls/dialling.h"

#include <algorithm>

namespace sigap::calls {
namespace {

constexpr std::string_view kSeparators = "-.()";  // RFC 3966
constexpr std::size_t kNumberDigitsMin = 5;       // an area's shortest telephone numbers, without their area
constexpr std::size_t kNumberDigitsMax = 15;      // E.164

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> dialled_form(std::string_view number) {
  std::string dialled;
  for (const char c : number)
    if (kSeparators.find(c) == std::string_view::npos) dialled += c;
  const std::string_view whole = dialled;
  const auto digits = whole.substr(whole.starts_with('+') ? 1 : 0);
  if (digits.empty() || digits.size() > kNumberDigitsMax || !all_digits(digits)) return std::nullopt;
  return dialled;
}

bool plausible_number(std::string_view dialled) {
  const bool international = dialled.starts_with("+62");
  if (!international && !dialled.starts_with('0')) return false;
  const auto digits = dialled.substr(international ? 1 : 0);
  if (!all_digits(digits) || digits.size() < kNumberDigitsMin || digits.size() > kNumberDigitsMax) return false;
  const auto national = digits.substr(international ? 2 : 1);
  return !national.starts_with('0') && !national.starts_with("809");
}

bool listed_number(std::string_view dialled, const std::vector<std::string>& list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    if (!entry.ends_with('*')) return dialled == entry;
    return dialled.starts_with(entry.substr(0, entry.size() - 1));
  });
}

}  // namespace sigap::calls
