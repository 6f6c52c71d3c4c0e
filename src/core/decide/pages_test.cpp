// Calls of citizens' pages: the rules of any call, and what a number means that the caller wrote themselves.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using calls::CallState;

const LegId kLeg{"web-0000000000000000000000000001"};

/// A page calls at Sleman, where an operator is ready.
struct OfPage : Nation {
  SessionId desk;
  CallId call;

  explicit OfPage(std::string number = "", bool ready = true) {
    policy.ring_back = true;
    policy.trunks_out = {{"telkom"}};
    if (ready) desk = operator_ready("a", "polres-sleman");
    CallArrives in;
    in.leg = kLeg;
    in.trunk = {calls::kPageTrunk};
    in.trunk_station = {"polres-sleman"};
    in.caller = {7};
    in.number = std::move(number);
    call = {state.next.call};
    say(in);
  }
  void answer() {
    ask(desk, AcceptOffer{op(desk).offer});
    say(BridgeReported{state.calls.find(call)->offer, true, ""});
  }
  views::View view(SessionId session) const {
    return {state, positions, policy, *state.people.person(state.people.session(session)->person)};
  }
};

TEST(PagesTest, TheOperatorSeesThatACallCameOverTheInternetAndAPageWhereItStands) {
  OfPage n("0812345678");
  const auto calls = views::Picture(n.desk).complete(n.view(n.desk)).calls;
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_TRUE(calls[0].by_page.value_or(false));
  EXPECT_EQ(calls[0].number, "0812345678");
  auto status = views::page_status(n.state, kLeg);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->state, CallState::waiting);
  EXPECT_FALSE(status->voice);
  n.say(VoiceOpened{kLeg, "sdp"});
  n.say(DigitPressed{kLeg, "5"});
  n.answer();
  status = views::page_status(n.state, kLeg);
  EXPECT_TRUE(status->voice && status->connected && status->silent);
  EXPECT_EQ(status->state, CallState::talking);
  n.ask(n.desk, HoldCall{n.call});
  EXPECT_TRUE(views::page_status(n.state, kLeg)->held);
  n.ask(n.desk, HangUp{n.call});
  EXPECT_FALSE(views::page_status(n.state, kLeg)) << "over";
  EXPECT_FALSE(views::page_status(n.state, {"web-other"}));
}

TEST(PagesTest, TheLinkGoesToThePageWhateverNumberWasWritten) {
  for (const char* number : {"", "0812345678"}) {
    OfPage n(number);
    n.answer();
    n.ask(n.desk, SendTracking{n.state.calls.find(n.call)->incident});
    ASSERT_FALSE(n.refusal) << n.refusal->message;
    EXPECT_EQ(*n.happened<incidents::MessageOrdered>().at(0).number.value, kLeg.value);
  }
}

TEST(PagesTest, TheSystemNeverCallsANumberThatSomebodyWroteAndAnOperatorMay) {
  OfPage n("0812345678", false);
  n.say(LegEnded{kLeg, CallEndedBy::caller, "page gone"});
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_TRUE(n.happened<tasks::RingBackPlanned>().empty());
  n.desk = n.operator_ready("b", "polres-sleman");
  n.pass(n.policy.ring_back_after + seconds(60));
  EXPECT_TRUE(n.state.calls.ringing_back.empty());
  n.ask(n.desk, CallBack{n.state.tasks.tasks.begin()->first});
  EXPECT_FALSE(n.refusal) << n.refusal->message;
  EXPECT_EQ(n.happened<calls::CallPlaced>().at(0).trunk.value, "telkom");
}

TEST(PagesTest, WithoutANumberTheTaskSaysSo) {
  OfPage n("", false);
  n.say(LegEnded{kLeg, CallEndedBy::caller, "page hung up"});
  n.desk = n.operator_ready("b", "polres-sleman");
  n.ask(n.desk, CallBack{n.state.tasks.tasks.begin()->first});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "no_number");
}

TEST(PagesTest, TheLinkGoesToThePageAlsoAfterTheOutcome) {
  OfPage n("0812345678");
  n.answer();
  const auto incident = n.state.calls.find(n.call)->incident;
  n.ask(n.desk, SetOutcome{n.call, calls::Outcome::genuine});
  n.say(LegEnded{kLeg, CallEndedBy::system, "hang-up"});
  ASSERT_FALSE(n.state.calls.find(n.call));
  n.ask(n.desk, SendTracking{incident});
  ASSERT_FALSE(n.refusal) << n.refusal->message;
  EXPECT_EQ(*n.happened<incidents::MessageOrdered>().at(0).number.value, kLeg.value);
}

TEST(PagesTest, ManyPagesAtOnceStandALittleBehindAndTheirFivesDoNotFillTheFront) {
  OfPage n("", false);
  const auto calls = [&](int which) {
    CallArrives in;
    in.leg = {"web-" + std::to_string(which)};
    in.trunk = {calls::kPageTrunk};
    in.trunk_station = {"polres-sleman"};
    in.caller = {100 + which};
    const CallId id{n.state.next.call};
    n.say(in);
    return id;
  };
  std::vector<CallId> all;
  for (int i = 1; i < n.policy.pages_at_once; ++i) all.push_back(calls(i));
  EXPECT_FALSE(n.state.calls.find(all.back())->suspected);
  all.push_back(calls(50));
  EXPECT_TRUE(n.state.calls.find(all.back())->suspected);
  all.push_back(calls(51));
  for (const auto id : all) n.say(DigitPressed{n.state.calls.find(id)->leg, "5"});
  EXPECT_TRUE(n.state.calls.find(all.at(0))->urgent);
  EXPECT_TRUE(n.state.calls.find(all.back())->silent) << "it is heard";
  EXPECT_FALSE(n.state.calls.find(all.back())->urgent);
  const auto telephone = n.arrives("polres-sleman", {7'000});
  n.say(DigitPressed{n.state.calls.find(telephone)->leg, "5"});
  EXPECT_TRUE(n.state.calls.find(telephone)->urgent);
}

TEST(PagesTest, WhoGaveUpTwiceByAPageDoesNotGoFirst) {
  OfPage n("", false);
  for (int i = 0; i < 2; ++i) {
    n.say(LegEnded{n.state.calls.find(n.call)->leg, CallEndedBy::caller, "page gone"});
    CallArrives again;
    again.leg = {"web-again" + std::to_string(i)};
    again.trunk = {calls::kPageTrunk};
    again.caller = {7};
    n.call = {n.state.next.call};
    n.say(again);
  }
  EXPECT_FALSE(n.state.calls.find(n.call)->urgent) << "two hang-ups of a page cost nothing";
}

}  // namespace
}  // namespace sigap::core
