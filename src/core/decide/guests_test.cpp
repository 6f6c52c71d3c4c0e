// The third voice in a call, as stories.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using calls::CallState;
using calls::GuestEnd;
using calls::GuestState;

/// An operator at Sleman in a call, a supervisor there, a ready colleague at Bantul.
struct Conversation : Nation {
  SessionId session, supervisor, colleague;
  CallId call;
  std::int64_t names = 0;

  Conversation() {
    policy.trunks_out = {{"first"}};
    policy.lines = {{"Ambulans 119", "119"}};
    session = operator_ready("a", "polres-sleman");
    supervisor = sign_in(add("s", people::Role::supervisor, "polda-diy"));
    call = arrives("polres-sleman");
    ask(session, AcceptOffer{op(session).offer});
    say(BridgeReported{it().offer, true, ""});
    colleague = operator_ready("b", "polres-bantul");
  }
  const calls::Call& it() { return *state.calls.find(call); }
  void fresh(SessionId by, Command command) {
    say(CommandAsked{SignedIn{by}, std::move(command), "token", "name" + std::to_string(++names)});
  }
  std::string code(SessionId by, Command command) {
    fresh(by, std::move(command));
    return refusal ? refusal->code : "";
  }
  void supervisor_joins() {
    ask(supervisor, PassHeadset{});
    ask(session, AskSupervisor{call});
    fresh(supervisor, JoinCall{call});
    say(BridgeReported{it().guest->offer, true, ""});
  }
  void colleague_joins() {
    ask(session, InviteStation{call, {"polres-bantul"}});
    fresh(colleague, AcceptOffer{op(colleague).offer});
    say(BridgeReported{it().guest->offer, true, ""});
  }
  LegId line_joins() {
    fresh(session, InviteLine{call, "Ambulans 119"});
    auto leg = it().guest->leg;
    say(CalleeRings{leg});
    say(CalleeAnswered{leg, "our sdp", "200"});
    say(BridgeReported{it().guest->offer, true, ""});
    return leg;
  }
  /// To the outside number that joined; they hear each other.
  void relayed() {
    ask(session, HandOver{call});
    say(BridgeReported{it().guest->offer, true, ""});
  }
  template <class E>
  bool did() const {
    return !happened<E>().empty();
  }
};

TEST(GuestsTest, ASupervisorWhoIsAskedJoinsAndLeaves) {
  Conversation n;
  EXPECT_EQ(n.code(n.supervisor, JoinCall{n.call}), "headset");
  n.ask(n.supervisor, PassHeadset{});
  EXPECT_EQ(n.code(n.supervisor, JoinCall{n.call}), "taken");  // nobody asked
  n.ask(n.session, AskSupervisor{n.call});
  n.fresh(n.supervisor, JoinCall{n.call});
  const auto came = n.happened<calls::GuestCame>();
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].desk, n.session);
  EXPECT_EQ(came[0].session, n.supervisor);
  EXPECT_NE(came[0].leg, came[0].desk_leg);
  EXPECT_FALSE(n.it().help_asked);
  EXPECT_EQ(n.it().guest->desk_leg, came[0].desk_leg);  // or nobody would end it, nor know it after a restart
  n.say(BridgeReported{came[0].offer, true, ""});
  EXPECT_EQ(n.it().guest->state, GuestState::joined);
  EXPECT_TRUE(n.it().connected);
  EXPECT_EQ(n.op(n.supervisor).state, OperatorState::talking);
  n.ask(n.supervisor, LeaveCall{n.call});
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.it().state, CallState::talking);
  EXPECT_EQ(n.op(n.supervisor).state, OperatorState::not_ready);  // as before: they did not ask for calls
}

TEST(GuestsTest, ASupervisorOutsideTheirJurisdictionIsRefused) {
  Conversation n;
  const auto far = n.sign_in(n.add("far", people::Role::supervisor, "polda-papua"));
  n.ask(far, PassHeadset{});
  n.ask(n.session, AskSupervisor{n.call});
  EXPECT_EQ(n.code(far, JoinCall{n.call}), "not_allowed");
  EXPECT_EQ(n.code(n.colleague, JoinCall{n.call}), "not_allowed");  // not their role
  EXPECT_FALSE(n.it().guest);
}

/// A call that overflowed to another province: the operator's own supervisor may help, the caller's as well.
TEST(GuestsTest, TheOperatorsOwnSupervisorMayHelpWhereverTheCallerIs) {
  Conversation n;
  const auto papua = n.operator_ready("p", "polres-jayapura");
  const auto theirs = n.sign_in(n.add("ps", people::Role::supervisor, "polda-papua"));
  n.ask(theirs, PassHeadset{});
  n.ask(n.colleague, TakePause{});
  const auto call = n.arrives("polres-sleman");
  n.ask(papua, AcceptOffer{n.op(papua).offer});
  n.ask(papua, AskSupervisor{call});
  EXPECT_EQ(n.code(theirs, JoinCall{call}), "");
}

TEST(GuestsTest, NobodyToAskIsSaidAtOnce) {
  Conversation n;
  n.say(BrowserGone{n.supervisor});
  n.ask(n.session, AskSupervisor{n.call});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "nobody_ready");
  EXPECT_EQ(n.code(n.session, InviteStation{n.call, {"polda-papua"}}), "nobody_ready");
  EXPECT_EQ(n.code(n.session, InviteStation{n.call, {"nowhere"}}), "unknown");
  EXPECT_EQ(n.code(n.session, InviteLine{n.call, "Pizza"}), "unknown");
  n.policy.trunks_out.clear();
  EXPECT_EQ(n.code(n.session, InviteLine{n.call, "Ambulans 119"}), "no_trunk");
}

TEST(GuestsTest, WhoGetsACallWhoseIncidentWasClosedGetsANewOne) {
  Conversation n;
  const auto before = n.it().incident;
  n.ask(n.session, CloseIncident{before, incidents::Answer::handled});
  n.colleague_joins();
  n.ask(n.session, HandOver{n.call});
  EXPECT_NE(n.it().incident, before);
  EditIncident edit;
  edit.incident = n.it().incident;
  EXPECT_EQ(n.code(n.colleague, edit), "");
}

/// Their screen went on showing the closed one as theirs.
TEST(GuestsTest, WhoGetsACallIsToldThatItsClosedIncidentIsNotTheirs) {
  Conversation n;
  const auto before = n.it().incident;
  n.ask(n.session, CloseIncident{before, incidents::Answer::handled});
  n.colleague_joins();
  const auto viewer = *n.state.people.person(n.op(n.colleague).person);
  const views::View view{n.state, n.positions, n.policy, viewer};
  views::Picture picture(n.colleague);
  ASSERT_EQ(picture.complete(view).incidents.size(), 1U);
  n.ask(n.session, HandOver{n.call});
  const auto update = picture.changes(view, views::touched_by(n.state, n.last));
  ASSERT_TRUE(update);
  ASSERT_EQ(update->incidents.size(), 1U);
  EXPECT_EQ(update->incidents[0].incident, n.it().incident);
  const auto& gone = update->removed;
  EXPECT_TRUE(std::any_of(gone.begin(), gone.end(),
                          [&](const auto& each) { return each.kind == "incident" && each.id == before.value; }));
}

TEST(GuestsTest, AColleagueJoinsAndGetsTheCallWithItsIncident) {
  Conversation n;
  const auto incident = n.it().incident;
  n.colleague_joins();
  EXPECT_EQ(n.it().operator_, n.op(n.session).person);
  n.ask(n.session, HandOver{n.call});
  EXPECT_TRUE(n.did<calls::GuestLeft>());
  const auto over = n.happened<calls::CallHandedOver>();
  ASSERT_EQ(over.size(), 1U);
  EXPECT_EQ(over[0].session, n.colleague);
  EXPECT_EQ(n.it().operator_, n.op(n.colleague).person);
  EXPECT_EQ(n.it().incident, incident);
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready);
  n.say(BridgeReported{n.it().offer, true, ""});
  EXPECT_TRUE(n.it().connected);
  n.ask(n.colleague, HangUp{n.call});
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::wrap_up);
  n.ask(n.colleague, SetOutcome{n.call, calls::Outcome::genuine});
  EXPECT_FALSE(n.state.calls.find(n.call));
}

TEST(GuestsTest, AGuestWhoDeclinesOrDoesNotAnswerChangesNothing) {
  Conversation n;
  n.ask(n.session, InviteStation{n.call, {"polres-bantul"}});
  EXPECT_EQ(n.code(n.session, InviteLine{n.call, "Ambulans 119"}), "busy");
  n.ask(n.colleague, DeclineOffer{n.op(n.colleague).offer});
  ASSERT_TRUE(n.did<calls::GuestLeft>());
  EXPECT_EQ(n.happened<calls::GuestLeft>()[0].how, GuestEnd::declined);
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::not_ready);
  n.ask(n.colleague, BeReady{});
  n.ask(n.session, InviteStation{n.call, {"polres-bantul"}});
  n.pass(n.policy.offer_lasts);
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.op(n.colleague).reason, people::NotReadyReason::missed);
  EXPECT_EQ(n.it().state, CallState::talking);
  EXPECT_TRUE(n.it().connected);
}

/// Seed 47 of the simulator: whoever declined was offered the next call before they were set aside.
TEST(GuestsTest, WhoDeclinesIsNotRungByTheNextCallAtOnce) {
  Conversation n;
  n.ask(n.session, InviteStation{n.call, {"polres-bantul"}});
  n.arrives("polres-sleman");
  n.ask(n.colleague, DeclineOffer{n.op(n.colleague).offer});
  EXPECT_TRUE(n.happened<distribution::CallOffered>().empty());
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::not_ready);
}

TEST(GuestsTest, AGuestWhoseVoiceDoesNotJoinIsFreeAgain) {
  Conversation n;
  n.ask(n.session, InviteStation{n.call, {"polres-bantul"}});
  n.fresh(n.colleague, AcceptOffer{n.op(n.colleague).offer});
  n.pass(n.policy.connect_within);
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::ready);
  EXPECT_TRUE(n.it().connected);
}

TEST(GuestsTest, TheCallEndsForAllThree) {
  Conversation n;
  n.colleague_joins();
  n.say(LegEnded{n.it().leg, CallEndedBy::caller, "BYE"});
  EXPECT_TRUE(n.did<calls::GuestLeft>());
  EXPECT_EQ(n.op(n.session).state, OperatorState::wrap_up);
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::ready);
}

TEST(GuestsTest, AnOperatorWhoIsLostLeavesTheCallToAGuestWhoIsThere) {
  Conversation n;
  n.supervisor_joins();
  n.say(BrowserGone{n.session});
  n.pass(n.policy.browser_grace);
  EXPECT_EQ(n.it().state, CallState::talking);
  EXPECT_EQ(n.it().operator_, n.op(n.supervisor).person);
  EXPECT_EQ(n.op(n.session).reason, people::NotReadyReason::lost);
  n.ask(n.session, SignOut{});
  EXPECT_EQ(n.it().state, CallState::talking);
}

TEST(GuestsTest, AnOperatorWhoSignsOutLeavesTheCallToAGuestWhoIsThere) {
  Conversation n;
  n.colleague_joins();
  n.ask(n.session, SignOut{});
  EXPECT_EQ(n.it().operator_, n.op(n.colleague).person);
}

TEST(GuestsTest, AGuestWhoIsLostOrSignsOutLeavesTheTwo) {
  Conversation n;
  n.colleague_joins();
  n.say(BrowserGone{n.colleague});
  n.pass(n.policy.browser_grace);
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.op(n.colleague).reason, people::NotReadyReason::lost);
  n.say(BrowserAttached{n.colleague});
  n.ask(n.colleague, BeReady{});
  n.colleague_joins();
  n.ask(n.colleague, SignOut{});
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.it().operator_, n.op(n.session).person);
}

TEST(GuestsTest, AnOutsideNumberIsDialledOnceAndMayBeBusy) {
  Conversation n;
  n.fresh(n.session, InviteLine{n.call, "Ambulans 119"});
  const auto invited = n.happened<calls::GuestInvited>();
  ASSERT_EQ(invited.size(), 1U);
  const auto order = std::get<PlaceCall>(*effect_of(invited[0]));
  EXPECT_EQ(order.number, "119");
  EXPECT_EQ(redo_of(order), Redo::at_most_once);
  LegEnded busy{invited[0].leg, CallEndedBy::network, "busy"};
  busy.unreached = tasks::CallbackEnd::busy;
  n.say(busy);
  EXPECT_EQ(n.happened<calls::GuestLeft>()[0].how, GuestEnd::busy);
  EXPECT_EQ(n.it().guest_end, GuestEnd::busy);
  EXPECT_TRUE(n.did<calls::LegClosed>());
  EXPECT_FALSE(n.state.calls.leg(invited[0].leg));
  EXPECT_TRUE(n.it().connected);
}

TEST(GuestsTest, AnOutsideNumberThatNobodyAnswersIsGivenUp) {
  Conversation n;
  n.fresh(n.session, InviteLine{n.call, "Ambulans 119"});
  const auto leg = n.it().guest->leg;
  n.pass(n.policy.callee_rings);
  EXPECT_FALSE(n.it().guest);
  EXPECT_TRUE(n.state.calls.leg(leg)->ending);
  n.say(LegEnded{leg, CallEndedBy::system, "hang-up"});
  EXPECT_FALSE(n.state.calls.leg(leg));
}

TEST(GuestsTest, HandedOverToAnOutsideNumberTheCallGoesOnWithoutUs) {
  Conversation n;
  const auto other = n.line_joins();
  n.ask(n.session, HandOver{n.call});
  ASSERT_FALSE(n.refusal);
  EXPECT_TRUE(n.did<calls::CallRelayed>());
  EXPECT_EQ(n.it().state, CallState::relayed);
  n.say(BridgeReported{n.it().guest->offer, true, ""});
  EXPECT_EQ(n.it().guest->state, GuestState::alone);
  EXPECT_EQ(n.op(n.session).state, OperatorState::wrap_up);
  n.ask(n.session, SetOutcome{n.call, calls::Outcome::genuine});
  EXPECT_EQ(n.op(n.session).state, OperatorState::ready);
  EXPECT_EQ(n.code(n.session, SetOutcome{n.call, calls::Outcome::prank}), "gone");  // once, or marks would add up
  ASSERT_TRUE(n.state.calls.find(n.call));                                          // they still talk
  n.say(LegEnded{other, CallEndedBy::caller, "BYE"});
  EXPECT_EQ(n.happened<calls::CallEnded>()[0].by, CallEndedBy::guest);
  EXPECT_TRUE(n.happened<tasks::TaskOpened>().empty());
  EXPECT_FALSE(n.state.calls.find(n.call));
}

TEST(GuestsTest, AGoodByeThatCrossesTheHandOverIsNone) {
  Conversation n;
  const auto other = n.line_joins();
  n.ask(n.session, HandOver{n.call});
  n.say(LegEnded{other, CallEndedBy::caller, "BYE"});  // said before they heard the caller alone
  EXPECT_EQ(n.it().state, CallState::waiting);
}

TEST(GuestsTest, ARelayThatDoesNotComeToStandIsNone) {
  Conversation n;
  n.line_joins();
  n.ask(n.session, HandOver{n.call});
  n.pass(n.policy.connect_within);
  EXPECT_EQ(n.it().state, CallState::waiting);
}

/// The timer of a bridge that was being made went on and took the relay down.
TEST(GuestsTest, NoTimerOfAnEarlierBridgeTakesARelayDown) {
  Conversation n;
  n.say(VoiceOpened{n.it().leg, "sdp"});
  n.say(VoiceLost{n.it().leg});
  n.line_joins();
  EXPECT_EQ(n.code(n.session, HandOver{n.call}), "not_yet");  // the caller hears nobody yet
  n.say(BridgeReported{n.it().offer, true, ""});
  n.relayed();
  n.pass(hours(1));
  EXPECT_EQ(n.it().state, CallState::relayed);
}

TEST(GuestsTest, ACallThatComesBackHasADraftThatCanBeWrittenIn) {
  Conversation n;
  const auto other = n.line_joins();
  n.relayed();
  const auto first = n.it().incident;
  n.ask(n.session, SetOutcome{n.call, calls::Outcome::information});  // closes it
  n.say(LegEnded{other, CallEndedBy::network, "481"});
  n.ask(n.session, AcceptOffer{n.op(n.session).offer});
  EXPECT_NE(n.it().incident, first);
  n.ask(n.session, EditIncident{n.it().incident, {}, {}, {}, "masih di sini", {}});
  EXPECT_FALSE(n.refusal);
}

TEST(GuestsTest, OnlySupervisorsAreLetInByACryForOne) {
  Conversation n;
  n.ask(n.session, TransferCall{n.call, {"polres-bantul"}});
  n.ask(n.colleague, AcceptOffer{n.op(n.colleague).offer});
  n.ask(n.colleague, AskSupervisor{n.call});
  ASSERT_FALSE(n.refusal);
  const auto other = n.operator_ready("b2", "polres-bantul");  // of the call's station, and not of the incident's
  EXPECT_EQ(n.code(other, EditIncident{n.it().incident, {}, {}, {}, "x", {}}), "not_allowed");
  const auto theirs = n.sign_in(n.add("bs", people::Role::supervisor, "polres-bantul"));
  EXPECT_EQ(n.code(theirs, EditIncident{n.it().incident, {}, {}, {}, "x", {}}), "");
}

TEST(GuestsTest, WhoIsOnlyRungDeclinesAndDoesNotLeave) {
  Conversation n;
  n.ask(n.session, InviteStation{n.call, {"polres-bantul"}});
  EXPECT_EQ(n.code(n.colleague, LeaveCall{n.call}), "not_yet");
  EXPECT_TRUE(n.it().guest);
}

TEST(GuestsTest, ACallerWhoEndsARelayedCallEndsItForBoth) {
  Conversation n;
  const auto other = n.line_joins();
  n.ask(n.session, HandOver{n.call});
  n.say(LegEnded{n.it().leg, CallEndedBy::caller, "BYE"});
  EXPECT_TRUE(n.state.calls.leg(other)->ending);
  EXPECT_EQ(n.op(n.session).state, OperatorState::wrap_up);  // and may still say what it was
  n.ask(n.session, SetOutcome{n.call, calls::Outcome::genuine});
  EXPECT_FALSE(n.state.calls.find(n.call));
}

TEST(GuestsTest, WhoeverIsCutOffFromAnOutsideNumberIsAnsweredByUsAgain) {
  for (const bool said : {false, true}) {
    Conversation n;
    const auto other = n.line_joins();
    n.ask(n.session, HandOver{n.call});
    if (said) n.ask(n.session, SetOutcome{n.call, calls::Outcome::genuine});
    n.ask(n.colleague, TakePause{});
    if (said) n.ask(n.session, TakePause{});
    n.say(LegEnded{other, CallEndedBy::network, "481"});
    EXPECT_EQ(n.it().state, CallState::waiting);
    EXPECT_FALSE(n.it().outcome_set);
    EXPECT_EQ(n.happened<calls::CallReturned>()[0].reason, calls::ReturnReason::relay_lost);
    if (said)
      n.ask(n.session, BeReady{});
    else  // who knows the call
      EXPECT_EQ(n.op(n.session).offer, n.happened<distribution::CallOffered>()[0].offer);
    n.ask(n.session, AcceptOffer{n.op(n.session).offer});
    EXPECT_EQ(n.it().state, CallState::talking);
  }
}

TEST(GuestsTest, AMediaProcessThatDiesTakesTheGuestAndNotTheCaller) {
  Conversation n;
  n.say(VoiceOpened{n.it().leg, "sdp"});
  n.colleague_joins();
  n.say(VoiceLost{n.it().leg});
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.it().state, CallState::talking);
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::ready);
  n.say(VoiceOpened{n.it().leg, "sdp"});
  n.say(BridgeReported{n.it().offer, true, ""});
  n.line_joins();
  n.relayed();
  n.say(VoiceOpened{n.it().leg, "sdp"});
  n.say(VoiceLost{n.it().leg});
  EXPECT_EQ(n.it().state, CallState::waiting);
}

TEST(GuestsTest, ARestartKeepsAGuestAndGivesUpWhatItWasDialling) {
  Conversation n;
  n.colleague_joins();
  n.say(Started{"test", 2});
  ASSERT_TRUE(n.it().guest);
  EXPECT_EQ(n.it().guest->state, GuestState::joined);
  for (const auto session : {n.session, n.supervisor, n.colleague}) n.say(BrowserAttached{session});
  n.ask(n.session, DropGuest{n.call});
  n.fresh(n.session, InviteLine{n.call, "Ambulans 119"});
  const auto leg = n.it().guest->leg;
  n.say(Started{"test", 3});
  EXPECT_FALSE(n.it().guest);
  EXPECT_FALSE(n.state.calls.leg(leg));
}

TEST(GuestsTest, NothingIsHandedOverToWhoIsAway) {
  Conversation n;
  n.colleague_joins();
  n.say(BrowserGone{n.colleague});
  EXPECT_EQ(n.code(n.session, HandOver{n.call}), "not_yet");
  n.say(BrowserAttached{n.colleague});
  EXPECT_EQ(n.code(n.session, HandOver{n.call}), "");
}

TEST(GuestsTest, ABlindTransferTakesNoGuestAlong) {
  Conversation n;
  n.supervisor_joins();
  n.ask(n.session, TransferCall{n.call, {"polres-bantul"}});
  EXPECT_FALSE(n.refusal);
  EXPECT_FALSE(n.it().guest);
  EXPECT_EQ(n.op(n.colleague).state, OperatorState::offered);
}

TEST(GuestsTest, OnlyTheOperatorBringsInDropsAndHandsOver) {
  Conversation n;
  n.colleague_joins();
  EXPECT_EQ(n.code(n.colleague, HandOver{n.call}), "not_allowed");
  EXPECT_EQ(n.code(n.colleague, DropGuest{n.call}), "not_allowed");
  EXPECT_EQ(n.code(n.colleague, HoldCall{n.call}), "not_allowed");
  EXPECT_EQ(n.code(n.supervisor, LeaveCall{n.call}), "gone");
  n.ask(n.session, DropGuest{n.call});
  EXPECT_EQ(n.happened<calls::GuestLeft>()[0].how, GuestEnd::dropped);
  EXPECT_EQ(n.code(n.session, HandOver{n.call}), "not_yet");
}

}  // namespace
}  // namespace sigap::core
