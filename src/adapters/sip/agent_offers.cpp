// What the other side says of its voice after the dialog stands: re-INVITE and UPDATE (RFC 3261 14, RFC 3311, RFC
// 6337), their answers to offers of ours (RFC 3264), and keys by INFO (RFC 6086, as gateways use it). An offer that
// says something new waits for the media process and the journal; one that says what we know already, a session timer's
// mostly, is answered at once.
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/nta.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <strings.h>

#include "adapters/sip/invite.h"
#include "base/characters.h"
#include "sdp/voice.h"

namespace sigap::sip {
namespace {

int on_offer_confirmed(void* magic, nta_incoming_t* request, const sip_t* sip) {
  auto& leg = *static_cast<Leg*>(magic);
  leg.agent->offer_confirmed(leg, request, sip);
  return 0;
}
int on_late_ack(void*, nta_incoming_t* request, const sip_t*) {
  nta_incoming_destroy(request);
  return 0;
}

bool is_type(const sip_t& sip, const char* type) {
  return sip.sip_content_type && sip.sip_content_type->c_type && strcasecmp(sip.sip_content_type->c_type, type) == 0;
}

/// "Signal=5\r\nDuration=160" or "5"; 10 and 11 are * and #. Empty: no key.
std::string key_in(const sip_t& sip) {
  if (!sip.sip_payload) return {};
  std::string_view body(sip.sip_payload->pl_data, sip.sip_payload->pl_len);
  if (is_type(sip, "application/dtmf-relay")) {
    constexpr std::string_view kSignal = "signal";
    auto line = body;
    while (!line.empty() && strncasecmp(line.data(), kSignal.data(), std::min(kSignal.size(), line.size())) != 0) {
      const auto end = line.find('\n');
      line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
    }
    const auto equals = line.find('=');
    if (line.size() < kSignal.size() || equals == std::string_view::npos) return {};
    body = line.substr(equals + 1);
  } else if (!is_type(sip, "application/dtmf")) {
    return {};
  }
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = body.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  const auto key = body.substr(begin, body.find_first_of(kBlank, begin) - begin);
  if (key == "10") return "*";
  if (key == "11") return "#";
  constexpr std::string_view kKeys = "0123456789*#ABCDabcd";
  if (key.size() != 1 || kKeys.find(key[0]) == std::string_view::npos) return {};
  return {static_cast<char>(key[0] >= 'a' ? key[0] - 'a' + 'A' : key[0])};
}

/// What a restart needs of a message and nothing else: how far they counted, where they are, what they describe.
std::string kept_of_later(const sip_t& sip, const std::string& sdp) {
  const std::string method = sip.sip_cseq->cs_method_name;
  const auto target = target_of(sip);
  return utf8_only((sip.sip_request ? method + " sip:110@sigap SIP/2.0\r\n" : "SIP/2.0 200 OK\r\n") +
                       "CSeq: " + std::to_string(sip.sip_cseq->cs_seq) + " " + method + "\r\n" +
                       (target.empty() ? "" : "Contact: <" + target + ">\r\n") +
                       "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(sdp.size()) + "\r\n\r\n" +
                       sdp,
                   kNoText);
}

}  // namespace

void Agent::follow(Leg& leg, const sip_t& sip) {
  if (!sip.sip_contact) return;
  leg.target = target_of(sip);
  if (leg.ours)
    nta_leg_client_route(leg.dialog, nullptr, sip.sip_contact);
  else
    nta_leg_server_route(leg.dialog, nullptr, sip.sip_contact);
}

void Agent::drop_offer(Leg& leg) {
  auto* request = std::exchange(leg.offer, nullptr);
  if (!request) return;
  nta_incoming_bind(request, on_late_ack, nullptr);
  nta_incoming_destroy(request);
}

int Agent::refuse_for_now(nta_incoming_t* request, int status, const char* phrase) {
  nta_incoming_treply(request, status, phrase, TAG_IF(status == 500, SIPTAG_RETRY_AFTER_STR("2")), TAG_END());
  nta_incoming_destroy(request);
  return 0;
}

int Agent::offered(Leg& leg, nta_incoming_t* request, const sip_t& sip) {
  const bool invite = sip.sip_request->rq_method == sip_method_invite;
  if (leg.hang_up || leg.bye) return refuse_early(request, SIP_481_NO_TRANSACTION);
  const auto sdp = sdp_of(sip);
  if (!invite && sdp.empty()) {  // a session timer's, or a new target
    follow(leg, sip);
    nta_incoming_treply(request, SIP_200_OK, SIPTAG_CONTACT_STR(contact(leg.over).c_str()), SIPTAG_ALLOW_STR(kAllow),
                        TAG_IF(!leg.timer_header.empty(), SIPTAG_HEADER_STR(leg.timer_header.c_str())), TAG_END());
    nta_incoming_destroy(request);
    return 0;
  }
  // RFC 3261 14.2, RFC 3311 5.2: ours is under way; theirs is.
  if (leg.reinvite) return refuse_for_now(request, SIP_491_REQUEST_PENDING);
  if (!leg.confirmed || (leg.offer && !leg.offer_answered))
    return refuse_for_now(request, SIP_500_INTERNAL_SERVER_ERROR);
  if (!sdp.empty())
    if (const auto voice = voice_in(sdp, leg.trunk); !voice) {
      const auto warning = "305 sigap \"" + voice.error().message + "\"";
      nta_incoming_treply(request, SIP_488_NOT_ACCEPTABLE, SIPTAG_WARNING_STR(warning.c_str()), TAG_END());
      nta_incoming_destroy(request);
      return 0;  // the call goes on as it was
    }
  auto kept = sdp.empty() ? std::string() : kept_of_later(sip, sdp);
  if (kept.size() > kKeptMax_bytes) return refuse_early(request, SIP_513_MESSAGE_TOO_LARGE);
  const std::string target = leg.target;
  follow(leg, sip);
  drop_offer(leg);  // an ACK that was lost: they have the answer, or they would not ask again
  leg.offer = request;
  leg.offer_answered = false;
  if (invite) nta_incoming_bind(request, on_offer_confirmed, &leg);
  if (sdp.empty()) {
    leg.asks_us = true;
    answer_offer(leg);
  } else if (sdp == leg.their_sdp && leg.target == target) {
    answer_offer(leg);
  } else {
    leg.offered_sdp = sdp;
    listener_.voice_described(leg.id, {sdp, std::move(kept), true});
  }
  return 0;
}

void Agent::answer_offer(Leg& leg) {
  leg.offer_answered = true;
  nta_incoming_treply(leg.offer, SIP_200_OK, SIPTAG_CONTACT_STR(contact(leg.over).c_str()),
                      SIPTAG_CONTENT_TYPE_STR("application/sdp"), SIPTAG_PAYLOAD_STR(leg.our_sdp.c_str()),
                      SIPTAG_ALLOW_STR(kAllow),
                      TAG_IF(!leg.timer_header.empty(), SIPTAG_HEADER_STR(leg.timer_header.c_str())), TAG_END());
  if (nta_incoming_method(leg.offer) == sip_method_invite) return;  // until its ACK
  drop_offer(leg);
  if (!std::exchange(leg.told, true)) listener_.leg_confirmed(leg.id);
}

void Agent::decline_offer(const LegId& id, int status) {
  auto* leg = find(id);
  if (!leg || !leg->offer || leg->offer_answered) return;
  nta_incoming_treply(leg->offer, status, sip_status_phrase(status), TAG_END());
  leg->offered_sdp.clear();
  drop_offer(*leg);
}

void Agent::offer_confirmed(Leg& leg, nta_incoming_t* request, const sip_t* sip) {
  // A CANCEL comes too late: the answer is a moment away.
  if (sip && sip->sip_request->rq_method == sip_method_cancel) return;
  const bool answered = leg.offer_answered;
  leg.offer = nullptr;
  if (!sip || !answered) {  // timer H: nobody heard our 200, or our refusal
    leg.asks_us = false;
    nta_incoming_destroy(request);
    return answered ? probe(leg.id) : void();
  }
  if (std::exchange(leg.asks_us, false)) {
    their_answer(leg, *sip);
  }
  nta_incoming_destroy(request);
  if (!std::exchange(leg.told, true)) listener_.leg_confirmed(leg.id);
}

void Agent::their_answer(Leg& leg, const sip_t& sip) {
  auto sdp = sdp_of(sip);
  if (sdp.empty() || sdp == leg.their_sdp || !voice_in(sdp, leg.trunk)) return;
  auto kept = kept_of_later(sip, sdp);
  if (kept.size() > kKeptMax_bytes) return;
  leg.their_sdp = sdp;
  listener_.voice_described(leg.id, {std::move(sdp), std::move(kept), false});
}

int Agent::informed(Leg& leg, nta_incoming_t* request, const sip_t& sip) {
  const auto key = key_in(sip);
  if (!key.empty()) listener_.key_pressed(leg.id, key);
  const bool place = is_type(sip, "application/pidf+xml") ||
                     (sip.sip_content_type && strncasecmp(sip.sip_content_type->c_type, "multipart/", 10) == 0);
  if (key.empty() && !place && sip.sip_payload && sip.sip_payload->pl_len > 0)  // said yes to, it would be lost
    nta_incoming_treply(request, SIP_415_UNSUPPORTED_MEDIA,
                        SIPTAG_ACCEPT_STR("application/dtmf-relay, application/dtmf"), TAG_END());
  else
    nta_incoming_treply(request, SIP_200_OK, SIPTAG_ALLOW_STR(kAllow), TAG_END());
  nta_incoming_destroy(request);
  return 0;
}

}  // namespace sigap::sip
