// One telephone, one name: a carrier writes +62 812..., another 62812..., an exchange 0812... or 812....
// Invariants: pure; what was shown to us is kept beside the canonical form, never replaced by it; a text that is no
// telephone number is its own canonical form, and canonical forms are canonical.
// Sources: ITU-T E.164 (15 digits; international prefix, country code, trunk prefix) and E.123 (marks between digits);
// RFC 3966 (visual separators, phone-context); Indonesia's fundamental technical plan, KM 4/2001 as amended (FTP
// Nasional 2000): country code 62, trunk prefix 0, international prefixes 00x and 010xx by operator, area codes of two
// or three digits, mobile 8xx, three-digit emergency and service codes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sigap {

/// `+` and digits, or digits alone: without blanks and the marks that people and machines put between digits. Nothing
/// when anything else is in it, or when it has no digit.
std::optional<std::string> plain_number(std::string_view text);

/// Whom the number names, whoever wrote it: `+` and country code for a number that is somebody's in the whole world;
/// short codes (110, 112, 14022) and numbers within an exchange or an area as they are, without marks.
std::string canonical_number(std::string_view text);

/// Of a tel URI or a user part with `phone-context` (RFC 3966 5.1.5): the number where the context is what stands
/// before it ("5551234" in +6221), else the number as it is.
std::string number_in_context(std::string_view number, std::string_view context);

/// Whether `dialled` is this short code: as it is, or as networks bring it, behind country and area code (021110,
/// 62110, +62274110).
bool is_short_code(std::string_view dialled, std::string_view code);

}  // namespace sigap
