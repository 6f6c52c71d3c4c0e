#include "adapters/web/sign_in_body.h"

#include <gtest/gtest.h>

#include "adapters/web/device_kind.h"

namespace sigap::web {

TEST(SignInBodyTest, ASecondStepIsACodeOrAPasskey) {
  const auto code = read_second_step(R"({"login":"siti","ticket":"t","code":"123 456"})");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->login, "siti");
  EXPECT_EQ(code->code, "123 456");
  EXPECT_FALSE(code->passkey);
  const auto alone = read_second_step(
      R"({"ticket":"t","passkey":{"credential":"a","client_data":"b","authenticator_data":"c","signature":"d"}})");
  ASSERT_TRUE(alone && alone->passkey);
  EXPECT_EQ(alone->login, "");
  EXPECT_EQ(alone->passkey->signature, "d");
}

TEST(SignInBodyTest, AnythingElseIsNone) {
  for (const auto* text :
       {"", "[]", "{}", R"({"ticket":"t"})", R"({"login":"siti","ticket":"t"})", R"({"ticket":"t","code":"1"})",
        R"({"login":"","ticket":"t","code":"1"})", R"({"login":"siti","ticket":"t","code":1})",
        R"({"login":"siti","ticket":"t","code":"1","more":"x"})",
        R"({"login":"siti","ticket":"t","code":"1","passkey":{}})", R"({"ticket":"t","passkey":"x"})",
        R"({"ticket":"t","passkey":{"credential":"a","client_data":"b","authenticator_data":"c"}})",
        R"({"ticket":"t","passkey":{"credential":"a","client_data":"b","authenticator_data":"c","signature":""}})",
        R"({"ticket":"t","passkey":{"credential":{"a":{"b":1}},"client_data":"b"}})"})
    EXPECT_FALSE(read_second_step(text)) << text;
}

TEST(SignInBodyTest, ABrowserIsKnownByShortWords) {
  EXPECT_EQ(device_kind("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                        "Safari/537.36"),
            "Chrome, Linux");
  EXPECT_EQ(device_kind("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                        "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"),
            "Edge, Windows");
  EXPECT_EQ(device_kind("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                        "Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari, iPhone");
  EXPECT_EQ(device_kind("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0"), "Firefox, Android");
  EXPECT_EQ(device_kind("<script>alert(1)</script>"), "?") << "nothing of what was sent is shown";
}

}  // namespace sigap::web
