#include "keys/sealed_value.h"

#include <sodium.h>

namespace sigap::keys {
namespace {

constexpr std::size_t kNonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// How long what `text` holds is, or nothing for what holds nothing.
std::optional<std::size_t> plain_size(std::string_view text) {
  if (text.size() < kNonce_bytes + kTag_bytes) return std::nullopt;
  return text.size() - kNonce_bytes - kTag_bytes;
}

/// Writes plain_size(text) bytes to `plain`, or says that it does not open.
bool decrypt_to(unsigned char* plain, const Key& key, std::string_view ad, std::string_view text) {
  return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, nullptr, nullptr, bytes(text) + kNonce_bytes,
                                                    text.size() - kNonce_bytes, bytes(ad), ad.size(), bytes(text),
                                                    key.data()) == 0;
}

std::string associated(std::string_view subject, std::string_view place) {
  return std::string(subject) + '\n' + std::string(place);
}

}  // namespace

std::string encrypt(const Key& key, std::string_view ad, std::string_view plain) {
  // The nonce is a keyed hash of what is sealed and where: equal input, equal output; different input, different nonce.
  const Key nonce_key = derive(key, "nonce");
  std::string text(kNonce_bytes + plain.size() + kTag_bytes, '\0');
  crypto_generichash_state state;
  const std::uint64_t ad_size = ad.size();
  crypto_generichash_init(&state, nonce_key.data(), nonce_key.size(), kNonce_bytes);
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&ad_size), sizeof ad_size);
  crypto_generichash_update(&state, bytes(ad), ad.size());
  crypto_generichash_update(&state, bytes(plain), plain.size());
  crypto_generichash_final(&state, bytes(text), kNonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(text) + kNonce_bytes, nullptr, bytes(plain), plain.size(), bytes(ad),
                                             ad.size(), nullptr, bytes(text), key.data());
  return text;
}

std::optional<std::string> decrypt(const Key& key, std::string_view ad, std::string_view text) {
  const auto size = plain_size(text);
  if (!size) return std::nullopt;
  std::string plain(*size, '\0');
  if (!decrypt_to(bytes(plain), key, ad, text)) return std::nullopt;
  return plain;
}

bool decrypt_key(Key& plain, const Key& key, std::string_view ad, std::string_view text) {
  return plain_size(text) == plain.size() && decrypt_to(plain.data(), key, ad, text);
}

std::string seal_value(const Key& key, std::string_view subject, std::string_view place, std::string_view plain) {
  const auto text = encrypt(key, associated(subject, place), plain);
  std::string encoded(sodium_base64_encoded_len(text.size(), kBase64), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes(text), text.size(), kBase64);
  encoded.pop_back();
  return encoded;
}

std::optional<std::string> open_value(const Key& key, std::string_view subject, std::string_view place,
                                      std::string_view sealed) {
  std::string text(sealed.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes(text), text.size(), sealed.data(), sealed.size(), nullptr, &size, nullptr, kBase64) != 0)
    return std::nullopt;
  text.resize(size);
  return decrypt(key, associated(subject, place), text);
}

bool recording_pair(const Key& of_call, RecordingId recording, unsigned char* open, unsigned char* secret) {
  static_assert(Key::size() == crypto_box_SEEDBYTES && crypto_box_PUBLICKEYBYTES == 32 &&
                crypto_box_SECRETKEYBYTES == 32);
  const Key seed = derive(of_call, "recording:" + std::to_string(recording.value));
  return crypto_box_seed_keypair(open, secret, seed.data()) == 0;
}

}  // namespace sigap::keys
