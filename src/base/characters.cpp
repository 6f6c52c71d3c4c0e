#include "base/characters.h"

#include <array>
#include <cstdint>

namespace sigap {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Named {
  char32_t first, last;
  const char* name;
};

/// Cc, Cf, Zs (but the blank), Zl and Zp, and what stands in a text only where another could not be read.
constexpr std::array kInvisible = {
    Named{0x0000, 0x0000, "null"},
    Named{0x0009, 0x0009, "tab"},
    Named{0x000A, 0x000A, "line feed"},
    Named{0x000D, 0x000D, "carriage return"},
    Named{0x0000, 0x001F, "control character"},
    Named{0x007F, 0x009F, "control character"},
    Named{0x00A0, 0x00A0, "no-break space"},
    Named{0x00AD, 0x00AD, "soft hyphen"},
    Named{0x034F, 0x034F, "combining grapheme joiner"},
    Named{0x0600, 0x0605, "number sign of another script"},
    Named{0x061C, 0x061C, "Arabic letter mark"},
    Named{0x115F, 0x1160, "Hangul filler"},
    Named{0x1680, 0x1680, "ogham space mark"},
    Named{0x180B, 0x180F, "Mongolian separator"},
    Named{0x2000, 0x200A, "space of another width"},
    Named{0x200B, 0x200B, "zero width space"},
    Named{0x200C, 0x200C, "zero width non-joiner"},
    Named{0x200D, 0x200D, "zero width joiner"},
    Named{0x200E, 0x200E, "left-to-right mark"},
    Named{0x200F, 0x200F, "right-to-left mark"},
    Named{0x2028, 0x2028, "line separator"},
    Named{0x2029, 0x2029, "paragraph separator"},
    Named{0x202A, 0x202E, "mark of writing direction"},
    Named{0x202F, 0x202F, "narrow no-break space"},
    Named{0x205F, 0x205F, "mathematical space"},
    Named{0x2060, 0x2060, "word joiner"},
    Named{0x2061, 0x2064, "invisible operator"},
    Named{0x2065, 0x206F, "mark of writing direction"},
    Named{0x2800, 0x2800, "blank Braille pattern"},
    Named{0x3000, 0x3000, "ideographic space"},
    Named{0x3164, 0x3164, "Hangul filler"},
    Named{0xFE00, 0xFE0F, "variation selector"},
    Named{0xFEFF, 0xFEFF, "byte order mark"},
    Named{0xFFA0, 0xFFA0, "Hangul filler"},
    Named{0xFFF9, 0xFFFB, "interlinear annotation mark"},
    Named{kReplacement, kReplacement, "character that could not be read"},
    Named{0xE0000, 0xE01EF, "tag or variation selector"},
};

std::string number_of(char32_t code) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string text;
  for (char32_t rest = code; rest != 0 || text.size() < 4; rest >>= 4) text.insert(text.begin(), kHex[rest & 15]);
  return "U+" + text;
}

void put(std::string& out, char32_t code) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// `high`: which of two bytes is the greater one.
std::string from_utf16(std::string_view text, std::size_t high) {
  std::string out;
  out.reserve(text.size());
  const auto unit = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i + high]) << 8 |
                                 static_cast<unsigned char>(text[i + 1 - high]));
  };
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const auto one = unit(i);
    const bool leads = one >= 0xD800 && one < 0xDC00;
    const bool pair = leads && i + 3 < text.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000;
    if (pair)
      put(out, 0x10000 + ((one - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
    else
      put(out, one >= 0xD800 && one < 0xE000 ? kReplacement : one);
    if (pair) i += 2;
  }
  if (text.size() % 2 != 0) put(out, kReplacement);
  return out;
}

}  // namespace

std::optional<Character> first_character(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(0);
  if (lead < 0x80) return Character{lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return std::nullopt;
  char32_t code = lead & (0x7F >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[bytes] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
  return Character{code, bytes};
}

std::optional<std::string> invisible(char32_t code) {
  if (code >= ' ' && code < 0x7F) return std::nullopt;
  for (const auto& [first, last, name] : kInvisible)
    if (code >= first && code <= last) return std::string(name) + " (" + number_of(code) + ")";
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const auto passed_over = [](char32_t code) {
    return code == ' ' || (code != kReplacement && code != 0 && invisible(code));
  };
  while (!text.empty()) {
    const auto first = first_character(text);
    if (!first || !passed_over(first->code)) break;
    text.remove_prefix(first->bytes);
  }
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && text.size() - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    const auto last = first_character(text.substr(at));
    if (!last || last->bytes != text.size() - at || !passed_over(last->code)) break;
    text.remove_suffix(last->bytes);
  }
  return text;
}

std::string shown(std::string_view text) {
  constexpr std::size_t kShownMax = 60;  // bytes: as much as helps to find it again; own
  std::string out;
  while (!text.empty()) {
    if (out.size() > kShownMax) return out + "...";
    const auto one = first_character(text);
    if (!one)
      out += '?';
    else if (invisible(one->code))
      out += "<" + number_of(one->code) + ">";
    else
      out += text.substr(0, one->bytes);
    text.remove_prefix(one ? one->bytes : 1);
  }
  return out;
}

std::string utf8_only(std::string text, char instead) {
  for (std::size_t at = 0; at < text.size();) {
    const auto one = first_character(std::string_view(text).substr(at));
    if (!one) text[at] = instead;
    at += one ? one->bytes : 1;
  }
  return text;
}

std::string as_utf8(std::string text) {
  const std::string_view all = text;
  if (all.starts_with("\xEF\xBB\xBF")) return text.substr(3);
  if (all.starts_with("\xFF\xFE")) return from_utf16(all.substr(2), 1);
  if (all.starts_with("\xFE\xFF")) return from_utf16(all.substr(2), 0);
  // A text of anything begins with a letter of ours, and has no zero byte beside it but in UTF-16.
  if (all.size() > 1 && all[0] != 0 && all[1] == 0) return from_utf16(all, 1);
  if (all.size() > 1 && all[0] == 0 && all[1] != 0) return from_utf16(all, 0);
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace sigap
