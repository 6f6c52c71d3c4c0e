// What a browser says of its voice (WebRTC): one audio line with ICE and DTLS-SRTP. Strangers write it, so what goes
// on to the media process is written anew from the few things that are used.
// Invariants: nothing that names an address is kept (no candidate, no c= line): the media process sends to nobody on a
// stranger's word, it answers whoever proves with the ICE password and the DTLS certificate that they are the browser;
// what is written can be read, and is the same again.
// Sources: RFC 8829 (JSEP), RFC 8839 (ICE in SDP), RFC 8122 and RFC 5763 (fingerprint, setup), RFC 5761 (rtcp-mux), RFC
// 7874 (each browser speaks G.711).
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "sdp/voice.h"

namespace sigap::sdp {

/// A browser's offer with one audio line has some 3 kB; own.
inline constexpr std::size_t kBrowserOfferMax_bytes = std::size_t{16} * 1024;

struct BrowserVoice {
  std::string mid = "0";
  std::string ice_user, ice_password;
  std::string fingerprint;  ///< "sha-256 AB:CD:..."
  std::string setup = "actpass";
  Codec codec;
};

/// Whether the description is one of a browser: by its transport alone.
bool is_browser(std::string_view description);

/// Refusals: "too_large", "unreadable", "no_audio" (none, or more than one line), "no_codec" (no G.711), "no_profile"
/// (no ICE, no fingerprint that is good enough, no rtcp-mux).
Result<BrowserVoice> read_browser(std::string_view offer);
std::string write(const BrowserVoice& voice);
/// Each voice of the description under a name of its own, and none bundled with others: several parties' descriptions
/// put together name theirs as each of them did (RFC 5888).
std::string with_own_mids(std::string_view description);
/// The ICE user of a description: names one making of a voice path. Empty when there is none.
std::string ice_user_of(std::string_view description);

}  // namespace sigap::sdp
