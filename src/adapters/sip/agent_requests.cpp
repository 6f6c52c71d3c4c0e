// What we ask within a dialog.
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_wait.h>

#include <chrono>

namespace sigap::sip {
namespace {

constexpr int kReinvitesMax = 5;
constexpr int kUndeliveredMax = 3;  // probes in a row: an edge that is started again is away for a moment; own
constexpr std::chrono::seconds kProbeTimesOut{34};  // RFC 3261 timer F, 64 x T1, and 2 s more
constexpr su_duration_t kAgain_ms = 1000;           // RFC 3261 14.1: up to 2 s for who did not make the Call-ID

int status_of(const sip_t* sip) {
  return sip && sip->sip_status ? sip->sip_status->st_status : 408;
}

int on_bye_answer(Leg* leg, nta_outgoing_t* bye, const sip_t* sip) {
  leg->agent->bye_answered(*leg, bye, status_of(sip));
  return 0;
}
int on_reinvite_answer(Leg* leg, nta_outgoing_t* reinvite, const sip_t* sip) {
  leg->agent->reinvite_answered(*leg, reinvite, sip);
  return 0;
}
int on_probe_answer(Leg* leg, nta_outgoing_t* inquiry, const sip_t* sip) {
  leg->agent->probe_answered(*leg, inquiry, status_of(sip));
  return 0;
}
void on_again(su_root_magic_t*, su_timer_t*, su_timer_arg_t* agent) {
  static_cast<Agent*>(agent)->try_again();
}

/// RFC 3261 12.2.1.2: the other side does not know the dialog, or is not there.
bool dialog_is_gone(int status) {
  return status == 481 || status == 408 || status == 404;
}

/// nta made up the answer itself: nobody listens where the request went (RFC 3261 8.1.3.1).
bool undelivered(nta_outgoing_t* request, int status) {
  msg_t* answer = status == 503 ? nta_outgoing_getresponse(request) : nullptr;
  const bool ours = answer && msg_addr(answer)->su_family == AF_UNSPEC;
  msg_destroy(answer);
  return ours;
}

}  // namespace

void Agent::done_with(Leg& leg, nta_outgoing_t* request) {
  leg.requests.erase(request);
  if (leg.placed == request) leg.placed = nullptr;
  if (leg.reinvite == request) leg.reinvite = nullptr;
  if (leg.inquiry == request) leg.inquiry = nullptr;
  nta_outgoing_destroy(request);
}

// ---- BYE

bool Agent::say_bye(Leg& leg) {
  auto* bye = nta_outgoing_tcreate(leg.dialog, on_bye_answer, &leg, nullptr, SIP_METHOD_BYE, nullptr, TAG_END());
  if (bye) leg.requests.insert(bye);
  return bye != nullptr;
}

void Agent::bye(Leg& leg) {
  if (!say_bye(leg)) end(leg, ports::LegEndedBy::us, "hang-up");
}

void Agent::bye_answered(Leg& leg, nta_outgoing_t* bye, int status) {
  if (status < 200) return;
  done_with(leg, bye);
  end(leg, ports::LegEndedBy::us, "hang-up");
}

// ---- OPTIONS: is the dialog known?

void Agent::probe(const LegId& id) {
  auto* leg = find(id);
  if (!leg || !leg->answered || leg->inquiry || leg->hang_up) return;
  leg->probed = std::chrono::steady_clock::now();
  leg->inquiry = nta_outgoing_tcreate(leg->dialog, on_probe_answer, leg, nullptr, SIP_METHOD_OPTIONS, nullptr,
                                      SIPTAG_CONTACT_STR(contact(leg->over).c_str()), TAG_END());
  if (leg->inquiry) leg->requests.insert(leg->inquiry);
}

void Agent::probe_answered(Leg& leg, nta_outgoing_t* inquiry, int status) {
  if (status < 200) return;
  leg.undelivered = undelivered(inquiry, status) ? leg.undelivered + 1 : 0;
  done_with(leg, inquiry);
  if (leg.undelivered >= kUndeliveredMax) return end(leg, ports::LegEndedBy::network, "no answer");
  if (leg.undelivered > 0) return;
  // A time-out that comes late is that of a starved process, which may not have read the answer: it is asked again.
  if (status == 408 && std::chrono::steady_clock::now() - leg.probed > kProbeTimesOut) return;
  if (dialog_is_gone(status))
    end(leg, ports::LegEndedBy::network, status == 408 ? "no answer" : "481");
  else if (!leg.confirmed)
    confirm(leg);  // they are in the dialog: they have our answer
}

// ---- re-INVITE: the caller is told of a new voice path

void Agent::reinvite(Leg& leg) {
  if (leg.reinvite || leg.hang_up) return;
  ++leg.reinvites;
  leg.reinvite =
      nta_outgoing_tcreate(leg.dialog, on_reinvite_answer, &leg, nullptr, SIP_METHOD_INVITE, nullptr,
                           SIPTAG_CONTACT_STR(contact(leg.over).c_str()), SIPTAG_CONTENT_TYPE_STR("application/sdp"),
                           SIPTAG_PAYLOAD_STR(leg.our_sdp.c_str()), TAG_END());
  if (leg.reinvite) leg.requests.insert(leg.reinvite);
}

void Agent::reinvite_answered(Leg& leg, nta_outgoing_t* reinvite, const sip_t* sip) {
  const int status = status_of(sip);
  if (status < 200) return;
  if (status < 300) {
    acknowledge(leg, nta_outgoing_cseq(reinvite), nta_outgoing_branch(reinvite));
    follow(leg, *sip);
    their_answer(leg, *sip);
    // Something newer may have come meanwhile.
    msg_t* asked = nta_outgoing_getrequest(reinvite);
    const auto* payload = sip_object(asked)->sip_payload;
    leg.told = payload && std::string_view(payload->pl_data, payload->pl_len) == leg.our_sdp;
    msg_destroy(asked);
    done_with(leg, reinvite);
    return confirm(leg);
  }
  done_with(leg, reinvite);
  if (dialog_is_gone(status)) return end(leg, ports::LegEndedBy::network, status == 408 ? "no answer" : "481");
  if (leg.reinvites >= kReinvitesMax) {  // the caller would sit in silence: better that somebody calls them back
    (void)say_bye(leg);
    return end(leg, ports::LegEndedBy::network, "re-INVITE refused");
  }
  untold_.insert(leg.id);
  if (!again_) again_ = su_timer_create(su_root_task(root_), kAgain_ms);
  su_timer_set(again_, on_again, this);
}

void Agent::try_again() {
  for (const auto& id : std::exchange(untold_, {}))
    if (auto* leg = find(id); leg && !leg->told) reinvite(*leg);
}

void Agent::acknowledge(Leg& leg, std::uint32_t cseq, const char* branch) {
  sip_cseq_t number[1];
  sip_cseq_init(number);
  number->cs_seq = cseq;
  number->cs_method = sip_method_ack;
  number->cs_method_name = "ACK";
  auto* ack = nta_outgoing_tcreate(leg.dialog, nullptr, nullptr, nullptr, SIP_METHOD_ACK, nullptr, SIPTAG_CSEQ(number),
                                   NTATAG_ACK_BRANCH(branch), TAG_END());
  nta_outgoing_destroy(ack);
}

/// A 200 without a transaction here: it was lost with an earlier process, or its ACK was. Without one it would be
/// repeated, and the call given up.
bool Agent::stray_answer(msg_t* message, const sip_t& sip) {
  if (!sip.sip_cseq || sip.sip_cseq->cs_method != sip_method_invite || !sip.sip_via || !sip.sip_from || !sip.sip_to)
    return false;
  if (sip.sip_status->st_status < 200 || sip.sip_status->st_status >= 300) return false;
  auto* dialog =
      nta_leg_by_dialog(nta_, nullptr, sip.sip_call_id, sip.sip_to->a_tag, nullptr, sip.sip_from->a_tag, nullptr);
  if (auto* leg = static_cast<Leg*>(nta_leg_magic(dialog, on_leg_request))) {
    acknowledge(*leg, sip.sip_cseq->cs_seq, sip.sip_via->v_branch);
    return false;
  }
  // Nobody's call any more: whoever picked up must not sit in silence. Strangers get nothing out of us.
  const auto& source = msg_addr(message)->su_sa;
  return (trunks_.knows(source) || trunks_.proves_itself(source)) && nta_msg_ackbye(nta_, message) >= 0;
}

}  // namespace sigap::sip
