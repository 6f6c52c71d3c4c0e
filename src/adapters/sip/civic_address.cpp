#include "adapters/sip/civic_address.h"

#include <pugixml.hpp>
#include <string_view>

namespace sigap::sip {
namespace {

constexpr std::size_t kLineMax_bytes = 200;

/// Length of the well-formed UTF-8 character at the beginning, 0 when there is none (RFC 3629).
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xed && byte(1) >= 0xa0, beyond = lead == 0xf4 && byte(1) >= 0x90;
  return overlong || surrogate || beyond ? 0 : size;
}

/// Control characters and what is no UTF-8 are blanks, and blanks are one.
std::string clean(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const auto size = character(text);
    const auto lead = static_cast<unsigned char>(text[0]);
    if (size == 0 || lead <= ' ' || lead == 0x7f) {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else {
      line += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string cut(std::string line) {
  std::size_t end = 0;
  while (end < line.size()) {
    const auto size = character(std::string_view(line).substr(end));
    if (end + size > kLineMax_bytes) break;
    end += size;
  }
  line.resize(end);
  return line;
}

}  // namespace

std::string civic_line(const pugi::xml_node& civic_address) {
  const auto element = [&](std::string_view wanted) -> std::string {
    for (const auto& child : civic_address.children()) {
      const std::string_view name = child.name();
      const auto colon = name.find(':');
      if ((colon == std::string_view::npos ? name : name.substr(colon + 1)) == wanted)
        return clean(child.child_value());
    }
    return {};
  };
  std::string line;
  /// One piece of the address: several elements, or a word and an element.
  const auto piece = [&](std::initializer_list<std::string> words) {
    std::string text;
    for (const auto& word : words)
      if (!word.empty()) text += (text.empty() ? "" : " ") + word;
    if (!text.empty()) line += (line.empty() ? "" : ", ") + text;
  };
  const auto named = [&](const char* what, const char* name) {
    if (auto value = element(name); !value.empty()) piece({what, std::move(value)});
  };
  auto number = element("HNO");
  if (const auto suffix = element("HNS"); !suffix.empty()) number += suffix;
  const auto road = element("RD");
  piece({element("NAM")});
  // RFC 4119 had the street in A6.
  piece({element("PRM"), element("PRD"), road.empty() ? element("A6") : road, element("STS"), element("POD"), number});
  piece({element("RDSEC"), element("RDBR"), element("RDSUBBR")});
  piece({element("BLD")});
  named("lantai", "FLR");
  named("unit", "UNIT");
  named("ruang", "ROOM");
  piece({element("LMK")});
  piece({element("LOC")});
  if (!road.empty()) piece({element("A6")});
  for (const auto* level : {"A5", "A4", "A3", "A2", "A1"}) piece({element(level)});
  piece({element("PC")});
  if (const auto country = element("country"); country != "ID" && country != "id") piece({country});
  return cut(std::move(line));
}

}  // namespace sigap::sip
