#include "domain/calls/dialling.h"

#include <algorithm>

#include "base/phone_number.h"

namespace sigap::calls {
namespace {

constexpr std::size_t kNumberDigitsMin = 5;   // an area's shortest telephone numbers, without their area
constexpr std::size_t kNumberDigitsMax = 15;  // E.164

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

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

std::optional<std::string> dialled_form(std::string_view number, const std::vector<std::string>& list) {
  auto written = plain_number(number);
  if (!written) return std::nullopt;
  auto canonical = canonical_number(*written);
  for (auto* form : {&*written, &canonical}) {
    const auto digits = form->size() - (form->starts_with('+') ? 1 : 0);
    if (digits <= kNumberDigitsMax && (plausible_number(*form) || listed_number(*form, list))) return std::move(*form);
  }
  return std::nullopt;
}

}  // namespace sigap::calls
