// A call is recorded once, from the first joining on, whoever has it; what was interrupted is told and mended.
#include "core/testing/nation_of_tests.h"

namespace sigap::core {
namespace {

CallId joined_call(Nation& n, SessionId session) {
  const auto call = n.arrives("polres-sleman");
  const auto offer = n.op(session).offer;
  n.ask(session, AcceptOffer{offer});
  n.say(BridgeReported{offer, true, ""});
  return call;
}

}  // namespace

TEST(RecordingTest, NothingIsRecordedUnlessThePolicySaysSo) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  joined_call(n, a);
  EXPECT_FALSE(n.state.recordings);
}

TEST(RecordingTest, ACallIsRecordedFromWhenTheVoicesAreJoined) {
  Nation n;
  n.policy.record = true;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.ask(a, AcceptOffer{offer});
  EXPECT_FALSE(n.state.recordings) << "nobody talks yet";
  n.say(BridgeReported{offer, true, ""});
  const auto started = n.happened<recordings::RecordingStarted>();
  ASSERT_EQ(started.size(), 1U);
  EXPECT_EQ(started[0].call, call);
  EXPECT_EQ(started[0].recording, RecordingId{1});
  ASSERT_TRUE(n.state.recordings->of(call));
}

TEST(RecordingTest, WithAnotherOperatorTheSameRecordingGoesOn) {
  Nation n;
  n.policy.record = true;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = joined_call(n, a);
  const auto b = n.operator_ready("b", "polres-sleman");
  n.say(BrowserGone{a});
  n.pass(n.policy.browser_grace);
  ASSERT_EQ(n.state.calls.find(call)->state, calls::CallState::waiting);
  n.pass(seconds(6));
  const auto offer = n.op(b).offer;
  ASSERT_TRUE(offer);
  n.ask(b, AcceptOffer{offer});
  n.say(BridgeReported{offer, true, ""});
  EXPECT_EQ(n.happened<calls::CallConnected>().size(), 1U);
  EXPECT_TRUE(n.happened<recordings::RecordingStarted>().empty());
  EXPECT_EQ(n.state.recordings->live.size(), 1U);
}

TEST(RecordingTest, AnInterruptionIsToldOnceAndSoIsItsEnd) {
  Nation n;
  n.policy.record = true;
  const auto a = n.operator_ready("a", "polres-sleman");
  joined_call(n, a);
  using recordings::Interruption;
  n.say(RecordingChanges{{1}, std::nullopt});
  EXPECT_TRUE(n.last.empty()) << "it was written all the time";
  n.say(RecordingChanges{{1}, Interruption::disk_full});
  EXPECT_EQ(n.happened<recordings::RecordingInterrupted>().size(), 1U);
  n.say(RecordingChanges{{1}, Interruption::disk_full});
  EXPECT_TRUE(n.last.empty());
  n.say(RecordingChanges{{1}, std::nullopt});
  EXPECT_EQ(n.happened<recordings::RecordingResumed>().size(), 1U);
  n.say(RecordingChanges{{9}, Interruption::media});
  EXPECT_TRUE(n.last.empty()) << "there is no such recording";
}

TEST(RecordingTest, ItEndsWhenItsFileIsClosedWhichMayBeLongAfterTheCall) {
  Nation n;
  n.policy.record = true;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = joined_call(n, a);
  n.say(LegEnded{{"leg1"}, calls::CallEndedBy::caller, "BYE", {}});
  n.ask(a, SetOutcome{call, calls::Outcome::genuine});
  EXPECT_FALSE(n.state.calls.find(call)) << "the call left the live state";
  ASSERT_TRUE(n.state.recordings->of(call)) << "its file is open";
  n.say(RecordingClosed{{1}, 4711, "ab12", seconds(9), milliseconds(40)});
  const auto ended = n.happened<recordings::RecordingEnded>();
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].sha256, "ab12");
  EXPECT_EQ(ended[0].call, call);
  EXPECT_TRUE(n.state.recordings->live.empty());
  n.say(RecordingClosed{{1}, 4711, "ab12", seconds(9), milliseconds(40)});
  EXPECT_TRUE(n.last.empty()) << "told twice, as after a restart";
}

}  // namespace sigap::core
