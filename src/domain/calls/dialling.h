// Which numbers may be dialled: those of people who called us, when they can be Indonesian telephones, and what the
// configuration lists. A number that somebody sends us is their word: it must not make us pay a far country or a
// premium service. Sources: E.164 (15 digits), RFC 3966 (visual separators), Indonesia's fundamental technical plan
// (country code 62, trunk prefix 0, 00x international, 0809 premium).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sigap::calls {

/// Of a number as it is dialled.
bool plausible_number(std::string_view dialled);
/// `list`: numbers as they are dialled; one that ends in `*` is a prefix.
bool listed_number(std::string_view dialled, const std::vector<std::string>& list);
/// What is dialled, `+` and digits or digits, to call this number: as it was written where that may be dialled, for a
/// trunk takes what it brings; else in its canonical form (base/phone_number.h). Nothing when it may not be dialled.
std::optional<std::string> dialled_form(std::string_view number, const std::vector<std::string>& list);

}  // namespace sigap::calls
