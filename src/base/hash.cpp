#include "base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/check.h"

namespace sigap {
namespace {

/// OpenSSL's, because it uses the processor's own instructions: each line of the journal is hashed. Looking the
/// algorithm up costs more than hashing a line, so it is done once, and a thread keeps its context.
struct Context {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

constexpr std::size_t kHashSize = 32;

}  // namespace

std::string sha256_hex(std::string_view text) {
  return sha256_hex(text, {});
}

std::string sha256_hex(std::string_view a, std::string_view b) {
  thread_local const Context sha256;
  auto* context = sha256.context.get();
  std::array<unsigned char, kHashSize> hash;
  const bool hashed = EVP_DigestInit_ex2(context, sha256.algorithm.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context, a.data(), a.size()) == 1 &&
                      EVP_DigestUpdate(context, b.data(), b.size()) == 1 &&
                      EVP_DigestFinal_ex(context, hash.data(), nullptr) == 1;
  SIGAP_CHECK(hashed);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(kHashSize * 2, '0');
  for (std::size_t i = 0; i < kHashSize; ++i) {
    hex[2 * i] = kDigits[hash[i] >> 4];
    hex[2 * i + 1] = kDigits[hash[i] & 15];
  }
  return hex;
}

}  // namespace sigap
