// Who is ready, who is ready again by themselves, and what somebody who is not ready is told of those who wait.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using people::NotReadyReason;

/// What the console of this session shows of who waits.
BoardCard board(const Nation& n, SessionId session) {
  const auto& person = *n.state.people.person(n.state.people.session(session)->person);
  return *views::Boards(n.state).card({n.state, n.positions, n.policy, person});
}

/// Away for longer than the grace, and back.
void comes_back(Nation& n, SessionId session) {
  n.say(BrowserGone{session});
  n.pass(n.policy.browser_grace + seconds(1));
  n.say(BrowserAttached{session});
}

TEST(ReadinessTest, WhoWasReadyAndComesBackIsReadyAgainAndTakesWhoWaits) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.say(BrowserGone{a});
  n.pass(seconds(16));
  EXPECT_EQ(n.op(a).state, OperatorState::not_ready);
  EXPECT_EQ(n.op(a).reason, NotReadyReason::lost);
  const auto call = n.arrives("polres-sleman");
  EXPECT_EQ(n.op(a).state, OperatorState::not_ready) << "nobody is there";
  n.say(BrowserAttached{a});
  EXPECT_EQ(n.happened<people::OperatorReady>().size(), 1u);
  ASSERT_EQ(n.op(a).state, OperatorState::offered);
  EXPECT_EQ(n.state.offers.at(n.op(a).offer).call, call);
}

TEST(ReadinessTest, WhoeverIsBackAfterAStartIsReadyAgainHoweverLate) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.say(Started{"test", 2});
  n.pass(seconds(40));
  EXPECT_EQ(n.op(a).reason, NotReadyReason::lost);
  n.say(BrowserAttached{a});
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
}

TEST(ReadinessTest, WhoWasLostInACallOrBeforeItsOutcomeIsReadyAgain) {
  for (const bool hung_up : {false, true}) {
    Nation n;
    const auto a = n.operator_ready("a", "polres-sleman");
    const auto call = n.arrives("polres-sleman");
    n.ask(a, AcceptOffer{n.op(a).offer});
    n.say(BridgeReported{n.state.calls.find(call)->offer, true, ""});
    if (hung_up) n.ask(a, HangUp{call});
    n.say(BrowserGone{a});
    n.pass(seconds(16));
    EXPECT_EQ(n.op(a).reason, NotReadyReason::lost) << hung_up;
    n.say(BrowserAttached{a});
    EXPECT_EQ(n.op(a).state, hung_up ? OperatorState::ready : OperatorState::offered);
  }
}

TEST(ReadinessTest, WhoWasNotReadyComesBackAsTheyWere) {
  for (const bool training : {false, true}) {
    Nation n;
    const auto a = n.operator_ready("a", "polres-sleman");
    n.ask(a, TakePause{training});
    comes_back(n, a);
    EXPECT_EQ(n.op(a).state, OperatorState::not_ready);
    EXPECT_EQ(n.op(a).reason, training ? NotReadyReason::training : NotReadyReason::pause);
  }
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  n.pass(seconds(11));
  EXPECT_EQ(n.op(a).reason, NotReadyReason::missed);
  comes_back(n, a);
  EXPECT_EQ(n.op(a).reason, NotReadyReason::missed) << "who misses a ring says themselves that they are there";
}

TEST(ReadinessTest, WhoIsNotReadyAndAwayIsNobodyAtADesk) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.ask(a, TakePause{});
  const auto person = n.state.people.session(a)->person;
  n.say(BrowserGone{a});
  n.pass(seconds(14));
  EXPECT_TRUE(n.state.indexes.here_at.contains(person));
  n.pass(seconds(2));
  EXPECT_FALSE(n.state.indexes.here_at.contains(person));
  n.say(BrowserAttached{a});
  EXPECT_TRUE(n.state.indexes.here_at.contains(person));
  Indexes fresh;
  fresh.rebuild(n.state);
  EXPECT_EQ(fresh, n.state.indexes);
}

TEST(ReadinessTest, AnOlderJournalDoesNotSayWhatWhoeverWasLostHadBeen) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.say(BrowserGone{a});
  n.state.people.apply(people::OperatorNotReady{n.op(a).person, NotReadyReason::lost}, n.now);
  n.say(BrowserAttached{a});
  EXPECT_EQ(n.op(a).state, OperatorState::not_ready);
}

TEST(ReadinessTest, ARingAtADeadHeadsetMovesOnAndTheHeadsetBringsTheOperatorBack) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman"), b = n.operator_ready("b", "polres-bantul");
  n.arrives("polres-sleman");
  n.ask(a, ReportHeadset{false});
  EXPECT_EQ(n.op(a).reason, NotReadyReason::headset);
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  n.ask(a, ReportHeadset{false});
  EXPECT_TRUE(n.last.empty()) << "said twice";
  n.ask(a, ReportHeadset{true});
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
  n.ask(a, TakePause{});
  n.ask(a, ReportHeadset{false});
  n.ask(a, ReportHeadset{true});
  EXPECT_EQ(n.op(a).reason, NotReadyReason::pause) << "of whoever is not ready it changes nothing";
}

TEST(ReadinessTest, OneKeyTakesWhoWaits) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.pass(seconds(11));
  EXPECT_EQ(n.op(a).reason, NotReadyReason::missed);
  n.ask(a, TakeNext{});
  ASSERT_FALSE(n.refusal);
  EXPECT_EQ(n.op(a).state, OperatorState::talking);
  EXPECT_EQ(n.op(a).call, call);
  const auto b = n.sign_in(n.add("b", people::Role::operator_, "polres-bantul"));
  n.ask(b, TakeNext{});
  EXPECT_EQ(n.refusal->code, "headset");
  n.ask(b, PassHeadset{});
  n.ask(b, TakeNext{});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.op(b).state, OperatorState::ready) << "nobody waits any more";
}

TEST(ReadinessTest, TheBoardSaysWhoWaitsForNobody) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.ask(a, TakePause{});
  EXPECT_EQ(board(n, a).unserved, 0);
  EXPECT_FALSE(board(n, a).unserved_next);
  const auto far = n.arrives("polda-papua"), near = n.arrives("polres-sleman");
  EXPECT_EQ(board(n, a).unserved, 2) << "whoever is ready takes them, wherever they are";
  EXPECT_EQ(board(n, a).unserved_since, n.state.calls.find(far)->arrived);
  EXPECT_EQ(board(n, a).unserved_next, near) << "who is at home here goes a little before others";
  EXPECT_EQ(board(n, a).unserved_home, "Polres Sleman");
}

TEST(ReadinessTest, ARingThatNobodyAnswersIsSaidToOthersAfterFiveSeconds) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman"), b = n.operator_ready("b", "polres-bantul");
  n.ask(b, TakePause{});
  const auto call = n.arrives("polres-sleman");
  EXPECT_EQ(n.op(a).state, OperatorState::offered);
  EXPECT_EQ(board(n, b).unserved, 0) << "it rings where somebody is ready";
  n.pass(seconds(5));
  EXPECT_EQ(board(n, b).unserved, 1);
  EXPECT_EQ(board(n, b).unserved_next, call);
  n.ask(b, TakeNext{});
  EXPECT_EQ(n.op(b).call, call);
  EXPECT_EQ(board(n, b).unserved, 0);
}

}  // namespace
}  // namespace sigap::core
