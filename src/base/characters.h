// The characters of a text that a person or a program wrote: its encoding, and what nobody can see in it.
// Source: Unicode 15, general categories Zs, Zl, Zp, Cc and Cf; UTF-8 by RFC 3629, UTF-16 by RFC 2781.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sigap {

/// One character of a UTF-8 text; nothing where the bytes are none (RFC 3629: no surrogates, nothing overlong).
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
};
std::optional<Character> first_character(std::string_view text);

/// What a character is called that is not seen, or not told from a blank: "no-break space (U+00A0)". Nothing for what
/// is seen, and for the plain blank.
std::optional<std::string> invisible(char32_t code);

/// Without blanks and invisible characters at both ends.
std::string_view trimmed(std::string_view text);

/// For a message: what is not seen stands there by its number, and what is long is cut.
std::string shown(std::string_view text);

/// UTF-8 of a text whose byte order mark, or the zero bytes of its first character, say that it is UTF-16; any other as
/// it is, without the mark. What is no character there becomes U+FFFD.
std::string as_utf8(std::string text);

/// Each byte that is of no character becomes another: what is written into a journal or a message must be a text.
std::string utf8_only(std::string text, char instead = '?');

/// A to Z made small; other letters stay.
std::string lower_ascii(std::string_view text);

}  // namespace sigap
