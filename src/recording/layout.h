// The bytes of a recording, for writer and reader: docs/formats/recording.md. All numbers are little-endian.
#pragma once
#include <sodium.h>

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "recording/format.h"

namespace sigap::recording {

inline constexpr std::string_view kSegmentMarker = "SGRH", kChunkMarker = "SGRC";
inline constexpr std::size_t kMarker_bytes = 4;
inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kSealedKey_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES + crypto_box_SEALBYTES;
inline constexpr std::size_t kSegmentHeader_bytes = 24 + kSealedKey_bytes;
inline constexpr std::size_t kChunkHeader_bytes = 28;
inline constexpr std::size_t kRecord_bytes = 8;  ///< before each packet in a chunk
inline constexpr std::size_t kTag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
inline constexpr std::uint32_t kLastChunk = 1;  ///< flag: the segment ends here on purpose

template <class Number>
void put_number(std::string& to, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i)
    to.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i) & 0xff));
}
template <class Number>
Number number_at(std::string_view from, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    number |= std::uint64_t{static_cast<unsigned char>(from[at + i])} << (8 * i);
  return static_cast<Number>(number);
}

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

struct SegmentHeader {
  RecordingId recording;
  Instant began;
};
struct ChunkHeader {
  std::uint32_t number = 0;  ///< from 1 in each segment
  std::uint32_t flags = 0;
  std::uint32_t size = 0;  ///< of what follows, sealed
  Instant from;
  std::uint32_t span_ms = 0;
  Instant until() const { return from + milliseconds(span_ms); }
  bool last() const { return (flags & kLastChunk) != 0; }
};

/// Without the sealed key.
std::string to_bytes(const SegmentHeader& header);
std::string to_bytes(const ChunkHeader& header);
/// Nothing where there is no such header. Believes nothing but what it checks: marker, version, the limits.
std::optional<SegmentHeader> segment_header(std::string_view bytes);
std::optional<ChunkHeader> chunk_header(std::string_view bytes);

/// Of a chunk; a key seals no number twice.
inline std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce_of(std::uint32_t number) {
  std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce{};
  for (std::size_t i = 0; i < sizeof number; ++i) nonce[i] = static_cast<unsigned char>(number >> (8 * i) & 0xff);
  return nonce;
}

/// A segment's key: wiped, and kept out of swap where the system allows it. Its page stays locked: others lie there.
class SegmentKey {
 public:
  SegmentKey() { sodium_mlock(bytes_.data(), bytes_.size()); }
  SegmentKey(const SegmentKey&) = delete;
  SegmentKey& operator=(const SegmentKey&) = delete;
  ~SegmentKey() { sodium_memzero(bytes_.data(), bytes_.size()); }
  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> bytes_{};
};

}  // namespace sigap::recording
