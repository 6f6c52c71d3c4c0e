#include "webhooks/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <optional>
#include <vector>

namespace sigap::webhooks {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kKeyMin_bytes = 24, kKeyMax_bytes = 64;  // Standard Webhooks: 192 to 512 bits

std::optional<std::vector<unsigned char>> key_bytes(std::string_view key) {
  if (key.starts_with(kPrefix)) key.remove_prefix(kPrefix.size());
  if (key.empty() || key.size() % 4 != 0 || key.size() > 4 * kKeyMax_bytes) return std::nullopt;
  std::vector<unsigned char> bytes(key.size() / 4 * 3);
  const int size =
      EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(key.data()), static_cast<int>(key.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = key.ends_with("==") ? 2 : key.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  if (bytes.size() < kKeyMin_bytes || bytes.size() > kKeyMax_bytes) return std::nullopt;
  return bytes;
}

}  // namespace

std::string sign(std::string_view key, std::string_view id, std::int64_t timestamp_s, std::string_view content) {
  const auto bytes = key_bytes(key);
  if (!bytes) return {};
  const std::string text = std::string(id) + '.' + std::to_string(timestamp_s) + '.' + std::string(content);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), bytes->data(), static_cast<int>(bytes->size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return "v1," + std::string(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length));
}

bool signed_by(std::string_view key, std::string_view id, std::int64_t timestamp_s, std::string_view content,
               std::string_view header) {
  const auto right = sign(key, id, timestamp_s, content);
  if (right.empty()) return false;
  bool found = false;
  while (!header.empty()) {
    const auto end = std::min(header.find(' '), header.size());
    const auto one = header.substr(0, end);
    found |= one.size() == right.size() && CRYPTO_memcmp(one.data(), right.data(), right.size()) == 0;
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return found;
}

std::string request_content(std::string_view method, std::string_view path, std::string_view body) {
  return std::string(method) + ' ' + std::string(path) + '\n' + std::string(body);
}

}  // namespace sigap::webhooks
