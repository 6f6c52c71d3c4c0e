#include "adapters/sip/invite.h"

#include <sofia-sip/msg_mime.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_extra.h>
#include <strings.h>

#include <memory>

#include "adapters/sip/caller_number.h"
#include "adapters/sip/pidf_lo.h"

namespace sigap::sip {
namespace {

constexpr char kTrunkHeader[] = "X-Sigap-Trunk";  // written by the edge (apps/sigap/edge)
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
  if (!sip.sip_payload || !sip.sip_content_type) return;
  const std::string_view type = text_of(sip.sip_content_type->c_type);
  if (!is(sip.sip_content_type->c_type, "multipart/mixed")) {
    take(type, std::string_view(), std::string_view(sip.sip_payload->pl_data, sip.sip_payload->pl_len));
    return;
  }
  Home scratch;  // the parser cuts its input up: it gets a copy
  auto* payload = sip_payload_dup(scratch.home, sip.sip_payload);
  const auto* multipart = msg_multipart_parse(scratch.home, sip.sip_content_type, payload);
  for (const auto* part = multipart; part; part = part->mp_next) {
    if (!part->mp_payload || !part->mp_content_type) continue;
    const auto id = part->mp_content_id ? text_of(part->mp_content_id->g_string) : std::string_view();
    take(text_of(part->mp_content_type->c_type), id,
         std::string_view(part->mp_payload->pl_data, part->mp_payload->pl_len));
  }
}

std::optional<ports::Service> service_of(const url_t& uri, std::string& dialled) {
  using ports::Service;
  if (uri.url_type == url_unknown && is(uri.url_scheme, "urn")) {
    Home scratch;
    dialled = text_of(url_as_string(scratch.home, &uri));
    for (const auto* urn : {"urn:service:sos", "urn:service:sos.police"})
      if (is(dialled.c_str(), urn)) return Service::emergency;
    for (const auto* urn : {"urn:service:test.sos", "urn:service:test.sos.police"})
      if (is(dialled.c_str(), urn)) return Service::test;
    return std::nullopt;
  }
  const auto user = text_of(uri.url_user);
  dialled = user.substr(0, user.find(';'));
  if (dialled == "110") return Service::emergency;
  return std::nullopt;
}

std::string number_in(const url_t& uri) {
  return caller_number(text_of(uri.url_user ? uri.url_user : uri.url_host));
}

void read_number(const sip_t& sip, ports::IncomingCall& call) {
  for (const bool tel : {true, false})  // a tel URI is the number itself, a sip URI may be an account
    for (const auto* id = sip_p_asserted_identity(&sip); id; id = id->paid_next) {
      if ((id->paid_url->url_type == url_tel) != tel) continue;
      call.number = number_in(*id->paid_url);
      if (call.number.empty()) continue;
      call.number_source = ports::NumberSource::asserted_identity;
      return;
    }
  if (!sip.sip_from) return;
  call.number = number_in(*sip.sip_from->a_url);
  if (!call.number.empty()) call.number_source = ports::NumberSource::from;
}

/// The content id of a Geolocation header that points into the body; nothing when there is no such header.
std::optional<std::string> geolocation_cid(const sip_t& sip, bool& elsewhere) {
  for (const auto* header = sip.sip_unknown; header; header = header->un_next) {
    if (!is(header->un_name, "Geolocation")) continue;
    const auto value = text_of(header->un_value);
    const auto begin = value.find('<'), end = value.find('>');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) continue;
    const auto uri = value.substr(begin + 1, end - begin - 1);
    if (uri.size() > 4 && strncasecmp(uri.data(), "cid:", 4) == 0) return std::string(uri.substr(4));
    elsewhere = true;
  }
  return std::nullopt;
}

void read_location(const sip_t& sip, ports::IncomingCall& call) {
  bool elsewhere = false;
  const auto cid = geolocation_cid(sip, elsewhere);
  if (!cid) {
    if (elsewhere) call.location_note = "location is by reference: not fetched";
    return;
  }
  bool found = false;
  each_part(sip, [&](std::string_view type, std::string_view id, std::string_view body) {
    if (id.size() > 2 && id.front() == '<') id = id.substr(1, id.size() - 2);
    if (found || id != *cid) return;
    found = true;
    if (strncasecmp(type.data(), "application/pidf+xml", 20) != 0) {
      call.location_note = "location document of another type";
      return;
    }
    auto read = read_pidf_lo(body);
    call.location = read.location;
    call.location_note = std::move(read.note);
  });
  if (!found) call.location_note = "location document is missing from the body";
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
      call.foreign_ids.push_back({std::string(purpose), std::string(value)});
  }
}

}  // namespace

std::vector<std::string_view> trunks_named(const sip_t& request) {
  std::vector<std::string_view> names;
  for (const auto* header = request.sip_unknown; header; header = header->un_next)
    if (is(header->un_name, kTrunkHeader)) names.push_back(text_of(header->un_value));
  return names;
}

std::string message_text(msg_t* message) {
  size_t length = 0;
  char* text = msg_as_string(nullptr, message, nullptr, 0, &length);
  std::string copy(text ? text : "", text ? length : 0);
  su_free(nullptr, text);
  return copy;
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

ports::IncomingCall read_invite(const sip_t& sip) {
  ports::IncomingCall call;
  const auto service = service_of(*sip.sip_request->rq_url, call.dialled);
  if (service)
    call.service = *service;
  else
    call.turned_away = ports::TurnedAway{404, "not a number of ours"};
  read_number(sip, call);
  read_location(sip, call);
  read_foreign_ids(sip, call);
  return call;
}

}  // namespace sigap::sip
