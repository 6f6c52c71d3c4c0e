// Dialogs that an earlier process began, rebuilt from the journal: the INVITE's text has Call-ID, tags, route and where
// its answers go (nta noted received and rport in it); our tag is the leg's name. A call that we placed has the same in
// the 200 that answered it. Runs before the network is heard.
#include "adapters/sip/agent.h"
#include "adapters/sip/nta_magic.h"
//
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/tport.h>

#include <algorithm>

#include "adapters/sip/invite.h"

namespace sigap::sip {
namespace {

/// What described their voice last: a re-INVITE or UPDATE of theirs, their ACK, or their 200 to ours.
struct Latest {
  explicit Latest(const std::string& text) {
    if (text.empty()) return;
    message = msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
    sip = message ? sip_object(message) : nullptr;
  }
  ~Latest() { msg_destroy(message); }
  Latest(const Latest&) = delete;
  Latest& operator=(const Latest&) = delete;

  std::uint32_t cseq_after(std::uint32_t first) const {
    return sip && sip->sip_request && sip->sip_cseq ? std::max(first, sip->sip_cseq->cs_seq) : first;
  }
  msg_t* message = nullptr;
  sip_t* sip = nullptr;
};

}  // namespace

std::vector<ports::RestoredLeg> Agent::restore(const std::vector<ports::LegRecord>& records) {
  std::vector<ports::RestoredLeg> restored;
  for (const auto& record : records) {
    std::string caller_sdp;
    if (record.placed ? restore_placed(record, caller_sdp) : restore(record, caller_sdp))
      restored.push_back({record.leg, std::move(caller_sdp)});
    else
      listener_.leg_ended(record.leg, ports::LegEndedBy::network, "not readable after a restart");
  }
  legs = static_cast<std::int64_t>(legs_.size());
  return restored;
}

bool Agent::restore(const ports::LegRecord& record, std::string& caller_sdp) {
  msg_t* message = msg_make(sip_default_mclass(), 0, record.invite.data(), static_cast<ssize_t>(record.invite.size()));
  sip_t* sip = message ? sip_object(message) : nullptr;
  if (!sip || !sip->sip_request || sip->sip_request->rq_method != sip_method_invite || sip_sanity_check(sip) < 0 ||
      !sip->sip_contact || !sip->sip_via) {
    msg_destroy(message);
    return false;
  }
  caller_sdp = sdp_of(*sip);
  const Latest latest(record.latest);
  if (latest.sip && !sdp_of(*latest.sip).empty()) caller_sdp = sdp_of(*latest.sip);
  auto owned = std::make_unique<Leg>();
  auto& leg = *owned;
  leg.id = record.leg;
  leg.trunk = record.trunk;
  leg.agent = this;
  leg.restored = true;
  leg.their_sdp = caller_sdp;
  leg.asks_us = caller_sdp.empty();
  leg.target = target_of(*sip);
  leg.over = transport_of(*sip);
  leg.our_sdp = record.our_sdp;
  leg.confirmed = record.confirmed;
  leg.answered = record.confirmed;
  leg.told = record.told;
  leg.dialog = nta_leg_tcreate(nta_, on_leg_request, &leg, SIPTAG_CALL_ID(sip->sip_call_id), SIPTAG_FROM(sip->sip_to),
                               SIPTAG_TO(sip->sip_from), SIPTAG_CSEQ_STR(first_cseq().c_str()),
                               NTATAG_REMOTE_CSEQ(latest.cseq_after(sip->sip_cseq->cs_seq)), TAG_END());
  if (!leg.dialog) {
    msg_destroy(message);
    return false;
  }
  nta_leg_tag(leg.dialog, leg.id.value.c_str());
  nta_leg_server_route(leg.dialog, sip->sip_record_route, sip->sip_contact);
  if (latest.sip) follow(leg, *latest.sip);
  auto& kept = *legs_.emplace(leg.id, std::move(owned)).first->second;
  if (kept.confirmed) {
    msg_destroy(message);
    if (!kept.told) reinvite(kept);
    return true;
  }
  // Without a transport nta would not know where its answers leave from.
  auto* transport = tport_by_protocol(nta_agent_tports(nta_), name_of(kept.over));
  kept.invite = nta_incoming_create(nta_, kept.dialog, message, sip, NTATAG_TPORT(transport), TAG_END());
  if (!kept.invite) {
    nta_leg_destroy(kept.dialog);
    legs_.erase(record.leg);
    return false;
  }
  nta_incoming_bind(kept.invite, on_ack_or_cancel, &kept);
  nta_incoming_tag(kept.invite, kept.id.value.c_str());
  // Whether it was heard or not: the same words again, and again until the ACK.
  if (!kept.our_sdp.empty()) send_answer(kept);
  return true;
}

bool Agent::restore_placed(const ports::LegRecord& record, std::string& caller_sdp) {
  msg_t* message = msg_make(sip_default_mclass(), 0, record.invite.data(), static_cast<ssize_t>(record.invite.size()));
  sip_t* sip = message ? sip_object(message) : nullptr;
  const Latest latest(record.latest);
  auto owned = std::make_unique<Leg>();
  auto& leg = *owned;
  const bool readable = sip && sip->sip_status && sip->sip_status->st_status / 100 == 2 && sip->sip_contact &&
                        sip->sip_call_id && sip->sip_from && sip->sip_from->a_tag && sip->sip_to &&
                        sip->sip_to->a_tag && sip->sip_via;
  if (readable) {
    caller_sdp = latest.sip && !sdp_of(*latest.sip).empty() ? sdp_of(*latest.sip) : sdp_of(*sip);
    leg.their_sdp = caller_sdp;
    leg.target = target_of(*sip);
    leg.id = record.leg;
    leg.trunk = record.trunk;
    leg.agent = this;
    leg.restored = leg.ours = leg.rings = leg.answered = leg.confirmed = true;
    leg.told = record.told;
    leg.over = transport_of(*sip);
    leg.our_sdp = record.our_sdp;
    leg.dialog =
        nta_leg_tcreate(nta_, on_leg_request, &leg, SIPTAG_CALL_ID(sip->sip_call_id), SIPTAG_FROM(sip->sip_from),
                        SIPTAG_TO(sip->sip_to), SIPTAG_CSEQ_STR(first_cseq().c_str()), TAG_END());
    if (leg.dialog) nta_leg_client_route(leg.dialog, sip->sip_record_route, sip->sip_contact);
    if (leg.dialog && latest.sip) follow(leg, *latest.sip);
  }
  msg_destroy(message);
  if (!leg.dialog) return false;
  auto& kept = *legs_.emplace(leg.id, std::move(owned)).first->second;
  if (!kept.told) reinvite(kept);  // whether or not the ACK went: who lacks it says the 200 again
  return true;
}

}  // namespace sigap::sip
