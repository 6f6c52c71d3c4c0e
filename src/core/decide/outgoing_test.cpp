// Calls of ours, as stories.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using tasks::CallbackEnd;

/// A nation where somebody hung up before an answer, and an operator who may call them back.
struct Callback : Nation {
  SessionId session;
  TaskId task;
  std::int64_t names = 0;

  explicit Callback(const std::string& number = "+628123456789") {
    policy.trunks_out = {{"first"}, {"telkom"}};
    CallArrives in;
    in.leg = {"abandoned"};
    in.trunk = {"telkom"};
    in.trunk_station = {"polres-sleman"};
    in.caller = {7};
    in.number = number;
    in.location = Location{*geo_point(110.35, -7.7), 30};
    say(in);
    say(LegEnded{in.leg, CallEndedBy::caller, "CANCEL"});
    task = state.tasks.tasks.begin()->first;
    session = operator_ready("a", "polres-sleman");
  }
  void call_back(SessionId by, TaskId what) {
    say(CommandAsked{SignedIn{by}, CallBack{what}, "token", "name" + std::to_string(++names)});
  }
  std::string code(SessionId by) {
    call_back(by, task);
    return refusal ? refusal->code : "";
  }
  /// The leg that was placed.
  LegId place() {
    call_back(session, task);
    EXPECT_FALSE(refusal) << refusal->message;
    return {"name" + std::to_string(names)};
  }
  LegId talk() {
    const auto leg = place();
    say(CalleeRings{leg});
    say(CalleeAnswered{leg, "ours", "SIP/2.0 200 OK"});
    say(BridgeReported{state.calls.find(leg)->offer, true, ""});
    EXPECT_TRUE(state.calls.find(leg)->connected);
    return leg;
  }
  const tasks::Task& card() { return *state.tasks.find(task); }
  std::optional<PlaceCall> ordered() {
    for (const auto& event : last)
      if (const auto effect = effect_of(event.body))
        if (const auto* order = std::get_if<PlaceCall>(&*effect)) return *order;
    return {};
  }
  bool at_rest() const {
    for (const auto& timer : state.timers.by_time)
      if (timer.kind == TimerKind::callee || timer.kind == TimerKind::connect) return false;
    return state.calls.calls.empty() && state.offers.empty();
  }
};

}  // namespace

TEST(OutgoingTest, TheOperatorCallsBackThroughTheTrunkThatTheCallCameBy) {
  Callback n;
  const auto leg = n.place();
  const auto order = n.ordered();
  ASSERT_TRUE(order);
  EXPECT_EQ(order->leg, leg);
  EXPECT_EQ(order->trunk.value, "telkom");
  EXPECT_EQ(order->number, "+628123456789");
  EXPECT_EQ(redo_of(*order), Redo::at_most_once);
  EXPECT_EQ(n.op(n.session).state, OperatorState::talking) << "theirs at once";
  EXPECT_EQ(n.card().taken_by, n.op(n.session).person);
  const auto& call = *n.state.calls.find(leg);
  EXPECT_EQ(call.direction, calls::Direction::outgoing);
  EXPECT_FALSE(call.connected);
  EXPECT_EQ(call.home.value, "polres-sleman");
  ASSERT_TRUE(call.location.known()) << "where they were when they called";
  EXPECT_EQ(call.location.reveal()->radius_m, 30);
}

TEST(OutgoingTest, AnotherTrunkWhenTheOldOneTakesNoCallsOfOurs) {
  Callback n;
  n.policy.trunks_out = {{"first"}};
  n.place();
  EXPECT_EQ(n.ordered()->trunk.value, "first");
}

TEST(OutgoingTest, WhoPicksUpIsJoinedAndTheRestIsACallLikeAnyOther) {
  Callback n;
  const auto leg = n.place();
  n.say(CalleeRings{leg});
  n.say(CalleeRings{leg});
  EXPECT_TRUE(n.last.empty()) << "a telephone rings once";
  n.say(CalleeAnswered{leg, "ours", "SIP/2.0 200 OK"});
  const auto picked_up = n.happened<calls::CallPickedUp>().at(0);
  const auto effect = effect_of(picked_up);
  ASSERT_TRUE(effect);
  EXPECT_EQ(std::get<BridgeCall>(*effect).session, n.session);
  const auto call = n.state.calls.find(leg)->id;
  EXPECT_TRUE(n.state.calls.find(call)->incident) << "what they say is written down";
  EXPECT_EQ(n.card().tried, CallbackEnd::reached);
  const auto* stored = n.state.calls.leg(leg);
  EXPECT_TRUE(stored->confirmed && stored->told && stored->voice && stored->placed);
  EXPECT_EQ(stored->our_sdp, "ours");
  n.say(BridgeReported{picked_up.offer, true, ""});
  EXPECT_TRUE(n.state.calls.find(call)->connected);
  n.pass(minutes(3));
  n.say(LegEnded{leg, CallEndedBy::caller, "BYE"});
  EXPECT_EQ(n.op(n.session).state, OperatorState::wrap_up);
  n.ask(n.session, SetOutcome{call, calls::Outcome::genuine});
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready);
  EXPECT_TRUE(n.at_rest());
  ASSERT_TRUE(n.state.tasks.find(n.task)) << "a person closes it";
  n.ask(n.session, CloseTask{n.task, tasks::TaskReason::called_back, ""});
  EXPECT_TRUE(n.state.tasks.tasks.empty());
  EXPECT_TRUE(n.state.calls.legs.empty());
}

TEST(OutgoingTest, WhyNobodyPickedUpStandsInTheTaskAndTheOperatorIsWhatTheyWere) {
  for (const auto end : {CallbackEnd::busy, CallbackEnd::no_answer, CallbackEnd::trunk_refused}) {
    Callback n;
    const auto leg = n.place();
    n.say(LegEnded{leg, CallEndedBy::network, "so", end});
    EXPECT_EQ(n.card().tried, end);
    EXPECT_EQ(n.card().tries, 1);
    EXPECT_EQ(n.card().taken_by, n.op(n.session).person) << "theirs still";
    EXPECT_EQ(n.op(n.session).state, OperatorState::ready);
    EXPECT_TRUE(n.at_rest());
    EXPECT_TRUE(n.state.calls.legs.empty());
    EXPECT_TRUE(n.state.incidents.incidents.empty());
    n.place();  // and again
  }
  Callback n;
  n.ask(n.session, TakePause{});
  n.say(LegEnded{n.place(), CallEndedBy::network, "so", CallbackEnd::busy});
  EXPECT_EQ(n.op(n.session).state, OperatorState::not_ready);
  EXPECT_EQ(n.op(n.session).reason, people::NotReadyReason::pause);
}

TEST(OutgoingTest, WhoeverWaitsMeanwhileIsOfferedWhenNobodyPicksUp) {
  Callback n;
  const auto leg = n.place();
  n.arrives("polres-sleman");
  EXPECT_EQ(n.op(n.session).state, OperatorState::talking);
  n.say(LegEnded{leg, CallEndedBy::network, "busy", CallbackEnd::busy});
  EXPECT_EQ(n.op(n.session).state, OperatorState::offered);
}

TEST(OutgoingTest, AfterFortyFiveSecondsOfRingingItIsGivenUp) {
  Callback n;
  const auto leg = n.place();
  n.pass(seconds(10));
  n.say(CalleeRings{leg});
  n.pass(seconds(44));
  EXPECT_TRUE(n.state.calls.find(leg));
  n.pass(seconds(1));
  EXPECT_FALSE(n.state.calls.find(leg));
  EXPECT_EQ(n.card().tried, CallbackEnd::no_answer);
  EXPECT_TRUE(n.state.calls.leg(leg)->ending) << "until the CANCEL came through";
  n.say(LegEnded{leg, CallEndedBy::system, "hang-up"});
  EXPECT_TRUE(n.state.calls.legs.empty());
}

TEST(OutgoingTest, TheOperatorThinksBetterOfIt) {
  Callback n;
  const auto leg = n.place();
  const auto call = n.state.calls.find(leg)->id;
  n.ask(n.session, SetOutcome{call, calls::Outcome::genuine});
  EXPECT_EQ(n.refusal->code, "not_yet");
  n.ask(n.session, HoldCall{call});
  EXPECT_EQ(n.refusal->code, "not_yet");
  n.ask(n.session, TransferCall{call, {"polres-bantul"}});
  EXPECT_EQ(n.refusal->code, "not_yet");
  n.ask(n.session, HangUp{call});
  EXPECT_EQ(n.card().tried, CallbackEnd::given_up);
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready) << "no wrap-up";
  n.say(CalleeAnswered{leg, "ours", "200"});
  EXPECT_TRUE(n.last.empty()) << "too late: the hand hangs up";
}

TEST(OutgoingTest, ADeadBrowserGivesUpWhoHasNotPickedUpAndReturnsWhoHas) {
  Callback ringing;
  ringing.place();
  ringing.say(BrowserGone{ringing.session});
  ringing.pass(seconds(16));
  EXPECT_EQ(ringing.card().tried, CallbackEnd::given_up);
  EXPECT_EQ(ringing.op(ringing.session).reason, people::NotReadyReason::lost);
  EXPECT_TRUE(ringing.at_rest());

  Callback talking;
  const auto leg = talking.talk();
  const auto other = talking.operator_ready("b", "polres-sleman");
  const auto call = talking.state.calls.find(leg)->id;
  talking.arrives("polres-sleman");
  talking.ask(other, DeclineOffer{talking.op(other).offer});
  talking.say(BrowserGone{talking.session});
  talking.pass(seconds(16));
  EXPECT_TRUE(talking.state.calls.waiting.contains(call));
  talking.ask(other, BeReady{});
  EXPECT_EQ(talking.state.offers.at(talking.op(other).offer).call, call) << "in front";
  talking.ask(other, AcceptOffer{talking.op(other).offer});
  EXPECT_EQ(talking.state.calls.find(call)->operator_, talking.op(other).person);
}

TEST(OutgoingTest, WhoHangsUpWhileTheyWaitForAnOperatorAgainStandsInTheSameTask) {
  Callback n;
  const auto leg = n.talk();
  n.say(BrowserGone{n.session});
  n.pass(seconds(16));
  n.say(LegEnded{leg, CallEndedBy::caller, "BYE"});
  EXPECT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_TRUE(n.at_rest());
}

TEST(OutgoingTest, SigningOutGivesUpWhoHasNotPickedUp) {
  Callback n;
  n.place();
  n.ask(n.session, SignOut{});
  EXPECT_EQ(n.card().tried, CallbackEnd::given_up);
  EXPECT_TRUE(n.at_rest());
}

/// Found by the simulator: asked to press a key, then over by a restart, its timer was left to a call that was gone.
TEST(OutgoingTest, VoicesToldToBeJoinedBeforeAnybodyPickedUpAreNot) {
  Callback n;
  const auto leg = n.place();
  n.say(BridgeReported{n.state.calls.find(leg)->offer, true, ""});
  EXPECT_FALSE(n.state.calls.find(leg)->connected);
  n.say(BridgeReported{n.state.calls.find(leg)->offer, false, "late"});
  EXPECT_TRUE(n.state.calls.find(leg)->awaits_callee());
}

TEST(OutgoingTest, ARestartNeverDialsAgain) {
  Callback n;
  const auto leg = n.place();
  n.say(Started{"test", 2});
  EXPECT_EQ(n.card().tried, CallbackEnd::failed);
  EXPECT_FALSE(n.state.calls.leg(leg)) << "nobody knows of it any more";
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready);
  EXPECT_TRUE(n.at_rest());
  EXPECT_FALSE(n.ordered());
  n.say(BrowserAttached{n.session});

  const auto talking = n.talk();
  n.say(Started{"test", 3});
  EXPECT_TRUE(n.state.calls.find(talking)) << "who talks goes on";
}

TEST(OutgoingTest, OnlyAnOperatorWithFreeHandsAndAHeadset) {
  Callback n;
  EXPECT_EQ(n.code(n.sign_in(n.add("new", people::Role::operator_, "polres-sleman"))), "headset");
  EXPECT_EQ(n.code(n.sign_in(n.add("officer", people::Role::officer, "polres-sleman"))), "not_allowed");
  EXPECT_EQ(n.code(n.sign_in(n.add("admin", people::Role::administrator, "polres-sleman"))), "not_allowed");
  EXPECT_EQ(n.code(n.operator_ready("far", "polres-jayapura")), "not_allowed") << "another station's task";
  n.ask(n.session, TakePause{true});
  EXPECT_EQ(n.code(n.session), "busy") << "in training";
  n.ask(n.session, BeReady{});
  n.arrives("polres-sleman");
  EXPECT_EQ(n.code(n.session), "busy") << "it rings";
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  EXPECT_EQ(n.code(n.session), "busy") << "in a call";
  n.ask(n.session, HangUp{n.op(n.session).call});
  EXPECT_EQ(n.code(n.session), "busy") << "wrap-up";
  EXPECT_TRUE(n.state.calls.calls.size() == 1);
}

TEST(OutgoingTest, OnlyAnOpenTaskOfACallerThatNobodyElseHas) {
  Callback n;
  const auto other = n.operator_ready("b", "polres-sleman");
  n.ask(other, TakeTask{n.task});
  EXPECT_EQ(n.code(n.session), "taken");
  n.ask(other, CloseTask{n.task, {}, ""});
  EXPECT_EQ(n.code(n.session), "closed");
  const auto unit = n.add("unit", people::Role::officer, "polres-sleman");
  const auto phone = n.sign_in(unit);
  n.ask(phone, GoOnDuty{});
  n.ask(phone, RequestHelp{});
  n.call_back(n.session, n.state.tasks.tasks.begin()->first);
  EXPECT_EQ(n.refusal->code, "invalid") << "nobody to call back";
}

TEST(OutgoingTest, OnlyANumberThatMayBeDialledAndATrunkThatTakesIt) {
  Callback unknown("");
  EXPECT_EQ(unknown.code(unknown.session), "no_number");
  for (const auto* wrong : {"+12125550100", "0012125550100", "*110#", "110", "08091234567", "+62"}) {
    Callback n(wrong);
    EXPECT_EQ(n.code(n.session), "not_dialled") << wrong;
  }
  Callback listed("+12125550100");
  listed.policy.numbers_out = {"+1212*"};
  EXPECT_EQ(listed.code(listed.session), "");
  Callback nowhere;
  nowhere.policy.trunks_out.clear();
  EXPECT_EQ(nowhere.code(nowhere.session), "no_trunk");
}

TEST(OutgoingTest, ACallThatWeLostIsAnsweredForInItsOwnIncident) {
  Callback n;
  n.ask(n.session, CloseTask{n.task, {}, ""});
  n.arrives("polres-sleman", {8});
  n.state.calls.calls.rbegin()->second.number = personal(CallId{2}, std::string("+628123456789"));
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  const auto lost = n.op(n.session).call;
  const auto incident = n.state.calls.find(lost)->incident;
  n.say(LegEnded{{"leg1"}, CallEndedBy::network, "481"});
  n.ask(n.session, SetOutcome{lost, calls::Outcome::genuine});
  n.task = n.state.tasks.tasks.begin()->first;
  EXPECT_EQ(n.card().kind, tasks::TaskKind::cut_off);
  const auto leg = n.talk();
  EXPECT_EQ(n.state.calls.find(leg)->incident, incident);
  EXPECT_EQ(n.state.incidents.incidents.size(), 1u);
}

TEST(OutgoingTest, TheScreenIsToldEachStep) {
  Callback n;
  const auto shown = [&] {
    const auto& viewer = *n.state.people.person(n.op(n.session).person);
    return views::Picture(n.session).complete({n.state, n.positions, n.policy, viewer});
  };
  EXPECT_TRUE(shown().tasks.at(0).can_call);
  const auto leg = n.place();
  EXPECT_EQ(shown().calls.at(0).callee, calls::Callee::dialled);
  n.say(CalleeRings{leg});
  EXPECT_EQ(shown().calls.at(0).callee, calls::Callee::rings);
  EXPECT_TRUE(shown().calls.at(0).mine);
  n.say(LegEnded{leg, CallEndedBy::network, "busy", CallbackEnd::busy});
  EXPECT_TRUE(shown().calls.empty());
  EXPECT_EQ(shown().tasks.at(0).tried, CallbackEnd::busy);
  n.policy.trunks_out.clear();
  EXPECT_FALSE(shown().tasks.at(0).can_call);
}

}  // namespace sigap::core
