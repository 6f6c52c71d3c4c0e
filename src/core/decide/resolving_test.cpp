// What asks for somebody goes away by itself when somebody has done it: alarms, callbacks, an outcome nobody chose.
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using dispatch::AlertStatus;
using incidents::HappeningKind;

struct Desk : Nation {
  SessionId desk = operator_ready("a", "polres-sleman");
  IncidentId incident{1};

  explicit Desk(CallerRef caller = {}) {
    arrives("polres-sleman", caller);
    ask(desk, AcceptOffer{op(desk).offer});
  }
  std::pair<PersonId, SessionId> unit(const std::string& name) {
    const auto person = add(name, people::Role::officer, "polres-sleman");
    const auto phone = sign_in(person);
    ask(phone, GoOnDuty{});
    return {person, phone};
  }
  PersonId person() { return op(desk).person; }
  views::View view(PersonId of) { return {state, positions, policy, *state.people.person(of)}; }
  IncidentCard card() { return *views::card(view(person()), incident); }
  std::size_t alarms() const {
    std::size_t found = 0;
    for (const auto& [id, task] : state.tasks.tasks) found += task.kind == tasks::TaskKind::unanswered_alarm;
    return found;
  }
  void joined() {
    say(VoiceOpened{{"leg" + std::to_string(legs)}, "sdp"});
    say(BridgeReported{state.calls.find(op(desk).call)->offer, true, ""});
  }
};

TEST(AlarmTest, IsOverWhenAUnitAcceptsByAppOrRadio) {
  for (const bool radio : {false, true}) {
    Desk n;
    const auto [unit, phone] = n.unit("u");
    n.ask(n.desk, DispatchUnit{n.incident, unit});
    n.pass(seconds(31));
    ASSERT_EQ(n.alarms(), 1u);
    n.ask(n.desk, DispatchUnit{n.incident, unit});
    EXPECT_EQ(n.alarms(), 1u) << "asked again is not accepted";
    n.ask(radio ? n.desk : phone, AdvanceAlert{{2}, AlertStatus::acknowledged});
    EXPECT_EQ(n.alarms(), 0u);
    const auto closed = n.happened<tasks::TaskClosed>().at(0);
    EXPECT_EQ(closed.person, radio ? n.person() : unit) << "a person did it";
    EXPECT_EQ(closed.reason, tasks::TaskReason::handled);
  }
}

TEST(AlarmTest, IsOverWhenTheIncidentCloses) {
  Desk n;
  n.ask(n.desk, DispatchUnit{n.incident, n.unit("u").first});
  n.pass(seconds(31));
  n.ask(n.desk, CloseIncident{n.incident, incidents::Answer::passed_on});
  EXPECT_EQ(n.alarms(), 0u);
}

TEST(AlarmTest, StandsOnceAnIncidentUntilSomebodyTookIt) {
  Desk n;
  const auto unit = n.unit("u").first;
  for (int i = 0; i < 2; ++i) {
    n.ask(n.desk, DispatchUnit{n.incident, unit});
    n.pass(seconds(31));
  }
  EXPECT_EQ(n.alarms(), 1u);
  n.ask(n.desk, TakeTask{n.state.tasks.tasks.begin()->first});
  n.ask(n.desk, DispatchUnit{n.incident, unit});
  n.pass(seconds(31));
  EXPECT_EQ(n.alarms(), 2u) << "whoever took the first must hear that it happened again";
}

TEST(CallbackTest, OfACallerWhoIsTalkedToIsOverAtEveryStation) {
  Nation n;
  const CallerRef caller{7}, other{8};
  n.arrives("polres-sleman", caller);
  n.say(LegEnded{{"leg1"}, calls::CallEndedBy::caller, "BYE"});
  n.arrives("polres-bantul", caller);
  n.say(LegEnded{{"leg2"}, calls::CallEndedBy::caller, "BYE"});
  n.arrives("polres-sleman", other);
  n.say(LegEnded{{"leg3"}, calls::CallEndedBy::caller, "BYE"});
  ASSERT_EQ(n.state.tasks.tasks.size(), 3u);
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman", caller);
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  EXPECT_EQ(n.state.tasks.tasks.size(), 3u) << "accepted is not talked to";
  n.say(VoiceOpened{{"leg4"}, "sdp"});
  n.say(BridgeReported{n.state.calls.find(n.op(desk).call)->offer, true, ""});
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.caller, other);
  for (const auto& closed : n.happened<tasks::TaskClosed>()) {
    EXPECT_EQ(closed.person, n.op(desk).person);
    EXPECT_EQ(closed.reason, tasks::TaskReason::called_again);
  }
}

TEST(CallbackTest, OfWhomNoNumberIsKnownStays) {
  Nation n;
  n.arrives("polres-sleman");
  n.say(LegEnded{{"leg1"}, calls::CallEndedBy::caller, "BYE"});
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman");
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  n.say(VoiceOpened{{"leg2"}, "sdp"});
  n.say(BridgeReported{n.state.calls.find(n.op(desk).call)->offer, true, ""});
  EXPECT_EQ(n.state.tasks.tasks.size(), 1u);
}

calls::Outcome timed_out(Desk& n) {
  n.ask(n.desk, HangUp{n.op(n.desk).call});
  const auto self = views::self_card(n.view(n.person()), n.desk);
  EXPECT_EQ(self.outcome_by, n.now + n.policy.wrap_up_lasts) << "it is said before it happens";
  const auto by = *self.outcome_by;
  n.pass(by - n.now);
  const auto set = n.happened<calls::OutcomeSet>().at(0);
  EXPECT_TRUE(set.by_timeout);
  return set.outcome;
}

TEST(OutcomeTest, ThatNobodyChoseIsInformationOnlyWhereNothingWasReported) {
  Desk nothing;
  EXPECT_EQ(timed_out(nothing), calls::Outcome::information);
  Desk sent;
  sent.ask(sent.desk, DispatchUnit{sent.incident, sent.unit("u").first});
  EXPECT_EQ(timed_out(sent), calls::Outcome::genuine);
  Desk told;
  told.ask(told.desk, EditIncident{told.incident, incidents::IncidentType::theft, {}, {}, {}, {}});
  EXPECT_EQ(timed_out(told), calls::Outcome::genuine);
  Desk urgent;
  urgent.ask(urgent.desk, EditIncident{urgent.incident, {}, incidents::Priority::p1, {}, {}, {}});
  EXPECT_EQ(timed_out(urgent), calls::Outcome::genuine);
  EXPECT_FALSE(urgent.state.incidents.find(urgent.incident)->closed);
}

TEST(DeclineTest, AsksTheNextUnitAtOnceAndOnlyBeforeAccepting) {
  Desk n;
  const auto [first, phone] = n.unit("u1");
  const auto [second, phone2] = n.unit("u2");
  n.ask(n.desk, DispatchUnit{n.incident, first});
  n.ask(phone2, DeclineAlert{{1}});
  EXPECT_EQ(n.refusal->code, "not_allowed");
  n.ask(n.desk, DeclineAlert{{1}});
  EXPECT_EQ(n.refusal->code, "not_allowed") << "a desk cancels";
  n.ask(phone, DeclineAlert{{1}});
  ASSERT_FALSE(n.refusal);
  EXPECT_EQ(n.happened<dispatch::AlertEnded>().at(0).how, dispatch::AlertEnd::declined);
  EXPECT_EQ(n.happened<dispatch::AlertRaised>().at(0).unit, second);
  n.ask(phone2, AdvanceAlert{{2}, AlertStatus::acknowledged});
  n.ask(phone2, DeclineAlert{{2}});
  EXPECT_EQ(n.refusal->code, "busy");
  n.ask(phone, DeclineAlert{{1}});
  EXPECT_EQ(n.refusal->code, "gone");
}

TEST(DeclineTest, WhoDidNotComeIsMarkedAndComesAfterTheOthersUntilTheyGo) {
  Desk n;
  const auto [near, near_phone] = n.unit("near");
  const auto [far, far_phone] = n.unit("far");
  n.ask(n.desk, EditIncident{n.incident, {}, {}, incidents::Place{"x", *geo_point(110.35, -7.71)}, {}, {}});
  n.positions[near] = {*geo_point(110.351, -7.71), n.now};
  n.positions[far] = {*geo_point(110.39, -7.71), n.now};
  n.ask(n.desk, RecommendUnits{n.incident});
  EXPECT_EQ(n.card().picks.at(0).unit, near);
  EXPECT_FALSE(n.card().picks.at(0).lapsed);
  n.ask(n.desk, DispatchUnit{n.incident, near});
  n.ask(near_phone, DeclineAlert{{1}});
  n.ask(n.desk, CancelAlert{{2}});
  n.ask(n.desk, RecommendUnits{n.incident});
  ASSERT_EQ(n.card().picks.size(), 2u);
  EXPECT_EQ(n.card().picks.at(0).unit, far);
  EXPECT_FALSE(n.card().picks.at(0).lapsed) << "called off is not declined";
  EXPECT_EQ(n.card().picks.at(1).unit, near);
  EXPECT_TRUE(n.card().picks.at(1).lapsed);
  n.ask(n.desk, DispatchUnit{n.incident, near});
  n.ask(near_phone, AdvanceAlert{{3}, AlertStatus::acknowledged});
  n.ask(n.desk, CancelAlert{{3}});
  n.ask(n.desk, RecommendUnits{n.incident});
  EXPECT_EQ(n.card().picks.at(0).unit, near) << "they went";
}

TEST(TimelineTest, IsTheIncidentsAndSaysWhoAndWhich) {
  Desk n;
  const auto unit = n.unit("u").first;
  n.ask(n.desk, EditIncident{n.incident, {}, {}, incidents::Place{"P", {}}, {}, {}});
  n.ask(n.desk, EditIncident{n.incident, {}, {}, incidents::Place{"Pasar", {}}, {}, {}});
  n.ask(n.desk, EditIncident{n.incident, incidents::IncidentType::robbery, {}, {}, {}, {}});
  n.ask(n.desk, DispatchUnit{n.incident, unit});
  n.ask(n.desk, AdvanceAlert{{1}, AlertStatus::acknowledged});
  n.ask(n.desk, HangUp{n.op(n.desk).call});
  const auto history = n.card().history;
  std::vector<HappeningKind> kinds;
  for (const auto& line : history) kinds.push_back(line.kind);
  EXPECT_EQ(kinds,
            (std::vector{HappeningKind::opened, HappeningKind::place_set, HappeningKind::type_set,
                         HappeningKind::alert_sent, HappeningKind::alert_acknowledged, HappeningKind::call_ended}))
      << "a word is one line";
  EXPECT_EQ(history[2].type, incidents::IncidentType::robbery);
  EXPECT_EQ(history[2].priority, incidents::Priority::p1);
  EXPECT_EQ(history[3].unit, "U-u");
  EXPECT_EQ(history[3].by, "a");
  EXPECT_TRUE(history[4].radio);
  const auto colleague = n.add("b", people::Role::operator_, "polres-sleman");
  EXPECT_EQ(views::card(n.view(colleague), n.incident)->history, history);
}

TEST(TimelineTest, OfManyLinesKeepsHowItBeganAndTheNewest) {
  Desk n;
  const auto unit = n.unit("u").first;
  for (int i = 0; i < 60; ++i) {
    n.ask(n.desk, DispatchUnit{n.incident, unit});
    n.ask(n.desk, CancelAlert{{i + 1}});
  }
  const auto history = n.card().history;
  ASSERT_EQ(history.size(), incidents::kHistoryMax);
  EXPECT_EQ(history.front().kind, HappeningKind::opened);
  EXPECT_EQ(history.back().kind, HappeningKind::alert_cancelled);
}

TEST(TimelineTest, AnOfficersPhoneIsSentNone) {
  Desk n;
  const auto unit = n.unit("u").first;
  n.ask(n.desk, DispatchUnit{n.incident, unit});
  EXPECT_TRUE(views::card(n.view(unit), n.incident)->history.empty());
  EXPECT_TRUE(n.card().unit_sent);
}

TEST(TrackTest, TheReporterIsNeverToldWhatWasThoughtOfTheirReport) {
  using incidents::Answer;
  for (const auto& [answer, told] : {std::pair{Answer::handled, true},
                                     {Answer::passed_on, true},
                                     {Answer::duplicate, true},
                                     {Answer::nothing_found, true},
                                     {Answer::false_report, false},
                                     {Answer::no_police_matter, false}}) {
    Desk n;
    n.ask(n.desk, SendTracking{n.incident});
    n.ask(n.desk, CloseIncident{n.incident, answer});
    const auto card = *views::track_card(n.state, "token-hash");
    EXPECT_EQ(card.step, TrackStep::closed);
    EXPECT_EQ(card.answer.has_value(), told) << int(answer);
  }
}

TEST(BoardTest, OfASupervisorCountsEverythingBelowThem) {
  Nation n;
  n.operator_ready("a", "polres-sleman");
  n.operator_ready("b", "polres-bantul");
  n.operator_ready("c", "polres-jayapura");
  const auto board = [&](const std::string& name, people::Role role, const std::string& station) {
    const auto person = n.add(name, role, station);
    return *views::Boards(n.state).card({n.state, n.positions, n.policy, *n.state.people.person(person)});
  };
  EXPECT_EQ(board("s1", people::Role::supervisor, "polda-diy").ready, 2);
  EXPECT_EQ(board("s2", people::Role::supervisor, "mabes").ready, 3);
  EXPECT_EQ(board("s3", people::Role::supervisor, "polres-sleman").ready, 1);
  EXPECT_EQ(board("o", people::Role::operator_, "polda-diy").ready, 0) << "an operator's is their desk's";
}

TEST(StationTest, WithoutAPlaceIsRefused) {
  Nation n;
  auto station = *n.state.stations.find({"polres-sleman"});
  station.code = {"polres-baru"};
  station.point = {};
  n.say(CommandAsked{CommandLine{}, DefineStation{station}, "", ""});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->field, "station.point");
}

TEST(PlaceTest, KeepsHowExactItIs) {
  Nation n;
  const auto desk = n.operator_ready("a", "polres-sleman");
  n.arrives("polres-sleman", {}, Location{*geo_point(110.35, -7.71), 900});
  n.ask(desk, AcceptOffer{n.op(desk).offer});
  EXPECT_EQ(n.state.incidents.find({1})->place.reveal()->radius_m, 900);
  n.ask(desk, EditIncident{{1}, {}, {}, incidents::Place{"Sleman", *geo_point(110.35, -7.71), 25'000}, {}, {}});
  EXPECT_EQ(n.state.incidents.find({1})->place.reveal()->radius_m, 25'000);
  n.ask(desk, EditIncident{{1}, {}, {}, incidents::Place{"Sleman", *geo_point(110.35, -7.71), -1}, {}, {}});
  EXPECT_EQ(n.refusal->code, "invalid");
}

/// Their points are one and the same: the station's.
TEST(PlaceTest, NamesThatOnlySayWhichRegencyAreNotTheSameEvent) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman"), b = n.operator_ready("b", "polres-sleman");
  for (const auto desk : {a, b}) {
    n.arrives("polres-sleman");
    n.ask(desk, AcceptOffer{n.op(desk).offer});
  }
  const auto rough = incidents::Place{"Kec. Mlati", *geo_point(110.35, -7.71), 25'000};
  n.ask(a, EditIncident{{1}, incidents::IncidentType::theft, {}, rough, {}, {}});
  n.ask(b, EditIncident{{2}, incidents::IncidentType::theft, {}, rough, {}, {}});
  EXPECT_TRUE(n.state.incidents.find({2})->candidates.empty());
  n.ask(a, EditIncident{{1}, incidents::IncidentType::disaster, {}, {}, {}, {}});
  n.ask(b, EditIncident{{2}, incidents::IncidentType::disaster, {}, {}, {}, {}});
  EXPECT_EQ(n.state.incidents.find({2})->candidates.size(), 1u) << "a disaster is the regency's";
}

}  // namespace
}  // namespace sigap::core
