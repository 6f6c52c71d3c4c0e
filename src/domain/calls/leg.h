// A caller's leg, or that of somebody whom we call: what a new process needs to know in order to go on where an old one
// stopped. Invariants: a leg is here from its call's arrival until its end is known at both sides, so it may outlive
// its call by the time that a hang-up takes; what is signalled to the caller is here before it is signalled.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"

namespace sigap::calls {

struct Leg {
  CallId call;
  std::int64_t invite_at = 0;  ///< journal position of the event that holds the INVITE's text, sealed (`signalling`);
                               ///< of a leg that we placed the 200's; 0: not picked up
  std::optional<std::int64_t>
      described_at;         ///< of the event that holds their latest description, when it is a later one
  std::string our_sdp;      ///< what the caller was or is to be told about our voice; empty: not answered
  std::int64_t voices = 0;  ///< how often a voice was opened: the version of our SDP
  bool voice = false;       ///< it has media, as far as is known
  bool confirmed = false;   ///< the caller confirmed an answer of ours (ACK): the dialog stands
  bool told = false;        ///< ... and it was this `our_sdp`
  bool refused = false;     ///< turned away
  std::optional<std::int64_t> refused_with;  ///< ... with this; none: 503
  bool ending = false;                       ///< the call is over, the caller has yet to hear of it
  bool placed = false;                       ///< by us
  bool guest = false;                        ///< not the caller's: an outside number's that was brought into the call
};

}  // namespace sigap::calls
