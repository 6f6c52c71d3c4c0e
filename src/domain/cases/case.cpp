#include "domain/cases/case.h"

#include <algorithm>
#include <set>

#include "base/rfc3339.h"

namespace sigap::cases {
namespace {

// Crockford's base 32: no I, L, O and U.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr Duration kJakarta = hours(7);  // WIB, all year (Keppres 41/1987)
constexpr std::size_t kNumberDigits = 6;
constexpr std::size_t kCategoryCodeMax_bytes = 40, kCategoryNameMax_bytes = 100;
constexpr std::size_t kGroup = 4;

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '-' || c == '\t' || c == '.';
}

}  // namespace

std::string number_of(CaseId id, Instant opened) {
  constexpr std::size_t kYearDigits = 4;
  const auto year = write_rfc3339(opened + kJakarta).substr(0, kYearDigits);
  auto digits = std::to_string(id.value);
  if (digits.size() < kNumberDigits) digits.insert(0, kNumberDigits - digits.size(), '0');
  return "P-" + year + '-' + digits;
}

CaseId number_in(std::string_view text) {
  // What stands behind the year; of digits alone all of it.
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[text.size() - 1 - digits])) ++digits;
  constexpr std::size_t kDigitsMost = 15;
  if (digits == 0 || digits > kDigitsMost) return {};
  std::int64_t value = 0;
  for (const char c : text.substr(text.size() - digits)) value = value * 10 + (c - '0');
  return {value};
}

std::string code_in(std::string_view text) {
  std::string code;
  for (const char each : text) {
    if (is_blank(each)) continue;
    char c = upper(each);
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kLetters.find(c) == std::string_view::npos || code.size() == kCodeLength) return {};
    code += c;
  }
  return code.size() == kCodeLength ? code : std::string();
}

std::string fresh_code(std::string_view random) {
  // Six bits a character; five of them are used.
  constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string code;
  for (const char c : random) {
    const auto at = kBase64.find(c);
    if (at == std::string_view::npos) continue;
    code += kLetters[at % kLetters.size()];
    if (code.size() == kCodeLength) return code;
  }
  return {};
}

std::string shown_code(std::string_view code) {
  std::string shown;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i != 0 && i % kGroup == 0) shown += '-';
    shown += code[i];
  }
  return shown;
}

std::optional<std::string> objection(const std::vector<Category>& categories) {
  if (categories.empty() || categories.size() > kCategoriesMax) return "1 to 40 categories";
  std::set<std::string> codes;
  for (const auto& each : categories) {
    const bool right =
        !each.code.empty() && each.code.size() <= kCategoryCodeMax_bytes &&
        std::ranges::all_of(each.code, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
    if (!right) return "a code is 1 to 40 of a-z, 0-9, _";
    if (!codes.insert(each.code).second) return "twice: " + each.code;
    for (const auto* name : {&each.indonesian, &each.english})
      if (name->empty() || name->size() > kCategoryNameMax_bytes) return "indonesian and english: 1 to 100 bytes";
  }
  return std::nullopt;
}

}  // namespace sigap::cases
