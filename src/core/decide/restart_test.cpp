// A process dies and another goes on; a voice is lost and opened again; a leg outlives its call until the caller has
// heard.
#include "core/testing/nation_of_tests.h"

namespace sigap::core {

TEST(RestartTest, NobodysCallEndsAndTheOperatorIsStillInIt) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto talking = n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.ask(a, AcceptOffer{offer});
  n.say(VoiceOpened{{"leg1"}, "sdp"});
  n.say(BridgeReported{offer, true, ""});
  const auto waiting = n.arrives("polres-sleman");
  n.now = n.now + minutes(1);
  n.say(Started{"test", 2});
  n.pass(seconds(2));
  n.say(BrowserAttached{a});
  EXPECT_EQ(n.state.calls.find(talking)->operator_, n.op(a).person);
  EXPECT_TRUE(n.state.calls.find(talking)->connected);
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
  EXPECT_TRUE(n.state.calls.waiting.contains(waiting));
  n.pass(minutes(1));
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
  EXPECT_TRUE(n.state.tasks.tasks.empty());
}

TEST(RestartTest, ARingGoesOnInFullWhenTheOperatorIsBack) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.now = n.now + minutes(1);  // long after the ring would have ended
  n.say(Started{"test", 2});
  n.pass(seconds(2));
  n.say(BrowserAttached{a});
  ASSERT_EQ(n.happened<distribution::OfferRenewed>().size(), 1u);
  n.pass(seconds(9));
  n.ask(a, AcceptOffer{offer});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
}

TEST(RestartTest, ARingWhoseOperatorIsNotBackMovesOnAndNobodyMissedIt) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto b = n.operator_ready("b", "polres-bantul");
  n.arrives("polres-sleman");
  ASSERT_EQ(n.op(a).state, OperatorState::offered);
  n.say(Started{"test", 2});
  n.say(BrowserAttached{b});
  EXPECT_EQ(n.op(b).state, OperatorState::ready);
  n.pass(seconds(3));
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
  n.say(BrowserAttached{a});
  n.arrives("polres-sleman");
  EXPECT_EQ(n.op(a).state, OperatorState::offered) << "who was not asked is not set aside";
}

TEST(RestartTest, ATestCallEndsWithTheEchoThatLivedInTheProcess) {
  Nation n;
  CallArrives in;
  in.kind = calls::CallKind::test;
  in.leg = {"probe"};
  n.say(in);
  n.say(Started{"test", 2});
  EXPECT_EQ(n.happened<calls::CallEnded>().size(), 1u);
  EXPECT_TRUE(n.state.tasks.tasks.empty());
}

TEST(CallTest, ACallThatWeEndKeepsItsLegUntilTheCallerHasHeard) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.ask(a, AcceptOffer{n.op(a).offer});
  n.ask(a, HangUp{call});
  n.ask(a, SetOutcome{call, calls::Outcome::genuine});
  ASSERT_TRUE(n.state.calls.leg({"leg1"}));
  EXPECT_TRUE(n.state.calls.leg({"leg1"})->ending);
  n.say(LegEnded{{"leg1"}, calls::CallEndedBy::system, "hang-up"});
  EXPECT_FALSE(n.state.calls.leg({"leg1"}));
}

TEST(CallTest, ALostVoiceIsOpenedAgainAndTheOperatorJoinedAgain) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.ask(a, AcceptOffer{offer});
  n.say(VoiceOpened{{"leg1"}, "sdp"});
  n.say(BridgeReported{offer, true, ""});
  n.say(VoiceLost{{"leg1"}});
  EXPECT_FALSE(n.state.calls.find(call)->connected);
  ASSERT_EQ(n.last.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<OpenVoice>(*effect_of(n.last[0].body)));
  n.say(VoiceLost{{"leg1"}});
  EXPECT_TRUE(n.last.empty()) << "it is being opened";
  n.say(VoiceOpened{{"leg1"}, "another sdp"});
  EXPECT_EQ(n.state.calls.leg({"leg1"})->voices, 2);
  n.say(BridgeReported{offer, true, ""});
  EXPECT_TRUE(n.state.calls.find(call)->connected);
  n.say(VoiceLost{{"leg1"}});
  n.pass(seconds(8));
  EXPECT_EQ(n.state.calls.find(call)->returns, 1) << "not joined in time: back to the queue, in front";
}

/// Whoever had four seconds left when the server fell behind has four seconds left when it is there again.
TEST(LatenessTest, WhatTheServerWasLateByIsGivenBackBeforeAnythingRunsOut) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.pass(seconds(6));
  n.now = n.now + seconds(30);
  n.say(WasLate{seconds(30)});
  ASSERT_EQ(n.happened<ServedLate>().size(), 1u);
  EXPECT_EQ(n.happened<ServedLate>().at(0).by, seconds(30));
  EXPECT_EQ(n.state.offers.at(offer).until, n.now + seconds(4)) << "and the screen is told";
  n.pass(milliseconds(3'999));
  EXPECT_EQ(n.op(a).state, OperatorState::offered);
  n.ask(a, AcceptOffer{offer});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
  n.pass(seconds(7));
  n.now = n.now + seconds(30);
  n.say(WasLate{seconds(30)});
  n.say(BridgeReported{offer, true, ""});
  EXPECT_TRUE(n.state.calls.find({1})->connected) << "eight seconds to be joined were not over";
}

TEST(LatenessTest, AConversationOutlivesAStarvedStart) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.ask(a, AcceptOffer{offer});
  n.say(VoiceOpened{{"leg1"}, "sdp"});
  n.say(BridgeReported{offer, true, ""});
  n.say(Started{"test", 2});
  n.now = n.now + seconds(86);
  n.say(WasLate{seconds(86)});
  n.pass(seconds(14));
  n.say(BrowserAttached{a});
  n.pass(minutes(1));
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
  EXPECT_EQ(n.state.calls.find(call)->operator_, n.op(a).person);
}

TEST(LatenessTest, WhereNobodyMustReactNothingIsWritten) {
  Nation n;
  n.arrives("polres-sleman");
  n.say(WasLate{minutes(5)});
  EXPECT_TRUE(n.last.empty());
}

}  // namespace sigap::core
