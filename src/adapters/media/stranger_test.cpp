// Against a real rtpengine: whoever sends to one of its ports and is not the party that the port is for neither gets
// nor disturbs a word, and presses no key.
#include "adapters/media/media_of_tests.h"
#include "adapters/media/rtp_stranger.h"

namespace sigap::media {
namespace {

constexpr unsigned char kCallerSays = 0x2a, kOtherSays = 0x11;

class StrangerTest : public MediaHandTest {
 protected:
  std::unique_ptr<Stranger> stranger(const std::string& from = "127.0.0.1") {
    auto made = std::make_unique<Stranger>(config.process.port_min, config.process.port_max, from);
    made->goes_on();
    return made;
  }
  /// They speak to each other through their ports; what each heard is kept.
  static void converse(RtpCaller& one, std::uint16_t port, RtpCaller& other, std::uint16_t other_port, int ms = 1000) {
    std::thread speaks([&] { other.talk(other_port, ms, kOtherSays); });
    one.talk(port, ms, kCallerSays);
    speaks.join();
  }
  std::uint16_t placed(const LegId& leg, const RtpCaller& callee) {
    const auto offered = wait([&](auto done) { hand->offer_out(leg, done); });
    EXPECT_TRUE(offered);
    EXPECT_TRUE(wait([&](auto done) { hand->answer_out(leg, callee.sdp(), done); }));
    return offered ? sdp::port_of(*offered).value_or(std::uint16_t{0}) : std::uint16_t{0};
  }
  std::uint16_t opened(const LegId& leg, const std::string& sdp) {
    const auto ours = wait([&](auto done) { hand->open(leg, sdp, ports::Prompt::welcome, 1, done); });
    EXPECT_TRUE(ours) << ours.error().message;
    return ours ? sdp::port_of(*ours).value_or(std::uint16_t{0}) : std::uint16_t{0};
  }
};

void hears_only(const RtpCaller& who, unsigned char word) {
  EXPECT_GT(who.samples.contains(word) ? who.samples.at(word) : 0, 20) << "the voice itself";
  EXPECT_FALSE(who.samples.contains(Stranger::kSays)) << who.samples.at(Stranger::kSays) << " packets of a stranger";
}

}  // namespace

TEST_F(StrangerTest, WhoWaitsIsHeardAloneAndAloneHearsThePrompt) {
  for (const auto* from : {"127.0.0.1", "127.0.0.2"}) {
    RtpCaller caller;
    const LegId leg{std::string("leg") + from};
    const auto port = opened(leg, caller.sdp());
    const auto before = stranger(from);
    EXPECT_GT(caller.listen(1000), 30) << "the prompt, though the caller has not said a word";
    EXPECT_GT(caller.talk(port, 1000), 30);
    EXPECT_GT(caller.listen(1000), 30) << "who hides is silent";
    EXPECT_EQ(before->got(), 0);
    EXPECT_EQ(pressed(), "");
    caller.press(port, 5);
    EXPECT_TRUE(comes([&] { return pressed() == leg.value + ":5 "; })) << pressed();
    hand->close(leg);
    const std::lock_guard lock(mutex);
    keys.clear();
  }
}

TEST_F(StrangerTest, TwoTelephonesHearEachOtherAloneAndGoOnWhenOneMoves) {
  RtpCaller caller, moved, callee;
  const auto port = opened({"in"}, caller.sdp());
  const auto out = placed({"out"}, callee);
  const auto between = stranger();
  ASSERT_TRUE(wait([&](auto done) { hand->relay({"in"}, {1}, {"out"}, {2}, done); }));
  converse(caller, port, callee, out);
  hears_only(caller, kOtherSays);
  hears_only(callee, kCallerSays);
  ASSERT_TRUE(wait([&](auto done) { hand->renegotiate({"in"}, moved.sdp(), 2, done); }));
  converse(moved, port, callee, out);
  hears_only(moved, kOtherSays);
  hears_only(callee, kCallerSays);
  // Where they were is a stranger's address now.
  std::thread left([&] { caller.talk(port, 1000, Stranger::kSays); });
  converse(moved, port, callee, out);
  left.join();
  hears_only(moved, kOtherSays);
  hears_only(callee, kCallerSays);
  EXPECT_FALSE(caller.samples.contains(kOtherSays));
  ASSERT_TRUE(wait([&](auto done) { hand->unbridge({"in"}, {1}, ports::Prompt::waiting, done); }));
  EXPECT_GT(moved.talk(port, 1000), 30) << "the prompt";
  EXPECT_EQ(between->got(), 0);

  EXPECT_EQ(pressed(), "");
}

TEST_F(StrangerTest, AfterARestartTheSameIsTrue) {
  RtpCaller caller, moved, callee;
  const auto port = opened({"in"}, caller.sdp());
  const auto out = placed({"out"}, callee);
  config.process.ends_with_us = false;
  MediaHand next(config);
  next.start();
  ASSERT_TRUE(comes([&] { return next.health().up; }));
  for (const auto& [leg, theirs, ours] : {std::tuple{"in", caller.sdp(), port}, std::tuple{"out", callee.sdp(), out}})
    next.adopt({leg}, {theirs, sdp::write_offer("127.0.0.1", ours, {}), ports::Prompt::waiting, {}, false});
  const auto after = stranger();
  ASSERT_TRUE(wait([&](auto done) { next.relay({"in"}, {1}, {"out"}, {2}, done); }));
  ASSERT_TRUE(wait([&](auto done) { next.renegotiate({"in"}, moved.sdp(), 2, done); }));
  converse(moved, port, callee, out);
  hears_only(moved, kOtherSays);
  hears_only(callee, kCallerSays);
  EXPECT_EQ(after->got(), 0);
}

TEST_F(StrangerTest, KeysInTheSoundAndTestCallsAreTheCallersOwn) {
  RtpCaller plain, tester, stranger_with_tones;
  const auto port = opened({"plain"}, plain.plain_sdp());
  const auto loop = wait([&](auto done) { hand->open_loop({"loop"}, tester.sdp(), done); });
  ASSERT_TRUE(loop);
  const auto noise = stranger();
  stranger_with_tones.press_five_in_band(port, 200);
  tester.talk(*sdp::port_of(*loop), 1000, kOtherSays);
  hears_only(tester, kOtherSays);
  EXPECT_EQ(pressed(), "");
  plain.press_five_in_band(port, 200);
  plain.talk(port, 300);
  EXPECT_TRUE(comes([&] { return pressed() == "plain:5 "; })) << pressed();
  EXPECT_EQ(noise->got(), 0);
}

TEST_F(StrangerTest, OnIpv6TheSame) {
  if (!has_v6()) GTEST_SKIP() << "no IPv6 on this machine";
  RtpCaller caller("::1");
  const auto port = opened({"leg"}, caller.sdp());
  const auto before = stranger("::1");
  EXPECT_GT(caller.listen(1000), 30);
  EXPECT_GT(caller.talk(port, 1000), 30);
  EXPECT_EQ(before->got(), 0);
  EXPECT_EQ(pressed(), "");
}

TEST_F(StrangerTest, WhoCannotKnowTheirAddressIsFollowedToItAndThenAlone) {
  RtpCaller caller;
  auto behind_nat = caller.sdp();
  for (auto at = behind_nat.find("127.0.0.1"); at != std::string::npos; at = behind_nat.find("127.0.0.1"))
    behind_nat.replace(at, 9, "192.0.2.7");
  hand->learn_source({"in"});  // the leg of a trunk that is configured so
  const auto port = opened({"in"}, behind_nat);
  // rtpengine makes up its mind three seconds after the last description.
  ASSERT_TRUE(comes([&] { return caller.talk(port, 100) > 0; })) << "the prompt";
  EXPECT_GT(caller.talk(port, 4000), 100);
  const auto late = stranger("127.0.0.2");
  EXPECT_GT(caller.talk(port, 1000), 30);
  EXPECT_GT(caller.listen(1000), 30);
  EXPECT_EQ(late->got(), 0);
  EXPECT_EQ(pressed(), "");
  caller.press(port, 5);
  EXPECT_TRUE(comes([&] { return pressed() == "in:5 "; })) << pressed();
}

}  // namespace sigap::media
