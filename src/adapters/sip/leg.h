// One dialog: a caller's, or one that we placed.
#pragma once
#include <chrono>
#include <set>
#include <string>

#include "adapters/sip/transport.h"
#include "base/ids.h"
#include "ports/telephony.h"

using nta_incoming_t = struct nta_incoming_s;
using nta_leg_t = struct nta_leg_s;
using nta_outgoing_t = struct nta_outgoing_s;
using su_timer_t = struct su_timer_s;

namespace sigap::sip {

class Agent;

struct Leg {
  LegId id;
  TrunkName trunk;  ///< whose dialog it is; empty: nobody knows any more
  Agent* agent = nullptr;
  nta_leg_t* dialog = nullptr;
  nta_incoming_t* invite = nullptr;    ///< until ACK or its end
  std::set<nta_outgoing_t*> requests;  ///< of ours, under way
  nta_outgoing_t* placed = nullptr;    ///< one of them: the INVITE of a call of ours, until its answer is confirmed
  nta_outgoing_t* reinvite = nullptr;  ///< one of them
  nta_outgoing_t* inquiry = nullptr;   ///< one of them: a probe
  nta_incoming_t* offer = nullptr;     ///< theirs within the dialog, until it is answered and, by INVITE, confirmed
  bool offer_answered = false;
  Transport over = Transport::udp;
  bool ours = false;              ///< placed by us: the 200 comes from over there, the ACK from here
  bool rings = false;             ///< ... and it was told that it rings there
  bool answered = false;          ///< 200 was sent
  bool confirmed = false;         ///< ACK came
  bool told = false;              ///< ... for this our_sdp
  bool restored = false;          ///< begun by an earlier process
  nta_incoming_t* bye = nullptr;  ///< the caller's, answered once the end is in the journal
  bool hang_up = false;           ///< wanted; BYE goes out as soon as the ACK allows (RFC 3261 section 15)
  std::chrono::steady_clock::time_point probed{};  ///< when the last probe was sent
  int undelivered = 0;                             ///< probes in a row for which nobody listened
  int reinvites = 0;                               ///< tried since something was to be told
  std::uint32_t cseq = 0;                          ///< of the INVITE of a call of ours
  su_timer_t* patience = nullptr;                  ///< with who was told CANCEL and says nothing
  std::string our_sdp;                             ///< what every answer of ours says
  std::string their_sdp;                           ///< what they described last and was taken
  std::string target;                              ///< their Contact: where our requests go
  std::string offered_sdp;                         ///< ... and what the offer that waits describes
  bool asks_us = false;                            ///< the offer is ours, in our 200; their ACK answers it
  bool reliable = false;                           ///< provisional answers are to be confirmed, too (RFC 3262)
  std::string refusal_header;                      ///< what explains a refusal: Warning, Unsupported
  std::string timer_header;  ///< the caller's side refreshes the session: what our answers say of it (RFC 4028)
  ports::CallerPlace place;  ///< the newest that came in a request and has not been told
  bool place_waits = false;  ///< there is one
  bool place_held = false;   ///< ... until the timer: one was told a moment ago
  su_timer_t* place_timer = nullptr;
};

}  // namespace sigap::sip
