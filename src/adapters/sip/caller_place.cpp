#include "adapters/sip/caller_place.h"

#include <sofia-sip/sip.h>
#include <sofia-sip/url.h>
#include <strings.h>

#include <algorithm>

#include "adapters/sip/pidf_lo.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kValuesMax = 16;    // own: of all headers together
constexpr std::size_t kDocumentsMax = 8;  // own: read for one message

std::string unescaped(std::string_view text) {
  std::string plain(text);
  plain.resize(static_cast<std::size_t>(url_unescape_to(plain.data(), plain.c_str(), plain.size())));
  return plain;
}

struct Referenced {
  std::vector<std::string> ids;  ///< within the body
  bool elsewhere = false;
};

/// `<uri>;parameter="a, b", <uri>`
void read_header(std::string_view value, Referenced& into) {
  std::size_t values = into.ids.size();
  bool quoted = false;
  for (std::size_t at = 0; at < value.size() && values < kValuesMax; ++at) {
    if (quoted && value[at] == '\\')
      ++at;
    else if (value[at] == '"')
      quoted = !quoted;
    else if (!quoted && value[at] == '<') {
      const auto end = value.find('>', at);
      if (end == std::string_view::npos) return;
      const auto uri = value.substr(at + 1, end - at - 1);
      if (uri.size() > 4 && strncasecmp(uri.data(), "cid:", 4) == 0)
        into.ids.push_back(unescaped(uri.substr(4)));
      else
        into.elsewhere = true;
      ++values;
      at = end;
    }
  }
}

bool is_location(const BodyPart& part) {
  return part.type == "application/pidf+xml" || part.type == "application/held+xml";  // RFC 4119, RFC 5985
}

}  // namespace

ports::CallerPlace read_place(const std::vector<std::string_view>& geolocation, const std::vector<BodyPart>& body) {
  Referenced referenced;
  for (const auto value : geolocation) read_header(value, referenced);
  std::vector<const BodyPart*> documents;
  ports::CallerPlace place;
  for (const auto& id : referenced.ids)
    for (const auto& part : body) {
      if (part.id != id || documents.size() >= kDocumentsMax) continue;
      if (is_location(part))
        documents.push_back(&part);
      else
        place.note = "location document of another type";
    }
  const auto pointed_at = documents.size();
  for (const auto& part : body)
    if (is_location(part) && documents.size() < kDocumentsMax &&
        std::find(documents.begin(), documents.end(), &part) == documents.end())
      documents.push_back(&part);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto read = read_pidf_lo(documents[i]->text);
    if (place.civic.empty()) place.civic = std::move(read.civic);
    if (read.location) {
      place.location = read.location;
      place.note = i < pointed_at        ? read.note
                   : geolocation.empty() ? "location came without a Geolocation header"
                                         : "location is another than the Geolocation header names";
      return place;
    }
    if (place.note.empty()) place.note = std::move(read.note);
  }
  if (!place.note.empty()) return place;
  if (referenced.elsewhere)
    place.note = "location is by reference: not fetched";
  else if (!referenced.ids.empty())
    place.note = "location document is missing from the body";
  return place;
}

ports::CallerPlace read_place(const sip_s& message) {
  std::vector<std::string_view> geolocation;
  for (const auto* header = message.sip_unknown; header; header = header->un_next)
    if (strcasecmp(header->un_name, "Geolocation") == 0 && header->un_value) geolocation.push_back(header->un_value);
  return read_place(geolocation, parts_of(message));
}

std::vector<BodyPart> parts_of(const sip_s& message) {
  const auto* type = message.sip_content_type;
  if (!message.sip_payload || !type || !type->c_type) return {};
  std::string whole = type->c_type;
  if (type->c_params)
    for (const auto* parameter = type->c_params; *parameter; ++parameter) whole += std::string(";") + *parameter;
  return body_parts(whole, {message.sip_payload->pl_data, message.sip_payload->pl_len});
}

}  // namespace sigap::sip
