// What a password must be, as far as it can be said without any list of others: long enough, text, and not made of what
// everybody knows of its owner or tries first.
// Invariants: no rules of composition; blanks and every letter count, one for each code point; nothing is cut off.
// Sources: OWASP ASVS 4.0 2.1.1-2.1.4, 2.1.7, 2.1.9; NIST SP 800-63B 5.1.1.2 (length, context-specific words).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigap::people {

inline constexpr std::size_t kPasswordLeast = 12;            // code points; ASVS 4.0 2.1.1
inline constexpr std::size_t kPasswordMost = 128;            // code points; ASVS 4.0 2.1.2
inline constexpr std::size_t kPasswordMost_bytes = 4 * 128;  // of UTF-8: bounds what is hashed

/// Whose it is to be.
struct PasswordOwner {
  std::string login, name, station, station_name;
};

/// Refusals of the field "password": "password_short", "password_long", "password_text" (no UTF-8, or something that
/// no key writes), "password_own" (little but names of the owner), "password_known" (little but what is tried first).
std::optional<Refusal> password_objection(std::string_view password, const PasswordOwner& owner);

}  // namespace sigap::people
