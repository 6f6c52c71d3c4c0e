// A SIP hand dies without a word, another goes on with its dialogs: what a caller sent into the gap, and what was under
// way, settles. The test plays the journal: it knows of each leg what was to be told to the caller.
#include <gtest/gtest.h>

#include <thread>

#include "adapters/sip/hand_of_tests.h"

namespace sigap::sip {
namespace {

using ports::LegEndedBy;

class SipRestoreTest : public testing::Test, protected HandOfTests {
 protected:
  void SetUp() override { start({}); }
  /// The hand goes as a killed process does: nobody is told anything.
  void die() { hand.reset(); }
  ports::LegRecord record(std::string our_sdp = {}, bool confirmed = false, bool told = false) {
    return {call().leg, call().invite, std::move(our_sdp), confirmed, told};
  }
  bool ended(LegEndedBy by, const std::string& reason) {
    if (!heard.wait([&] { return !heard.ended.empty(); })) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return heard.ended.size() == 1 && heard.ended[0].leg == call().leg && heard.ended[0].by == by &&
           heard.ended[0].reason == reason;
  }
};

}  // namespace

TEST_F(SipRestoreTest, NothingIsSaidBeforeTheJournalHasIt) {
  RawPhone phone(port, false);
  phone.say(phone.invite());
  (void)call();
  EXPECT_EQ(phone.hear(700), "") << "an INVITE that dies with us is said again to whoever comes";
  hand->proceed(call().leg);
  EXPECT_EQ(phone.hear().substr(0, 11), "SIP/2.0 100");
}

TEST_F(SipRestoreTest, ACallerInADialogHangsUpAfterwards) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  ASSERT_EQ(restored.size(), 1u);
  EXPECT_EQ(restored[0].caller_sdp, RawPhone::sdp());
  EXPECT_EQ(phone.hear(200), "") << "a caller in a conversation hears nothing of it";
  phone.say(phone.request("BYE", 2));
  EXPECT_EQ(phone.status(), 200);
  EXPECT_TRUE(ended(LegEndedBy::caller, "BYE"));
}

TEST_F(SipRestoreTest, AByeThatTheJournalDidNotGetIsAnsweredByTheNextProcess) {
  RawPhone phone(port, false);
  connect(phone);
  heard.written = nullptr;
  phone.say(phone.request("BYE", 2));
  ASSERT_TRUE(heard.wait([&] { return heard.ended.size() == 1; }));
  EXPECT_EQ(phone.hear(200), "") << "not before it is written";
  die();
  heard.ended.clear();
  start({record(RawPhone::sdp(), true, true)});
  phone.say(phone.request("BYE", 2));
  EXPECT_EQ(phone.status(), 200);
  EXPECT_TRUE(ended(LegEndedBy::caller, "BYE"));
}

TEST_F(SipRestoreTest, AReInviteThatComesToNothingAfterAByeTellsNoSecondEnd) {
  RawPhone phone(port, false);
  connect(phone);
  heard.written = nullptr;
  auto moved = RawPhone::sdp();
  moved.replace(moved.find("4000"), 4, "4002");
  hand->answer(call().leg, moved);
  const auto asked = phone.hear();
  ASSERT_EQ(asked.substr(0, 7), "INVITE ");
  phone.say(phone.request("BYE", 2));
  ASSERT_TRUE(heard.wait([&] { return heard.ended.size() == 1; }));
  phone.say(RawPhone::reply_to(asked, "481 Gone"));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(heard.ended.size(), 1u);
  hand->hang_up(call().leg);
  while (phone.last.find("CSeq: 2 BYE") == std::string::npos) ASSERT_FALSE((phone.last = phone.hear()).empty());
  EXPECT_EQ(phone.last.substr(0, 11), "SIP/2.0 200");
}

TEST_F(SipRestoreTest, WeHangUpAfterwards) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  hand->hang_up(call().leg);
  EXPECT_EQ(phone.requested(), "BYE");
  EXPECT_NE(phone.header("CSeq").find("2001"), std::string::npos) << phone.header("CSeq");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipRestoreTest, ACallBetweenRingingAndAnswerIsCompleted) {
  RawPhone phone(port, false);
  phone.say(phone.invite());
  hand->ring(call().leg);
  ASSERT_EQ(phone.status(), 180);
  const auto tag = phone.to_tag;
  die();
  start({record()});
  hand->answer(call().leg, RawPhone::sdp());
  EXPECT_EQ(phone.status(), 200);
  EXPECT_EQ(phone.to_tag, tag) << "the same dialog";
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(confirmed(1));
}

TEST_F(SipRestoreTest, ACallAnsweredInTheJournalAndNotYetOnTheWireIsAnswered) {
  RawPhone phone(port, false);
  phone.say(phone.invite());
  (void)call();
  die();
  start({record(RawPhone::sdp())});
  EXPECT_EQ(phone.status(), 200);
  hand->answer(call().leg, RawPhone::sdp());  // the effect that is redone: nothing new to say
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(confirmed(1));
  EXPECT_EQ(phone.hear(700), "");
}

TEST_F(SipRestoreTest, AnAckSentIntoTheGapIsAskedForAgain) {
  RawPhone phone(port, false);
  phone.say(phone.invite());
  hand->answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  const auto first = phone.last;
  die();
  phone.say(phone.request("ACK", 1));
  start({record(RawPhone::sdp())});
  EXPECT_EQ(phone.status(), 200);
  EXPECT_EQ(phone.last, first) << "word by word, or the caller would take it for another answer";
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(confirmed(1));
}

TEST_F(SipRestoreTest, ACancelSentIntoTheGapEndsTheCall) {
  RawPhone phone(port, false);
  phone.say(phone.invite());
  hand->ring(call().leg);
  ASSERT_EQ(phone.status(), 180);
  die();
  phone.to_tag.clear();
  start({record()});
  phone.say(phone.request("CANCEL", 1));  // its repetition
  const int first = phone.status(), second = phone.status();
  EXPECT_EQ(std::minmax(first, second), std::minmax(200, 487));
  EXPECT_TRUE(ended(LegEndedBy::caller, "CANCEL"));
}

TEST_F(SipRestoreTest, AReInviteAfterwardsGetsTheSameAnswer) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  phone.say(phone.request("INVITE", 2, "Content-Type: application/sdp\r\n", RawPhone::sdp()));
  EXPECT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("o=c 1 1"), std::string::npos);
  phone.say(phone.request("ACK", 2));
  EXPECT_EQ(phone.hear(700), "");
}

TEST_F(SipRestoreTest, ANewVoiceIsToldWithAReInviteAndConfirmed) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  auto moved = RawPhone::sdp();
  moved.replace(moved.find("4000"), 4, "4002");
  start({record(moved, true, false)});
  EXPECT_EQ(phone.requested(), "INVITE");  // answered with 200 by the phone
  EXPECT_NE(phone.last.find("m=audio 4002"), std::string::npos);
  EXPECT_EQ(phone.hear().substr(0, 4), "ACK ");
  EXPECT_TRUE(confirmed(2));
}

TEST_F(SipRestoreTest, TheAnswerToAnEarlierProcessesReInviteIsAcknowledged) {
  RawPhone phone(port, false);
  connect(phone);
  auto moved = RawPhone::sdp();
  moved.replace(moved.find("4000"), 4, "4002");
  hand->answer(call().leg, moved);
  const auto asked = phone.hear();
  ASSERT_EQ(asked.substr(0, 7), "INVITE ");
  die();
  start({record(moved, true, true)});  // killed after the 200 came and before the ACK went
  phone.say(RawPhone::reply_to(asked));
  EXPECT_EQ(phone.hear().substr(0, 4), "ACK ");
}

TEST_F(SipRestoreTest, AnEndNobodyHeardOfIsFoundOut) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  hand->probe(call().leg);
  EXPECT_EQ(phone.requested(2000, "481 Gone"), "OPTIONS");
  EXPECT_TRUE(ended(LegEndedBy::network, "481"));
}

TEST_F(SipRestoreTest, ACallerWhoKnowsTheDialogStays) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  hand->probe(call().leg);
  EXPECT_EQ(phone.requested(), "OPTIONS");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(heard.ended.empty());
}

TEST_F(SipRestoreTest, WhatCannotBeReadIsToldAsEnded) {
  RawPhone phone(port, false);
  connect(phone);
  die();
  start({{call().leg, "INVITE sip:110@x SIP/2.0\r\n\r\n", "", false, false}});
  EXPECT_TRUE(restored.empty());
  EXPECT_TRUE(ended(LegEndedBy::network, "not readable after a restart"));
}

TEST_F(SipRestoreTest, ATcpCallerWhoConnectsAnewHangsUp) {
  RawPhone phone(port, true);
  connect(phone);
  die();
  start({record(RawPhone::sdp(), true, true)});
  RawPhone again(port, true);
  again.call_id = phone.call_id;
  again.to_tag = phone.to_tag;
  again.say(again.request("BYE", 2));
  EXPECT_EQ(again.status(), 200);
  EXPECT_TRUE(ended(LegEndedBy::caller, "BYE"));
}

TEST_F(SipRestoreTest, ACallerWhoseContactCannotBeReachedIsGivenUpOnce) {
  RawPhone phone(port, false);
  auto invite = phone.invite();
  const auto contact = invite.find("<sip:c@");
  invite.replace(contact, invite.find('>', contact) - contact, "<tel:+628111");
  phone.say(invite);
  hand->answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  hand->hang_up(call().leg);
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipRestoreTest, ACallerWhoseTelephoneIsNoMoreIsFoundOut) {
  {
    RawPhone phone(port, false);
    connect(phone);
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(heard.ended.empty()) << "one probe may meet an edge that is being started again";
    hand->probe(call().leg);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  EXPECT_TRUE(ended(LegEndedBy::network, "no answer"));
  EXPECT_EQ(heard.confirmed.size(), 1u) << "an answer of nobody's confirms nothing";
}

}  // namespace sigap::sip
