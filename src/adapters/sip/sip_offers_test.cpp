// What carriers, border controllers and handsets say of a voice after the first INVITE, and without one.
#include <gtest/gtest.h>

#include "adapters/sip/hand_of_tests.h"

namespace sigap::sip {
namespace {

constexpr char kSdp[] = "Content-Type: application/sdp\r\n";

std::string moved(const std::string& port = "4002", const std::string& more = "") {
  auto sdp = RawPhone::sdp();
  return sdp.replace(sdp.find("4000"), 4, port) + more;
}

class SipOffersTest : public testing::TestWithParam<bool>, protected HandOfTests {
 protected:
  void SetUp() override { start({}); }
  const ports::VoiceDescription& description(std::size_t n = 0) {
    EXPECT_TRUE(heard.wait([&] { return heard.described.size() > n; }));
    return heard.described.at(n).second;
  }
  /// Whether the dialog stands: BYE is answered.
  bool stands(RawPhone& phone, int cseq) {
    phone.say(phone.request("BYE", cseq));
    return phone.status() == 200;
  }
};

}  // namespace

TEST_P(SipOffersTest, ANewDescriptionIsAnsweredWhenTheJournalHasItAndNotFromMemory) {
  RawPhone phone(port, GetParam());
  connect(phone);
  phone.say(phone.request("INVITE", 2, kSdp, moved("4002", "a=sendonly\r\n")));
  EXPECT_EQ(description().sdp, moved("4002", "a=sendonly\r\n"));
  EXPECT_TRUE(description().offered);
  EXPECT_EQ(description().message.rfind("INVITE ", 0), 0u);
  EXPECT_EQ(phone.hear(200).find("SIP/2.0 2"), std::string::npos);
  hand->answer(call().leg, moved("5000", "a=recvonly\r\n"));
  ASSERT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("a=recvonly"), std::string::npos);
  phone.say(phone.request("ACK", 2));
  EXPECT_TRUE(confirmed(2));
  EXPECT_TRUE(stands(phone, 3));
}

TEST_P(SipOffersTest, TheSameWordsAgainAreASessionTimersAndAnsweredAtOnce) {
  RawPhone phone(port, GetParam());
  connect(phone, "Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n");
  phone.say(phone.request("INVITE", 2, std::string(kSdp) + "Supported: timer\r\n", RawPhone::sdp()));
  ASSERT_EQ(phone.status(), 200);
  EXPECT_EQ(phone.header("Session-Expires"), "1800;refresher=uac");
  phone.say(phone.request("ACK", 2));
  phone.say(phone.request("UPDATE", 3));
  ASSERT_EQ(phone.status(), 200);
  EXPECT_EQ(phone.last.substr(phone.last.find("\r\n\r\n") + 4), "") << "RFC 3311 5.2: no offer, no answer";
  EXPECT_TRUE(heard.described.empty());
  EXPECT_EQ(heard.confirmed.size(), 1u);
  EXPECT_TRUE(stands(phone, 4));
}

TEST_P(SipOffersTest, AnUpdateIsAnOfferToo) {
  RawPhone phone(port, GetParam());
  connect(phone);
  phone.say(phone.request("UPDATE", 2, kSdp, moved()));
  EXPECT_EQ(description().sdp, moved());
  hand->answer(call().leg, moved("5000"));
  ASSERT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("5000"), std::string::npos);
  EXPECT_TRUE(confirmed(2)) << "an UPDATE has no ACK";
}

TEST_P(SipOffersTest, WhatWeCannotCarryIsDeclinedAndTheCallGoesOnAsItWas) {
  RawPhone phone(port, GetParam());
  connect(phone);
  phone.say(phone.request("INVITE", 2, kSdp, RawPhone::sdp("97")));
  EXPECT_EQ(phone.status(), 488);
  EXPECT_NE(phone.header("Warning"), "");
  phone.say(phone.request("ACK", 2));
  phone.say(phone.request("INVITE", 3, kSdp, moved()));
  (void)description();
  hand->decline_offer(call().leg, 488);
  EXPECT_EQ(phone.status(), 488) << "the media process says no";
  phone.say(phone.request("INVITE", 4, kSdp, RawPhone::sdp()));
  EXPECT_EQ(phone.status(), 200) << "what stands is what stood before";
  phone.say(phone.request("ACK", 4));
  EXPECT_TRUE(stands(phone, 5));
}

TEST_P(SipOffersTest, OneOfferAtATime) {
  RawPhone phone(port, GetParam());
  connect(phone);
  phone.say(phone.request("INVITE", 2, kSdp, moved()));
  (void)description();
  phone.say(phone.request("UPDATE", 3, kSdp, moved("4004")));
  EXPECT_EQ(phone.status(), 500) << "theirs is under way";
  EXPECT_NE(phone.header("Retry-After"), "");
  hand->answer(call().leg, moved("5000"));
  EXPECT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 2));
  ASSERT_TRUE(confirmed(2));
  hand->answer(call().leg, moved("5002"));  // ours
  const auto ours = phone.hear();
  ASSERT_EQ(ours.substr(0, 7), "INVITE ");
  phone.say(phone.request("INVITE", 4, kSdp, moved("4006")));
  EXPECT_EQ(phone.status(), 491) << "ours is under way";
}

TEST_P(SipOffersTest, WhoDescribesNoVoiceIsOfferedOursAndAnswersInTheAck) {
  RawPhone phone(port, GetParam());
  phone.say(phone.request("INVITE", 1));
  EXPECT_EQ(call().sdp, "");
  EXPECT_FALSE(call().turned_away);
  hand->answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("m=audio"), std::string::npos);
  phone.say(phone.request("ACK", 1, kSdp, moved()));
  EXPECT_EQ(description().sdp, moved());
  EXPECT_FALSE(description().offered);
  EXPECT_TRUE(confirmed(1));
  // The same within the dialog.
  phone.say(phone.request("INVITE", 2));
  ASSERT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("m=audio"), std::string::npos);
  phone.say(phone.request("ACK", 2, kSdp, moved("4004")));
  EXPECT_EQ(description(1).sdp, moved("4004"));
  EXPECT_TRUE(stands(phone, 3));
}

TEST_P(SipOffersTest, AnAckThatDescribesNothingEndsTheCallForATask) {
  RawPhone phone(port, GetParam());
  phone.say(phone.request("INVITE", 1));
  hand->answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 1));
  EXPECT_EQ(phone.requested(), "BYE");
  ASSERT_TRUE(heard.wait([&] { return !heard.ended.empty(); }));
  EXPECT_EQ(heard.ended[0].by, ports::LegEndedBy::network);
}

TEST_P(SipOffersTest, ReliableProvisionalAnswersAreConfirmed) {
  RawPhone phone(port, GetParam());
  phone.say(phone.invite("Require: 100rel\r\n"));
  EXPECT_FALSE(call().turned_away);
  hand->ring(call().leg);
  ASSERT_EQ(phone.status(), 180);
  const auto rseq = phone.header("RSeq");
  ASSERT_NE(rseq, "") << "RFC 3262: with 100rel required each provisional answer is reliable";
  phone.say(phone.request("PRACK", 2, "RAck: " + rseq + " 1 INVITE\r\n"));
  EXPECT_EQ(phone.status(), 200);
  hand->answer(call().leg, RawPhone::sdp());
  EXPECT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(confirmed(1));
}

TEST_P(SipOffersTest, AForkThatComesTwiceIsOneCall) {
  if (GetParam()) GTEST_SKIP() << "a proxy forks over UDP";
  RawPhone one(port, false), two(port, false);
  two.call_id = one.call_id;
  one.say(one.invite());
  (void)call();
  auto other = two.invite();
  other.replace(other.find("z9hG4bK"), 7, "z9hG4bKx");
  two.say(other);
  EXPECT_EQ(two.status(), 482);
  hand->answer(call().leg, RawPhone::sdp());
  EXPECT_EQ(one.status(), 200);
  EXPECT_EQ(heard.arrived.size(), 1u);
}

TEST_P(SipOffersTest, KeysByInfoCountAndWhatIsNotUnderstoodIsNotTaken) {
  RawPhone phone(port, GetParam());
  connect(phone);
  int cseq = 1;
  const auto info = [&](const std::string& type, const std::string& body) {
    phone.say(phone.request("INFO", ++cseq, type.empty() ? "" : "Content-Type: " + type + "\r\n", body));
    return phone.status();
  };
  EXPECT_EQ(info("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"), 200);
  EXPECT_EQ(info("application/dtmf-relay", "Duration= 160\r\nSignal= * \r\n"), 200);
  EXPECT_EQ(info("Application/DTMF", "11"), 200);
  EXPECT_EQ(info("application/dtmf", "d\r\n"), 200);
  EXPECT_EQ(info("", ""), 200);
  EXPECT_EQ(info("application/dtmf-relay", "Signal=17\r\n"), 415);
  EXPECT_EQ(info("application/media_control+xml", "<x/>"), 415);
  EXPECT_TRUE(heard.wait([&] { return heard.keys == "5*#D"; })) << heard.keys;
}

TEST_P(SipOffersTest, ANewProcessKnowsWhereTheyAreNow) {
  if (GetParam()) GTEST_SKIP() << "a connection ends with its process";
  RawPhone phone(port, false), handset(port, false);
  connect(phone);
  auto again = phone.request("INVITE", 7, kSdp, moved());
  const auto contact = again.find("<sip:c@127.0.0.1:") + 5;
  again.replace(contact, again.find('>', contact) - contact, "c@127.0.0.1:" + std::to_string(handset.port()));
  phone.say(again);
  const auto text = description().message;
  hand->answer(call().leg, moved("5000"));
  ASSERT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 7));
  ASSERT_TRUE(confirmed(2));
  hand.reset();
  start({{call().leg, call().invite, moved("5000"), true, true, false, text}});
  ASSERT_EQ(restored.size(), 1u);
  EXPECT_EQ(restored[0].caller_sdp, moved());
  phone.say(phone.request("INVITE", 6, kSdp, moved("4008")));
  EXPECT_EQ(phone.status(), 500) << "an old request is an old request (RFC 3261 12.2.2)";
  hand->hang_up(call().leg);
  EXPECT_EQ(handset.requested(), "BYE") << "to their new address";
}

INSTANTIATE_TEST_SUITE_P(Transport, SipOffersTest, testing::Values(false, true),
                         [](const auto& tcp) { return tcp.param ? "Tcp" : "Udp"; });

}  // namespace sigap::sip
