// Calls that we place: INVITE through a trunk, what comes back, CANCEL (RFC 3261 sections 9, 13, 14, 17.1.1).
// Our tag and the Call-ID are the leg's name. An answer is confirmed once it is in the journal; until then the other
// side repeats it. nta itself confirms refusals, waits for a provisional answer before CANCEL, and says ACK and BYE to
// a second one who picked up.
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/nta.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_wait.h>

#include <algorithm>

#include "adapters/sip/invite.h"
#include "sdp/voice.h"

namespace sigap::sip {
namespace {

constexpr su_duration_t kPatience_ms = 32'000;  // RFC 3261 9.1: 64 T1 after CANCEL the INVITE is taken for over

int on_invite_answer(Leg* leg, nta_outgoing_t* invite, const sip_t* sip) {
  leg->agent->invite_answered(*leg, invite, sip);
  return 0;
}
void on_patience(su_root_magic_t*, su_timer_t*, su_timer_arg_t* leg) {
  static_cast<Leg*>(leg)->agent->out_of_patience(*static_cast<Leg*>(leg));
}

const char* reason_of(int status) {
  switch (status) {
    case 486:
    case 600:
      return ports::kBusy;
    case 408:
    case 480:
    case 487:
      return ports::kNoAnswer;
    case 603:
      return ports::kDeclined;
    case 404:
    case 410:
    case 484:
    case 604:
      return ports::kNoSuchNumber;
    case 401:
    case 403:
    case 407:
      return ports::kTrunkRefused;
    default:
      return ports::kCallFailed;
  }
}

bool is_number(const std::string& text) {
  const auto digits = text.substr(text.starts_with('+') ? 1 : 0);
  return !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

void Agent::place(const ports::PlacedCall& call) {
  if (find(call.leg)) return;
  const auto* out = trunks_.way_out(call.trunk);
  if (!out || !is_number(call.number) || legs_.size() >= config_.legs_max)
    return listener_.leg_ended(call.leg, ports::LegEndedBy::network, ports::kCallFailed);
  auto owned = std::make_unique<Leg>();
  auto& leg = *owned;
  leg.id = call.leg;
  leg.trunk = call.trunk;
  leg.agent = this;
  leg.ours = leg.told = true;
  leg.over = out->over;
  leg.our_sdp = call.sdp;
  const auto callee = "sip:" + call.number + "@" + bracketed(out->host) + ":" + std::to_string(out->port) +
                      ";user=phone" + parameter_of(out->over);
  const auto us = "<sip:" + out->caller_id + "@" + bracketed(config_.address) + ">";
  leg.dialog =
      nta_leg_tcreate(nta_, on_leg_request, &leg, SIPTAG_CALL_ID_STR(leg.id.value.c_str()), SIPTAG_FROM_STR(us.c_str()),
                      SIPTAG_TO_STR(("<" + callee + ">").c_str()), SIPTAG_CSEQ_STR(first_cseq().c_str()), TAG_END());
  if (leg.dialog) {
    nta_leg_tag(leg.dialog, leg.id.value.c_str());
    leg.placed = nta_outgoing_tcreate(
        leg.dialog, on_invite_answer, &leg, nullptr, SIP_METHOD_INVITE, URL_STRING_MAKE(callee.c_str()),
        SIPTAG_CONTACT_STR(contact(leg.over).c_str()), SIPTAG_HEADER_STR(("P-Asserted-Identity: " + us).c_str()),
        SIPTAG_ALLOW_STR(kAllow), SIPTAG_USER_AGENT_STR(config_.user_agent.c_str()),
        SIPTAG_CONTENT_TYPE_STR("application/sdp"), SIPTAG_PAYLOAD_STR(leg.our_sdp.c_str()), TAG_END());
  }
  if (!leg.placed) {
    if (leg.dialog) nta_leg_destroy(leg.dialog);
    return listener_.leg_ended(call.leg, ports::LegEndedBy::network, ports::kCallFailed);
  }
  leg.requests.insert(leg.placed);
  legs_.emplace(leg.id, std::move(owned));
  legs = static_cast<std::int64_t>(legs_.size());
}

void Agent::invite_answered(Leg& leg, nta_outgoing_t* invite, const sip_t* sip) {
  const int status = sip && sip->sip_status ? sip->sip_status->st_status : 408;
  if (status < 200) {
    const bool rings = status == 180 || status == 183;
    if (rings && !std::exchange(leg.rings, true)) listener_.callee_rings(leg.id);
    return;
  }
  if (leg.answered) return;
  if (status < 300 && sip->sip_to->a_tag && sip->sip_contact) return picked_up(leg, invite, *sip);
  end(leg, leg.hang_up ? ports::LegEndedBy::us : ports::LegEndedBy::network,
      leg.hang_up ? "hang-up" : reason_of(status));
}

void Agent::picked_up(Leg& leg, nta_outgoing_t* invite, const sip_t& sip) {
  nta_leg_rtag(leg.dialog, sip.sip_to->a_tag);
  nta_leg_client_route(leg.dialog, sip.sip_record_route, sip.sip_contact);
  leg.answered = true;
  leg.cseq = nta_outgoing_cseq(invite);
  if (leg.hang_up) return give_up(leg);  // it crossed our CANCEL
  auto sdp = sdp_of(sip);
  auto text = kept_of(sip, sdp);
  const auto voice = voice_in(sdp, leg.trunk);
  if (!voice || !voice->codec.g711() || text.size() > kKeptMax_bytes) {  // we offered no other
    acknowledge_answer(leg);
    (void)say_bye(leg);
    return end(leg, ports::LegEndedBy::network, ports::kCallFailed);
  }
  leg.their_sdp = sdp;
  leg.target = target_of(sip);
  listener_.callee_answered(leg.id, {std::move(sdp), leg.our_sdp, std::move(text)});
}

void Agent::confirm(const LegId& id) {
  auto* leg = find(id);
  if (leg && leg->ours && leg->answered && !leg->confirmed) acknowledge_answer(*leg);
}

/// The INVITE is over with it: a 200 said again comes as a stray one.
void Agent::acknowledge_answer(Leg& leg) {
  acknowledge(leg, leg.cseq, nta_outgoing_branch(leg.placed));
  leg.confirmed = true;
  done_with(leg, leg.placed);
}

void Agent::give_up(Leg& leg) {
  leg.hang_up = true;
  if (leg.answered) {
    acknowledge_answer(leg);
    return bye(leg);
  }
  nta_outgoing_cancel(leg.placed);
  leg.patience = su_timer_create(su_root_task(root_), kPatience_ms);
  su_timer_set(leg.patience, on_patience, &leg);
}

void Agent::out_of_patience(Leg& leg) {
  end(leg, ports::LegEndedBy::us, "hang-up");
}

}  // namespace sigap::sip
