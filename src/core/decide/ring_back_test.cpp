// The system calls back whom nobody answered, as stories.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using calls::CallState;
using tasks::CallbackEnd;

/// A caller at Sleman hung up unanswered, then an operator got ready.
struct RingBack : Nation {
  SessionId session;
  TaskId task;

  explicit RingBack(bool on = true, std::string number = "+6281234567") {
    policy.ring_back = on;
    policy.trunks_out = {{"telkom"}};
    task = abandons({7}, std::move(number));
    session = operator_ready("a", "polres-sleman");
  }
  CallId rings_in(CallerRef caller, std::string number) {
    CallArrives in;
    in.leg = {"caller" + std::to_string(caller.value)};
    in.trunk = {"telkom"};
    in.trunk_station = {"polres-sleman"};
    in.caller = caller;
    in.number = std::move(number);
    const CallId id{state.next.call};
    say(in);
    return id;
  }
  TaskId abandons(CallerRef caller, std::string number) {
    const TaskId next{state.next.task};
    const auto call = rings_in(caller, std::move(number));
    say(LegEnded{state.calls.find(call)->leg, CallEndedBy::caller, "CANCEL"});
    return next;
  }
  const calls::Call* it() {
    return state.calls.ringing_back.empty() ? nullptr : state.calls.find(*state.calls.ringing_back.begin());
  }
  /// The system dials; they pick up.
  CallId picked_up() {
    pass(policy.ring_back_after);
    const auto leg = it()->leg;
    say(CalleeRings{leg});
    say(CalleeAnswered{leg, "our sdp", "200"});
    return it()->id;
  }
  void presses(CallId call, const std::string& digit) { say(DigitPressed{state.calls.find(call)->leg, digit}); }
};

TEST(RingBackTest, WhoSaysYesWaitsInFrontAndTheTaskIsClosedByWhoeverAnswers) {
  RingBack n;
  n.pass(seconds(59));
  EXPECT_FALSE(n.it());
  n.pass(seconds(1));
  ASSERT_TRUE(n.it());
  const auto leg = n.it()->leg;
  EXPECT_EQ(leg.value.size(), 32U);
  EXPECT_EQ(std::get<PlaceCall>(*effect_of(n.happened<calls::RingBackPlaced>().at(0))).number, "+6281234567");
  EXPECT_TRUE(n.state.tasks.find(n.task)->ringing_back);
  n.say(CalleeRings{leg});
  n.say(CalleeAnswered{leg, "our sdp", "200"});
  const auto call = n.it()->id;
  EXPECT_TRUE(std::holds_alternative<AskCallee>(*effect_of(n.happened<calls::RingBackAnswered>().at(0))));
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready);  // nobody waits for a machine
  n.presses(call, "7");
  EXPECT_EQ(n.state.calls.find(call)->state, CallState::ringing_back);
  n.presses(call, "1");
  EXPECT_EQ(n.state.calls.find(call)->state, CallState::waiting);
  EXPECT_EQ(n.state.calls.find(call)->urgent_reason, calls::UrgentReason::rang_back);
  EXPECT_FALSE(n.state.tasks.find(n.task)->ringing_back);
  ASSERT_EQ(n.op(n.session).state, OperatorState::offered);
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  const auto closed = n.happened<tasks::TaskClosed>();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].reason, tasks::TaskReason::called_back);
  EXPECT_TRUE(closed[0].person);
  EXPECT_TRUE(n.state.calls.find(call)->incident);
}

/// Early media has keys, too: this one put a call into the queue that nobody had picked up.
TEST(RingBackTest, AKeyBeforeTheyPickUpIsNoAnswer) {
  RingBack n;
  n.pass(n.policy.ring_back_after);
  const auto call = n.it()->id;
  n.presses(call, "1");
  n.presses(call, "5");
  EXPECT_EQ(n.state.calls.find(call)->state, CallState::ringing_back);
  n.pass(n.policy.callee_rings);
  EXPECT_FALSE(n.state.calls.find(call));
  EXPECT_TRUE(n.state.calls.waiting.empty());
}

TEST(RingBackTest, WhoSaysYesAndGivesUpIsNotTakenForReached) {
  RingBack n;
  const auto call = n.picked_up();
  n.ask(n.session, TakePause{});
  n.presses(call, "1");
  EXPECT_FALSE(n.state.tasks.find(n.task)->tried);
  n.say(LegEnded{n.state.calls.find(call)->leg, CallEndedBy::caller, "BYE"});
  EXPECT_EQ(n.state.tasks.find(n.task)->tried, CallbackEnd::hung_up);
}

TEST(RingBackTest, WhoSaysYesAndIsLostByUsIsAskedAgain) {
  RingBack n;
  const auto call = n.picked_up();
  n.ask(n.session, TakePause{});
  n.presses(call, "1");
  n.say(LegEnded{n.state.calls.find(call)->leg, CallEndedBy::network, "media"});
  EXPECT_EQ(n.state.tasks.find(n.task)->tried, CallbackEnd::failed);
  n.ask(n.session, BeReady{});
  n.pass(n.policy.ring_back_after);
  EXPECT_TRUE(n.it());
}

/// Their line is busy because they are in our queue.
TEST(RingBackTest, WhoWaitsInTheQueueIsNotDialled) {
  RingBack n;
  const auto call = n.picked_up();
  n.ask(n.session, TakePause{});
  n.presses(call, "1");
  n.say(CommandAsked{SignedIn{n.session}, CallBack{n.task}, std::string(32, 'a'), "hash"});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "on_the_line");
}

TEST(RingBackTest, NeverMoreThanAFewAtOnce) {
  RingBack n;
  n.policy.ring_backs_at_once = 2;
  for (int i = 0; i < 4; ++i) n.operator_ready("x" + std::to_string(i), "polres-bantul");
  std::vector<SessionId> all;
  for (const auto& [id, session] : n.state.people.sessions) all.push_back(id);
  for (const auto session : all) n.ask(session, TakePause{});
  for (std::int64_t i = 10; i < 15; ++i) n.abandons({i}, "+62812345670" + std::to_string(i));
  n.pass(n.policy.ring_back_after);
  for (const auto session : all) n.ask(session, BeReady{});
  EXPECT_EQ(n.state.calls.ringing_back.size(), 2U);
}

/// The incident is of the call that was cut off, which is gone; who answers now sits elsewhere.
TEST(RingBackTest, WhoeverAnswersMayWriteInTheOlderIncident) {
  RingBack n;
  const auto first = n.rings_in({11}, "+6281234570");
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  const auto incident = n.state.calls.find(first)->incident;
  n.say(LegEnded{n.state.calls.find(first)->leg, CallEndedBy::network, "lost"});
  n.ask(n.session, SetOutcome{first, calls::Outcome::genuine});
  n.ask(n.session, TakePause{});
  const auto far = n.operator_ready("far", "polres-jayapura");
  n.pass(n.policy.ring_back_after);
  ASSERT_TRUE(n.it());
  n.say(LegEnded{n.it()->leg, CallEndedBy::caller, "603"});  // the one who gave up at the beginning is called first
  ASSERT_TRUE(n.it());
  const auto call = n.it()->id;
  ASSERT_EQ(n.it()->incident, incident);
  n.say(CalleeAnswered{n.it()->leg, "our sdp", "200"});
  n.presses(call, "1");
  n.ask(far, AcceptOffer{n.op(far).offer});
  EXPECT_EQ(n.state.calls.find(call)->incident, incident);
  n.ask(far, EditIncident{incident, {}, {}, {}, "masih di sini", {}});
  EXPECT_FALSE(n.refusal) << n.refusal->message;
  n.ask(far, SetOutcome{call, calls::Outcome::genuine});
  n.ask(far, EditIncident{incident, {}, {}, {}, "x", {}});
  EXPECT_TRUE(n.refusal) << "with the call goes the right";
}

TEST(RingBackTest, SilenceIsAYes) {
  RingBack n;
  const auto call = n.picked_up();
  n.pass(n.policy.ring_back_asks);
  EXPECT_EQ(n.state.calls.find(call)->state, CallState::waiting);
  EXPECT_TRUE(n.state.calls.find(call)->urgent);
}

TEST(RingBackTest, AClearNoClosesTheTaskAndTheCall) {
  RingBack n;
  const auto call = n.picked_up();
  const auto leg = n.state.calls.find(call)->leg;
  n.presses(call, "2");
  EXPECT_FALSE(n.state.calls.find(call));
  EXPECT_FALSE(n.state.tasks.find(n.task));
  EXPECT_EQ(n.happened<tasks::TaskClosed>().at(0).reason, tasks::TaskReason::said_no);
  EXPECT_TRUE(n.state.calls.leg(leg)->ending);
  n.say(LegEnded{leg, CallEndedBy::system, "hang-up"});
  EXPECT_FALSE(n.state.calls.leg(leg));
}

TEST(RingBackTest, WhoDoesNotPickUpOrHangsUpIsLeftToAPersonAndNotCalledAgain) {
  for (const bool answered : {false, true}) {
    RingBack n;
    LegId leg;
    if (answered) {
      leg = n.state.calls.find(n.picked_up())->leg;
      n.say(LegEnded{leg, CallEndedBy::caller, "BYE"});
    } else {
      n.pass(n.policy.ring_back_after);
      leg = n.it()->leg;
      LegEnded busy{leg, CallEndedBy::network, "busy"};
      busy.unreached = CallbackEnd::busy;
      n.say(busy);
    }
    EXPECT_FALSE(n.state.calls.leg(leg));
    EXPECT_FALSE(n.it());
    const auto& task = *n.state.tasks.find(n.task);
    EXPECT_EQ(task.tried, answered ? CallbackEnd::hung_up : CallbackEnd::busy);
    EXPECT_FALSE(task.ringing_back);
    n.pass(hours(1));
    EXPECT_EQ(n.state.tasks.find(n.task)->tries, 1);
  }
}

TEST(RingBackTest, WhomATrunkDidNotReachIsTriedThreeTimes) {
  RingBack n;
  std::set<LegId> legs;
  for (int i = 0; i < 5; ++i) {
    n.pass(n.policy.ring_back_after);
    if (!n.it()) break;
    const auto leg = n.it()->leg;
    EXPECT_TRUE(legs.insert(leg).second) << "each call has a name of its own";
    n.say(LegEnded{leg, CallEndedBy::network, "the call failed"});
    EXPECT_FALSE(n.it()) << "not again at once";
  }
  EXPECT_EQ(legs.size(), 3U);
}

TEST(RingBackTest, NobodyIsCalledWhoHasNobodyToTalkTo) {
  RingBack n;
  n.ask(n.session, TakePause{});
  n.pass(minutes(10));
  EXPECT_FALSE(n.it());
  n.ask(n.session, BeReady{});
  EXPECT_TRUE(n.it());
}

TEST(RingBackTest, OneIsAskedForEachWhoIsFreeAndNobodyWhileOthersWait) {
  RingBack n;
  n.abandons({8}, "+6281234568");
  const auto rang = n.op(n.session).offer;
  n.pass(n.policy.ring_back_after);
  EXPECT_FALSE(rang);
  EXPECT_EQ(n.state.calls.ringing_back.size(), 1U);
  const auto second = n.operator_ready("b", "polres-bantul");
  EXPECT_EQ(n.state.calls.ringing_back.size(), 2U);
  n.ask(n.session, TakePause{});
  n.ask(second, TakePause{});
  n.abandons({9}, "+6281234569");
  n.pass(n.policy.ring_back_after);
  n.arrives("polres-sleman");
  n.arrives("polres-sleman");
  n.arrives("polres-sleman");
  n.ask(n.session, BeReady{});
  EXPECT_EQ(n.op(n.session).state, OperatorState::offered);
  EXPECT_TRUE(n.state.calls.ringing_back.empty());  // the two were not answered
}

TEST(RingBackTest, WhoCallsAgainOrIsTakenByAPersonIsNotCalled) {
  RingBack n;
  n.ask(n.session, TakeTask{n.task});
  n.pass(minutes(10));
  EXPECT_FALSE(n.it());
  const auto other = n.abandons({8}, "+6281234568");
  const auto again = n.arrives("polres-sleman", {8});
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  n.operator_ready("b", "polres-bantul");
  n.pass(n.policy.ring_back_after);
  EXPECT_FALSE(n.it());
  EXPECT_TRUE(n.state.calls.find(again));
  EXPECT_TRUE(n.state.tasks.find(other));
}

TEST(RingBackTest, AnOperatorDoesNotCallWhomTheSystemIsCalling) {
  RingBack n;
  n.pass(n.policy.ring_back_after);
  n.say(CommandAsked{SignedIn{n.session}, CallBack{n.task}, "token", "name"});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "busy");
}

TEST(RingBackTest, OffOrWithoutANumberThatMayBeDialledNothingIsCalled) {
  RingBack off(false), far(true, "+4912345678");
  for (auto* n : {&off, &far}) {
    n->pass(hours(1));
    EXPECT_FALSE(n->it());
    EXPECT_TRUE(n->state.tasks.find(n->task));
  }
}

TEST(RingBackTest, ARestartDialsNobodyByItselfAndWhoWasAskedWaitsForAPerson) {
  RingBack n;
  n.pass(n.policy.ring_back_after);
  n.say(Started{"test", 2});
  EXPECT_FALSE(n.it());
  EXPECT_EQ(n.state.tasks.find(n.task)->tried, CallbackEnd::failed);
  RingBack asked;
  const auto call = asked.picked_up();
  asked.say(Started{"test", 2});
  EXPECT_EQ(asked.state.calls.find(call)->state, CallState::waiting);
}

TEST(RingBackTest, AScreenShowsTheTaskAndNoCallUntilTheyNeedSomebody) {
  RingBack n;
  views::Picture picture(n.session);
  const auto& person = *n.state.people.person(n.op(n.session).person);
  const auto call = n.picked_up();
  auto seen = picture.complete({n.state, n.positions, n.policy, person});
  EXPECT_TRUE(seen.calls.empty());
  ASSERT_EQ(seen.tasks.size(), 1U);
  EXPECT_TRUE(seen.tasks[0].ringing_back);
  EXPECT_FALSE(seen.tasks[0].can_call);
  n.presses(call, "1");
  const auto update = picture.changes({n.state, n.positions, n.policy, person}, views::touched_by(n.state, n.last));
  ASSERT_TRUE(update);
  EXPECT_EQ(update->calls.size(), 1U);
  ASSERT_EQ(update->tasks.size(), 1U);
  EXPECT_FALSE(update->tasks[0].ringing_back);
}

}  // namespace
}  // namespace sigap::core
