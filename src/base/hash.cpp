#include "base/hash.h"

#include <sodium.h>

#include <array>

namespace sigap {
namespace {

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sha256_hex(std::string_view text) {
  return sha256_hex(text, {});
}

std::string sha256_hex(std::string_view a, std::string_view b) {
  crypto_hash_sha256_state state;
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, bytes(a), a.size());
  crypto_hash_sha256_update(&state, bytes(b), b.size());
  crypto_hash_sha256_final(&state, hash.data());
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace sigap
