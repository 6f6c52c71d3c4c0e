// One caller's dialog.
#pragma once
#include <string>

#include "base/ids.h"
#include "ports/telephony.h"

typedef struct nta_incoming_s nta_incoming_t;
typedef struct nta_leg_s nta_leg_t;

namespace sigap::sip {

class Agent;

struct Leg {
  LegId id;
  Agent* agent = nullptr;
  nta_leg_t* dialog = nullptr;
  nta_incoming_t* invite = nullptr;  ///< until ACK or its end
  bool tcp = false;
  bool answered = false;    ///< 200 was sent
  bool confirmed = false;   ///< ACK came
  bool hang_up = false;     ///< wanted as soon as the ACK allows (RFC 3261 section 15)
  bool told_ended = false;  ///< the listener heard of the end: exactly once
  std::string our_sdp;      ///< what every later answer of ours repeats
};

}  // namespace sigap::sip
