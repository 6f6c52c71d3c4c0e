// A recording on disk: whole RTP packets of one call, sealed as they come. docs/formats/recording.md says each byte.
// A file is a row of segments, one for each time that somebody began to write it; a segment is a header and chunks.
//   header  names the recording; holds the segment's key, sealed to the recording's public key
//   chunk   the packets of a span of time, sealed by themselves: number and span are readable and proved
// Invariants: whoever writes holds nothing that reads (the segment's key lives in their memory alone, and is new at
// each start); no packet is on disk in clear; a chunk that is damaged or lost costs its own span and no other; spans
// tell what was not written, also to who cannot read. Source: crypto_box_seal, XChaCha20-Poly1305 (libsodium). Not
// libsodium's secretstream: there each message opens only after the one before, so one flipped byte would cost the rest
// of the segment.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::recording {

/// Public half of a recording's key pair (X25519).
using PublicKey = std::array<unsigned char, 32>;

/// Who speaks in a packet: one channel a side of the call.
using Channel = std::uint8_t;
inline constexpr Channel kCaller = 0;
inline constexpr Channel kAnswerer = 1;  ///< operator; guests as the caller hears them; who a call was handed over to
inline constexpr Channel kChannelsMax = 8;  ///< own: a call has three voices

inline constexpr Duration kChunk = milliseconds(200);  ///< sealed so often: what a sudden death of the writer costs
inline constexpr Duration kQuietChunk = seconds(1);    ///< ... and so often when nothing came
inline constexpr std::size_t kPacketMax_bytes = 2048;  ///< no RTP packet of a voice is as long; own
/// Of a sealed chunk: 200 ms of eight channels at a packet each 10 ms, and room; own.
inline constexpr std::size_t kChunkMax_bytes = 1'000'000;

/// Where the recording lies in a folder of recordings: a folder a thousand, so that none grows without end.
std::filesystem::path file_of(const std::filesystem::path& folder, RecordingId recording);

}  // namespace sigap::recording
