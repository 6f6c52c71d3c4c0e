#include "adapters/sip/body_parts.h"

#include <sofia-sip/base64.h>
#include <strings.h>

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace sigap::sip {
namespace {

// Own: an INVITE has two or three parts, a proxy wraps them once.
constexpr std::size_t kPartsMax = 32;
constexpr int kMultipartDepthMax = 4;
constexpr std::size_t kBoundaryMax_bytes = 70;  // RFC 2046 5.1.1

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

/// Takes what stands before the next semicolon that is in no quotes.
std::string_view next_parameter(std::string_view& rest) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '"') quoted = !quoted;
    if (quoted && rest[at] == '\\') ++at;
    if (!quoted && rest[at] == ';') break;
  }
  const auto found = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return trimmed(found);
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::string boundary_of(std::string_view content_type) {
  (void)next_parameter(content_type);
  while (!content_type.empty()) {
    const auto parameter = next_parameter(content_type);
    const auto equals = parameter.find('=');
    if (equals != std::string_view::npos && same(trimmed(parameter.substr(0, equals)), "boundary"))
      return unquoted(trimmed(parameter.substr(equals + 1)));
  }
  return {};
}

/// Takes a line and its end.
std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct Headers {
  std::string type = "text/plain";  // RFC 2046 5.1
  std::string id, encoding;
};

/// Takes the headers of a part and the empty line.
Headers read_headers(std::string_view& rest) {
  Headers headers;
  std::string whole;
  const auto note = [&] {
    const auto colon = whole.find(':');
    if (colon == std::string::npos) return;
    const auto name = trimmed(std::string_view(whole).substr(0, colon));
    const auto value = std::string(trimmed(std::string_view(whole).substr(colon + 1)));
    if (same(name, "Content-Type") || same(name, "c")) headers.type = value;
    if (same(name, "Content-ID")) headers.id = value;
    if (same(name, "Content-Transfer-Encoding")) headers.encoding = value;
  };
  while (!rest.empty()) {
    const auto line = next_line(rest);
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {  // folded
      whole += line;
      continue;
    }
    note();
    if (line.empty()) return headers;
    whole = line;
  }
  note();
  return headers;
}

std::string decoded(const Headers& headers, std::string_view text) {
  if (!same(headers.encoding, "base64")) return std::string(text);
  const std::string code(text);
  std::string plain(code.size(), '\0');
  const auto size = base64_d(plain.data(), static_cast<isize_t>(plain.size()), code.c_str());
  plain.resize(size < 0 ? 0 : std::min(static_cast<std::size_t>(size), plain.size()));
  return plain;
}

void collect(const Headers& headers, std::string_view body, int depth, std::vector<BodyPart>& parts) {
  auto rest = std::string_view(headers.type);
  const auto type = lower_case(next_parameter(rest));
  if (!type.starts_with("multipart/")) {
    std::string_view id = headers.id;
    if (id.size() >= 2 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
    if (parts.size() < kPartsMax) parts.push_back({type, std::string(trimmed(id)), decoded(headers, body)});
    return;
  }
  const auto boundary = boundary_of(headers.type);
  if (depth >= kMultipartDepthMax || boundary.empty() || boundary.size() > kBoundaryMax_bytes) return;
  // A delimiter stands at the beginning of a line, and the end of the line before it is its own.
  const auto delimiter = "--" + boundary;
  std::optional<std::size_t> begin;
  for (auto left = body; !left.empty() && parts.size() < kPartsMax;) {
    const auto at = body.size() - left.size();
    const auto line = next_line(left);
    if (!line.starts_with(delimiter)) continue;
    const auto after = trimmed(line.substr(delimiter.size()));
    if (!after.empty() && after != "--") continue;  // of a longer boundary
    if (begin) {
      auto part = body.substr(*begin, at - *begin);
      if (part.ends_with('\n')) part.remove_suffix(1);
      if (part.ends_with('\r')) part.remove_suffix(1);
      const auto inner = read_headers(part);
      collect(inner, part, depth + 1, parts);
    }
    if (after == "--") return;
    begin = body.size() - left.size();
  }
  if (!begin) return;  // cut off: the last part is what there is
  auto part = body.substr(*begin);
  const auto inner = read_headers(part);
  collect(inner, part, depth + 1, parts);
}

}  // namespace

std::vector<BodyPart> body_parts(std::string_view content_type, std::string_view body) {
  std::vector<BodyPart> parts;
  collect({std::string(content_type), {}, {}}, body, 0, parts);
  return parts;
}

}  // namespace sigap::sip
