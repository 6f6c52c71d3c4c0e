// Calls that we place, as the other side sees them: a telephone that says what the test wants.
#include <gtest/gtest.h>

#include <thread>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"

namespace sigap::sip {
namespace {

using ports::LegEndedBy;

const LegId kLeg{"0123456789abcdef0123456789abcdef"};

class SipOutgoingTest : public testing::Test {
 protected:
  void SetUp() override {
    start(1);  // for a port; then with a trunk that ends at the telephone
    phone = std::make_unique<RawPhone>(port, false);
    hand.reset();
    start(phone->port());
  }
  void start(std::uint16_t to, std::vector<ports::LegRecord> records = {}, bool tcp = false) {
    hand = std::make_unique<SipHand>();
    Trunk trunk{{"telkom"}, {"127.0.0.1"}, "", WayOut{"127.0.0.1", to, tcp ? Transport::tcp : Transport::udp, "110"}};
    SipConfig config{"127.0.0.1", port, {trunk, {{"deaf"}, {"127.0.0.9"}}}, "Sigap", 1000, 1000 * ++epoch};
    auto started = hand->start(config, heard, std::move(records));
    ASSERT_TRUE(started) << started.error().message;
    restored = std::move(*started);
    heard.written = [this](const LegId& leg) { hand->hang_up(leg); };
    port = hand->port();
  }
  /// Yields the INVITE.
  std::string place(const std::string& trunk = "telkom", const std::string& number = "+628123456") {
    hand->place({kLeg, {trunk}, number, RawPhone::sdp("8 0 101")});
    return phone->hear(500);
  }
  /// Rings, picks up, is confirmed. Yields the INVITE.
  std::string talk(const std::string& more = "") {
    auto invite = place();
    phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp(), more));
    EXPECT_TRUE(heard.wait([&] { return heard.picked_up.size() == 1; }));
    hand->confirm(kLeg);
    EXPECT_EQ(phone->hear().substr(0, 4), "ACK ");
    return invite;
  }
  ports::LegRecord record(bool told = true, std::string our_sdp = RawPhone::sdp("8 0 101")) {
    return {kLeg, heard.picked_up.at(0).second.response, std::move(our_sdp), true, told, true};
  }
  bool ended(LegEndedBy by, const std::string& reason) {
    if (!heard.wait([&] { return !heard.ended.empty(); })) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (heard.ended.size() != 1 || hand->health().legs != 0) return false;
    EXPECT_EQ(heard.ended[0].reason, reason);
    return heard.ended[0].leg == kLeg && heard.ended[0].by == by && heard.ended[0].reason == reason;
  }
  /// The next message that is no repetition of the INVITE.
  std::string other(int ms = 2000) {
    while (true) {
      auto message = phone->hear(ms);
      if (message.rfind("INVITE ", 0) != 0) return message;
    }
  }

  std::uint16_t port = 0;
  std::uint32_t epoch = 0;
  Recorder heard;
  std::unique_ptr<SipHand> hand;
  std::unique_ptr<RawPhone> phone;
  std::vector<ports::RestoredLeg> restored;
};

}  // namespace

TEST_F(SipOutgoingTest, ACallIsPlacedRingsIsPickedUpConfirmedAndEndedByThem) {
  phone->last = place();
  EXPECT_EQ(phone->last.rfind("INVITE sip:+628123456@127.0.0.1:", 0), 0u) << phone->last;
  EXPECT_NE(phone->header("From").find("sip:110@"), std::string::npos);
  EXPECT_NE(phone->header("From").find(kLeg.value), std::string::npos);
  EXPECT_NE(phone->header("P-Asserted-Identity").find("sip:110@"), std::string::npos);
  EXPECT_NE(phone->last.find("m=audio 4000 RTP/AVP 8 0 101"), std::string::npos);
  const auto invite = phone->last;
  phone->say(phone->pick_up(invite, "180 Ringing"));
  phone->say(phone->pick_up(invite, "180 Ringing"));
  ASSERT_TRUE(heard.wait([&] { return !heard.rings.empty(); }));
  phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  ASSERT_TRUE(heard.wait([&] { return !heard.picked_up.empty(); }));
  EXPECT_EQ(heard.rings.size(), 1u);
  EXPECT_EQ(heard.picked_up[0].second.sdp, RawPhone::sdp());
  EXPECT_EQ(heard.picked_up[0].second.response.rfind("SIP/2.0 200 OK", 0), 0u);
  EXPECT_EQ(phone->hear(300), "") << "no ACK before the journal has the answer";
  hand->confirm(kLeg);
  const auto ack = phone->hear();
  EXPECT_EQ(ack.rfind("ACK sip:callee@", 0), 0u) << ack;
  EXPECT_EQ(hand->health().legs, 1);
  phone->say(phone->within(invite, "BYE", 1));
  EXPECT_EQ(phone->status(), 200);
  EXPECT_TRUE(ended(LegEndedBy::caller, "BYE"));
}

TEST_F(SipOutgoingTest, AnAnswerThatIsRepeatedIsConfirmedAgain) {
  const auto invite = talk();
  for (int i = 0; i < 2; ++i) {
    phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
    EXPECT_EQ(phone->hear().substr(0, 4), "ACK ") << "the first was lost on its way";
  }
  EXPECT_EQ(heard.picked_up.size(), 1u);
}

TEST_F(SipOutgoingTest, WeHangUpWithByeToWhereTheyAre) {
  (void)talk("Record-Route: <sip:127.0.0.1:" + std::to_string(phone->port()) + ";lr>\r\n");
  hand->hang_up(kLeg);
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_NE(phone->header("Route").find(";lr"), std::string::npos);
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipOutgoingTest, WhyItWasNotPickedUpIsTold) {
  for (const auto& [answer, reason] : std::map<std::string, std::string>{{"486 Busy Here", ports::kBusy},
                                                                         {"480 Unavailable", ports::kNoAnswer},
                                                                         {"603 Decline", ports::kDeclined},
                                                                         {"404 Not Found", ports::kNoSuchNumber},
                                                                         {"407 Proxy Auth", ports::kTrunkRefused},
                                                                         {"401 Unauthorized", ports::kTrunkRefused},
                                                                         {"503 Service", ports::kCallFailed}}) {
    heard.ended.clear();
    phone->say(phone->pick_up(place(), answer));
    EXPECT_EQ(other().substr(0, 4), "ACK ") << answer;
    EXPECT_TRUE(ended(LegEndedBy::network, reason)) << answer;
  }
}

TEST_F(SipOutgoingTest, GivenUpWhileItRingsIsCancelled) {
  const auto invite = place();
  phone->say(phone->pick_up(invite, "180 Ringing"));
  ASSERT_TRUE(heard.wait([&] { return !heard.rings.empty(); }));
  hand->hang_up(kLeg);
  const auto cancel = other();
  ASSERT_EQ(cancel.substr(0, 7), "CANCEL ");
  phone->say(RawPhone::reply_to(cancel));
  phone->say(phone->pick_up(invite, "487 Request Terminated"));
  EXPECT_EQ(other().substr(0, 4), "ACK ");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipOutgoingTest, ACancelWaitsForTheFirstSignOfLife) {
  const auto invite = place();
  hand->hang_up(kLeg);
  EXPECT_EQ(other(700), "") << "RFC 3261 9.1";
  phone->say(phone->pick_up(invite, "100 Trying"));
  EXPECT_EQ(other().substr(0, 7), "CANCEL ");
}

TEST_F(SipOutgoingTest, AnAnswerThatCrossesTheCancelIsConfirmedAndEnded) {
  const auto invite = place();
  phone->say(phone->pick_up(invite, "180 Ringing"));
  ASSERT_TRUE(heard.wait([&] { return !heard.rings.empty(); }));
  hand->hang_up(kLeg);
  ASSERT_EQ(other().substr(0, 7), "CANCEL ");
  phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  EXPECT_EQ(other().substr(0, 4), "ACK ");
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
  EXPECT_TRUE(heard.picked_up.empty());
}

TEST_F(SipOutgoingTest, AHangUpBetweenTheAnswerAndTheJournalIsConfirmedAndEnded) {
  const auto invite = place();
  phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  ASSERT_TRUE(heard.wait([&] { return !heard.picked_up.empty(); }));
  hand->hang_up(kLeg);
  EXPECT_EQ(other().substr(0, 4), "ACK ");
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipOutgoingTest, ASecondTelephoneThatPicksUpIsConfirmedAndEnded) {
  const auto invite = talk();
  phone->say(phone->pick_up(invite, "200 OK", "another", RawPhone::sdp()));
  std::string said;
  for (int i = 0; i < 2; ++i) said += phone->hear().substr(0, 4);
  EXPECT_EQ(said, "ACK BYE ");
  EXPECT_TRUE(heard.ended.empty()) << "the first talks on";
}

TEST_F(SipOutgoingTest, AnAnswerWithoutAVoiceThatWeCarryIsConfirmedAndEnded) {
  phone->say(phone->pick_up(place(), "200 OK", "callee", RawPhone::sdp("9")));
  EXPECT_EQ(other().substr(0, 4), "ACK ");
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_TRUE(ended(LegEndedBy::network, ports::kCallFailed));
}

TEST_F(SipOutgoingTest, ATrunkThatTakesNoCallsOfOursAndWhatIsNoNumberFailAtOnce) {
  EXPECT_EQ(place("deaf"), "");
  EXPECT_TRUE(ended(LegEndedBy::network, ports::kCallFailed));
  heard.ended.clear();
  EXPECT_EQ(place("telkom", "+62812@evil;x=y"), "");
  EXPECT_TRUE(ended(LegEndedBy::network, ports::kCallFailed));
}

TEST_F(SipOutgoingTest, AReInviteOfTheirsGetsOurVoiceAgain) {
  const auto invite = talk();
  phone->say(phone->within(invite, "INVITE", 1, "callee", "Content-Type: application/sdp\r\n", RawPhone::sdp()));
  EXPECT_EQ(phone->status(), 200);
  EXPECT_NE(phone->last.find("m=audio 4000 RTP/AVP 8 0 101"), std::string::npos);
}

TEST_F(SipOutgoingTest, ATrunkThatTakesThemOverTcpIsCalledOverTcp) {
  const int door = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  ASSERT_EQ(::bind(door, reinterpret_cast<sockaddr*>(&here), size), 0);
  ASSERT_EQ(::listen(door, 1), 0);
  ASSERT_EQ(::getsockname(door, reinterpret_cast<sockaddr*>(&here), &size), 0);
  hand.reset();
  start(ntohs(here.sin_port), {}, true);
  hand->place({kLeg, {"telkom"}, "02112345", RawPhone::sdp()});
  RawPhone callee(::accept(door, nullptr, nullptr));
  const auto invite = callee.hear();
  EXPECT_NE(invite.find("SIP/2.0/TCP"), std::string::npos) << invite;
  callee.say(callee.pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  ASSERT_TRUE(heard.wait([&] { return !heard.picked_up.empty(); }));
  hand->confirm(kLeg);
  EXPECT_EQ(callee.hear().substr(0, 4), "ACK ");
  hand->hang_up(kLeg);
  EXPECT_EQ(callee.requested(), "BYE");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
  ::close(door);
}

TEST_F(SipOutgoingTest, AnAnsweredCallOutlivesTheProcess) {
  const auto invite = talk();
  hand.reset();
  start(phone->port(), {record()});
  ASSERT_EQ(restored.size(), 1u);
  EXPECT_EQ(restored[0].caller_sdp, RawPhone::sdp());
  EXPECT_EQ(phone->hear(200), "") << "nobody hears of it";
  phone->say(phone->within(invite, "BYE", 1));
  EXPECT_EQ(phone->status(), 200);
  EXPECT_TRUE(ended(LegEndedBy::caller, "BYE"));
}

TEST_F(SipOutgoingTest, WeHangUpAfterwardsWithTheRouteOfTheAnswer) {
  (void)talk("Record-Route: <sip:127.0.0.1:" + std::to_string(phone->port()) + ";lr>\r\n");
  hand.reset();
  start(phone->port(), {record()});
  hand->hang_up(kLeg);
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_NE(phone->header("Route").find(";lr"), std::string::npos);
  EXPECT_NE(phone->header("CSeq").find(std::to_string(epoch) + "001"), std::string::npos) << phone->header("CSeq");
  EXPECT_TRUE(ended(LegEndedBy::us, "hang-up"));
}

TEST_F(SipOutgoingTest, ANewVoiceIsToldAfterwards) {
  (void)talk();
  hand.reset();
  auto moved = RawPhone::sdp();
  moved.replace(moved.find("4000"), 4, "4002");
  start(phone->port(), {record(false, moved)});
  EXPECT_EQ(phone->requested(), "INVITE");
  EXPECT_NE(phone->last.find("m=audio 4002"), std::string::npos);
  EXPECT_EQ(phone->hear().substr(0, 4), "ACK ");
  EXPECT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
}

TEST_F(SipOutgoingTest, AnAnswerInTheJournalWhoseAckDiedWithUsIsConfirmed) {
  const auto invite = place();
  const auto answer = phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp());
  phone->say(answer);
  ASSERT_TRUE(heard.wait([&] { return !heard.picked_up.empty(); }));
  hand.reset();
  start(phone->port(), {record()});
  phone->say(answer);
  EXPECT_EQ(phone->hear().substr(0, 4), "ACK ");
  EXPECT_TRUE(heard.ended.empty());
}

TEST_F(SipOutgoingTest, AnAnswerThatNobodyWaitsForAnyMoreIsConfirmedAndEnded) {
  const auto invite = place();
  hand.reset();
  start(phone->port());
  phone->say(phone->pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  EXPECT_EQ(phone->hear().substr(0, 4), "ACK ");
  EXPECT_EQ(phone->requested(), "BYE");
  EXPECT_TRUE(heard.picked_up.empty());
}

TEST_F(SipOutgoingTest, AStrangersAnswerGetsNothingOutOfUs) {
  const auto invite = place();
  hand.reset();
  start(phone->port());
  RawPhone stranger(port, false, "127.0.0.2");
  stranger.say(stranger.pick_up(invite, "200 OK", "callee", RawPhone::sdp()));
  EXPECT_EQ(phone->hear(300), "");
  EXPECT_EQ(stranger.hear(100), "");
}

}  // namespace sigap::sip
