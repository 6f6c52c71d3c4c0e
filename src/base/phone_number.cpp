#include "base/phone_number.h"

#include <algorithm>
#include <array>

namespace sigap {
namespace {

constexpr std::string_view kMarks = " -.()/\t";  // RFC 3966 and E.123
constexpr std::string_view kCountry = "62";
constexpr std::size_t kE164Max_digits = 15;
// Shorter than this nobody abroad is called (ITU-T E.164 lists: Niue and its like, with their country codes).
constexpr std::size_t kE164Min_digits = 7;
// National significant numbers, without the 0: an area code of two digits and five more, to a mobile number's twelve.
constexpr std::size_t kNationalMin_digits = 7, kNationalMax_digits = 12;
constexpr std::size_t kMobileMin_digits = 9;       // 811 and six more; shorter, an 8 begins a number within an area
constexpr std::size_t kWithinAreaMax_digits = 8;   // a subscriber's number without its area may begin with 62
constexpr std::size_t kNorthAmerican_digits = 11;  // of country codes 1 and 7, with the code

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Without the 0 before it. No area code and no mobile prefix begins with 0 or 1.
bool is_national(std::string_view digits) {
  return digits.size() >= kNationalMin_digits && digits.size() <= kNationalMax_digits && digits[0] >= '2';
}

/// What follows +62 or 62. Some write +62 (0)812: the trunk prefix has no place there.
std::optional<std::string> after_country(std::string_view digits) {
  if (digits.starts_with('0')) digits.remove_prefix(1);
  if (!is_national(digits)) return std::nullopt;
  return "+62" + std::string(digits);
}

/// What follows an international prefix.
std::optional<std::string> international(std::string_view digits) {
  if (digits.starts_with(kCountry)) return after_country(digits.substr(kCountry.size()));
  if (digits.size() < kE164Min_digits || digits.size() > kE164Max_digits || digits[0] == '0') return std::nullopt;
  if ((digits[0] == '1' || digits[0] == '7') && digits.size() != kNorthAmerican_digits) return std::nullopt;
  return "+" + std::string(digits);
}

/// A number that begins with 0. Ours come first: what can be an Indonesian number is one. Then the operators' prefixes,
/// as they are dialled here, then the 00 of the rest of the world.
std::optional<std::string> after_zero(std::string_view digits) {
  constexpr std::array<std::string_view, 5> kInternational{"001", "007", "008", "009", "00"};
  for (const auto prefix : kInternational)
    if (digits.starts_with(prefix) && digits.substr(prefix.size()).starts_with(kCountry))
      if (auto ours = international(digits.substr(prefix.size()))) return ours;
  constexpr std::string_view kByOperator = "010";  // 01016, 01017, ...: two digits name the operator
  if (digits.starts_with(kByOperator) && digits.size() > kByOperator.size() + 2)
    return international(digits.substr(kByOperator.size() + 2));
  for (const auto prefix : kInternational)
    if (digits.starts_with(prefix))
      if (auto theirs = international(digits.substr(prefix.size()))) return theirs;
  if (is_national(digits.substr(1))) return "+62" + std::string(digits.substr(1));
  return std::nullopt;
}

bool is_mobile(std::string_view digits) {
  return digits.starts_with('8') && digits.size() >= kMobileMin_digits && digits.size() <= kNationalMax_digits &&
         digits[1] != '0';  // 800 and 804 are services, 809 costs
}

/// 21, 274, or none; a mobile telephone has no area that would stand before a code.
bool is_area(std::string_view digits) {
  if (digits.starts_with('0')) digits.remove_prefix(1);
  return digits.empty() || ((digits.size() == 2 || digits.size() == 3) && digits[0] >= '2' && digits[0] != '8');
}

std::optional<std::string> worldwide(std::string_view plain) {
  if (plain.starts_with('+')) {
    const auto digits = plain.substr(1);
    // A zero after the plus: somebody put a plus before a national number, or before a prefix.
    return digits.starts_with('0') ? after_zero(digits) : international(digits);
  }
  if (plain.starts_with('0')) return after_zero(plain);
  if (plain.starts_with(kCountry))
    if (plain.size() > kWithinAreaMax_digits)
      if (auto ours = after_country(plain.substr(kCountry.size()))) return ours;
  if (is_mobile(plain)) return "+62" + std::string(plain);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> plain_number(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (kMarks.find(c) == std::string_view::npos) plain += c;
  const auto digits = std::string_view(plain).substr(plain.starts_with('+') ? 1 : 0);
  if (digits.empty() || !all_digits(digits)) return std::nullopt;
  return plain;
}

std::string canonical_number(std::string_view text) {
  const auto plain = plain_number(text);
  if (!plain) return std::string(text);
  return worldwide(*plain).value_or(*plain);
}

std::string number_in_context(std::string_view number, std::string_view context) {
  const auto before = context.starts_with('+') ? plain_number(context) : std::nullopt;
  const auto local = plain_number(number);
  if (!before || !local || local->starts_with('+') || worldwide(*local)) return std::string(number);
  auto whole = worldwide(*before + *local);
  return whole ? std::move(*whole) : std::string(number);
}

bool is_short_code(std::string_view dialled, std::string_view code) {
  const auto plain = plain_number(dialled);
  if (!plain || !plain->ends_with(code)) return false;
  auto before = std::string_view(*plain).substr(0, plain->size() - code.size());
  const bool worldwide = before.starts_with('+');  // then a country stands before the area
  if (worldwide) before.remove_prefix(1);
  if (!worldwide && is_area(before)) return true;
  constexpr std::array<std::string_view, 6> kHere{"62", "0062", "00162", "00762", "00862", "00962"};
  return std::any_of(kHere.begin(), kHere.end(), [&](std::string_view prefix) {
    return before.starts_with(prefix) && is_area(before.substr(prefix.size()));
  });
}

}  // namespace sigap
