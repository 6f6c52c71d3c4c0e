#include "adapters/sip/invite.h"

#include <sofia-sip/sip.h>
#include <sofia-sip/sip_extra.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <strings.h>

#include <algorithm>
#include <functional>

#include "adapters/sip/caller_number.h"
#include "adapters/sip/caller_place.h"
#include "adapters/sip/dialled.h"
#include "base/characters.h"

namespace sigap::sip {
namespace {

constexpr char kTrunkHeader[] = "X-Sigap-Trunk";      // written by the edge (src/edge)
constexpr char kRefusedHeader[] = "X-Sigap-Refused";  // so is this
constexpr std::size_t kDialledMax_bytes = 100;        // own: what an operator is shown of a service's name
constexpr std::size_t kForeignIdsMax = 8;
constexpr std::size_t kForeignIdMax_bytes = 256;

struct Home {
  su_home_t home[1] = {};
  Home() { su_home_init(home); }
  ~Home() { su_home_deinit(home); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
};

bool is(const char* a, const char* b) {
  return a && strcasecmp(a, b) == 0;
}

std::string_view text_of(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

/// Calls take(content type, content id, body) for the body or for each of its parts.
template <class Take>
void each_part(const sip_t& sip, Take take) {
  for (const auto& part : parts_of(sip))
    take(std::string_view(part.type), std::string_view(part.id), std::string_view(part.text));
}

/// Of a sip or tel URI, with the parameters of a number.
std::string user_of(const url_t& uri) {
  if (uri.url_type != url_tel) return std::string(text_of(uri.url_user));
  std::string user(text_of(uri.url_user ? uri.url_user : uri.url_host));
  if (uri.url_params) user += std::string(";") + uri.url_params;
  return user;
}

std::optional<ports::Service> service_of(const url_t& uri, const Reading& reading, std::string& dialled) {
  if (uri.url_type == url_unknown && is(uri.url_scheme, "urn")) {
    Home scratch;
    dialled = text_of(url_as_string(scratch.home, &uri));
  } else {
    const auto user = user_of(uri);
    dialled = user.substr(0, user.find(';'));
    if (const auto number = caller_number(user); !number.empty() && !service_dialled(dialled, reading.dialled))
      return service_dialled(number, reading.dialled);  // with what its context puts before it
  }
  const auto shown = [](char c) { return c > ' ' && c <= '~'; };
  std::optional<ports::Service> service;
  if (std::all_of(dialled.begin(), dialled.end(), shown)) service = service_dialled(dialled, reading.dialled);
  std::replace_if(dialled.begin(), dialled.end(), std::not_fn(shown), '?');  // for the journal, which is text
  dialled = dialled.substr(0, kDialledMax_bytes);
  return service;
}

/// The URI is a telephone number and not an account that may look like one.
bool says_phone(const url_t& uri) {
  return uri.url_type == url_tel || (uri.url_params && url_has_param(&uri, "user=phone")) ||
         text_of(uri.url_user).starts_with('+');
}

/// Of identities in a list: those that say that they are telephones first.
template <class Identity, class Next, class Url>
std::string first_number(const Identity* first, Next next, Url url) {
  for (const bool phone : {true, false})
    for (const auto* id = first; id; id = next(id)) {
      if (says_phone(*url(id)) != phone) continue;
      if (auto number = caller_number(user_of(*url(id))); !number.empty()) return number;
    }
  return {};
}

/// What the network asserts, what an older one tells of the calling party, what the telephone says.
void read_number(const sip_t& sip, const Reading& reading, ports::IncomingCall& call) {
  using ports::NumberSource;
  const auto found = [&](std::string number, NumberSource source) {
    if (number.empty()) return false;
    call.number = std::move(number);
    call.number_source = source;
    return true;
  };
  if (reading.identity_believed) {
    if (found(first_number(
                  sip_p_asserted_identity(&sip), [](const auto* id) { return id->paid_next; },
                  [](const auto* id) { return id->paid_url; }),
              NumberSource::asserted_identity))
      return;
    // In a request a Remote-Party-ID without a party is the calling one's (draft-ietf-sip-privacy-04).
    const auto calling = [](const sip_remote_party_id_t* id) {
      while (id && id->rpid_party && !is(id->rpid_party, "calling")) id = id->rpid_next;
      return id;
    };
    if (found(first_number(
                  calling(sip_remote_party_id(&sip)), [&](const auto* id) { return calling(id->rpid_next); },
                  [](const auto* id) { return id->rpid_url; }),
              NumberSource::remote_party))
      return;
  }
  if (sip.sip_from) found(caller_number(user_of(*sip.sip_from->a_url)), NumberSource::from);
}

void read_foreign_ids(const sip_t& sip, ports::IncomingCall& call) {
  Home scratch;
  for (const auto* info = sip.sip_call_info; info; info = info->ci_next) {
    const auto purpose = text_of(info->ci_purpose);
    const bool nena =
        purpose.find("CallId") != std::string_view::npos || purpose.find("IncidentId") != std::string_view::npos;
    if (!nena || call.foreign_ids.size() >= kForeignIdsMax) continue;
    const auto value = text_of(url_as_string(scratch.home, info->ci_url));
    if (value.size() <= kForeignIdMax_bytes && purpose.size() <= kForeignIdMax_bytes)
      call.foreign_ids.push_back({utf8_only(std::string(purpose)), utf8_only(std::string(value))});
  }
}

}  // namespace

std::vector<std::string_view> trunks_named(const sip_t& request) {
  std::vector<std::string_view> names;
  for (const auto* header = request.sip_unknown; header; header = header->un_next)
    if (is(header->un_name, kTrunkHeader)) names.push_back(text_of(header->un_value));
  return names;
}

std::optional<ports::TurnedAway> refused_by_edge(const sip_t& request) {
  for (const auto* header = request.sip_unknown; header; header = header->un_next) {
    if (!is(header->un_name, kRefusedHeader)) continue;
    if (text_of(header->un_value) == "503")
      return ports::TurnedAway{503, "more calls a second than this trunk may bring"};
    if (text_of(header->un_value) == "483") return ports::TurnedAway{483, "too many hops"};
  }
  return std::nullopt;
}

namespace {

/// A SIP URI has no path (RFC 3261 25.1). sofia reads one all the same, and writes it so that nobody can read it again.
void without_paths(sip_t& kept) {
  const auto drop = [](url_t* url) { url->url_path = nullptr; };
  if (kept.sip_request) drop(kept.sip_request->rq_url);
  if (kept.sip_from) drop(kept.sip_from->a_url);
  if (kept.sip_to) drop(kept.sip_to->a_url);
  for (auto* contact = kept.sip_contact; contact; contact = contact->m_next) drop(contact->m_url);
  for (auto* route = kept.sip_record_route; route; route = route->r_next) drop(route->r_url);
}

}  // namespace

std::string kept_of(const sip_t& sip, const std::string& sdp) {
  msg_t* message = msg_create(sip_default_mclass(), 0);
  auto* kept = sip_object(message);
  const auto add = [&](const auto* header) {
    if (header) sip_add_dup(message, kept, reinterpret_cast<const sip_header_t*>(header));
  };
  add(sip.sip_request);
  add(sip.sip_status);
  add(sip.sip_via);
  add(sip.sip_record_route);
  add(sip.sip_from);
  add(sip.sip_to);
  add(sip.sip_call_id);
  add(sip.sip_cseq);
  add(sip.sip_contact);
  without_paths(*kept);
  if (!sdp.empty()) {
    add(sip_content_type_make(msg_home(message), "application/sdp"));
    add(sip_payload_create(msg_home(message), sdp.data(), static_cast<isize_t>(sdp.size())));
  }
  std::string text;
  if (sip_complete_message(message) >= 0) {
    size_t length = 0;
    char* whole = msg_as_string(nullptr, message, nullptr, 0, &length);
    text.assign(whole ? whole : "", whole ? length : 0);
    su_free(nullptr, whole);
  }
  msg_destroy(message);
  return utf8_only(std::move(text), kNoText);  // a name in Latin-1, for one
}

std::string sdp_of(const sip_t& sip) {
  std::string sdp;
  each_part(sip, [&](std::string_view type, std::string_view, std::string_view body) {
    if (sdp.empty() && type.size() >= 15 && strncasecmp(type.data(), "application/sdp", 15) == 0) sdp = body;
  });
  return sdp;
}

std::string target_of(const sip_t& sip) {
  Home scratch;
  return sip.sip_contact ? std::string(text_of(url_as_string(scratch.home, sip.sip_contact->m_url))) : std::string();
}

ports::IncomingCall read_invite(const sip_t& sip, const Reading& reading) {
  ports::IncomingCall call;
  const auto service = service_of(*sip.sip_request->rq_url, reading, call.dialled);
  if (service)
    call.service = *service;
  else
    call.turned_away = ports::TurnedAway{404, "not a number of ours"};
  read_number(sip, reading, call);
  call.place = read_place(sip);
  read_foreign_ids(sip, call);
  return call;
}

}  // namespace sigap::sip
