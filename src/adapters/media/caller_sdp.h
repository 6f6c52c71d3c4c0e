// The SDP that a caller sees: made by ourselves, so that its address, port and session never change while prompts and
// operators come and go behind it (RFC 3264 section 8, RFC 4566).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sigap::media {

/// What we take of a caller's offer.
struct CallerAudio {
  int codec = 8;                    ///< payload type of PCMA or PCMU as the caller numbers it
  std::string codec_name = "PCMA";  ///< "PCMA" or "PCMU"
  std::optional<int> events;        ///< payload type of telephone-event, when offered
};

/// The first usable codec in the caller's order; nothing when there is none.
std::optional<CallerAudio> read_offer(std::string_view sdp);
/// The port of the first audio line.
std::optional<std::uint16_t> audio_port(std::string_view sdp);
/// Our description with this address and port. `session` stays the same for a leg, `version` rises with each change.
std::string write_answer(const CallerAudio& audio, const std::string& address, std::uint16_t port, std::int64_t session,
                         std::int64_t version = 1);

/// Our offer to somebody whom we call: both laws of G.711, and keys (RFC 4733).
std::string write_offer(const std::string& address, std::uint16_t port, std::int64_t session);

}  // namespace sigap::media
