// Callers who cannot speak, callers who call again, and numbers that are doubted.
#include "core/testing/nation_of_tests.h"

namespace sigap::core {
namespace {

using calls::DoubtReason;
using calls::UrgentReason;

/// A line at Sleman with one operator, and what it takes to fill it.
struct Line : Nation {
  SessionId desk = operator_ready("desk", "polres-sleman");

  LegId leg_of(CallId call) const { return state.calls.find(call)->leg; }
  const calls::Call& call(CallId id) const { return *state.calls.find(id); }
  void press(CallId id, const std::string& digit) { say(DigitPressed{leg_of(id), digit}); }
  CallId answered(CallerRef caller = {}) {
    const auto id = arrives("polres-sleman", caller);
    take(id);
    return id;
  }
  void take(CallId id) {
    const auto offer = op(desk).offer;
    ask(desk, AcceptOffer{offer});
    EXPECT_FALSE(refusal);
    say(BridgeReported{offer, true, ""});
    ASSERT_EQ(op(desk).call, id);
  }
  /// A whole call of this number, with its outcome.
  void was(CallerRef caller, calls::Outcome outcome, const std::string& keys = {}) {
    const auto id = answered(caller);
    for (const char key : keys) press(id, {key});
    ask(desk, SetOutcome{id, outcome});
    EXPECT_FALSE(refusal);
  }
  void gives_up(CallerRef caller) {
    const auto id = arrives("polres-sleman", caller);
    say(LegEnded{leg_of(id), calls::CallEndedBy::caller, "CANCEL"});
  }
  /// Whom the desk gets next, one after the other.
  std::vector<CallId> order() {
    std::vector<CallId> served;
    while (op(desk).state == OperatorState::offered) {
      ask(desk, AcceptOffer{op(desk).offer});
      served.push_back(op(desk).call);
      ask(desk, SetOutcome{served.back(), calls::Outcome::information});
    }
    return served;
  }
};

}  // namespace

TEST(SilentTest, PressingFivePutsACallerBeforeAllWhoWaitedLonger) {
  Line n;
  n.answered();
  const auto first = n.arrives("polres-sleman");
  n.pass(seconds(30));
  const auto silent = n.arrives("polda-papua");
  n.press(silent, "5");
  ASSERT_EQ(n.happened<calls::DigitHeard>().size(), 1u);
  EXPECT_TRUE(n.happened<calls::DigitHeard>()[0].silent);
  EXPECT_TRUE(n.call(silent).silent);
  EXPECT_TRUE(n.call(silent).urgent);
  EXPECT_EQ(n.call(silent).urgent_reason, UrgentReason::silent);
  n.ask(n.desk, SetOutcome{n.op(n.desk).call, calls::Outcome::information});
  EXPECT_EQ(n.order(), (std::vector{silent, first}));
}

TEST(SilentTest, OtherKeysAreKeptAndMeanNothingByThemselves) {
  Line n;
  const auto id = n.answered();
  for (const auto* key : {"1", "2", "*", "#", "A"}) {
    n.press(id, key);
    EXPECT_EQ(n.happened<calls::DigitHeard>().size(), 1u) << key;
    n.pass(seconds(1));
  }
  EXPECT_FALSE(n.call(id).silent);
  EXPECT_FALSE(n.call(id).urgent);
  EXPECT_EQ(n.call(id).digits.size(), 5u);
  for (const auto* no_key : {"", "55", "x", "\n"}) {
    n.press(id, no_key);
    EXPECT_TRUE(n.last.empty()) << no_key;
  }
}

TEST(SilentTest, OnlyALiveEmergencyCallHearsKeys) {
  Line n;
  n.say(DigitPressed{{"nobody"}, "5"});
  EXPECT_TRUE(n.last.empty());
  CallArrives probe;
  probe.kind = calls::CallKind::test;
  probe.leg = {"probe"};
  n.say(probe);
  n.say(DigitPressed{{"probe"}, "5"});
  EXPECT_TRUE(n.last.empty());
  const auto id = n.answered();
  const auto leg = n.leg_of(id);
  n.ask(n.desk, HangUp{id});
  n.say(DigitPressed{leg, "5"});
  EXPECT_TRUE(n.last.empty()) << "over, though its leg may still be there";
}

TEST(SilentTest, DtmfNoiseFillsNoJournalAndHidesNobody) {
  Line n;
  const auto id = n.answered();
  std::size_t heard = 0;
  for (int i = 0; i < 100; ++i) {
    n.press(id, "7");
    heard += n.last.size();
    n.now = n.now + milliseconds(20);
  }
  EXPECT_EQ(heard, 10u) << "five a second, for two seconds";
  for (int i = 0; i < 100; ++i) {
    n.press(id, "7");
    n.pass(seconds(1));
  }
  EXPECT_EQ(n.call(id).digits.size(), calls::kDigitsMax);
  n.press(id, "5");
  EXPECT_TRUE(n.call(id).silent) << "who cannot speak is heard through the noise";
  for (int i = 0; i < 100; ++i) {
    n.pass(seconds(1));
    n.press(id, "5");
    EXPECT_TRUE(n.last.empty());
  }
  EXPECT_EQ(n.call(id).digits.size(), calls::kDigitsMax + 1);
}

TEST(SilentTest, TheCallerIsToldOnceWhatToPressAndTheVoicesAreAsBefore) {
  Line n;
  const auto other = n.operator_ready("other", "polres-bantul");
  const auto id = n.arrives("polres-sleman");
  const auto offer = n.op(n.desk).offer;
  n.ask(n.desk, AskToPress{id});
  EXPECT_EQ(n.refusal->code, "gone") << "not answered yet";
  n.ask(n.desk, AcceptOffer{offer});
  n.ask(n.desk, AskToPress{id});
  EXPECT_EQ(n.refusal->code, "not_yet");
  n.say(VoiceOpened{n.leg_of(id), "sdp"});
  n.say(BridgeReported{offer, true, ""});
  n.ask(other, AskToPress{id});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "somebody else's call";
  n.ask(n.desk, AskToPress{id});
  ASSERT_EQ(n.happened<calls::AskedToPress>().size(), 1u);
  EXPECT_TRUE(std::holds_alternative<AskLeg>(*effect_of(n.last.back().body)));
  n.ask(n.desk, AskToPress{id});
  EXPECT_TRUE(n.last.empty()) << "it is playing";
  n.ask(n.desk, HoldCall{id});
  EXPECT_EQ(n.refusal->code, "busy");
  n.press(id, "1");
  EXPECT_EQ(n.call(id).digits.size(), 1u) << "an answer may come before the question ends";
  n.pass(n.policy.asking_lasts);
  ASSERT_EQ(n.happened<calls::CallResumed>().size(), 1u);
  EXPECT_TRUE(n.happened<calls::CallResumed>()[0].by_timeout);
  EXPECT_FALSE(n.call(id).asked);
  n.ask(n.desk, HoldCall{id});
  n.ask(n.desk, AskToPress{id});
  EXPECT_EQ(n.refusal->code, "busy") << "on hold";
  n.ask(n.desk, ResumeCall{id});
  n.ask(n.desk, AskToPress{id});
  n.ask(n.desk, ResumeCall{id});
  EXPECT_FALSE(n.call(id).asked) << "the operator may cut it short";
  n.ask(n.desk, AskToPress{id});
  n.say(VoiceLost{n.leg_of(id)});
  EXPECT_FALSE(n.call(id).asked);
  n.say(VoiceOpened{n.leg_of(id), "sdp"});
  n.say(BridgeReported{offer, true, ""});
  n.ask(n.desk, AskToPress{id});
  n.ask(n.desk, HangUp{id});
  n.pass(minutes(1));
  EXPECT_FALSE(n.state.timers.runs(TimerKind::ask, id.value));
}

TEST(CalledAgainTest, WhoGaveUpTwiceGoesFirstTheThirdTime) {
  Line n;
  n.answered();
  const CallerRef anxious{7};
  n.gives_up(anxious);
  const auto second = n.arrives("polres-sleman", anxious);
  EXPECT_FALSE(n.call(second).urgent) << "once may be a slip of the finger";
  n.say(LegEnded{n.leg_of(second), calls::CallEndedBy::caller, "CANCEL"});
  const auto stranger = n.arrives("polres-sleman", {8});
  const auto nameless = n.arrives("polres-sleman");
  const auto third = n.arrives("polres-bantul", anxious);
  EXPECT_EQ(n.call(third).urgent_reason, UrgentReason::called_again) << "at another station as well";
  EXPECT_FALSE(n.call(nameless).urgent);
  n.ask(n.desk, SetOutcome{n.op(n.desk).call, calls::Outcome::information});
  EXPECT_EQ(n.order(), (std::vector{third, stranger, nameless}));
  n.ask(n.desk, CloseTask{n.state.tasks.tasks.begin()->first, tasks::TaskReason::called_again, ""});
  const auto later = n.arrives("polres-sleman", anxious);
  EXPECT_FALSE(n.call(later).urgent) << "somebody has looked after them";
}

TEST(CalledAgainTest, NotWhoIsDoubted) {
  Line n;
  const CallerRef joker{7};
  n.was(joker, calls::Outcome::prank);
  n.was(joker, calls::Outcome::prank);
  n.answered();
  for (int i = 0; i < 3; ++i) n.gives_up(joker);
  const auto again = n.arrives("polres-sleman", joker);
  EXPECT_FALSE(n.call(again).urgent);
  EXPECT_TRUE(n.call(again).suspected);
  n.press(again, "5");
  EXPECT_TRUE(n.call(again).urgent) << "but who cannot speak is believed";
}

TEST(ReputationTest, PranksPutTheNextCallBehindByABoundedTime) {
  Line n;
  const CallerRef joker{7};
  n.was(joker, calls::Outcome::prank);
  const auto second = n.answered(joker);
  EXPECT_FALSE(n.call(second).suspected) << "one may be a mistake";
  EXPECT_EQ(n.call(second).pranks, 1) << "but it is shown";
  n.ask(n.desk, SetOutcome{second, calls::Outcome::prank});
  n.answered();
  const auto doubted = n.arrives("polres-sleman", joker);
  EXPECT_TRUE(n.call(doubted).suspected);
  EXPECT_EQ(n.call(doubted).doubt, DoubtReason::standing);
  EXPECT_EQ(n.call(doubted).pranks, 2);
  n.pass(seconds(19));
  const auto soon = n.arrives("polres-sleman", {8});
  n.pass(seconds(2));
  const auto late = n.arrives("polres-sleman", {9});
  n.ask(n.desk, SetOutcome{n.op(n.desk).call, calls::Outcome::information});
  EXPECT_EQ(n.order(), (std::vector{soon, doubted, late}));
}

TEST(ReputationTest, AnIdleOperatorIsRungForADoubtedCallAtOnce) {
  Line n;
  for (int i = 0; i < 5; ++i) n.was({7}, calls::Outcome::prank);
  n.arrives("polres-sleman", {7});
  EXPECT_EQ(n.op(n.desk).state, OperatorState::offered);
}

TEST(ReputationTest, AGhostIsWhoWasSilentAndPressedNothing) {
  Line n;
  n.was({7}, calls::Outcome::silent, "5");
  EXPECT_EQ(n.state.standing.find({7}, n.now), nullptr) << "they pressed a key: somebody was there";
  n.was({7}, calls::Outcome::silent);
  EXPECT_EQ(n.state.standing.find({7}, n.now)->ghosts, 1);
  n.was({}, calls::Outcome::prank);
  EXPECT_EQ(n.state.standing.numbers.size(), 1u) << "no number, nothing to hold it against";
  const auto id = n.answered({8});
  n.ask(n.desk, HangUp{id});
  n.pass(minutes(3));
  EXPECT_EQ(n.state.standing.numbers.size(), 1u) << "an outcome by time-out says nothing";
}

TEST(ReputationTest, AGenuineCallClearsTheNumberAndItsOtherCalls) {
  Line n;
  const CallerRef caller{7};
  for (int i = 0; i < 3; ++i) n.was(caller, calls::Outcome::prank);
  const auto talking = n.answered(caller);
  const auto waiting = n.arrives("polres-sleman", caller);
  EXPECT_TRUE(n.call(waiting).suspected);
  n.ask(n.desk, SetOutcome{talking, calls::Outcome::genuine});
  EXPECT_EQ(n.state.standing.find(caller, n.now), nullptr);
  EXPECT_FALSE(n.call(waiting).suspected);
  EXPECT_EQ(n.call(waiting).pranks, 0);
}

TEST(ReputationTest, DoubtFadesInTime) {
  Line n;
  for (int i = 0; i < 2; ++i) n.was({7}, calls::Outcome::prank);
  n.say(BrowserGone{n.desk});
  n.now = n.now + hours(24L * 16);
  const auto id = n.arrives("polres-sleman", {7});
  EXPECT_FALSE(n.call(id).suspected);
  EXPECT_EQ(n.call(id).pranks, 2) << "it is still remembered";
  n.now = n.now + hours(24L * 365);
  EXPECT_EQ(n.call(n.arrives("polres-sleman", {7})).pranks, 0) << "and then it is not";
}

TEST(ReputationTest, ASecondCallOfANumberWhileTheFirstWaitsGoesBehind) {
  Line n;
  n.answered({7});
  const auto first = n.arrives("polres-sleman", {7});
  EXPECT_FALSE(n.call(first).suspected) << "the other is talked to, it does not wait";
  const auto second = n.arrives("polres-sleman", {7});
  EXPECT_EQ(n.call(second).doubt, DoubtReason::many_at_once);
  EXPECT_FALSE(n.call(n.arrives("polres-sleman", {8})).suspected);
  n.arrives("polres-sleman");
  EXPECT_FALSE(n.call(n.arrives("polres-sleman")).suspected) << "nobody knows whether it is the same caller";
  n.say(LegEnded{n.leg_of(first), calls::CallEndedBy::caller, "BYE"});
  n.say(LegEnded{n.leg_of(second), calls::CallEndedBy::caller, "BYE"});
  EXPECT_FALSE(n.call(n.arrives("polres-sleman", {7})).suspected);
}

TEST(ReputationTest, ASupervisorForgivesANumberInReach) {
  Line n;
  const auto chief = n.sign_in(n.add("chief", people::Role::supervisor, "polda-diy"));
  const auto far = n.sign_in(n.add("far", people::Role::supervisor, "polda-papua"));
  for (int i = 0; i < 3; ++i) n.was({7}, calls::Outcome::prank);
  n.answered();
  const auto id = n.arrives("polres-sleman", {7});
  n.ask(n.desk, ForgiveNumber{id});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "operators do not";
  n.ask(far, ForgiveNumber{id});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "another province";
  EXPECT_EQ(n.refusal->field, "call");
  EXPECT_TRUE(n.call(id).suspected);
  n.ask(chief, ForgiveNumber{id});
  EXPECT_FALSE(n.refusal);
  ASSERT_EQ(n.happened<reputation::NumberCleared>().size(), 1u);
  EXPECT_EQ(n.happened<reputation::NumberCleared>()[0].reason, reputation::ClearReason::forgiven);
  EXPECT_EQ(n.last.front().actor.value().session, chief);
  EXPECT_FALSE(n.call(id).suspected);
  n.ask(chief, ForgiveNumber{id});
  EXPECT_FALSE(n.refusal);
  EXPECT_TRUE(n.last.empty()) << "nothing is left to forgive";
  n.ask(chief, ForgiveNumber{n.arrives("polres-sleman")});
  EXPECT_EQ(n.refusal->code, "no_number");
  n.ask(chief, ForgiveNumber{{999}});
  EXPECT_EQ(n.refusal->code, "gone");
}

}  // namespace sigap::core
