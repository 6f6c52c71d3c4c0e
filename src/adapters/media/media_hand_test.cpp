// Against a real rtpengine.
#include <csignal>

#include "adapters/media/media_of_tests.h"

namespace sigap::media {
/// A folder of prompts in another format than this version plays once cost every caller their voice.
TEST_F(MediaHandTest, APromptThatIsMissingOrNoSoundCostsNoVoice) {
  RtpCaller caller;
  for (const auto prompt_of : {ports::Prompt::hold, ports::Prompt::ring_back}) {
    const auto opened = wait([&](auto done) { hand->open({"mute"}, caller.sdp(), prompt_of, 1, done); });
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_TRUE(sdp::port_of(*opened));
    EXPECT_TRUE(wait([&](auto done) { hand->offer_bridge({"mute"}, {1}, done); }));
    hand->close({"mute"});
  }
}

TEST_F(MediaHandTest, ACallerHearsThePromptOverAndOverAndClosingLeavesNothing) {
  RtpCaller caller;
  const auto ours = open({"leg1"}, caller);
  ASSERT_TRUE(ours) << ours.error().message;
  const auto port = sdp::port_of(*ours);
  ASSERT_TRUE(port);
  EXPECT_GT(caller.talk(*port, 2000), 75) << "a packet each 20 ms";
  EXPECT_GT(caller.loud, 4000);
  const auto held = legs();
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0].leg.value, "leg1");
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  EXPECT_NEAR(static_cast<double>(held[0].last_packet.ms), static_cast<double>(now.count() * 1000), 3000.0);
  hand->close({"leg1"});
  EXPECT_TRUE(comes([&] { return listed() == 0; }));
}

TEST_F(MediaHandTest, KeysAreHeardWhileAPromptPlaysAndOfOpenLegsOnly) {
  RtpCaller caller;
  const auto ours = open({"leg1"}, caller);
  ASSERT_TRUE(ours) << ours.error().message;
  const auto port = *sdp::port_of(*ours);
  caller.talk(port, 100);
  caller.press(port, 5);
  caller.talk(port, 100);
  caller.press(port, 11);
  EXPECT_TRUE(comes([&] { return pressed() == "leg1:5 leg1:# "; })) << pressed();
  hand->close({"leg1"});
  EXPECT_TRUE(comes([&] { return listed() == 0; }));
  caller.press(port, 5);
  ::usleep(200'000);
  EXPECT_EQ(pressed(), "leg1:5 leg1:# ");
}

TEST_F(MediaHandTest, WithoutTelephoneEventsKeysAreReadOutOfTheSound) {
  RtpCaller caller;
  const auto ours = wait([&](auto done) { hand->open({"leg1"}, caller.plain_sdp(), ports::Prompt::welcome, 1, done); });
  ASSERT_TRUE(ours) << ours.error().message;
  const auto port = *sdp::port_of(*ours);
  caller.talk(port, 300);
  EXPECT_EQ(pressed(), "");
  caller.press_five_in_band(port, 120);
  EXPECT_GT(caller.talk(port, 500), 20) << "the prompt goes on";
  EXPECT_TRUE(comes([&] { return pressed() == "leg1:5 "; })) << pressed();
  // Whoever tells keys as events is not listened to as well: each key would count twice.
  RtpCaller modern;
  const auto second = open({"leg2"}, modern);
  ASSERT_TRUE(second);
  modern.talk(*sdp::port_of(*second), 100);
  modern.press_five_in_band(*sdp::port_of(*second), 120);
  modern.talk(*sdp::port_of(*second), 300);
  EXPECT_EQ(pressed(), "leg1:5 ");
  hand->close({"leg1"});
  hand->close({"leg2"});
  EXPECT_TRUE(comes([&] { return listed() == 0; }));
}

TEST_F(MediaHandTest, ATestCallHearsItself) {
  RtpCaller caller;
  const auto ours = wait([&](auto done) { hand->open_loop({"loop"}, caller.sdp(), done); });
  ASSERT_TRUE(ours) << ours.error().message;
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000, 0x11), 30);
  EXPECT_GT(caller.same, 30);
  const auto loop = [&](const char* id) { return wait([&](auto done) { hand->open_loop({id}, caller.sdp(), done); }); };
  ASSERT_TRUE(loop("second"));
  const auto third = loop("third");
  ASSERT_FALSE(third) << "test calls are bounded";
  EXPECT_EQ(third.error().code, "media_refused");
  hand->close({"loop"});
  EXPECT_TRUE(loop("third")) << "a closed one makes room";
}

TEST_F(MediaHandTest, WhomWeCallIsALegLikeACallersOnceTheyAnswer) {
  const auto offered = wait([&](auto done) { hand->offer_out({"out"}, done); });
  ASSERT_TRUE(offered) << offered.error().message;
  const auto port = sdp::port_of(*offered);
  ASSERT_TRUE(port);
  EXPECT_GT(*port, 1000);
  EXPECT_NE(offered->find("PCMA/8000"), std::string::npos);
  EXPECT_EQ(legs().at(0).leg.value, "out");
  RtpCaller callee;
  const auto answered = wait([&](auto done) { hand->answer_out({"out"}, callee.sdp(), done); });
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(callee.talk(*port, 300), 0) << "silence until an operator is on";
  const auto bridge = wait([&](auto done) { hand->offer_bridge({"out"}, {1}, done); });
  ASSERT_TRUE(bridge) << bridge.error().message;
  EXPECT_NE(bridge->find("UDP/TLS/RTP/SAVPF"), std::string::npos);
  const auto joined = wait([&](auto done) { hand->answer_bridge({"out"}, {1}, kBrowser, done); });
  EXPECT_TRUE(joined) << "no prompt was playing: " << joined.error().message;
  ASSERT_TRUE(wait([&](auto done) { hand->unbridge({"out"}, {1}, ports::Prompt::waiting, done); }));
  callee.talk(*port, 200);
  EXPECT_GT(callee.talk(*port, 1000), 30) << "who waits hears the prompt";
  EXPECT_EQ(callee.from, std::set<std::uint16_t>{*port});
  hand->close({"out"});
  EXPECT_TRUE(comes([&] { return listed() == 0; }));
}

TEST_F(MediaHandTest, TwoTelephonesHearEachOtherUntilOneIsTakenBack) {
  RtpCaller caller, callee;
  const auto ours = open({"in"}, caller);
  ASSERT_TRUE(ours);
  const auto port = *sdp::port_of(*ours);
  const auto offered = wait([&](auto done) { hand->offer_out({"out"}, done); });
  ASSERT_TRUE(offered);
  const auto out = *sdp::port_of(*offered);
  ASSERT_TRUE(wait([&](auto done) { hand->answer_out({"out"}, callee.sdp(), done); }));
  // An operator was on each of them.
  for (const char* leg : {"in", "out"}) {
    ASSERT_TRUE(wait([&](auto done) { hand->offer_bridge({leg}, {1}, done); }));
    ASSERT_TRUE(wait([&](auto done) { hand->answer_bridge({leg}, {1}, kBrowser, done); }));
  }
  const auto relayed = wait([&](auto done) { hand->relay({"in"}, {1}, {"out"}, {2}, done); });
  ASSERT_TRUE(relayed) << relayed.error().message;
  std::thread other([&] { callee.talk(out, 1500, 0x11); });
  EXPECT_GT(caller.talk(port, 1500, 0x2a), 50);
  other.join();
  EXPECT_GT(caller.loud, 4000);
  EXPECT_GT(callee.loud, 4000);
  EXPECT_EQ(caller.from, std::set<std::uint16_t>{port});
  // The other is cut off: the caller waits for an operator again.
  ASSERT_TRUE(wait([&](auto done) { hand->unbridge({"in"}, {1}, ports::Prompt::waiting, done); }));
  hand->close({"out"});
  caller.talk(port, 200);
  EXPECT_GT(caller.talk(port, 1000), 30) << "the prompt";
  EXPECT_GT(caller.loud, 2000);
  ASSERT_TRUE(wait([&](auto done) { hand->offer_bridge({"in"}, {2}, done); }));
  EXPECT_TRUE(wait([&](auto done) { hand->answer_bridge({"in"}, {2}, kBrowser, done); }));
  const auto unknown = wait([&](auto done) { hand->relay({"in"}, {3}, {"nobody"}, {4}, done); });
  ASSERT_FALSE(unknown);
}

TEST_F(MediaHandTest, WhomWeCallAndCannotHearIsRefused) {
  ASSERT_TRUE(wait([&](auto done) { hand->offer_out({"out"}, done); }));
  const auto video = wait([&](auto done) { hand->answer_out({"out"}, "v=0\r\nm=audio 4000 RTP/AVP 9\r\n", done); });
  ASSERT_FALSE(video);
  EXPECT_EQ(video.error().code, "media_refused");
  const auto nowhere = wait([&](auto done) { hand->answer_out({"never"}, RtpCaller().sdp(), done); });
  ASSERT_FALSE(nowhere);
}

TEST_F(MediaHandTest, ClosingWinsOverAnOpenThatIsUnderWay) {
  RtpCaller caller;
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    const LegId leg{"brief" + std::to_string(i)};
    const auto opened = wait([&](auto done) {
      hand->open(leg, caller.sdp(), ports::Prompt::welcome, 1, done);
      ::usleep(static_cast<useconds_t>(i * 100));  // each time a little further into it
      hand->close(leg);
    });
    refused += !opened;
    EXPECT_TRUE(opened || opened.error().code == "media_refused");
  }
  EXPECT_GT(refused, 0) << "none was closed under way";
  EXPECT_TRUE(comes([&] { return listed() == 0; }));
  ::usleep(500'000);
  EXPECT_EQ(listed(), 0u) << "nothing came true after its delete";
}

TEST_F(MediaHandTest, AnOfferThatFailedOrWasTakenBackCanBeMadeAgainUnderItsNameAndThePromptIsHeard) {
  RtpCaller caller;
  const auto ours = open({"leg"}, caller);
  ASSERT_TRUE(ours);
  const auto offered = [&] { return wait([&](auto done) { hand->offer_bridge({"leg"}, {7}, done); }); };
  const auto taken_back = [&] {
    return wait([&](auto done) { hand->unbridge({"leg"}, {7}, ports::Prompt::waiting, done); });
  };
  ASSERT_TRUE(offered());
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000), 30) << "the prompt goes on while an offer is open";
  ASSERT_TRUE(wait([&](auto done) { hand->offer_bridge({"leg"}, {6}, done); })) << "never answered: replaced";
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000), 30) << "and goes on when another takes its place";
  ASSERT_TRUE(offered());
  ASSERT_TRUE(taken_back());
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000), 30) << "and when it is taken back";
  ASSERT_TRUE(offered()) << "the page was loaded anew";
  const auto joined = wait([&](auto done) { hand->answer_bridge({"leg"}, {7}, "this is no SDP", done); });
  EXPECT_FALSE(joined);
  ASSERT_TRUE(taken_back());
  caller.talk(*sdp::port_of(*ours), 200);
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000), 30);
  EXPECT_GT(caller.loud, 2000);
  ASSERT_TRUE(offered());
}

TEST_F(MediaHandTest, ALateAnswerOfAnOldOfferIsRefusedAndAnUnopenedLegToo) {
  RtpCaller caller;
  ASSERT_TRUE(open({"leg"}, caller));
  const auto offer = wait([&](auto done) { hand->offer_bridge({"leg"}, {1}, done); });
  ASSERT_TRUE(offer) << offer.error().message;
  EXPECT_NE(offer->find("a=fingerprint:sha-256"), std::string::npos);
  EXPECT_NE(offer->find("UDP/TLS/RTP/SAVPF"), std::string::npos);
  ASSERT_TRUE(wait([&](auto done) { hand->offer_bridge({"leg"}, {2}, done); })) << "the first was never answered";
  const auto late = wait([&](auto done) { hand->answer_bridge({"leg"}, {1}, "v=0\r\n", done); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "stale");
  const auto nowhere = wait([&](auto done) { hand->offer_bridge({"never"}, {3}, done); });
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, "media_refused");
}

TEST_F(MediaHandTest, AVoiceFollowsItsCallerToANewAddressAndNobodyIsLeftAtTheOld) {
  RtpCaller before, after;
  const auto ours = open({"leg"}, before);
  ASSERT_TRUE(ours) << ours.error().message;
  const auto port = *sdp::port_of(*ours);
  ASSERT_GT(before.talk(port, 1000), 30);
  const auto again = [&](const std::string& sdp, std::int64_t version) {
    return wait([&](auto done) { hand->renegotiate({"leg"}, sdp, version, done); });
  };
  const auto moved = again(after.sdp(), 2);
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(sdp::port_of(*moved), port) << "ours stays";
  EXPECT_NE(moved->find(" 2 IN IP4"), std::string::npos) << "a change has a version of its own";
  after.talk(port, 300);
  EXPECT_GT(after.talk(port, 1000), 30);
  // The same with a person on the line.
  ASSERT_TRUE(wait([&](auto done) { hand->offer_bridge({"leg"}, {7}, done); }));
  EXPECT_TRUE(again(before.sdp(), 3)) << "the page has the offer and has not answered yet";
  ASSERT_TRUE(wait([&](auto done) { hand->answer_bridge({"leg"}, {7}, kBrowser, done); }));
  const auto bridged = again(after.sdp() + "a=sendonly\r\n", 4);
  ASSERT_TRUE(bridged) << bridged.error().message;
  EXPECT_EQ(sdp::port_of(*bridged), port);
  EXPECT_NE(bridged->find("a=recvonly"), std::string::npos);
  const auto refused = again("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 97\r\na=rtpmap:97 EVS/16000\r\n", 5);
  ASSERT_FALSE(refused);
  ASSERT_TRUE(wait([&](auto done) { hand->unbridge({"leg"}, {7}, ports::Prompt::waiting, done); }));
  ASSERT_TRUE(again(after.sdp(), 6));
  after.talk(port, 300);
  EXPECT_GT(after.talk(port, 1000), 30) << "taken back, they hear again";
}

TEST_F(MediaHandTest, WhoHoldsUsHearsNothingUntilTheyResume) {
  RtpCaller caller;
  const auto ours = open({"leg"}, caller);
  ASSERT_TRUE(ours) << ours.error().message;
  const auto port = *sdp::port_of(*ours);
  ASSERT_GT(caller.talk(port, 1000), 30);
  const auto says = [&](const std::string& way) {
    const auto answer = wait([&](auto done) { hand->renegotiate({"leg"}, caller.sdp() + way, 2, done); });
    return answer ? answer->substr(answer->rfind("a=")) : answer.error().message;
  };
  EXPECT_EQ(says("a=sendonly\r\n"), "a=recvonly\r\n");
  EXPECT_EQ(says("a=inactive\r\n"), "a=inactive\r\n");
  EXPECT_EQ(says("a=recvonly\r\n"), "a=sendonly\r\n");
  EXPECT_EQ(says("a=sendrecv\r\n"), "a=sendrecv\r\n");
  caller.talk(port, 300);
  EXPECT_GT(caller.talk(port, 1000), 30);
}

TEST_F(MediaHandTest, EachProfileCodecAndFamilyIsAnsweredInKind) {
  RtpCaller caller;
  int n = 0;
  const auto answer = [&](const std::string& sdp) {
    const auto opened =
        wait([&](auto done) { hand->open({"leg" + std::to_string(++n)}, sdp, ports::Prompt::welcome, 1, done); });
    return opened ? *opened : opened.error().message;
  };
  const auto with = [&](const std::string& line, const std::string& more = "") {
    auto sdp = caller.sdp();
    const auto at = sdp.find("m=audio");
    return sdp.substr(0, at) + "m=audio 4000 " + line + "\r\n" + more;
  };
  const auto holds = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos ? testing::AssertionSuccess() : testing::AssertionFailure() << text;
  };
  const auto encrypted =
      answer(with("RTP/SAVP 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + std::string(40, 'A') + "\r\n"));
  EXPECT_TRUE(holds(encrypted, " RTP/SAVP 8\r\n"));
  EXPECT_TRUE(holds(encrypted, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"));
  EXPECT_FALSE(holds(encrypted, std::string(40, 'A'))) << "a key of our own";
  EXPECT_TRUE(holds(answer(with("RTP/AVPF 0")), " RTP/AVPF 0\r\n"));
  EXPECT_TRUE(
      holds(answer(with("RTP/AVP 18", "a=fmtp:18 annexb=no\r\n")), "a=rtpmap:18 G729/8000\r\na=fmtp:18 annexb=no\r\n"));
  EXPECT_TRUE(holds(answer(with("RTP/AVP 9 101", "a=rtpmap:101 telephone-event/8000\r\n")), " RTP/AVP 9 101\r\n"));
  if (!has_v6()) GTEST_SKIP() << "no IPv6 on this machine";
  const auto v6 = answer("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n");
  EXPECT_TRUE(holds(v6, "c=IN IP6 ::1\r\n"));
}

TEST_F(MediaHandTest, WhenRtpengineDiesItIsSeenStartedAgainAndNewCallsWork) {
  RtpCaller before;
  ASSERT_TRUE(open({"before"}, before));
  const int first = hand->child();
  ASSERT_GT(first, 0);
  ::kill(first, SIGKILL);
  EXPECT_TRUE(comes([&] { return !hand->health().up; }));
  ASSERT_TRUE(comes([&] { return hand->health().up; }, 30)) << hand->health().note;
  EXPECT_EQ(hand->health().restarts, 1);
  EXPECT_TRUE(comes([&] { return told_restarts == 1; }));
  EXPECT_FALSE(wait([&](auto done) { hand->offer_bridge({"before"}, {1}, done); })) << "it went with the process";
  EXPECT_EQ(listed(), 0u);
  RtpCaller caller;
  const auto ours = open({"after"}, caller);
  ASSERT_TRUE(ours) << ours.error().message;
  EXPECT_GT(caller.talk(*sdp::port_of(*ours), 1000), 30);
}

TEST_F(MediaHandTest, AnotherHandAdoptsTheRunningProcessWithItsCalls) {
  RtpCaller caller;
  ASSERT_TRUE(open({"kept"}, caller));
  MediaConfig same;
  same.process.ng_port = config.process.ng_port;
  MediaHand second(same);
  second.start();
  ASSERT_TRUE(comes([&] { return second.health().up; }));
  EXPECT_EQ(second.child(), -1) << "nothing was started";
  std::promise<std::vector<ports::LegMedia>> promise;
  second.list([&](const auto& legs) { promise.set_value(legs ? *legs : std::vector<ports::LegMedia>{}); });
  const auto legs = promise.get_future().get();
  ASSERT_EQ(legs.size(), 1u);
  EXPECT_EQ(legs[0].leg.value, "kept");
}

}  // namespace sigap::media
