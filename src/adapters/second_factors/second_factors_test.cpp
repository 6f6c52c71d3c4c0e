// Codes by the vectors of RFC 6238, and passkeys by an authenticator that this test plays itself: what it signs is
// right until one thing about it is wrong.
#include "adapters/second_factors/second_factors_fido.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <memory>

namespace sigap::second_factors {
namespace {

const ports::PasskeyHost kHost{"110.example.go.id", {"https://110.example.go.id", "https://desk.110.example.go.id"}};
constexpr const char* kChallenge = "Y2hhbGxlbmdlLW9mLXRoaXMtdGVzdC0wMTIzNDU2Nzg";
constexpr const char* kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // of RFC 6238, appendix B
constexpr int kUrlSafe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string base64(const std::string& raw) {
  std::string text(sodium_base64_encoded_len(raw.size(), kUrlSafe), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()), raw.size(), kUrlSafe);
  text.pop_back();
  return text;
}

std::string hash_of(const std::string& text) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return hash;
}

/// A security key with one passkey (ES256).
struct Authenticator {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
  std::string host = kHost.host, origin = kHost.origins[0], challenge = kChallenge;
  unsigned char flags = 0x05;  // present and verified
  std::uint32_t counter = 7;
  std::string more;  ///< of the client data

  std::string client(const char* type) const {
    return R"({"type":")" + std::string(type) + R"(","challenge":")" + challenge + R"(","origin":")" + origin +
           R"(","crossOrigin":false)" + more + "}";
  }
  std::string header(unsigned char with = 0) const {
    std::string data = hash_of(host);
    data += static_cast<char>(flags | with);
    for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>(counter >> shift & 0xff);
    return data;
  }
  std::string cose_key() const {
    unsigned char point[65];
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, point, sizeof point, &size);
    const std::string xy(reinterpret_cast<char*>(point) + 1, 64);
    return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + xy.substr(0, 32) + "\x22\x58\x20" +
           xy.substr(32);
  }
  std::string made_data() const {
    return header(0x40) + std::string(16, '\0') + std::string("\x00\x04", 2) + "cred" + cose_key();
  }
  ports::PasskeyMade made() const { return {base64(client("webauthn.create")), base64(made_data())}; }
  ports::PasskeySaid said() const {
    const auto text = client("webauthn.get");
    const auto data = header(), signed_text = data + hash_of(text);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    unsigned char signature[128];
    std::size_t size = sizeof signature;
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    EVP_DigestSign(context.get(), signature, &size, reinterpret_cast<const unsigned char*>(signed_text.data()),
                   signed_text.size());
    return {base64("cred"), base64(text), base64(data), base64(std::string(reinterpret_cast<char*>(signature), size))};
  }
};

struct SecondFactorsTest : ::testing::Test {
  SecondFactorsFido factors;
  Authenticator device;

  std::string made(const ports::PasskeyHost& host = kHost) {
    const auto key = factors.made(host, kChallenge, device.made());
    return key ? "" : key.error().code;
  }
};

}  // namespace

TEST_F(SecondFactorsTest, CodesAreThoseOfTheStandard) {
  EXPECT_EQ(factors.step_of(kSecret, "287082", {59'000}), 1);
  EXPECT_EQ(factors.step_of(kSecret, "081804", {1'111'111'109'000}), 37'037'036);
  EXPECT_EQ(factors.step_of(kSecret, "005924", {1'234'567'890'000}), 41'152'263);
}

TEST_F(SecondFactorsTest, AClockMayBeOneStepOff) {
  constexpr std::int64_t kStep_ms = 30'000, kAt_ms = 1'234'567'890'000;
  for (const std::int64_t off : {-1, 1})
    EXPECT_EQ(factors.step_of(kSecret, "005924", {kAt_ms + off * kStep_ms}), 41'152'263) << off;
  for (const std::int64_t off : {-2, 2})
    EXPECT_FALSE(factors.step_of(kSecret, "005924", {kAt_ms + off * kStep_ms})) << off;
  for (const auto* wrong : {"", "5924", "0005924", "005925", "abcdef"})
    EXPECT_FALSE(factors.step_of(kSecret, wrong, {kAt_ms})) << wrong;
  EXPECT_FALSE(factors.step_of("not Base32!", "005924", {kAt_ms}));
}

TEST_F(SecondFactorsTest, ASecretIsLongAndNeverTheSame) {
  EXPECT_EQ(factors.new_secret().size(), 32u);  // 160 bits
  EXPECT_NE(factors.new_secret(), factors.new_secret());
}

TEST_F(SecondFactorsTest, APasskeyThatWasMadeOpensTheDoor) {
  const auto key = factors.made(kHost, kChallenge, device.made());
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->credential, base64("cred"));
  EXPECT_EQ(key->counter, 7);
  EXPECT_EQ(key->algorithm, -7);
  device.counter = 8;
  device.origin = kHost.origins[1];
  const auto counter = factors.said(kHost, kChallenge, *key, device.said());
  ASSERT_TRUE(counter) << counter.error().message;
  EXPECT_EQ(*counter, 8);
}

TEST_F(SecondFactorsTest, WhatIsWrongAboutOneThatIsMadeIsTold) {
  device.origin = "https://110.example.go.id.evil.example";
  EXPECT_EQ(made(), "origin");
  device = {};
  device.more = R"(,"crossOrigin":true)";
  EXPECT_EQ(made(), "invalid");  // said twice: nobody knows which counts
  device = {};
  device.host = "evil.example";
  EXPECT_EQ(made(), "host");
  device = {};
  device.challenge = "b2xkZXI";
  EXPECT_EQ(made(), "challenge");
  device = {};
  device.flags = 0x01;
  EXPECT_EQ(made(), "unverified");
  device = {};
  EXPECT_EQ(made({}), "host");
  EXPECT_EQ(factors.made(kHost, "", device.made()).error().code, "challenge");
  EXPECT_EQ(factors.made(kHost, kChallenge, {device.said().client_data, device.made().authenticator_data}).error().code,
            "invalid");  // client data of a sign-in
}

TEST_F(SecondFactorsTest, AuthenticatorDataThatIsCutAnywhereIsRefused) {
  const auto whole = device.made_data();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto key = factors.made(kHost, kChallenge, {device.made().client_data, base64(whole.substr(0, size))});
    ASSERT_FALSE(key) << size;
    EXPECT_EQ(key.error().code, "invalid") << size;
  }
  for (const auto* text : {"", "=", "###", "AAA\n"})
    EXPECT_EQ(factors.made(kHost, kChallenge, {device.made().client_data, text}).error().code, "invalid") << text;
  EXPECT_EQ(factors.made(kHost, kChallenge, {base64("[1"), device.made().authenticator_data}).error().code, "invalid");
}

TEST_F(SecondFactorsTest, WhatIsWrongAboutAnAnswerIsTold) {
  const auto key = *factors.made(kHost, kChallenge, device.made());
  const auto code = [&](const ports::PasskeySaid& said) {
    const auto counter = factors.said(kHost, kChallenge, key, said);
    return counter ? "" : counter.error().code;
  };
  EXPECT_EQ(code(device.said()), "");
  auto bent = device.said();
  bent.signature.back() = bent.signature.back() == 'A' ? 'Q' : 'A';
  EXPECT_NE(code(bent), "");
  const Authenticator other;
  EXPECT_EQ(code(other.said()), "signature") << "another person's passkey";
  auto moved = device.said();
  ++device.counter;
  moved.authenticator_data = device.said().authenticator_data;
  EXPECT_EQ(code(moved), "signature") << "a counter that was not signed";
  device.origin = "http://110.example.go.id";
  EXPECT_EQ(code(device.said()), "origin");
  device.origin = kHost.origins[0];
  device.host = "example.go.id";
  EXPECT_EQ(code(device.said()), "host");
  device.host = kHost.host;
  device.flags = 0x01;
  EXPECT_EQ(code(device.said()), "unverified");
  device.flags = 0x05;
  device.challenge = "b2xkZXI";
  EXPECT_EQ(code(device.said()), "challenge");
}

}  // namespace sigap::second_factors
