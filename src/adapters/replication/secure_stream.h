// One direction of an encrypted, authenticated stream: libsodium's secretstream (XChaCha20-Poly1305), which also finds
// a frame left out, repeated or moved. Its key is BLAKE2b, keyed with the cluster key, over direction, service and the
// fresh salts of both ends: so nothing recorded can be played again, neither to the same service nor to another, nor
// back to who said it. Not forward secret: whoever steals the key can read what was recorded; what is personal in it is
// sealed anyway.
#pragma once
#include <sodium.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/replication/cluster_key.h"

namespace sigap::replication {

inline constexpr std::size_t kSalt_bytes = 32;
using Salt = std::array<unsigned char, kSalt_bytes>;
Salt fresh_salt();

enum class Direction { from_client, from_server };
ClusterKey stream_key(const ClusterKey& cluster, std::string_view service, Direction direction, const Salt& client,
                      const Salt& server);

inline constexpr std::size_t kStreamHeader_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
inline constexpr std::size_t kFrameExtra_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;

/// Its state holds a key: it is locked memory too.
class StreamState {
 public:
  using State = crypto_secretstream_xchacha20poly1305_state;
  static_assert(alignof(State) == 1);
  State* get() { return reinterpret_cast<State*>(bytes_.data()); }

 private:
  keys::LockedBytes<sizeof(State)> bytes_;
};

class Outwards {
 public:
  explicit Outwards(const ClusterKey& key);
  const std::string& header() const { return header_; }
  std::string push(std::string_view plain, bool last);

 private:
  StreamState state_;
  std::string header_;
};

class Inwards {
 public:
  /// `header` has kStreamHeader_bytes.
  Inwards(const ClusterKey& key, std::string_view header);
  struct Frame {
    std::string plain;
    bool last = false;  ///< of its message
  };
  /// Nothing when it is not what the other end pushed next.
  std::optional<Frame> pull(std::string_view cipher);

 private:
  StreamState state_;
  bool good_;
};

}  // namespace sigap::replication
