// Texts that a trunk brings (RFC 3428): who cannot speak and has no data writes. Yes (202) is said once the text is in
// the journal; until then the trunk says it again, to whatever process is there. In and outside of dialogs.
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/nta.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>

#include <algorithm>

#include "adapters/sip/caller_place.h"
#include "adapters/sip/invite.h"
#include "base/characters.h"
#include "base/hash.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kWaitingMax = 200;  // texts that wait for the journal: seconds of the nation's; own

/// As it can be shown: UTF-8, of control characters the ends of lines and tabs alone. What is no UTF-8 is read as
/// ISO 8859-1, of which every byte is a character.
std::string readable(std::string text) {
  text = as_utf8(std::move(text));
  std::string clean;
  bool utf8 = true;
  for (std::string_view rest = text; !rest.empty();) {
    const auto character = first_character(rest);
    utf8 = utf8 && character;
    if (!character) break;
    const auto code = character->code;
    if ((code >= 0x20 && code < 0x7f) || code >= 0xa0 || code == '\n' || code == '\t')
      clean.append(rest.substr(0, character->bytes));
    rest.remove_prefix(character->bytes);
  }
  if (utf8) return clean;
  clean.clear();
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if (c >= 0xa0) {
      clean += static_cast<char>(0xc0 | (c >> 6));
      clean += static_cast<char>(0x80 | (c & 0x3f));
    } else if ((c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t') {
      clean += byte;
    }
  }
  return clean;
}

std::size_t characters_in(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// The text in the body, alone or as a part of a multipart; nothing when there is a body and no text in it.
std::optional<std::string> text_of_body(const sip_t& sip) {
  if (!sip.sip_payload || sip.sip_payload->pl_len == 0) return "";
  if (sip.sip_content_encoding) return std::nullopt;
  if (!sip.sip_content_type) return std::string(sip.sip_payload->pl_data, sip.sip_payload->pl_len);
  for (auto& part : parts_of(sip))
    if (part.type == "text/plain") return std::move(part.text);
  return std::nullopt;
}

}  // namespace

void Agent::text(nta_incoming_t* request, const sip_t& sip, const TrunkName& trunk) {
  const auto refuse = [&](int status, const char* phrase, const char* accept = nullptr) {
    count_refusal(trunk, status);
    nta_incoming_treply(request, status, phrase, TAG_IF(accept, SIPTAG_ACCEPT_STR(accept)), TAG_END());
    nta_incoming_destroy(request);
  };
  const auto call = read_invite(sip, trunks_.reading(trunk));
  if (call.turned_away && !sip.sip_to->a_tag) return refuse(call.turned_away->status, sip_status_phrase(404));
  auto body = text_of_body(sip);
  if (!body) return refuse(SIP_415_UNSUPPORTED_MEDIA, "text/plain");
  auto words = readable(std::move(*body));
  if (characters_in(words) > ports::kTextMax) return refuse(SIP_413_REQUEST_TOO_LARGE);
  if (texts_.size() >= kWaitingMax) return refuse(SIP_480_TEMPORARILY_UNAVAILABLE);
  ports::IncomingText text;
  text.id = fresh_leg_id();
  text.trunk = trunk;
  text.number = call.number;
  text.place = call.place;
  text.text = std::move(words);
  text.name = sha256_hex(trunk.value + "\n" + sip.sip_call_id->i_id + "\n" + std::to_string(sip.sip_cseq->cs_seq) +
                         "\n" + (sip.sip_from->a_tag ? sip.sip_from->a_tag : ""))
                  .substr(0, 32);
  texts_.emplace(text.id, request);
  listener_.text_arrived(std::move(text));
}

void Agent::answer_text(const LegId& id, int status) {
  const auto it = texts_.find(id);
  if (it == texts_.end()) return;
  auto* request = it->second;
  texts_.erase(it);
  if (status >= 300) count_refusal(TrunkName{}, status);
  nta_incoming_treply(request, status, sip_status_phrase(status), SIPTAG_SERVER_STR(config_.user_agent.c_str()),
                      TAG_END());
  nta_incoming_destroy(request);
}

}  // namespace sigap::sip
