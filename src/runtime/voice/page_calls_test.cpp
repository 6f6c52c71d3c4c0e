// The hand of citizens' pages: what a page says becomes a call, what becomes of it is said to the page, and pages go
// away and come back.
#include "runtime/voice/leg_router.h"
#include "runtime/voice/page_calls_of_tests.h"

namespace sigap::runtime {
namespace {

using core::PageAnswer;
using core::PageCallOver;
using core::PageHangUp;
using core::PageOffer;

TEST_F(PageCallsTest, APageKnowsItsRelayFirstAndAgainBeforeThatIsOver) {
  open(7);
  ASSERT_EQ(relays[7].size(), 1u);
  EXPECT_TRUE(relays[7][0].urls.empty()) << "there is none, and the page need not wait for one";
  relay_urls = {"turn:192.0.2.1:3478"};
  const LegId leg = dials(8);
  hand->proceed(leg);
  ASSERT_EQ(relays[8].size(), 1u);
  EXPECT_EQ(relays[8][0].urls, relay_urls);
  EXPECT_EQ(relays[8][0].user, std::to_string(now.ms));
  for (int s = 1; s < 1800; ++s) {
    hand->hear(8, core::Heartbeat{});
    passes(seconds(1));
    ASSERT_EQ(relays[8].size(), 1u) << s;
  }
  hand->hear(8, core::Heartbeat{});
  passes(seconds(1));
  ASSERT_EQ(relays[8].size(), 2u);
  EXPECT_EQ(relays[8][1].user, std::to_string(now.ms));
}

TEST_F(PageCallsTest, ACallIsToldOnceAndNothingIsSaidToThePageBeforeItIsInTheJournal) {
  open(7);
  auto said_first = call();
  said_first.location = Location{{1'103'602'000, -76'921'000}, 12};
  said_first.number = "0812-3456-789";
  hand->hear(7, said_first);
  ASSERT_EQ(listener.arrived.size(), 1u);
  const auto& arrived = listener.arrived[0];
  EXPECT_TRUE(is_page_leg(arrived.leg.value));
  EXPECT_EQ(arrived.leg.value.size(), 32u);
  EXPECT_EQ(arrived.trunk.value, calls::kPageTrunk);
  EXPECT_EQ(arrived.number, "0812-3456-789");
  EXPECT_GT(arrived.known_as.size(), 64u) << "no number is as long";
  EXPECT_EQ(arrived.place.location->radius_m, 12);
  EXPECT_EQ(arrived.invite.find(said_first.token), std::string::npos) << "its hash alone is kept";
  EXPECT_TRUE(said[7].empty());
  hand->proceed(arrived.leg);
  ASSERT_TRUE(last<PageStatus>(7));
  hand->hear(7, said_first);  // its socket is slow, and it says it again
  EXPECT_EQ(listener.arrived.size(), 1u);
  hand->answer(arrived.leg, "answer");
  EXPECT_EQ(last<PageAnswer>(7)->offer, 1);
  EXPECT_EQ(last<PageAnswer>(7)->sdp, "answer");
  hand->hear(7, core::PageVoice{1});
  hand->hear(7, core::PageKey{"5"});
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"confirmed", "key 5"}));
}

TEST_F(PageCallsTest, WhatCannotBeIsRefusedByNameAndIsNoCall) {
  ports::ConnectionId next = 100;
  const auto tries = [&](auto change) {
    auto one = call(static_cast<int>(next), static_cast<int>(next));
    change(one);
    open(++next);
    hand->hear(next, one);
    return refused(next);
  };
  EXPECT_EQ(tries([](auto& c) { c.token = "short"; }), "invalid token");
  EXPECT_EQ(tries([](auto& c) { c.page = std::string(40, '!'); }), "invalid page");
  EXPECT_EQ(tries([](auto& c) { c.number = "polisi"; }), "invalid number");
  EXPECT_EQ(tries([](auto& c) { c.number = std::string(21, '1'); }), "invalid number");
  EXPECT_EQ(tries([](auto& c) { c.sdp = "v=0\r\n"; }), "no_audio sdp");
  EXPECT_EQ(tries([](auto& c) { c.sdp += std::string(sdp::kBrowserOfferMax_bytes, ' '); }), "too_large sdp");
  open(9);
  hand->hear(9, core::PageKey{"5"});
  EXPECT_EQ(refused(9), "no_call type");
  hand->hear(9, core::Track{"x"});
  EXPECT_EQ(refused(9), "not_allowed type");
  hand->hear(9, PageBack{secret(77), ""});
  EXPECT_EQ(refused(9), "unknown token");
  EXPECT_EQ(closed.size(), 7u) << "each try costs a socket";
  EXPECT_TRUE(listener.arrived.empty());
  EXPECT_EQ(tries([](auto&) {}), "");
  EXPECT_EQ(listener.arrived.size(), 1u);
}

TEST_F(PageCallsTest, APageThatComesBackInTimeHasItsCallAndWhoStaysAwayHasHungUp) {
  const auto leg = dials(1);
  hand->proceed(leg);
  hand->answer(leg, "a=ice-ufrag:ours\r\n");
  hand->disconnected(1);
  passes(PageCalls::kGrace);
  EXPECT_TRUE(listener.ended.empty());
  open(2);
  hand->hear(2, PageBack{secret(1), "ours"});
  EXPECT_TRUE(last<PageStatus>(2));
  EXPECT_FALSE(last<PageAnswer>(2)) << "its voice path stands";
  hand->disconnected(2);
  passes(PageCalls::kGrace);
  passes(milliseconds(100));
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"caller: page gone"}));
  hand->hang_up(leg);
  open(3);
  hand->hear(3, PageBack{secret(1), "ours"});
  ASSERT_TRUE(last<PageCallOver>(3)) << "it is told what became of its call";
  EXPECT_TRUE(last<PageCallOver>(3)->by_page);
  EXPECT_EQ(listener.ended.size(), 1u) << "once";
}

TEST_F(PageCallsTest, ASilentPageIsGoneAndTimeInWhichNobodyListensIsNot) {
  dials(1);
  now = now + seconds(60);
  hand->tick(listened);  // the server was stopped for a minute
  EXPECT_TRUE(closed.empty());
  passes(PageCalls::kSilence + milliseconds(1));
  EXPECT_EQ(closed, (std::vector<ports::ConnectionId>{1}));
  passes(PageCalls::kGrace + milliseconds(1));
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"caller: page gone"}));
}

TEST_F(PageCallsTest, TheNextProcessKnowsTheCallByWhatTheJournalKept) {
  const auto leg = dials(1);
  hand->proceed(leg);
  const auto invite = listener.arrived[0].invite;
  hand.reset();
  begin();
  const auto restored = hand->restore({{leg, invite, "a=ice-ufrag:ours\r\n", false, false, false, {}, {"web"}},
                                       {{"web-forgotten"}, "", "", false, false, false, {}, {"web"}}});
  ASSERT_EQ(restored.size(), 1u);
  EXPECT_EQ(restored[0].caller_sdp, description("user1"));
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"network: unreadable"}));
  open(5);
  hand->hear(5, PageBack{secret(2), ""});
  EXPECT_EQ(refused(5), "unknown token") << "another's token has no call";
  open(6);
  hand->hear(6, call());  // it never heard that it was accepted, and says it again
  EXPECT_EQ(listener.arrived.size(), 1u);
  ASSERT_TRUE(last<PageAnswer>(6));
  EXPECT_EQ(last<PageAnswer>(6)->offer, 1);
  open(7);
  hand->hear(7, PageBack{secret(1), "older"});
  EXPECT_EQ(last<PageAnswer>(7)->offer, 0) << "the media is another one: offer anew";
  EXPECT_EQ(refused(6), "replaced") << "the newest page has the call";
  EXPECT_EQ(closed, (std::vector<ports::ConnectionId>{5, 6}));
}

TEST_F(PageCallsTest, ANewVoicePathIsOfferedAnsweredAndKeptForTheNextProcess) {
  const auto leg = dials(1);
  hand->proceed(leg);
  hand->answer(leg, "first");
  hand->hear(1, PageOffer{2, description("user2")});
  hand->hear(1, PageOffer{3, description("user3")});
  EXPECT_EQ(last<PageAnswer>(1)->offer, 3) << "one at a time";
  EXPECT_EQ(last<PageAnswer>(1)->sdp, "");
  ASSERT_EQ(listener.described.size(), 1u);
  EXPECT_TRUE(listener.described[0].offered);
  EXPECT_EQ(read_page_signalling(listener.described[0].message)->sdp, description("user2"));
  hand->answer(leg, "second");
  EXPECT_EQ(last<PageAnswer>(1)->offer, 2);
  now = now + PageCalls::kOfferEvery;
  hand->hear(1, PageOffer{4, description("user4")});
  hand->decline_offer(leg, 491);
  EXPECT_EQ(last<PageAnswer>(1)->offer, 4);
  EXPECT_EQ(last<PageAnswer>(1)->sdp, "") << "not now";
  hand->answer(leg, "the media process is another one");
  EXPECT_EQ(last<PageAnswer>(1)->offer, 0);
}

TEST_F(PageCallsTest, APageThatOffersOverAndOverWaitsLongerEachTime) {
  const auto leg = dials(1);
  hand->proceed(leg);
  hand->answer(leg, "first");
  const Instant begun = now;
  std::vector<std::int64_t> taken_ms;
  int offer = 1;
  while (now - begun < seconds(60)) {  // each is another one, as of who wants the media process to work
    hand->hear(1, core::Heartbeat{});
    hand->hear(1, PageOffer{++offer, description("user" + std::to_string(offer))});
    if (listener.described.size() > taken_ms.size()) {
      taken_ms.push_back((now - begun).ms);
      hand->answer(leg, "answer " + std::to_string(offer));
    }
    passes(milliseconds(100));
  }
  ASSERT_GE(taken_ms.size(), 6u);
  EXPECT_EQ(taken_ms[1] - taken_ms[0], 300);
  EXPECT_EQ(taken_ms[2] - taken_ms[1], 600);
  EXPECT_EQ(taken_ms.back() - taken_ms[taken_ms.size() - 2], PageCalls::kOfferEveryMost.ms);
  EXPECT_LE(taken_ms.size(), 16u);
  for (int s = 0; s < 31; ++s) {
    hand->hear(1, core::Heartbeat{});
    passes(seconds(1));
  }
  const auto before = listener.described.size();
  hand->hear(1, PageOffer{++offer, description("calm")});
  EXPECT_EQ(listener.described.size(), before + 1) << "a network that broke once more";
}

TEST_F(PageCallsTest, AVoicePathIsConfirmedOnceForEachAnswer) {
  const auto leg = dials(1);
  hand->proceed(leg);
  hand->answer(leg, "first");
  for (int i = 0; i < 20; ++i) hand->hear(1, core::PageVoice{1});
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"confirmed"})) << "each would be an input of the core";
  hand->hear(1, PageOffer{2, description("user2")});
  hand->answer(leg, "second");
  hand->hear(1, core::PageVoice{2});
  hand->hear(1, core::PageVoice{2});
  EXPECT_EQ(listener.heard.size(), 2u);
}

TEST_F(PageCallsTest, AFloodIsToldSoAtOnceAndReportedAsASum) {
  config = {3, 2, 100};
  begin();
  open(1, "a");
  hand->hear(1, call(1, 1));
  open(2, "a");
  hand->hear(2, call(2, 2));
  open(3, "a");
  hand->hear(3, call(3, 3));
  EXPECT_EQ(refused(3), "full") << "two of one address";
  open(4, "b");
  hand->hear(4, call(4, 4));
  open(5, "c");
  hand->hear(5, call(5, 5));
  EXPECT_EQ(refused(5), "full") << "three in all";
  EXPECT_EQ(listener.arrived.size(), 3u);
  EXPECT_EQ(hand->health().legs, 3);
  EXPECT_EQ(hand->health().refused, 2);
  passes(PageCalls::kReportEvery);
  ASSERT_EQ(listener.doors.size(), 1u);
  EXPECT_EQ(listener.doors[0].refusals.at(0).count, 2);
  EXPECT_EQ(listener.doors[0].refusals.at(0).trunk.value, calls::kPageTrunk);
  EXPECT_TRUE(listener.doors[0].addresses.empty());
  hand->hang_up(listener.arrived[0].leg);
  open(6, "c");
  hand->hear(6, call(6, 6));
  EXPECT_EQ(listener.arrived.size(), 4u) << "room again";
}

TEST_F(PageCallsTest, AnAddressCannotCallAndHangUpOverAndOver) {
  config = {200, 32, 5};
  begin();
  for (int i = 1; i <= 6; ++i) {
    open(i, "a");
    hand->hear(i, call(i, i));
    hand->hang_up(listener.arrived.back().leg);
  }
  EXPECT_EQ(listener.arrived.size(), 5u);
  EXPECT_EQ(refused(6), "full");
  passes(seconds(60));
  open(7, "a");
  hand->hear(7, call(7, 7));
  EXPECT_EQ(listener.arrived.size(), 6u);
}

TEST_F(PageCallsTest, ManyAddressesCannotCallOverAndOverEither) {
  config = {3, 32, 100};
  begin();
  const int most = static_cast<int>(kNewInAMinuteLeast);
  for (int i = 1; i <= most + 1; ++i) {
    open(i, "address " + std::to_string(i));
    hand->hear(i, call(i, i));
    hand->hang_up(listener.arrived.back().leg);
  }
  EXPECT_EQ(listener.arrived.size(), kNewInAMinuteLeast) << "in a minute";
  EXPECT_EQ(refused(most + 1), "full");
}

TEST_F(PageCallsTest, AConversationWhoseVoiceIsHeardOutlivesItsSocketForLonger) {
  const auto leg = dials(1);
  hand->proceed(leg);
  status->connected = true;
  hand->disconnected(1);
  heard = now + PageCalls::kGraceTalking;
  passes(PageCalls::kGrace + seconds(1));
  EXPECT_TRUE(listener.ended.empty());
  heard = now - PageCalls::kHeardLately - seconds(1);
  passes(milliseconds(100));
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"caller: page gone"}));
}

TEST_F(PageCallsTest, APageHasOneCallAndOneThatForgotItsCallBeginsAnew) {
  const auto leg = dials(1);
  open(2);
  hand->hear(2, call(1, 2));
  EXPECT_EQ(refused(2), "in_call page");
  hand->hear(1, call(1, 3));
  EXPECT_EQ(refused(1), "in_call token");
  hand->disconnected(1);
  hand->hear(2, call(1, 2));
  EXPECT_EQ(listener.arrived.size(), 2u);
  EXPECT_EQ(listener.ended, std::vector<LegId>{leg});
  EXPECT_EQ(listener.arrived[0].known_as, listener.arrived[1].known_as) << "it is the same caller";
}

TEST_F(PageCallsTest, WhereTheyAreIsToldNowAndThenAndOnlyIfItIsOnEarth) {
  dials(1);
  hand->hear(1, core::PositionReport{{1'100'000'000, -70'000'000}, -5});
  hand->hear(1, core::PositionReport{{1'100'000'001, -70'000'000}, 8});
  hand->hear(1, core::PositionReport{{1'100'000'002, -70'000'000}, 9});
  ASSERT_EQ(listener.places.size(), 1u);
  EXPECT_EQ(listener.places[0].location->radius_m, 0);
  passes(ports::kPlaceEvery);
  ASSERT_EQ(listener.places.size(), 2u);
  EXPECT_EQ(listener.places[1].location->point.longitude_e7, 1'100'000'002) << "the newest";
  passes(milliseconds(4000));
  hand->hear(1, core::PositionReport{{1'900'000'000, 0}, 8});
  hand->hear(1, core::Heartbeat{});
  passes(ports::kPlaceEvery);
  EXPECT_EQ(listener.places.size(), 2u);
}

TEST_F(PageCallsTest, KeysAreBoundedAndAHangUpWaitsForTheJournal) {
  const auto leg = dials(1);
  hand->proceed(leg);
  for (int i = 0; i < 50; ++i) hand->hear(1, core::PageKey{"5"});
  EXPECT_EQ(listener.heard.size(), static_cast<std::size_t>(PageCalls::kKeysPerSecond));
  hand->hear(1, PageHangUp{});
  EXPECT_FALSE(last<PageCallOver>(1));
  hand->hear(1, PageHangUp{});
  hand->hang_up(leg);
  ASSERT_TRUE(last<PageCallOver>(1));
  EXPECT_FALSE(last<PageCallOver>(1)->answered);
  EXPECT_EQ(listener.ended.size(), 1u);
}

TEST_F(PageCallsTest, ATextReachesThePageAlsoAfterTheCall) {
  const auto leg = dials(1);
  hand->proceed(leg);
  status->connected = true;
  hand->changed(leg);
  hand->hang_up(leg);
  EXPECT_EQ(listener.heard, (std::vector<std::string>{"us: hang-up"}));
  EXPECT_TRUE(last<PageCallOver>(1)->answered);
  EXPECT_TRUE(hand->tell_text(leg, "lacak#x"));
  EXPECT_EQ(last<core::PageMessage>(1)->text, "lacak#x");
  hand->disconnected(1);
  EXPECT_FALSE(hand->tell_text(leg, "lacak#y"));
  open(2);
  hand->hear(2, PageBack{secret(1), ""});
  EXPECT_EQ(last<core::PageMessage>(2)->text, "lacak#y");
  passes(PageCalls::kKept + milliseconds(1));
  EXPECT_FALSE(hand->tell_text(leg, "lacak#z")) << "forgotten";
}

TEST(PageLegsTest, AreTakenOutOfTheRecordsInTheirOrder) {
  std::vector<ports::LegRecord> records(4);
  records[0].leg = {"1a"};
  records[1].leg = {"web-1"};
  records[2].leg = {"2b"};
  records[3].leg = {"web-2"};
  const auto taken = take_page_legs(records);
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].leg.value + taken[1].leg.value, "web-1web-2");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].leg.value + records[1].leg.value, "1a2b");
}

/// Orders by leg, as a switchboard gives them.
class Orders final : public ports::Telephony {
 public:
  std::vector<std::string> given;
  void proceed(LegId) override { given.emplace_back("proceed"); }
  void ring(LegId) override { given.emplace_back("ring"); }
  void answer(LegId, std::string) override { given.emplace_back("answer"); }
  void decline_offer(LegId, int) override { given.emplace_back("decline"); }
  void answer_text(LegId, int) override { given.emplace_back("text"); }
  void refuse(LegId, int) override { given.emplace_back("refuse"); }
  void place(ports::PlacedCall) override { given.emplace_back("place"); }
  void confirm(LegId) override { given.emplace_back("confirm"); }
  void hang_up(LegId) override { given.emplace_back("hang_up"); }
  void probe(LegId) override { given.emplace_back("probe"); }
  ports::TelephonyHealth health() const override { return {true, "", 1}; }
};

TEST(LegRouterTest, EachOrderGoesToTheHandThatHasTheLeg) {
  Orders trunks, pages;
  LegRouter router(trunks, pages);
  for (const LegId& leg : {LegId{"web-00000000000000000000000000001"}, LegId{"0123456789abcdef0123456789abcdef"}}) {
    router.proceed(leg);
    router.ring(leg);
    router.answer(leg, "");
    router.decline_offer(leg, 488);
    router.answer_text(leg, 202);
    router.refuse(leg, 503);
    router.confirm(leg);
    router.hang_up(leg);
    router.probe(leg);
  }
  const std::vector<std::string> all = {"proceed", "ring",    "answer",  "decline", "text",
                                        "refuse",  "confirm", "hang_up", "probe"};
  EXPECT_EQ(pages.given, all);
  EXPECT_EQ(trunks.given, all);
  router.place({{"web-1"}, {}, "1", ""});
  EXPECT_EQ(trunks.given.back(), "place") << "pages are not called";
  EXPECT_EQ(router.health().legs, 1);
}

class Carrier final : public ports::MessageGateway {
 public:
  std::vector<std::string> sent;
  void send(MessageId, std::string number, std::string, std::function<void(bool, std::string)> done) override {
    sent.push_back(number);
    done(true, "");
  }
};

TEST_F(PageCallsTest, ATextGoesToTheCarrierOrToThePage) {
  const auto leg = dials(1);
  Carrier carrier;
  MessageRouter router(carrier, *hand);
  std::vector<std::string> notes;
  const auto done = [&](bool accepted, const std::string& note) { notes.push_back(accepted ? "yes" : note); };
  router.send({1}, "+628123456789", "x", done);
  router.send({2}, leg.value, "y", done);
  router.send({3}, "web-nobody", "z", done);
  EXPECT_EQ(carrier.sent, std::vector<std::string>{"+628123456789"});
  EXPECT_EQ(last<core::PageMessage>(1)->text, "y");
  EXPECT_EQ(notes, (std::vector<std::string>{"yes", "yes", "the page is away"}));
}

}  // namespace
}  // namespace sigap::runtime
