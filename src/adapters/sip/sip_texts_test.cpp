// Texts to the line by SIP MESSAGE, on real sockets: taken when they are written, refused with the reason, known again.
#include <gtest/gtest.h>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"

namespace sigap::sip {
namespace {

class SipTextTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(hand.start({"127.0.0.1", 0, {{{"telkom"}, {"127.0.0.1"}}}}, heard)); }
  void TearDown() override { hand.stop(); }

  Recorder heard;
  SipHand hand;
};

}  // namespace

TEST_F(SipTextTest, ATextIsTakenWhenItIsWritten) {
  for (const bool tcp : {false, true}) {
    heard.texts.clear();
    const auto n = [&](std::size_t i) -> const ports::IncomingText& {
      EXPECT_TRUE(heard.wait([&] { return heard.texts.size() > i; }));
      return heard.texts.at(i);
    };
    RawPhone phone(hand.port(), tcp);
    const std::string plain = "Content-Type: text/plain;charset=UTF-8\r\n";
    phone.say(phone.request("MESSAGE", 1, plain, "Tolong, ada pencuri \xE2\x80\x93 cepat"));
    EXPECT_EQ(n(0).text, "Tolong, ada pencuri \xE2\x80\x93 cepat");
    EXPECT_EQ(n(0).number, "+628111");
    EXPECT_EQ(n(0).trunk.value, "telkom");
    EXPECT_EQ(phone.hear(200), "") << "nothing is said before it is written";
    hand.answer_text(n(0).id, 202);
    EXPECT_EQ(phone.status(), 202);
    phone.to_tag.clear();
    if (!tcp) {  // which loses nothing, and says nothing again
      phone.say(phone.request("MESSAGE", 1, plain, "Tolong, ada pencuri \xE2\x80\x93 cepat"));
      EXPECT_EQ(phone.status(), 202) << "said again: the same answer";
      phone.to_tag.clear();
    }
    phone.say(phone.request("MESSAGE", 2, "Content-Type: text/plain;charset=iso-8859-1\r\n", "caf\xE9\x07"));
    EXPECT_EQ(n(1).text, "caf\xC3\xA9");
    EXPECT_NE(n(1).name, n(0).name);
    hand.answer_text(n(1).id, 480);
    EXPECT_EQ(phone.status(), 480);
    phone.to_tag.clear();

    phone.say(phone.request("MESSAGE", 3, "Content-Type: application/im-iscomposing+xml\r\n", "<x/>"));
    EXPECT_EQ(phone.status(), 415);
    EXPECT_EQ(phone.header("Accept"), "text/plain");
    phone.to_tag.clear();
    std::string longest;
    for (std::size_t i = 0; i < ports::kTextMax; ++i) longest += "\xC3\xA9";
    phone.say(phone.request("MESSAGE", 4, plain, longest));
    EXPECT_TRUE(n(2).text == longest);
    hand.answer_text(n(2).id, 202);
    EXPECT_EQ(phone.status(), 202);
    phone.to_tag.clear();
    phone.say(phone.request("MESSAGE", 5, plain, longest + "x"));
    EXPECT_EQ(phone.status(), 413);
    phone.to_tag.clear();
    phone.say(phone.request("MESSAGE", 6, plain, "hello", "sip:911@sigap"));
    EXPECT_EQ(phone.status(), 404);
    phone.to_tag.clear();
    phone.say(phone.request("MESSAGE", 7, "Content-Type: multipart/mixed;boundary=b\r\n",
                            "--b\r\nContent-Type: text/plain\r\n\r\ndi sini\r\n--b--\r\n"));
    EXPECT_EQ(n(3).text, "di sini");
    hand.answer_text(n(3).id, 202);
    EXPECT_EQ(phone.status(), 202);
    EXPECT_EQ(heard.texts.size(), 4u);
  }
}

TEST_F(SipTextTest, ATextThatAnotherProcessDidNotAnswerHasTheSameNameAfterwards) {
  RawPhone phone(hand.port(), false);
  const auto message = phone.request("MESSAGE", 1, "Content-Type: text/plain\r\n", "tolong");
  phone.say(message);
  ASSERT_TRUE(heard.wait([&] { return heard.texts.size() == 1; }));
  const auto port = hand.port();
  hand.stop();
  EXPECT_EQ(phone.hear(100), "") << "who goes says nothing";
  ASSERT_TRUE(hand.start({"127.0.0.1", port, {{{"telkom"}, {"127.0.0.1"}}}}, heard));
  phone.say(message);
  ASSERT_TRUE(heard.wait([&] { return heard.texts.size() == 2; }));
  EXPECT_EQ(heard.texts[1].name, heard.texts[0].name);
  EXPECT_NE(heard.texts[1].id, heard.texts[0].id);
  hand.answer_text(heard.texts[1].id, 202);
  EXPECT_EQ(phone.status(), 202);
}

TEST_F(SipTextTest, ATextWithinACallIsTakenAsWell) {
  RawPhone phone(hand.port(), false);
  phone.say(phone.invite());
  ASSERT_TRUE(heard.wait([&] { return heard.arrived.size() == 1; }));
  hand.answer(heard.arrived[0].leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 1));
  phone.say(phone.request("MESSAGE", 2, "Content-Type: text/plain\r\n", "pelan-pelan"));
  ASSERT_TRUE(heard.wait([&] { return heard.texts.size() == 1; }));
  EXPECT_EQ(heard.texts[0].text, "pelan-pelan");
  hand.answer_text(heard.texts[0].id, 202);
  EXPECT_EQ(phone.status(), 202);
  EXPECT_EQ(hand.health().legs, 1);
}

}  // namespace sigap::sip
