// Whether a caller's SDP offer has voice that we can carry: G.711 A-law or mu-law (RFC 3551).
#pragma once
#include <string_view>

namespace sigap::sip {

enum class SdpOffer {
  usable,
  no_codec,  ///< no audio that we can carry; an offer with real-time text alone will be welcome here one day (RFC 4103)
  unreadable  ///< none, or not an SDP
};

SdpOffer judge_offer(std::string_view sdp);

}  // namespace sigap::sip
