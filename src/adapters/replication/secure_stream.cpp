#include "adapters/replication/secure_stream.h"

#include "base/check.h"

namespace sigap::replication {
namespace {

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

Salt fresh_salt() {
  SIGAP_CHECK(sodium_init() >= 0);
  Salt salt;
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

ClusterKey stream_key(const ClusterKey& cluster, std::string_view service, Direction direction, const Salt& client,
                      const Salt& server) {
  ClusterKey key;
  const unsigned char way = direction == Direction::from_client ? 1 : 2;
  crypto_generichash_state state;
  crypto_generichash_init(&state, cluster.data(), cluster.size(), key.size());
  crypto_generichash_update(&state, &way, sizeof way);
  crypto_generichash_update(&state, client.data(), client.size());  // of fixed lengths: the service comes last
  crypto_generichash_update(&state, server.data(), server.size());
  crypto_generichash_update(&state, bytes(service), service.size());
  crypto_generichash_final(&state, key.data(), key.size());
  return key;
}

Outwards::Outwards(const ClusterKey& key) : header_(kStreamHeader_bytes, '\0') {
  crypto_secretstream_xchacha20poly1305_init_push(state_.get(), bytes(header_), key.data());
}

std::string Outwards::push(std::string_view plain, bool last) {
  std::string cipher(plain.size() + kFrameExtra_bytes, '\0');
  crypto_secretstream_xchacha20poly1305_push(
      state_.get(), bytes(cipher), nullptr, bytes(plain), plain.size(), nullptr, 0,
      last ? crypto_secretstream_xchacha20poly1305_TAG_PUSH : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return cipher;
}

Inwards::Inwards(const ClusterKey& key, std::string_view header)
    : good_(header.size() == kStreamHeader_bytes &&
            crypto_secretstream_xchacha20poly1305_init_pull(state_.get(), bytes(header), key.data()) == 0) {}

std::optional<Inwards::Frame> Inwards::pull(std::string_view cipher) {
  if (!good_ || cipher.size() < kFrameExtra_bytes) return std::nullopt;
  std::string plain(cipher.size() - kFrameExtra_bytes, '\0');
  unsigned char tag = 0;
  good_ = crypto_secretstream_xchacha20poly1305_pull(state_.get(), bytes(plain), nullptr, &tag, bytes(cipher),
                                                     cipher.size(), nullptr, 0) == 0;
  if (!good_) return std::nullopt;
  return Frame{std::move(plain), tag == crypto_secretstream_xchacha20poly1305_TAG_PUSH};
}

}  // namespace sigap::replication
