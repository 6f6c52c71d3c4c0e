#include "webhooks/signature.h"

#include <gtest/gtest.h>

namespace sigap::webhooks {
namespace {

// The example of the specification's reference libraries (github.com/standard-webhooks/standard-webhooks, test files).
constexpr auto kKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr auto kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::int64_t kAt = 1614265330;
constexpr auto kBody = R"({"test": 2432232314})";
constexpr auto kRight = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

}  // namespace

TEST(SignatureTest, IsThatOfTheSpecification) {
  EXPECT_EQ(sign(kKey, kId, kAt, kBody), kRight);
  EXPECT_TRUE(signed_by(kKey, kId, kAt, kBody, kRight));
}

TEST(SignatureTest, OfSeveralOneIsEnoughSoThatAKeyCanBeChanged) {
  EXPECT_TRUE(signed_by(kKey, kId, kAt, kBody, std::string("v1,aGVsbG8= v2,xx ") + kRight));
  EXPECT_FALSE(signed_by(kKey, kId, kAt, kBody, "v1,aGVsbG8= "));
  EXPECT_FALSE(signed_by(kKey, kId, kAt, kBody, ""));
}

TEST(SignatureTest, WhateverIsChangedIsNotSigned) {
  EXPECT_FALSE(signed_by(kKey, "msg_other", kAt, kBody, kRight));
  EXPECT_FALSE(signed_by(kKey, kId, kAt + 1, kBody, kRight));
  EXPECT_FALSE(signed_by(kKey, kId, kAt, R"({"test": 2432232315})", kRight));
  EXPECT_FALSE(signed_by("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", kId, kAt, kBody, kRight));
  EXPECT_NE(request_content("POST", "/api/v1/alerts/1/decline", ""),
            request_content("POST", "/api/v1/alerts/2/decline", ""));
}

TEST(SignatureTest, WhatIsNoKeySignsNothing) {
  for (const auto* key : {"", "whsec_", "whsec_AAAA", "whsec_not base64 at all, not base64 ", "whsec_AAA"}) {
    EXPECT_EQ(sign(key, kId, kAt, kBody), "") << key;
    EXPECT_FALSE(signed_by(key, kId, kAt, kBody, "")) << key;
  }
}

}  // namespace sigap::webhooks
