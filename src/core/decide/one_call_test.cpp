// The rules as stories: given what happened, when something arrives, then these events.
#include "core/effect.h"
#include "core/testing/nation_of_tests.h"

namespace sigap::core {

TEST(DistributionTest, AnIdleOperatorAtHomeIsRungAtOnce) {
  Nation n;
  n.operator_ready("desk", "polda-diy");
  const auto sleman = n.operator_ready("sleman", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  const auto offers = n.happened<distribution::CallOffered>();
  ASSERT_EQ(offers.size(), 1u);
  EXPECT_EQ(offers[0].call, call);
  EXPECT_EQ(offers[0].tier, distribution::Tier::home);
  EXPECT_EQ(n.op(sleman).state, OperatorState::offered);
}

TEST(DistributionTest, OverflowGoesToTheDeskThenTheProvinceThenTheNation) {
  Nation n;
  n.operator_ready("papua", "polres-jayapura");
  n.operator_ready("bantul", "polres-bantul");
  n.operator_ready("desk", "polda-diy");
  std::vector<distribution::Tier> tiers;
  for (int i = 0; i < 3; ++i) {
    n.arrives("polres-sleman");
    tiers.push_back(n.happened<distribution::CallOffered>().at(0).tier);
  }
  using distribution::Tier;
  EXPECT_EQ(tiers, (std::vector{Tier::province_desk, Tier::province, Tier::nation}));
}

TEST(DistributionTest, ASecondOperatorRingsAfterFiveSecondsAndTheFirstAnswerWins) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman"), b = n.operator_ready("b", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.pass(seconds(6));
  ASSERT_EQ(n.op(a).state, OperatorState::offered);
  ASSERT_EQ(n.op(b).state, OperatorState::offered);
  const auto offer_a = n.op(a).offer, offer_b = n.op(b).offer;
  n.ask(b, AcceptOffer{offer_b});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
  n.ask(a, AcceptOffer{offer_a});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "taken");
  EXPECT_EQ(n.state.calls.find(call)->operator_, n.op(b).person);
}

TEST(DistributionTest, AMissedOfferSetsTheOperatorAsideAndTheCallGoesOn) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.pass(seconds(11));
  EXPECT_EQ(n.op(a).state, OperatorState::not_ready);
  EXPECT_EQ(n.op(a).reason, people::NotReadyReason::missed);
  EXPECT_TRUE(n.state.calls.waiting.contains(call));
  n.ask(a, BeReady{});
  EXPECT_EQ(n.op(a).state, OperatorState::offered) << "who waits is offered at once";
}

TEST(DistributionTest, ALostBrowserReturnsItsOfferAtOnce) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman"), b = n.operator_ready("b", "polres-bantul");
  n.arrives("polres-sleman");
  n.say(BrowserGone{a});
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  n.say(BrowserAttached{a});
  EXPECT_EQ(n.op(a).state, OperatorState::ready) << "a blip leaves them as they were";
}

TEST(CallTest, ALocationDecidesTheHomeAndTheReasonIsRecorded) {
  Nation n;
  n.arrives("polda-papua", {}, Location{*geo_point(110.33, -7.9), 50});
  const auto homed = n.happened<calls::CallHomed>().at(0);
  EXPECT_EQ(homed.station.value, "polres-bantul");
  EXPECT_EQ(homed.reason, calls::HomeReason::nearest);
  n.arrives("");
  EXPECT_EQ(n.happened<calls::CallHomed>().at(0).station.value, "mabes");
}

TEST(CallTest, HangingUpBeforeAnAnswerOpensOneTaskPerCaller) {
  Nation n;
  n.arrives("polres-sleman", {7});
  n.pass(seconds(6));
  n.say(LegEnded{{"leg1"}, calls::CallEndedBy::caller, "CANCEL"});
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_FALSE(n.state.tasks.tasks.begin()->second.short_ring);
  n.arrives("polres-sleman", {7});
  n.say(LegEnded{{"leg2"}, calls::CallEndedBy::caller, "CANCEL"});
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.calls, 2);
  EXPECT_TRUE(n.state.calls.calls.empty());
}

TEST(CallTest, ARefusedCallIsATask) {
  Nation n;
  CallArrives in;
  in.leg = {"leg"};
  in.admission = calls::Admission::refused;
  n.say(in);
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.kind, tasks::TaskKind::refused_call);
}

TEST(CallTest, WhyACallIsTurnedAwayIsInTheJournalAndSaidAsItIs) {
  Nation n;
  CallArrives in;
  in.leg = {"leg"};
  in.number = "+62811";
  in.admission = calls::Admission::refused;
  in.refused = calls::Refused{488, "no codec that we carry"};
  n.say(in);
  const auto admitted = n.happened<calls::CallAdmitted>();
  ASSERT_TRUE(admitted.size() == 1 && admitted[0].refused);
  const auto effect = effect_of(admitted[0]);
  ASSERT_TRUE(effect && std::holds_alternative<RefuseCall>(*effect));
  EXPECT_EQ(std::get<RefuseCall>(*effect).status, 488);
  EXPECT_EQ(n.happened<calls::CallEnded>().at(0).cause, "refused: no codec that we carry");
  EXPECT_EQ(n.state.calls.leg({"leg"})->refused_with, 488) << "a new process says the same";
  EXPECT_EQ(n.state.tasks.tasks.size(), 1u);
}

TEST(CallTest, WhatDescribesAVoiceAnewIsAnsweredFromTheJournal) {
  Nation n;
  n.arrives("polres-sleman");
  const auto leg = n.state.calls.calls.begin()->second.leg;
  n.say(VoiceOpened{leg, "ours 1"});
  n.say(LegConfirmed{leg});
  n.say(VoiceRenegotiated{leg, "ours 2", "INVITE again", true});
  const auto event = n.happened<calls::CallRenegotiated>();
  ASSERT_EQ(event.size(), 1u);
  const auto effect = effect_of(event[0]);
  ASSERT_TRUE(effect && std::holds_alternative<AnswerCall>(*effect));
  EXPECT_EQ(std::get<AnswerCall>(*effect).sdp, "ours 2");
  EXPECT_EQ(n.state.calls.leg(leg)->our_sdp, "ours 2");
  EXPECT_FALSE(n.state.calls.leg(leg)->told) << "until they confirm it";
  EXPECT_EQ(n.state.calls.leg(leg)->described_at, n.state.position);
  n.say(LegConfirmed{leg});
  EXPECT_TRUE(n.state.calls.leg(leg)->told);
  n.say(VoiceRenegotiated{leg, "ours 2", "ACK", false});
  EXPECT_FALSE(effect_of(n.happened<calls::CallRenegotiated>().at(0))) << "theirs was the answer";
  EXPECT_TRUE(n.state.calls.leg(leg)->told);
  n.say(VoiceRenegotiated{{"nobody's"}, "ours", "INVITE", true});
  EXPECT_TRUE(n.last.empty());
}

TEST(CallTest, ATestCallNeverReachesAnOperator) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  CallArrives in;
  in.kind = calls::CallKind::test;
  in.leg = {"leg"};
  in.trunk_station = {"polres-sleman"};
  n.say(in);
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
  n.pass(seconds(61));
  EXPECT_TRUE(n.state.calls.calls.empty());
  EXPECT_TRUE(n.state.tasks.tasks.empty());
}

TEST(CallTest, ADeadBrowserInACallGivesTheCallerBackToTheQueueInFront) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.ask(a, AcceptOffer{n.op(a).offer});
  n.say(BridgeReported{n.state.calls.find(call)->offer, true, ""});
  n.say(BrowserGone{a});
  n.pass(seconds(14));
  EXPECT_EQ(n.state.calls.find(call)->state, calls::CallState::talking) << "the grace";
  n.pass(seconds(2));
  EXPECT_TRUE(n.state.calls.waiting.contains(call));
  EXPECT_EQ(n.op(a).state, OperatorState::not_ready);
  const auto b = n.operator_ready("b", "polres-bantul");
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  const auto incident = n.state.calls.find(call)->incident;
  n.ask(b, AcceptOffer{n.op(b).offer});
  EXPECT_EQ(n.state.calls.find(call)->incident, incident) << "the draft goes with the call";
}

TEST(PeopleTest, ASecondSignInReplacesTheFirstButNotInTheMiddleOfACall) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto person = n.op(a).person;
  n.arrives("polres-sleman");
  n.ask(a, AcceptOffer{n.op(a).offer});
  n.say(SignIn{person, "other"});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "in_call");
  n.ask(a, SetOutcome{{1}, calls::Outcome::genuine});
  n.say(SignIn{person, "other"});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.happened<people::SessionEnded>().at(0).how, people::SessionEnd::replaced);
  n.ask(a, BeReady{});
  EXPECT_EQ(n.refusal->code, "signed_out");
}

TEST(PeopleTest, DisablingSomeoneEndsTheirSession) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto person = n.op(a).person;
  n.say(CommandAsked{CommandLine{}, DisablePerson{person}, "", ""});
  EXPECT_EQ(n.happened<people::SessionEnded>().at(0).how, people::SessionEnd::disabled);
  n.say(SignIn{person, "x"});
  EXPECT_EQ(n.refusal->code, "disabled");
}

TEST(PeopleTest, ReadyNeedsTheHeadsetTest) {
  Nation n;
  const auto session = n.sign_in(n.add("a", people::Role::operator_, "polres-sleman"));
  n.ask(session, BeReady{});
  EXPECT_EQ(n.refusal->code, "headset");
}

TEST(AccessTest, AWrongRoleIsRefusedAndAudited) {
  Nation n;
  const auto officer = n.sign_in(n.add("o", people::Role::officer, "polres-sleman"));
  n.ask(officer, AddPerson{"x", "x", people::Role::administrator, {"mabes"}, "", "p"});
  EXPECT_EQ(n.refusal->code, "not_allowed");
  ASSERT_EQ(n.happened<people::CommandRefused>().size(), 1u);
  EXPECT_EQ(n.happened<people::CommandRefused>()[0].command, "add_person");
  EXPECT_EQ(n.last.size(), 1u) << "nothing else changed";
}

TEST(IndexesTest, APointGoesToTheNearestDistrictStation) {
  Nation n;
  EXPECT_EQ(n.state.indexes.nearest_district(*geo_point(110.36, -7.72))->code.value, "polres-sleman");
  EXPECT_EQ(n.state.indexes.nearest_district(*geo_point(110.33, -7.95))->code.value, "polres-bantul");
  EXPECT_FALSE(State{}.indexes.nearest_district(*geo_point(110.33, -7.95)));
}

/// Its units were looked for in the old province for ever, busy or at home.
TEST(DispatchTest, ADistrictThatGoesToAnotherProvinceTakesItsUnitsAlong) {
  Nation n;
  const auto unit = n.add("u", people::Role::officer, "polres-sleman");
  const auto phone = n.sign_in(unit);
  n.ask(phone, GoOnDuty{});
  EXPECT_EQ(n.state.indexes.free_units[{"polda-diy"}], UnitSet{unit});
  auto moved = *n.state.stations.find({"polres-sleman"});
  moved.parent = {"polda-papua"};
  moved.point = *geo_point(140.7, -2.5);
  n.operator_ready("o", "polres-sleman");
  n.say(DefineStations{{moved}});
  Indexes anew;
  anew.rebuild(n.state);
  EXPECT_EQ(n.state.indexes.free_units, anew.free_units);
  EXPECT_EQ(n.state.indexes.below, anew.below);
  EXPECT_EQ(n.state.indexes.neighbours, anew.neighbours);
  EXPECT_EQ(n.state.indexes.ready, anew.ready);
  EXPECT_TRUE(anew.neighbours.at({"polres-bantul"}).empty());
  n.ask(phone, GoOffDuty{});
  EXPECT_TRUE(n.state.indexes.free_units[{"polda-diy"}].empty());
  EXPECT_TRUE(n.state.indexes.free_units[{"polda-papua"}].empty());
}

TEST(DispatchTest, AnUnansweredAlertMovesOnAndEndsAsAnAlarm) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  const auto near = n.add("near", people::Role::officer, "polres-sleman"),
             far = n.add("far", people::Role::officer, "polres-sleman");
  n.ask(n.sign_in(near), GoOnDuty{});
  n.ask(n.sign_in(far), GoOnDuty{});
  n.positions[near] = {*geo_point(110.351, -7.71), n.now};
  n.positions[far] = {*geo_point(110.4, -7.71), n.now};
  n.arrives("polres-sleman", {}, Location{*geo_point(110.35, -7.71), 10});
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  const IncidentId incident{1};
  n.ask(desk, RecommendUnits{incident});
  const auto picks = n.happened<dispatch::UnitsRecommended>().at(0).picks;
  ASSERT_EQ(picks.size(), 2u);
  EXPECT_EQ(picks[0].unit, near);
  n.ask(desk, DispatchUnit{incident, near});
  n.pass(seconds(31));
  ASSERT_EQ(n.state.dispatch.alerts.size(), 1u);
  EXPECT_EQ(n.state.dispatch.alerts.begin()->second.unit, far);
  EXPECT_TRUE(n.state.tasks.tasks.empty());
  n.pass(seconds(30));
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.kind, tasks::TaskKind::unanswered_alarm);
}

TEST(DispatchTest, TheStationSpeaksForAUnitOnTheRadioAndItIsRecordedAsSuch) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  const auto unit = n.add("u", people::Role::officer, "polres-sleman");
  const auto phone = n.sign_in(unit);
  n.ask(phone, GoOnDuty{});
  n.arrives("polres-sleman");
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  n.ask(desk, DispatchUnit{{1}, unit});
  n.say(AlertShown{phone, {1}});
  n.ask(phone, AdvanceAlert{{1}, dispatch::AlertStatus::acknowledged});
  EXPECT_EQ(n.happened<dispatch::AlertAdvanced>().at(0).via, dispatch::Via::app);
  n.ask(desk, AdvanceAlert{{1}, dispatch::AlertStatus::en_route});
  EXPECT_EQ(n.happened<dispatch::AlertAdvanced>().at(0).via, dispatch::Via::radio);
  n.ask(phone, AdvanceAlert{{1}, dispatch::AlertStatus::acknowledged});
  EXPECT_EQ(n.refusal->code, "not_forward");
  n.ask(phone, GoOffDuty{});
  EXPECT_EQ(n.refusal->code, "busy");
  n.ask(phone, RequestHelp{});
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.kind, tasks::TaskKind::officer_help);
}

TEST(DispatchTest, ACallForHelpReachesTheUnitsNearOfWhateverStationAndNobodyTakesTheirOwn) {
  Nation n;
  const auto on_duty = [&](const std::string& name, const std::string& station, double longitude) {
    const auto unit = n.add(name, people::Role::officer, station);
    const auto phone = n.sign_in(unit);
    n.ask(phone, GoOnDuty{});
    n.positions[unit] = {*geo_point(longitude, -7.7), n.now};
    return std::pair(unit, phone);
  };
  const auto [asking, phone] = on_duty("u1", "polres-sleman", 110.360);
  const auto [near, near_phone] = on_duty("u2", "polres-bantul", 110.362);
  const auto [far, far_phone] = on_duty("u3", "polres-bantul", 110.460);
  n.ask(phone, RequestHelp{});
  const auto& task = n.state.tasks.tasks.begin()->second;
  EXPECT_EQ(task.helpers, std::vector<PersonId>{near});
  EXPECT_EQ(*task.place.reveal(), *geo_point(110.360, -7.7));
  n.ask(phone, TakeTask{task.id});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "one's own call for help";
  n.ask(far_phone, TakeTask{task.id});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "another station, and not near";
  n.ask(near_phone, TakeTask{task.id});
  EXPECT_FALSE(n.refusal);
}

TEST(CallTest, ATransferRingsAtTheOtherStationWithItsIncidentAndComesBackWhenNobodyTakesIt) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto call = n.arrives("polres-sleman");
  n.ask(a, AcceptOffer{n.op(a).offer});
  const auto incident = n.state.calls.find(call)->incident;
  n.ask(a, TransferCall{call, {"polres-bantul"}});
  EXPECT_EQ(n.refusal->code, "nobody_ready");
  EXPECT_EQ(n.op(a).state, OperatorState::talking) << "a refused transfer changes nothing";
  const auto b = n.operator_ready("b", "polres-bantul");
  n.ask(a, TransferCall{call, {"polres-nowhere"}});
  EXPECT_EQ(n.refusal->code, "unknown");
  n.ask(a, TransferCall{call, {"polres-bantul"}});
  EXPECT_EQ(n.op(b).state, OperatorState::offered);
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
  EXPECT_EQ(n.state.calls.find(call)->home_reason, calls::HomeReason::transferred);
  n.pass(seconds(5));
  EXPECT_EQ(n.op(a).state, OperatorState::offered) << "not taken: whoever gave it away is asked as well";
  n.ask(b, AcceptOffer{n.op(b).offer});
  EXPECT_EQ(n.state.calls.find(call)->incident, incident);
  EXPECT_EQ(n.op(a).state, OperatorState::ready);
}

TEST(CallTest, ACallerOnHoldIsNotForgotten) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  const auto b = n.operator_ready("b", "polres-bantul");
  const auto call = n.arrives("polres-sleman");
  const auto offer = n.op(a).offer;
  n.ask(a, AcceptOffer{offer});
  n.ask(a, HoldCall{call});
  EXPECT_EQ(n.refusal->code, "not_yet");
  n.say(VoiceOpened{{"leg1"}, "sdp"});
  n.say(BridgeReported{offer, true, ""});
  n.ask(b, HoldCall{call});
  EXPECT_EQ(n.refusal->code, "not_allowed");
  n.ask(a, HoldCall{call});
  EXPECT_EQ(n.state.calls.find(call)->held, n.now);
  n.ask(a, ResumeCall{call});
  EXPECT_FALSE(n.state.calls.find(call)->held);
  n.ask(a, HoldCall{call});
  n.pass(seconds(61));
  EXPECT_FALSE(n.state.calls.find(call)->held) << "after a minute they hear the operator again";
  n.ask(a, HoldCall{call});
  n.say(VoiceLost{{"leg1"}});
  n.say(VoiceOpened{{"leg1"}, "sdp"});
  n.say(BridgeReported{offer, true, ""});
  EXPECT_FALSE(n.state.calls.find(call)->held) << "a new voice path joins the two";
}

TEST(CallTest, APlaceOutsideOfTheCountryIsNotBelievedAndTheCallIsKept) {
  Nation n;
  const auto paris = n.arrives("polres-sleman", {}, Location{*geo_point(2.35, 48.85), 30});
  EXPECT_EQ(n.state.calls.find(paris)->home.value, "polres-sleman");
  EXPECT_FALSE(n.state.calls.find(paris)->location.known());
  EXPECT_EQ(n.state.calls.find(paris)->location_note, "location is not in the country");
  const auto at_sea = n.arrives("polres-sleman", {}, Location{*geo_point(110.3, -9.5), 30});
  EXPECT_TRUE(n.state.calls.find(at_sea)->location.known());
}

TEST(IncidentTest, WhatBecameOfTheLinkIsKnownAndAFailedOneIsSentAgainByAPerson) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  const auto& link = n.state.incidents.find({1})->link;
  n.ask(desk, SendTracking{{1}});
  EXPECT_EQ(link, incidents::LinkState::on_its_way);
  const EffectId first{n.state.position};
  n.say(EffectsReported{{{first, EffectOutcome::dropped, "the process died before it was reported"}}});
  EXPECT_EQ(link, incidents::LinkState::failed);
  n.ask(desk, SendTracking{{1}});
  const EffectId second{n.state.position};
  n.say(EffectsReported{{{first, EffectOutcome::done, ""}}});  // late, and not outstanding
  EXPECT_EQ(link, incidents::LinkState::on_its_way);
  n.say(EffectsReported{{{second, EffectOutcome::done, ""}}});
  EXPECT_EQ(link, incidents::LinkState::sent);
}

TEST(EffectTest, WhatIsDoneIsWrittenTogetherAndWhatFailedByItself) {
  Nation n;
  n.arrives("polres-sleman");
  const EffectId first = *n.state.outstanding.begin();
  n.arrives("polres-sleman");
  n.arrives("polres-sleman");
  const std::vector<EffectId> all(n.state.outstanding.begin(), n.state.outstanding.end());
  ASSERT_EQ(all.size(), 3u);
  const EffectId unknown{999'999};
  n.say(EffectsReported{{{first}, {all[1], EffectOutcome::failed, "no media"}, {unknown}, {all[2]}}});
  ASSERT_EQ(n.last.size(), 2u);
  EXPECT_EQ(n.happened<EffectSettled>().at(0).effect, all[1]);
  EXPECT_EQ(n.happened<EffectSettled>().at(0).note, "no media");
  EXPECT_EQ(n.happened<EffectsDone>().at(0).effects, (std::vector<EffectId>{first, all[2]}));
  EXPECT_FALSE(n.last.front().actor) << "nobody asked for it";
  EXPECT_TRUE(n.state.outstanding.empty());
  n.say(EffectsReported{{{first}, {unknown}}});
  EXPECT_TRUE(n.last.empty()) << "said again";
}

TEST(IncidentTest, TrackingIsSentOnceOrderedAndEndsADayAfterClosing) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  n.ask(desk, SendTracking{{1}});
  const auto message = n.happened<incidents::MessageOrdered>().at(0);
  EXPECT_NE(message.text.value->find("/lacak#token"), std::string::npos);
  EXPECT_NE(n.state.incidents.by_token("token-hash"), nullptr);
  n.ask(desk, CloseIncident{{1}, incidents::Answer::handled});
  n.pass(hours(23));
  EXPECT_NE(n.state.incidents.by_token("token-hash"), nullptr);
  n.pass(hours(2));
  EXPECT_EQ(n.state.incidents.by_token("token-hash"), nullptr);
}

TEST(ReplayTest, TheFoldOfTheEventsIsTheState) {
  Nation n;
  std::vector<Event> journal;
  State again;
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  State before = n.state;
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  for (const auto& event : n.last) apply(before, event);
  EXPECT_EQ(before.position, n.state.position);
  EXPECT_EQ(before.timers.by_time, n.state.timers.by_time);
  EXPECT_EQ(before.outstanding, n.state.outstanding);
}

}  // namespace sigap::core
