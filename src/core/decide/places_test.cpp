// A caller's place that comes with the call as an address, or later.
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

const GeoPoint kAtSleman = *geo_point(110.35, -7.71), kAtBantul = *geo_point(110.33, -7.88);

void tells(Nation& n, CallId call, const std::optional<Location>& to, const std::string& civic = "") {
  n.say(CallerMoves{n.state.calls.find(call)->leg, to, {}, "", civic});
}

}  // namespace

TEST(PlaceTest, AWaitingCallGoesToTheStationOfItsBetterPlace) {
  Nation n;
  const auto call = n.arrives("polres-sleman", {}, Location{kAtSleman, 3000});
  tells(n, call, Location{kAtBantul, 20});
  EXPECT_EQ(n.happened<calls::CallLocated>().at(0).location.value->radius_m, 20);
  EXPECT_EQ(n.happened<calls::CallHomed>().at(0).station.value, "polres-bantul");
  EXPECT_EQ(n.happened<calls::CallHomed>().at(0).reason, calls::HomeReason::nearest);
  const auto here = n.operator_ready("a", "polres-sleman");
  EXPECT_EQ(n.op(here).state, OperatorState::offered) << "and whoever is ready is rung, as always";
}

TEST(PlaceTest, TheJurisdictionThatHoldsThePlaceCountsMoreThanTheNearestStation) {
  Nation n;
  const auto call = n.arrives("polres-sleman", {}, Location{kAtSleman, 3000});
  const auto leg = n.state.calls.find(call)->leg;
  n.say(CallerMoves{leg, Location{kAtBantul, 900}, {"polres-sleman"}, "", "", {{"polres-bantul"}}});
  EXPECT_EQ(n.state.calls.find(call)->home.value, "polres-sleman") << "across the border of the nearest one";
  EXPECT_EQ(n.state.calls.find(call)->home_reason, calls::HomeReason::location);
  EXPECT_EQ(n.state.calls.find(call)->beside, (std::vector<StationCode>{{"polres-bantul"}}));
  const auto clerk = n.operator_ready("a", "polres-sleman");
  const auto& viewer = *n.state.people.person(n.state.people.session(clerk)->person);
  const auto card = views::card(views::View{n.state, n.positions, n.policy, viewer}, call);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->beside, (std::vector<std::string>{"Polres Bantul"}));
  n.say(CallerMoves{leg, Location{moved(kAtBantul, 0, 300), 20}, {"polres-sleman"}});
  EXPECT_FALSE(n.state.calls.find(call)->beside) << "a better place: no border near";
  EXPECT_EQ(n.op(clerk).state, OperatorState::offered) << "and the ring goes on";
}

TEST(PlaceTest, ARingGoesOnAndTheRightStationRingsBesideItAtOnce) {
  Nation n;
  const auto sleman = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman", {}, Location{kAtSleman, 3000});
  const auto bantul = n.operator_ready("b", "polres-bantul");
  EXPECT_EQ(n.op(bantul).state, OperatorState::ready);
  tells(n, call, Location{kAtBantul, 20});
  EXPECT_EQ(n.op(sleman).state, OperatorState::offered);
  EXPECT_EQ(n.op(bantul).state, OperatorState::offered);
  tells(n, call, Location{kAtSleman, 10});
  EXPECT_EQ(n.state.calls.find(call)->home.value, "polres-sleman");
  n.ask(bantul, AcceptOffer{n.op(bantul).offer});
  EXPECT_EQ(n.state.calls.find(call)->operator_, n.op(bantul).person);
}

TEST(PlaceTest, WhatIsNoNewsIsNotWritten) {
  Nation n;
  const auto call = n.arrives("polres-sleman", {}, Location{kAtSleman, 50});
  tells(n, call, Location{kAtSleman, 50});
  EXPECT_TRUE(n.last.empty()) << "the same";
  tells(n, call, Location{moved(kAtSleman, 0, 30), 60});
  EXPECT_TRUE(n.last.empty()) << "known worse";
  tells(n, call, Location{*geo_point(2.35, 48.85), 10});
  EXPECT_TRUE(n.last.empty()) << "not in the country";
  tells(n, call, std::nullopt);
  EXPECT_TRUE(n.last.empty());
  n.say(CallerMoves{{"nobody"}, Location{kAtBantul, 1}, {}});
  EXPECT_TRUE(n.last.empty());
  tells(n, call, Location{moved(kAtSleman, 0, 200), 60});
  EXPECT_EQ(n.last.size(), 1u) << "moved, within the same station";
  tells(n, call, std::nullopt, "Jalan Melati 12");
  EXPECT_EQ(n.last.size(), 1u);
  EXPECT_EQ(*n.state.calls.find(call)->civic.value, "Jalan Melati 12");
  EXPECT_EQ(n.state.calls.find(call)->location.value->radius_m, 60) << "an address does not take the point away";
  tells(n, call, std::nullopt, "Jalan Melati 12");
  EXPECT_TRUE(n.last.empty());
}

TEST(PlaceTest, WhoTalksGoesOnTalkingAndTheIncidentFollowsUntilSomebodyWritesInIt) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman", {}, Location{kAtSleman, 800});
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  const auto incident = n.state.calls.find(call)->incident;
  const auto place = [&] { return *n.state.incidents.find(incident)->place.value; };
  EXPECT_EQ(place().point, kAtSleman);
  tells(n, call, Location{kAtBantul, 20}, "Jalan Melati 12");
  EXPECT_TRUE(n.happened<calls::CallHomed>().empty());
  EXPECT_EQ(n.state.calls.find(call)->operator_, n.op(desk).person);
  EXPECT_EQ(place().point, kAtBantul);
  EXPECT_EQ(place().text, "Jalan Melati 12");
  n.ask(desk, EditIncident{incident, {}, {}, incidents::Place{"depan pasar", kAtBantul}, {}, {}});
  tells(n, call, Location{kAtSleman, 10});
  EXPECT_EQ(n.state.calls.find(call)->location.value->point, kAtSleman) << "the card shows it";
  EXPECT_EQ(place().text, "depan pasar");
  EXPECT_EQ(place().point, kAtBantul) << "what an operator wrote stays";
}

TEST(PlaceTest, APlaceIsWrittenIntoAnIncidentThatHasNone) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  tells(n, call, Location{kAtSleman, 20});
  EXPECT_EQ(n.state.incidents.find(n.state.calls.find(call)->incident)->place.value->point, kAtSleman);
}

TEST(PlaceTest, AnOperatorsTransferIsNotUndone) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto b = n.operator_ready("b", "polres-bantul");
  const auto call = n.arrives("polres-sleman");
  n.ask(a, AcceptOffer{n.op(a).offer});
  n.ask(a, TransferCall{call, {"polres-bantul"}});
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  tells(n, call, Location{kAtSleman, 20});
  EXPECT_EQ(n.state.calls.find(call)->home.value, "polres-bantul");
}

TEST(PlaceTest, AnAddressComesWithTheCallAndStandsInTheIncident) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  CallArrives in;
  in.leg = {"leg1"};
  in.trunk_station = {"polres-sleman"};
  in.civic = "Jalan Melati 12, Gondokusuman";
  n.say(in);
  EXPECT_EQ(*n.happened<calls::CallArrived>().at(0).location.value->civic, in.civic);
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  EXPECT_EQ(n.state.incidents.find({1})->place.value, (incidents::Place{in.civic, std::nullopt}));
}

TEST(PlaceTest, AMessageGoesToTheNumberAsTheWorldWritesIt) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  CallArrives in;
  in.leg = {"leg1"};
  in.trunk_station = {"polres-sleman"};
  in.number = "0812-3456-789";
  n.say(in);
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  n.ask(desk, SendTracking{{1}});
  EXPECT_EQ(*n.happened<incidents::MessageOrdered>().at(0).number.value, "+628123456789");
  EXPECT_EQ(*n.state.calls.find({1})->number.value, "0812-3456-789") << "shown as it came";
}

}  // namespace sigap::core
