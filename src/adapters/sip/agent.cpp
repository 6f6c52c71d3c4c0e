#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/sip_extra.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_wait.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/url.h>
#include <sys/random.h>

#include <strings.h>

#include <algorithm>
#include <cstring>

#include "adapters/sip/invite.h"
#include "base/characters.h"
#include "base/check.h"
#include "sdp/voice.h"

namespace sigap::sip {
namespace {

/// Extensions that a call may require of us. Of geolocation (RFC 6442) and history nothing is required but to let it
/// be.
constexpr std::string_view kOptions[] = {"100rel", "timer", "geolocation-sip", "geolocation-http", "histinfo"};
constexpr usize_t kMessageMax_bytes = 96 * 1024;    // a body of 64 KB and its headers
constexpr unsigned kSocketBuffer_bytes = 4U << 20;  // rides out a burst while a batch of replies is sent

/// An ACK to a final response that belongs to no call of ours, or the answer to a re-INVITE.
int on_stray_ack(void*, nta_incoming_t* request, const sip_t*) {
  nta_incoming_destroy(request);
  return 0;
}
/// A request, or a response that belongs to no request of this process.
int on_message(nta_agent_magic_t* agent, nta_agent_t*, msg_t* message, sip_t* sip) {
  auto& its = *static_cast<Agent*>(agent);
  if (sip && sip->sip_request) return its.out_of_dialog(message, *sip), 0;
  if (sip && sip->sip_status && its.stray_answer(message, *sip)) return 0;
  msg_destroy(message);
  return 0;
}

/// What is required of us and we have not (RFC 3261 8.2.2.3).
std::string unknown_options(const sip_t& sip) {
  std::string unknown;
  const auto* required = sip.sip_require;
  for (std::size_t i = 0; required && required->k_items && required->k_items[i]; ++i) {
    const std::string_view tag = required->k_items[i];
    const auto known = [&](std::string_view ours) {
      return tag.size() == ours.size() && strncasecmp(tag.data(), ours.data(), ours.size()) == 0;
    };
    if (!std::any_of(std::begin(kOptions), std::end(kOptions), known))
      unknown += (unknown.empty() ? "" : ", ") + std::string(tag);
  }
  return unknown;
}

/// RFC 4028: who refreshes themselves may; who wants us to do it is answered without a timer, and has none then.
std::string session_timer(const sip_t& sip) {
  const auto* wanted = sip.sip_session_expires;
  const bool knows = sip_has_feature(sip.sip_supported, "timer") || sip_has_feature(sip.sip_require, "timer");
  if (!wanted || !knows || (wanted->x_refresher && strcasecmp(wanted->x_refresher, "uas") == 0)) return {};
  return "Require: timer\r\nSession-Expires: " + std::to_string(wanted->x_delta) + ";refresher=uac";
}

int on_prack(nta_reliable_magic_t*, nta_reliable_t*, nta_incoming_t* prack, const sip_t*) {
  nta_incoming_destroy(prack);  // nta says 200
  return 200;
}

}  // namespace

LegId fresh_leg_id() {
  unsigned char bytes[16];
  SIGAP_CHECK(getrandom(bytes, sizeof bytes, 0) == sizeof bytes);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return {text};
}

int on_leg_request(void* magic, nta_leg_t*, nta_incoming_t* request, const sip_t* sip) {
  auto& leg = *static_cast<Leg*>(magic);
  return leg.agent->in_dialog(leg, request, *sip);
}
int on_ack_or_cancel(void* magic, nta_incoming_t* request, const sip_t* sip) {
  auto& leg = *static_cast<Leg*>(magic);
  leg.agent->ack_or_cancel(leg, request, sip);
  return 0;
}

Agent::Agent(SipConfig config, TrunkList trunks, ports::TelephonyListener& listener)
    : config_(std::move(config)), trunks_(std::move(trunks)), listener_(listener) {}

Agent::~Agent() {
  su_timer_destroy(again_);
  su_timer_destroy(report_timer_);
  su_timer_destroy(connections_timer_);
  for (auto& [id, request] : texts_) nta_incoming_bind(request, nullptr, nullptr);
  for (auto& [id, leg] : legs_) {
    for (auto* request : leg->requests) nta_outgoing_destroy(request);
    // What waits for our answer waits for the next process: destroying it here would say 500.
    if (leg->invite) nta_incoming_bind(leg->invite, nullptr, nullptr);
    if (leg->bye) nta_incoming_bind(leg->bye, nullptr, nullptr);
    if (leg->offer) nta_incoming_bind(leg->offer, nullptr, nullptr);
    if (leg->dialog) nta_leg_destroy(leg->dialog);
    su_timer_destroy(leg->patience);
    su_timer_destroy(leg->place_timer);
  }
  leave_the_door();
  if (nta_) nta_agent_destroy(nta_);
}

Result<bool> Agent::open(su_root_t* root) {
  root_ = root;
  su_log_set_level(nullptr, 0);  // sofia's own log would hold headers: personal data
  static const bool extended = sip_update_default_mclass(sip_extend_mclass(nullptr)) == 0;
  if (!extended) return sigap::refuse("io", "sofia cannot be extended");
  const bool v6 = config_.address.find(':') != std::string::npos;
  const std::string url = "sip:" + (v6 ? "[" + config_.address + "]" : config_.address) + ":" +
                          (config_.port ? std::to_string(config_.port) : std::string("*"));
  nta_ = nta_agent_create(root, URL_STRING_MAKE(url.c_str()), on_message, this, NTATAG_UA(1),
                          NTATAG_MCLASS(stand_at_the_door()), NTATAG_SERVER_RPORT(1), NTATAG_EXTRA_100(0),
                          NTATAG_MERGE_482(1), NTATAG_MAXSIZE(kMessageMax_bytes), TPTAG_UDP_RMEM(kSocketBuffer_bytes),
                          TAG_END());
  if (!nta_) return sigap::refuse("io", "cannot listen for SIP on " + url.substr(4));
  nta_agent_get_params(nta_, NTATAG_BAD_REQ_MASK_REF(bad_headers_), TAG_END());
  const auto* contact = nta_agent_contact(nta_);
  port_ = static_cast<std::uint16_t>(contact && contact->m_url->url_port ? std::stoi(contact->m_url->url_port) : 5060);
  if (config_.tls)
    if (auto secure = open_tls(); !secure) return secure;
  watch_connections();
  return true;
}

std::string Agent::contact(Transport over) const {
  const bool secure = over == Transport::tls && config_.tls;
  const auto& address = secure ? config_.tls->address : config_.address;
  const bool v6 = address.find(':') != std::string::npos;
  return "<sip:110@" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(secure ? tls_port_ : port_) +
         parameter_of(over) + ">";
}

Leg* Agent::find(const LegId& id) {
  const auto it = legs_.find(id);
  return it == legs_.end() ? nullptr : it->second.get();
}

// ---- requests

int Agent::refuse_early(nta_incoming_t* request, int status, const char* phrase) {
  ++refused;
  nta_incoming_treply(request, status, phrase, SIPTAG_SERVER_STR(config_.user_agent.c_str()), TAG_END());
  nta_incoming_destroy(request);
  return 0;
}

bool Agent::turned_away(nta_incoming_t* request, const sip_t& sip) {
  if (sip.sip_request->rq_method == sip_method_ack) {
    nta_incoming_destroy(request);
    return true;
  }
  const auto tags = unknown_options(sip);
  if (tags.empty()) return false;
  ++refused;
  nta_incoming_treply(request, SIP_420_BAD_EXTENSION, SIPTAG_UNSUPPORTED_STR(tags.c_str()), TAG_END());
  nta_incoming_destroy(request);
  return true;
}

void Agent::refuse_at_once(msg_t* message, const TrunkName& trunk, int status, const char* phrase) {
  count_refusal(trunk, status);
  nta_msg_treply(nta_, message, status, phrase, SIPTAG_SERVER_STR(config_.user_agent.c_str()), TAG_END());
}

void Agent::out_of_dialog(msg_t* message, sip_t& sip) {
  const auto method = sip.sip_request->rq_method;
  if (method == sip_method_ack || !looked_at(message, sip)) return msg_destroy(message);
  const auto shown = names_shown(message);
  const auto trunk = trunks_.find(msg_addr(message)->su_sa, trunks_named(sip), shown);
  if (!trunk) {
    if (!shown.empty()) refused_by_name(shown);
    if (trunks_.is_edge(msg_addr(message)->su_sa))
      count_refusal(TrunkName{}, 403);
    else
      ++refused;
    nta_msg_treply(nta_, message, SIP_403_FORBIDDEN, TPTAG_CLOSE_AFTER(!trunks_.knows(msg_addr(message)->su_sa)),
                   TAG_END());
    return;
  }
  if (const auto tags = unknown_options(sip); !tags.empty() && method != sip_method_invite) {
    count_refusal(*trunk, 420);
    nta_msg_treply(nta_, message, SIP_420_BAD_EXTENSION, SIPTAG_UNSUPPORTED_STR(tags.c_str()), TAG_END());
    return;
  }
  switch (method) {
    case sip_method_invite:
      if (sip.sip_to->a_tag) return refuse_at_once(message, *trunk, SIP_481_NO_TRANSACTION);
      return invite(message, sip, *trunk);
    case sip_method_options:
      nta_msg_treply(nta_, message, SIP_200_OK, SIPTAG_ALLOW_STR(kAllow), SIPTAG_ACCEPT_STR("application/sdp"),
                     SIPTAG_SERVER_STR(config_.user_agent.c_str()), TAG_END());
      return;
    case sip_method_message:
      if (auto* request = transaction_of(message, sip)) text(request, sip, *trunk);
      return;
    case sip_method_bye:
    case sip_method_update:
    case sip_method_info:
    case sip_method_prack:
    case sip_method_cancel:
      return refuse_at_once(message, *trunk, SIP_481_NO_TRANSACTION);
    case sip_method_unknown:
      return refuse_at_once(message, *trunk, SIP_501_NOT_IMPLEMENTED);
    default:
      count_refusal(*trunk, 405);
      nta_msg_treply(nta_, message, SIP_405_METHOD_NOT_ALLOWED, SIPTAG_ALLOW_STR(kAllow), TAG_END());
  }
}

std::optional<ports::TurnedAway> Agent::objection(const sip_t& sip, const std::string& sdp, Leg& leg) const {
  if (const auto tags = unknown_options(sip); !tags.empty()) {
    leg.refusal_header = "Unsupported: " + tags;
    return ports::TurnedAway{420, "an extension that we have not: " + utf8_only(tags)};
  }
  if (!sip.sip_contact) return ports::TurnedAway{400, "no Contact"};
  if (sdp.empty()) return std::nullopt;
  const auto voice = voice_in(sdp, leg.trunk);
  if (voice) return std::nullopt;
  leg.refusal_header = "Warning: 305 sigap \"" + voice.error().message + "\"";
  return ports::TurnedAway{488, voice.error().message};
}

nta_incoming_t* Agent::transaction_of(msg_t* message, sip_t& sip) {
  auto* transport = tport_delivered_by(nta_agent_tports(nta_), message);
  return nta_incoming_create(nta_, nullptr, message, &sip, NTATAG_TPORT(transport), TAG_END());
}

Result<sdp::Voice> Agent::voice_in(const std::string& sdp, const TrunkName& trunk) const {
  auto voice = sdp::read(sdp, config_.media_v6);
  if (voice && !trunks_.may_be_sent_to(trunk, voice->address, config_.own_addresses))
    return sigap::refuse(sdp::kNoAddress, "sound cannot be sent to that address");
  return voice;
}

void Agent::invite(msg_t* message, sip_t& sip, const TrunkName& trunk) {
  if (legs_.size() >= config_.legs_max) return refuse_at_once(message, trunk, SIP_503_SERVICE_UNAVAILABLE);
  auto owned = std::make_unique<Leg>();
  auto& leg = *owned;
  leg.trunk = trunk;
  auto call = read_invite(sip, trunks_.reading(trunk));
  call.sdp = sdp_of(sip);
  if (trunks_.is_edge(msg_addr(message)->su_sa))
    if (auto refused_there = refused_by_edge(sip)) call.turned_away = std::move(refused_there);
  // Whoever is turned away is turned away by the journal, like everybody else: their number stands there.
  if (!call.turned_away) call.turned_away = objection(sip, call.sdp, leg);
  if (call.service == ports::Service::test && (call.turned_away || call.sdp.empty()))
    return refuse_at_once(message, trunk, SIP_488_NOT_ACCEPTABLE);
  auto* request = transaction_of(message, sip);
  if (!request) return;  // the trunk says it again
  leg.id = fresh_leg_id();
  leg.agent = this;
  leg.over = transport_of(sip);
  leg.their_sdp = call.sdp;
  leg.target = target_of(sip);
  leg.asks_us = call.sdp.empty();
  leg.reliable = sip_has_feature(sip.sip_require, "100rel");
  leg.timer_header = session_timer(sip);
  leg.dialog = nta_leg_tcreate(nta_, on_leg_request, &leg, SIPTAG_CALL_ID(sip.sip_call_id), SIPTAG_FROM(sip.sip_to),
                               SIPTAG_TO(sip.sip_from), NTATAG_REMOTE_CSEQ(sip.sip_cseq->cs_seq), TAG_END());
  if (!leg.dialog) {
    refuse_early(request, SIP_500_INTERNAL_SERVER_ERROR);
    return;
  }
  // Our tag is the leg's name: whoever restores the dialog knows it.
  nta_leg_tag(leg.dialog, nta_incoming_tag(request, leg.id.value.c_str()));
  nta_leg_server_route(leg.dialog, sip.sip_record_route, sip.sip_contact);
  leg.invite = request;
  nta_incoming_bind(request, on_ack_or_cancel, &leg);
  nta_incoming_set_params(request, NTATAG_EXTRA_100(0), TAG_END());  // no 100 by itself
  call.leg = leg.id;
  call.trunk = trunk;
  call.invite = kept_of(sip, call.sdp);
  if (call.invite.size() > kKeptMax_bytes) {
    call.invite.clear();
    call.turned_away = ports::TurnedAway{513, "the INVITE is too long to be kept"};
  }
  legs_.emplace(leg.id, std::move(owned));
  legs = static_cast<std::int64_t>(legs_.size());
  listener_.call_arrived(std::move(call));
}

int Agent::in_dialog(Leg& leg, nta_incoming_t* request, const sip_t& sip) {
  if (!sip.sip_separator) {
    msg_t* message = nta_incoming_getrequest(request);
    const bool heard = looked_at(message, *sip_object(message));
    msg_destroy(message);
    if (!heard) return refuse_early(request, SIP_403_FORBIDDEN);
  }
  if (!shows_its_name(leg, request, sip)) return refuse_early(request, SIP_403_FORBIDDEN);
  place_told(leg, sip);
  // To an answer that an earlier process gave.
  if (sip.sip_request->rq_method == sip_method_ack && leg.answered && !leg.confirmed && !leg.ours) confirm(leg);
  if (turned_away(request, sip)) return 0;
  switch (sip.sip_request->rq_method) {
    case sip_method_bye:
      if (leg.invite && !leg.answered) nta_incoming_treply(leg.invite, SIP_487_REQUEST_TERMINATED, TAG_END());
      // A BYE that was answered by a process that died before the journal had it would never be said again.
      if (leg.bye) return refuse_early(request, SIP_481_NO_TRANSACTION);  // another one, of a dialog that is over
      leg.bye = request;
      if (leg.hang_up)
        end(leg, ports::LegEndedBy::caller, "BYE");  // both at once: the journal knows
      else
        listener_.leg_ended(leg.id, ports::LegEndedBy::caller, "BYE");
      return 0;
    case sip_method_invite:
    case sip_method_update:
      return offered(leg, request, sip);
    case sip_method_info:
      return informed(leg, request, sip);
    case sip_method_message:
      return text(request, sip, leg.trunk), 0;
    case sip_method_prack:  // of a provisional answer that an earlier process gave: nta knows its own
    case sip_method_options:
      nta_incoming_treply(request, SIP_200_OK, SIPTAG_ALLOW_STR(kAllow), TAG_END());
      nta_incoming_destroy(request);
      return 0;
    default:
      nta_incoming_treply(request, SIP_405_METHOD_NOT_ALLOWED, SIPTAG_ALLOW_STR(kAllow), TAG_END());
      nta_incoming_destroy(request);
      return 0;
  }
}

void Agent::ack_or_cancel(Leg& leg, nta_incoming_t* request, const sip_t* sip) {
  if (!sip) {  // timer H: our 200 was never confirmed
    nta_incoming_destroy(request);
    leg.invite = nullptr;
    if (!leg.answered) return;  // the refusal's own ACK: the leg has ended
    // Perhaps an earlier process heard the ACK and had no time to write it down: the other side knows.
    if (leg.restored && !leg.hang_up) return probe(leg.id);
    (void)say_bye(leg);
    return end(leg, ports::LegEndedBy::network, "no ACK");
  }
  if (sip->sip_request->rq_method == sip_method_cancel) {
    if (leg.answered) return;         // too late: the 200 is out, the caller will say BYE
    if (!sip->sip_separator) return;  // it came by no door
    nta_incoming_treply(request, SIP_487_REQUEST_TERMINATED, TAG_END());
    return end(leg, ports::LegEndedBy::caller, "CANCEL");
  }
  leg.invite = nullptr;
  if (leg.answered && std::exchange(leg.asks_us, false)) {
    their_answer(leg, *sip);
    if (leg.their_sdp.empty()) {  // nobody would hear anybody: better that somebody calls them back
      nta_incoming_destroy(request);
      (void)say_bye(leg);
      return end(leg, ports::LegEndedBy::network, "no voice described");
    }
  }
  nta_incoming_destroy(request);
  if (leg.answered) confirm(leg);
}

void Agent::confirm(Leg& leg) {
  const bool first = !std::exchange(leg.confirmed, true);
  if (leg.hang_up) return first ? bye(leg) : void();
  if (!leg.told) return reinvite(leg);
  listener_.leg_confirmed(leg.id);
}

// ---- orders

void Agent::proceed(const LegId& id) {
  auto* leg = find(id);
  if (!leg || !leg->invite || nta_incoming_status(leg->invite) >= 100) return;
  nta_incoming_treply(leg->invite, SIP_100_TRYING, TAG_END());
}

void Agent::ring(const LegId& id) {
  auto* leg = find(id);
  if (!leg || !leg->invite || leg->answered) return;
  if (leg->reliable) {
    (void)nta_reliable_treply(leg->invite, on_prack, nullptr, SIP_180_RINGING,
                              SIPTAG_CONTACT_STR(contact(leg->over).c_str()), SIPTAG_ALLOW_STR(kAllow), TAG_END());
    return;
  }
  nta_incoming_treply(leg->invite, SIP_180_RINGING, SIPTAG_CONTACT_STR(contact(leg->over).c_str()), TAG_END());
}

void Agent::answer(const LegId& id, const std::string& sdp) {
  auto* leg = find(id);
  if (!leg || leg->hang_up) return;
  if (leg->offer && !leg->offer_answered) {
    leg->our_sdp = sdp;
    leg->their_sdp = std::exchange(leg->offered_sdp, {});
    leg->told = false;
    return answer_offer(*leg);
  }
  if (leg->answered && leg->our_sdp == sdp) return;
  leg->our_sdp = sdp;
  leg->reinvites = 0;
  if (!leg->answered) {
    if (leg->invite) send_answer(*leg);
    return;
  }
  leg->told = false;
  if (leg->confirmed) reinvite(*leg);  // otherwise when the ACK to the first answer is here
}

void Agent::send_answer(Leg& leg) {
  leg.answered = leg.told = true;
  nta_incoming_treply(leg.invite, SIP_200_OK, SIPTAG_CONTACT_STR(contact(leg.over).c_str()),
                      SIPTAG_CONTENT_TYPE_STR("application/sdp"), SIPTAG_PAYLOAD_STR(leg.our_sdp.c_str()),
                      SIPTAG_ALLOW_STR(kAllow), SIPTAG_SERVER_STR(config_.user_agent.c_str()),
                      TAG_IF(!leg.timer_header.empty(), SIPTAG_HEADER_STR(leg.timer_header.c_str())), TAG_END());
}

void Agent::refuse(const LegId& id, int status) {
  auto* leg = find(id);
  if (!leg || !leg->invite || leg->answered) return;
  nta_incoming_treply(leg->invite, status, sip_status_phrase(status), SIPTAG_SERVER_STR(config_.user_agent.c_str()),
                      TAG_IF(!leg->refusal_header.empty(), SIPTAG_HEADER_STR(leg->refusal_header.c_str())), TAG_END());
  end(*leg, ports::LegEndedBy::us, "refused");
}

void Agent::hang_up(const LegId& id) {
  auto* leg = find(id);
  if (!leg || leg->hang_up) return;
  if (leg->bye) return drop(*leg);
  if (leg->ours && !leg->confirmed) return give_up(*leg);
  if (!leg->answered) return refuse(id, 480);
  leg->hang_up = true;
  if (leg->confirmed) bye(*leg);  // RFC 3261 section 15: no BYE before the ACK
}

void Agent::end(Leg& leg, ports::LegEndedBy by, const char* reason) {
  if (leg.bye && !leg.hang_up) return;  // told already; the answer to the BYE waits for the journal
  listener_.leg_ended(leg.id, by, reason);
  drop(leg);
}

void Agent::drop(Leg& leg) {
  const auto it = legs_.find(leg.id);
  if (it == legs_.end()) return;
  if (leg.bye) {
    nta_incoming_treply(leg.bye, SIP_200_OK, TAG_END());
    nta_incoming_destroy(leg.bye);
  }
  untold_.erase(leg.id);
  if (leg.offer && !leg.offer_answered) nta_incoming_treply(leg.offer, SIP_487_REQUEST_TERMINATED, TAG_END());
  drop_offer(leg);
  // nta goes on with them by itself, and tells nobody.
  for (auto* request : leg.requests) nta_outgoing_destroy(request);
  if (leg.invite) {
    nta_incoming_bind(leg.invite, on_stray_ack, nullptr);
    nta_incoming_destroy(leg.invite);
  }
  su_timer_destroy(leg.patience);
  su_timer_destroy(leg.place_timer);
  nta_leg_bind(leg.dialog, nullptr, nullptr);
  nta_leg_destroy(leg.dialog);
  legs_.erase(it);
  legs = static_cast<std::int64_t>(legs_.size());
}

}  // namespace sigap::sip
