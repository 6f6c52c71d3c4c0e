#include <sodium.h>

#include "adapters/vault/vault_sodium.h"
#include "base/check.h"

namespace sigap::vault {
namespace {

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB and 2 passes.
constexpr std::size_t kMemory_bytes = std::size_t{19} * 1024 * 1024;
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kToken_bytes = 32;

}  // namespace

std::string PasswordsSodium::hash(std::string_view password) {
  char encoded[crypto_pwhash_STRBYTES];
  SIGAP_CHECK(sodium_init() >= 0);
  SIGAP_CHECK(crypto_pwhash_str_alg(encoded, password.data(), password.size(), kPasses, kMemory_bytes,
                                    crypto_pwhash_ALG_ARGON2ID13) == 0);  // fails only without memory
  return encoded;
}

bool PasswordsSodium::verify(std::string_view encoded, std::string_view password) {
  SIGAP_CHECK(sodium_init() >= 0);
  return crypto_pwhash_str_verify(std::string(encoded).c_str(), password.data(), password.size()) == 0;
}

std::string EntropySodium::hex(std::size_t count) {
  SIGAP_CHECK(sodium_init() >= 0);
  std::string raw(count, '\0'), text(count * 2 + 1, '\0');
  randombytes_buf(raw.data(), raw.size());
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
  text.pop_back();
  return text;
}

std::string EntropySodium::token() {
  SIGAP_CHECK(sodium_init() >= 0);
  unsigned char raw[kToken_bytes];
  randombytes_buf(raw, sizeof raw);
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(sizeof raw, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw, sizeof raw, kVariant);
  text.pop_back();
  return text;
}

}  // namespace sigap::vault
