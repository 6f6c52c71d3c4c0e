#include "adapters/second_factors/second_factors_fido.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/check.h"

namespace sigap::second_factors {
namespace {

namespace json = boost::json;

constexpr std::size_t kSecret_bytes = 20;
constexpr unsigned kStep_s = 30;   // RFC 6238 5.2
constexpr std::size_t kDrift = 1;  // steps each way: RFC 6238 5.2, at most one
// Authenticator data: the hash of the host, flags, the counter (WebAuthn Level 2, 6.1).
constexpr std::size_t kHostHash_bytes = 32, kHeader_bytes = 37;
constexpr unsigned char kPresent = 0x01, kVerified = 0x04, kHasKey = 0x40;
constexpr std::size_t kText_bytes = 8192;  // of one part, encoded; own

/// What it holds is freed when it goes.
template <class T, void (*Free)(T**)>
struct Freed {
  void operator()(T* held) const { Free(&held); }
};
using Cred = std::unique_ptr<fido_cred_t, Freed<fido_cred_t, fido_cred_free>>;
using Assert = std::unique_ptr<fido_assert_t, Freed<fido_assert_t, fido_assert_free>>;
using Es256 = std::unique_ptr<es256_pk_t, Freed<es256_pk_t, es256_pk_free>>;
using Eddsa = std::unique_ptr<eddsa_pk_t, Freed<eddsa_pk_t, eddsa_pk_free>>;
using Rs256 = std::unique_ptr<rs256_pk_t, Freed<rs256_pk_t, rs256_pk_free>>;

const unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_of(const unsigned char* data, std::size_t size) {
  return data ? std::string(reinterpret_cast<const char*>(data), size) : std::string();
}

std::optional<std::string> decoded(const std::string& text) {
  if (text.empty() || text.size() > kText_bytes) return std::nullopt;
  std::string raw(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), text.data(), text.size(), nullptr,
                        &size, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  raw.resize(size);
  return raw;
}

std::string encoded(const std::string& raw) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(raw.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes(raw), raw.size(), kVariant);
  text.pop_back();
  return text;
}

std::string sha256(const std::string& text) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), bytes(text), text.size());
  return hash;
}

std::string text_member(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// What the browser says it was asked: for what, by which page, and about which challenge.
std::optional<Refusal> client_data_objection(const ports::PasskeyHost& host, const std::string& challenge,
                                             const std::string& text, const char* type) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 4;
  const json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return Refusal{"invalid", "", "client data that cannot be read"};
  const auto& object = value.get_object();
  if (text_member(object, "type") != type) return Refusal{"invalid", "", "client data for something else"};
  const auto said = text_member(object, "challenge");
  if (challenge.empty() || said.size() != challenge.size() ||
      sodium_memcmp(said.data(), challenge.data(), said.size()) != 0)
    return Refusal{"challenge", "", "not the challenge that was given"};
  if (std::ranges::find(host.origins, text_member(object, "origin")) == host.origins.end())
    return Refusal{"origin", "", "made at another address than ours"};
  const auto* framed = object.if_contains("crossOrigin");
  if (framed && !(framed->is_bool() && !framed->get_bool())) return Refusal{"origin", "", "made within another's page"};
  return std::nullopt;
}

std::optional<Refusal> authenticator_objection(const ports::PasskeyHost& host, const std::string& data) {
  if (data.size() < kHeader_bytes) return Refusal{"invalid", "", "authenticator data that ends too soon"};
  if (data.compare(0, kHostHash_bytes, sha256(host.host)) != 0) return Refusal{"host", "", "made for another host"};
  const auto flags = static_cast<unsigned char>(data[kHostHash_bytes]);
  if ((flags & kPresent) == 0 || (flags & kVerified) == 0)
    return Refusal{"unverified", "", "the person was not verified"};
  return std::nullopt;
}

/// Both, and what was decoded: client data, authenticator data.
Result<std::pair<std::string, std::string>> looked_at(const ports::PasskeyHost& host, const std::string& challenge,
                                                      const std::string& client_data, const std::string& authenticator,
                                                      const char* type) {
  if (host.host.empty()) return refuse("host", "no passkeys here");
  auto client = decoded(client_data), data = decoded(authenticator);
  if (!client || !data) return refuse("invalid", "not base64url");
  if (auto wrong = client_data_objection(host, challenge, *client, type)) return tl::unexpected(*wrong);
  if (auto wrong = authenticator_objection(host, *data)) return tl::unexpected(*wrong);
  return std::pair{std::move(*client), std::move(*data)};
}

/// The key as the library takes it; false: it is none of this algorithm.
template <class Key, class Take, class Verify>
bool verified(Key key, Take take, const std::string& raw, Verify verify) {
  return key && take(key.get(), raw.data(), raw.size()) == FIDO_OK && verify(key.get()) == FIDO_OK;
}

bool right(const fido_assert_t* assertion, std::int64_t algorithm, const std::string& key) {
  const auto verify = [&](const void* with) {
    return fido_assert_verify(assertion, 0, static_cast<int>(algorithm), with);
  };
  switch (algorithm) {
    case COSE_ES256:
      return verified(Es256(es256_pk_new()), es256_pk_from_ptr, key, verify);
    case COSE_EDDSA:
      return verified(Eddsa(eddsa_pk_new()), eddsa_pk_from_ptr, key, verify);
    case COSE_RS256:
      return verified(Rs256(rs256_pk_new()), rs256_pk_from_ptr, key, verify);
    default:
      return false;
  }
}

}  // namespace

SecondFactorsFido::SecondFactorsFido() {
  SIGAP_CHECK(sodium_init() >= 0);
  SIGAP_CHECK(oath_init() == OATH_OK);
  fido_init(0);
}

std::string SecondFactorsFido::new_secret() {
  char raw[kSecret_bytes];
  randombytes_buf(raw, sizeof raw);
  char* text = nullptr;
  std::size_t size = 0;
  SIGAP_CHECK(oath_base32_encode(raw, sizeof raw, &text, &size) == OATH_OK);  // fails only without memory
  const std::unique_ptr<char, decltype(&std::free)> held(text, &std::free);
  return {text, size};
}

std::optional<std::int64_t> SecondFactorsFido::step_of(const std::string& secret, const std::string& code,
                                                       Instant now) {
  char* raw = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(secret.data(), secret.size(), &raw, &size) != OATH_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&std::free)> held(raw, &std::free);
  int off = 0;
  std::uint64_t step = 0;
  const auto at = static_cast<std::time_t>(now.ms / 1000);
  if (oath_totp_validate3(raw, size, at, kStep_s, 0, kDrift, &off, &step, code.c_str()) < 0) return std::nullopt;
  return static_cast<std::int64_t>(step);
}

Result<ports::PasskeyKey> SecondFactorsFido::made(const ports::PasskeyHost& host, const std::string& challenge,
                                                  const ports::PasskeyMade& passkey) {
  const auto looked = looked_at(host, challenge, passkey.client_data, passkey.authenticator_data, "webauthn.create");
  if (!looked) return tl::unexpected(looked.error());
  const auto& data = looked->second;
  if ((static_cast<unsigned char>(data[kHostHash_bytes]) & kHasKey) == 0) return refuse("invalid", "there is no key");
  // Which algorithm it is stands in the key. The library wants to know it before, and refuses another.
  for (const int algorithm : {COSE_ES256, COSE_EDDSA, COSE_RS256}) {
    const Cred cred(fido_cred_new());
    SIGAP_CHECK(cred != nullptr);
    if (fido_cred_set_type(cred.get(), algorithm) != FIDO_OK ||
        fido_cred_set_authdata_raw(cred.get(), bytes(data), data.size()) != FIDO_OK)
      continue;
    const auto id = text_of(fido_cred_id_ptr(cred.get()), fido_cred_id_len(cred.get()));
    const auto key = text_of(fido_cred_pubkey_ptr(cred.get()), fido_cred_pubkey_len(cred.get()));
    if (id.empty() || key.empty()) continue;
    return ports::PasskeyKey{encoded(id), encoded(key), algorithm, fido_cred_sigcount(cred.get())};
  }
  return refuse("invalid", "no key that can be read, or of an algorithm that was not asked for");
}

Result<std::int64_t> SecondFactorsFido::said(const ports::PasskeyHost& host, const std::string& challenge,
                                             const ports::PasskeyKey& key, const ports::PasskeySaid& passkey) {
  const auto looked = looked_at(host, challenge, passkey.client_data, passkey.authenticator_data, "webauthn.get");
  if (!looked) return tl::unexpected(looked.error());
  const auto& [client, data] = *looked;
  const auto signature = decoded(passkey.signature), public_key = decoded(key.public_key);
  if (!signature || !public_key) return refuse("invalid", "not base64url");
  const auto hash = sha256(client);
  const Assert assertion(fido_assert_new());
  SIGAP_CHECK(assertion != nullptr);
  const bool readable = fido_assert_set_count(assertion.get(), 1) == FIDO_OK &&
                        fido_assert_set_rp(assertion.get(), host.host.c_str()) == FIDO_OK &&
                        fido_assert_set_clientdata_hash(assertion.get(), bytes(hash), hash.size()) == FIDO_OK &&
                        fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                        fido_assert_set_uv(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                        fido_assert_set_authdata_raw(assertion.get(), 0, bytes(data), data.size()) == FIDO_OK &&
                        fido_assert_set_sig(assertion.get(), 0, bytes(*signature), signature->size()) == FIDO_OK;
  if (!readable) return refuse("invalid", "authenticator data that cannot be read");
  if (!right(assertion.get(), key.algorithm, *public_key)) return refuse("signature", "not signed by this passkey");
  return static_cast<std::int64_t>(fido_assert_sigcount(assertion.get(), 0));
}

}  // namespace sigap::second_factors
