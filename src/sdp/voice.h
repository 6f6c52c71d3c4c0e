// The one reader and writer of SDP (RFC 4566). What a telephone says of its voice is one audio line of its description:
// a Voice. Out of an offer the one that we carry best is chosen, and an answer has a line for each line of the offer,
// in order, the others refused (RFC 3264 section 6). Invariants: nothing is answered that was not offered: neither
// payload type, profile nor address family; what is written for the media process names the chosen line and codec
// alone, so that it cannot agree with anybody on another. Sources: RFC 3264 (offer/answer), RFC 3551 (static payload
// types), RFC 4568 (keys in the SDP), RFC 4585 (RTP/AVPF), RFC 4733 (telephone-event), RFC 6157 (address families).
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigap::sdp {

enum class Direction { sendrecv, sendonly, recvonly, inactive };

struct Codec {
  int payload = 8;
  std::string name = "PCMA";
  int rate = 8000;       ///< of the RTP clock
  std::string channels;  ///< empty: one
  std::string fmtp;

  bool is(std::string_view other) const;  ///< names have no case
  /// G.711, which every part of the house speaks; anything else is put into A-law by the media process.
  bool g711() const { return is("PCMA") || is("PCMU"); }
};

/// One side's audio line, as far as we use it.
struct Voice {
  std::size_t line = 0;  ///< which line of the description
  std::string profile = "RTP/AVP";
  std::string address;  ///< "" or 0.0.0.0: none
  std::uint16_t port = 0;
  Codec codec;
  std::optional<Codec> events;  ///< telephone-event
  Direction direction = Direction::sendrecv;
  std::vector<std::string> keys;  ///< values of a=crypto

  bool secure() const { return !keys.empty(); }
  bool v6() const { return address.find(':') != std::string::npos; }
};

// Why a description has no voice that we can carry: codes of refusals; the message says it in a word for a Warning.
inline constexpr char kUnreadable[] = "unreadable";  ///< no SDP, or none that can be parsed
inline constexpr char kNoAudio[] = "no_audio";       ///< no audio line, or all of them are disabled
inline constexpr char kNoCodec[] = "no_codec";       ///< EVS and AMR alone, for example
inline constexpr char kNoProfile[] = "no_profile";   ///< a transport that we do not speak, or keys that we cannot use
inline constexpr char kNoAddress[] = "no_address";   ///< a host name, or IPv6 where our media has none

/// The best of an offer's audio lines: G.711 before what must be translated, plain RTP before SRTP (its key travels in
/// the same signalling), then the caller's own order. `v6`: our media has an IPv6 address.
Result<Voice> read(std::string_view description, bool v6 = false);
/// The port of the first audio line; nothing without one.
std::optional<std::uint16_t> port_of(std::string_view description);

/// The language that the caller writes or speaks best, of those that the description names (RFC 8373 a=hlang-send, else
/// a=hlang-recv); empty: it names none.
std::string language_of(std::string_view description);

/// What they do, seen from our side (RFC 3264 6.1).
Direction mirrored(Direction theirs);
/// The description with another direction in all its lines.
std::string with_direction(std::string_view description, Direction direction);

/// The o= line is about the session: it stays the same for a leg, its version rises with each change (RFC 3264 8).
struct Origin {
  std::int64_t session = 1;
  std::int64_t version = 1;
};
/// One audio line and nothing else.
std::string write(const Voice& voice, Origin origin);
/// `ours` at its line (Voice::line) of the offer, all other lines refused.
std::string write_answer(std::string_view offer, const Voice& ours, Origin origin);
/// Both laws of G.711, and keys: to somebody whom we call, or who asks us to say first what we want.
std::string write_offer(const std::string& address, std::uint16_t port, Origin origin);

}  // namespace sigap::sdp
