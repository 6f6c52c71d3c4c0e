// An incident that nobody called about: who opens it, what is known of it, what alarms and what ends the alarm.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using incidents::IncidentOpened;
using incidents::Origin;
using people::Role;
using tasks::TaskKind;

struct WithoutCall : Nation {
  SessionId desk = operator_ready("sari", "polres-sleman");
  PersonId officer = add("andi", Role::officer, "polres-sleman");
  SessionId phone = sign_in(officer);

  WithoutCall() { ask(phone, GoOnDuty{}); }

  const incidents::Incident& newest() const { return std::prev(state.incidents.incidents.end())->second; }
  std::vector<tasks::Task> alarms() const {
    std::vector<tasks::Task> all;
    for (const auto& [id, task] : state.tasks.tasks) all.push_back(task);
    return all;
  }
  /// What the officer sees goes to the desk.
  IncidentId seen() {
    ask(phone, OpenIncident{Origin::observation, {}, incidents::IncidentType::fire, "Asap tebal"});
    EXPECT_FALSE(refusal);
    return newest().id;
  }
  std::string code(SessionId by, Command command) {
    ask(by, std::move(command));
    return refusal ? refusal->code : std::string();
  }
};

}  // namespace

TEST(WithoutCall, ADeskOpensOneAndHelpIsSentAsForAnyOther) {
  WithoutCall n;
  n.ask(n.desk, OpenIncident{Origin::counter, {}, {}, {}});
  ASSERT_FALSE(n.refusal);
  const auto& incident = n.newest();
  EXPECT_FALSE(incident.call);
  EXPECT_EQ(incident.origin, Origin::counter);
  EXPECT_EQ(incident.station.value, "polres-sleman");
  EXPECT_EQ(incident.province.value, "polda-diy");
  EXPECT_FALSE(incident.place.known());
  EXPECT_TRUE(n.alarms().empty()) << "whoever opened it is on it";
  const auto id = incident.id;
  EXPECT_EQ(n.code(n.desk, SendTracking{id}), "no_number");
  EXPECT_EQ(n.code(n.desk, EditIncident{id, incidents::IncidentType::theft, {}, {}, "Motor hilang", {}}), "");
  EXPECT_EQ(n.code(n.desk, RecommendUnits{id}), "");
  EXPECT_EQ(n.code(n.desk, DispatchUnit{id, n.officer}), "");
  const auto alert = n.happened<dispatch::AlertRaised>().at(0).alert;
  EXPECT_EQ(n.code(n.phone, AdvanceAlert{alert, dispatch::AlertStatus::acknowledged}), "");
  EXPECT_EQ(n.code(n.phone, AdvanceAlert{alert, dispatch::AlertStatus::done}), "");
  EXPECT_EQ(n.code(n.desk, CloseIncident{id, incidents::Answer::handled}), "");
  n.pass(hours(1));
  EXPECT_FALSE(n.state.incidents.find(id)) << "closed, it leaves the state like others";
}

TEST(WithoutCall, ItsCardSaysHowItCameAndNamesNoCall) {
  WithoutCall n;
  n.ask(n.desk, OpenIncident{Origin::radio, {}, {}, {}});
  const auto& person = *n.state.people.person(n.op(n.desk).person);
  const auto card = views::card(views::View{n.state, n.positions, n.policy, person}, n.newest().id);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->origin, Origin::radio);
  EXPECT_FALSE(card->call);
  EXPECT_TRUE(card->mine);
  ASSERT_EQ(card->history.size(), 1u);
  EXPECT_EQ(card->history[0].by, "sari");
  // Of one that a call opened it is the other way round.
  n.ask(n.desk, BeReady{});
  n.arrives("polres-sleman");
  n.ask(n.desk, AcceptOffer{n.op(n.desk).offer});
  const auto called = views::card(views::View{n.state, n.positions, n.policy, person}, n.newest().id);
  ASSERT_TRUE(called);
  EXPECT_TRUE(called->call);
  EXPECT_EQ(called->origin, Origin::call);
  EXPECT_FALSE(n.newest().origin) << "the state is that of a program of before, which knew only calls";
}

TEST(WithoutCall, ADeskAboveOpensItForAStationBelow) {
  WithoutCall n;
  const auto above = n.operator_ready("ratna", "polda-diy");
  EXPECT_EQ(n.code(above, OpenIncident{Origin::agency, StationCode{"polres-bantul"}, {}, {}}), "");
  EXPECT_EQ(n.newest().station.value, "polres-bantul");
  EXPECT_EQ(n.code(above, OpenIncident{Origin::agency, StationCode{"polres-jayapura"}, {}, {}}), "not_allowed");
  EXPECT_EQ(n.code(above, OpenIncident{Origin::agency, StationCode{"nowhere"}, {}, {}}), "unknown");
  EXPECT_EQ(n.code(above, OpenIncident{Origin::call, {}, {}, {}}), "invalid");
  EXPECT_EQ(n.code(above, OpenIncident{Origin::agency, {}, {}, std::string(4001, 'x')}), "too_long");
}

TEST(WithoutCall, WhatAnOfficerSeesIsThereAtOnceWithTheirPlaceAndAlarms) {
  WithoutCall n;
  n.positions[n.officer] = {*geo_point(110.38, -7.76), n.now, 12};
  const auto& incident = *n.state.incidents.find(n.seen());
  EXPECT_EQ(incident.origin, Origin::observation);
  EXPECT_EQ(incident.opened_by, n.officer);
  EXPECT_EQ(incident.type, incidents::IncidentType::fire);
  EXPECT_EQ(incident.priority, incidents::Priority::p1);
  EXPECT_EQ(incident.notes.value, "Asap tebal");
  ASSERT_TRUE(incident.place.known());
  EXPECT_EQ(incident.place.value->point, *geo_point(110.38, -7.76));
  EXPECT_EQ(incident.place.value->radius_m, 12);
  ASSERT_EQ(n.alarms().size(), 1u);
  EXPECT_EQ(n.alarms()[0].kind, TaskKind::field_report);
  EXPECT_EQ(n.alarms()[0].incident, incident.id);
  EXPECT_EQ(n.alarms()[0].unit, n.officer);
  EXPECT_EQ(n.alarms()[0].station.value, "polres-sleman");
}

TEST(WithoutCall, APlaceOfLongAgoIsNone) {
  WithoutCall n;
  n.positions[n.officer] = {*geo_point(110.38, -7.76), n.now, 12};
  n.pass(minutes(10));
  EXPECT_FALSE(n.state.incidents.find(n.seen())->place.known());
}

TEST(WithoutCall, AnOfficerTellsOnlyWhatTheySeeAndOnDuty) {
  WithoutCall n;
  EXPECT_EQ(n.code(n.phone, OpenIncident{Origin::counter, {}, {}, {}}), "not_allowed");
  EXPECT_EQ(n.code(n.phone, OpenIncident{Origin::observation, StationCode{"polres-bantul"}, {}, {}}), "not_allowed");
  n.ask(n.phone, GoOffDuty{});
  EXPECT_EQ(n.code(n.phone, OpenIncident{Origin::observation, {}, {}, {}}), "off_duty");
  EXPECT_TRUE(n.state.incidents.incidents.empty());
}

TEST(WithoutCall, TheAlarmEndsWhenSomebodyAtADeskWorksOnIt) {
  const auto attends = [](const std::function<Command(WithoutCall&, IncidentId)>& what) {
    WithoutCall n;
    const auto seen = n.seen();
    n.ask(n.desk, what(n, seen));
    EXPECT_FALSE(n.refusal) << n.refusal->message;
    for (const auto& closed : n.happened<tasks::TaskClosed>()) EXPECT_EQ(closed.person, n.op(n.desk).person);
    return n.alarms().empty();
  };
  EXPECT_TRUE(attends([](auto&, auto id) { return EditIncident{id, {}, {}, {}, "Sudah dicek", {}}; }));
  EXPECT_TRUE(attends([](auto& n, auto id) { return DispatchUnit{id, n.officer}; }));
  EXPECT_TRUE(attends([](auto&, auto id) { return CloseIncident{id, incidents::Answer::handled}; }));
  EXPECT_TRUE(attends([](auto& n, auto) { return CloseTask{n.alarms()[0].id, tasks::TaskReason::false_alarm, ""}; }));
  EXPECT_TRUE(attends([](auto& n, auto id) {
    n.ask(n.desk, OpenIncident{Origin::radio, {}, {}, {}});
    return JoinIncident{id, n.newest().id};
  })) << "joined to another";
  EXPECT_TRUE(attends([](auto& n, auto id) {
    n.ask(n.desk, OpenIncident{Origin::radio, {}, {}, {}});
    return JoinIncident{n.newest().id, id};
  })) << "another joined to it";
  EXPECT_FALSE(attends([](auto&, auto id) { return RecommendUnits{id}; })) << "looking is not attending";
}

TEST(WithoutCall, AStationThatCannotSeeItSilencesNothingByJoiningToIt) {
  WithoutCall n;
  const auto point = *geo_point(110.36, -7.75);
  n.positions[n.officer] = {point, n.now, 12};
  const auto seen = n.seen();
  const auto bantul = n.operator_ready("bayu", "polres-bantul");
  n.ask(bantul, OpenIncident{Origin::radio, {}, {}, {}});
  const auto theirs = n.newest().id;
  n.ask(bantul, EditIncident{theirs, incidents::IncidentType::fire, {}, incidents::Place{"x", point}, {}, {}});
  EXPECT_EQ(n.code(bantul, EditIncident{seen, {}, {}, {}, "x", {}}), "not_allowed");
  ASSERT_EQ(n.code(bantul, JoinIncident{theirs, seen}), "") << "suggested to them";
  EXPECT_EQ(n.alarms().size(), 1u) << "nobody at its station has heard of it";
  n.ask(n.desk, EditIncident{seen, {}, {}, {}, "Sudah dicek", {}});
  EXPECT_TRUE(n.alarms().empty());
}

TEST(WithoutCall, WhoTakesItHasItAndTheOfficerIsToldWho) {
  WithoutCall n;
  const auto id = n.seen();
  const auto task = n.alarms().at(0).id;
  const auto& officer = *n.state.people.person(n.officer);
  const views::View phone{n.state, n.positions, n.policy, officer};
  ASSERT_TRUE(views::card(phone, task)) << "their own";
  EXPECT_TRUE(views::card(phone, task)->own);
  EXPECT_FALSE(views::card(phone, task)->taken_by);
  ASSERT_TRUE(views::card(phone, id));
  EXPECT_EQ(n.code(n.phone, TakeTask{task}), "not_allowed") << "a desk takes it";
  EXPECT_EQ(n.code(n.desk, TakeTask{task}), "");
  EXPECT_TRUE(views::card(phone, task)->taken_by) << "who has it, as of a call for help";
  n.ask(n.desk, EditIncident{id, {}, incidents::Priority::p2, {}, {}, {}});
  EXPECT_TRUE(n.alarms().empty());
}

TEST(WithoutCall, WhoTookItAndGoesLeavesItSoundingAgain) {
  const auto goes = [](const std::function<void(WithoutCall&)>& how) {
    WithoutCall n;
    n.state.format = 1;
    n.seen();
    const auto task = n.alarms().at(0).id;
    n.ask(n.desk, TakeTask{task});
    EXPECT_TRUE(n.alarms().at(0).taken_by);
    how(n);
    EXPECT_EQ(n.alarms().size(), 1u);
    return !n.alarms().at(0).taken_by;
  };
  EXPECT_TRUE(goes([](auto& n) { n.ask(n.desk, SignOut{}); }));
  EXPECT_TRUE(goes([](auto& n) {
    n.say(BrowserGone{n.desk});
    n.pass(minutes(2));
  })) << "lost for good";
  EXPECT_FALSE(goes([](auto& n) {
    n.say(BrowserGone{n.desk});
    n.say(BrowserAttached{n.desk});
    n.pass(minutes(2));
  })) << "a page that was loaded again";
}

TEST(WithoutCall, ItsOfficerReadsWhatDesksWriteOnlyWhenTheyAreSent) {
  WithoutCall n;
  n.positions[n.officer] = {*geo_point(110.38, -7.76), n.now, 12};
  const auto id = n.seen();
  n.ask(n.desk, EditIncident{id, {}, {}, {}, "Pelapor minta dirahasiakan", "Budi"});
  const views::View phone{n.state, n.positions, n.policy, *n.state.people.person(n.officer)};
  const auto told = views::card(phone, id);
  ASSERT_TRUE(told) << "that it is there";
  EXPECT_EQ(told->type, incidents::IncidentType::fire);
  EXPECT_FALSE(told->place);
  EXPECT_FALSE(told->notes);
  EXPECT_FALSE(told->reporter);
  n.ask(n.desk, DispatchUnit{id, n.officer});
  const auto sent = views::card(phone, id);
  ASSERT_TRUE(sent);
  EXPECT_TRUE(sent->place);
  EXPECT_TRUE(sent->notes);
}

TEST(WithoutCall, AnOfficerHasFiveThatWaitForADesk) {
  for (const std::int64_t format : {std::int64_t{1}, kFormat}) {
    WithoutCall n;
    n.state.format = format;
    for (int i = 0; i < 5; ++i) n.seen();
    EXPECT_EQ(n.code(n.phone, OpenIncident{Origin::observation, {}, {}, {}}), "unattended");
    n.ask(n.desk, EditIncident{n.newest().id, {}, {}, {}, "Sudah dicek", {}});
    EXPECT_EQ(n.code(n.phone, OpenIncident{Origin::observation, {}, {}, {}}), "");
  }
}

TEST(WithoutCall, AlarmsAndOnesOwnAreNeverLeftOutForOthers) {
  WithoutCall n;
  n.ask(n.desk, OpenIncident{Origin::counter, {}, {}, {}});
  const auto first = n.newest().id;
  n.seen();
  tasks::TaskOpened opened;
  opened.kind = TaskKind::refused_call;
  opened.station = {"polres-sleman"};
  for (std::size_t i = 0; i < views::kCardsMax + 1; ++i) {
    opened.task = {n.state.next.task};
    n.state.tasks.apply(opened, n.now);
    n.state.next.task = opened.task.value + 1;
    incidents::IncidentOpened other;
    other.incident = {n.state.next.incident++};
    other.station = {"polres-sleman"};
    n.state.incidents.apply(other, n.now, {"polda-diy"});
  }
  views::Picture picture(n.desk);
  const views::View view{n.state, n.positions, n.policy, *n.state.people.person(n.op(n.desk).person)};
  const auto update = picture.complete(view);
  const auto shows = [&](IncidentId id) {
    return std::any_of(update.incidents.begin(), update.incidents.end(),
                       [&](const auto& card) { return card.incident == id; });
  };
  EXPECT_TRUE(shows(first)) << "the oldest of all";
  EXPECT_EQ(update.incidents.size(), views::kCardsMax + 1);
  EXPECT_EQ(update.tasks.size(), views::kCardsMax + 1);
  n.seen();  // the shelf of tasks is full
  views::Touched touched;
  touched.tasks.insert(std::prev(n.state.tasks.tasks.end())->first);
  const auto news = picture.changes(view, touched);
  ASSERT_TRUE(news);
  EXPECT_EQ(news->tasks.size(), 1u);
}

TEST(WithoutCall, AColleagueOfTheOfficerIsShownNothingOfIt) {
  WithoutCall n;
  const auto id = n.seen();
  const auto other = n.add("budi", Role::officer, "polres-sleman");
  const views::View phone{n.state, n.positions, n.policy, *n.state.people.person(other)};
  EXPECT_FALSE(views::card(phone, id));
  EXPECT_FALSE(views::card(phone, n.alarms().at(0).id));
}

TEST(WithoutCall, OnePersonOpensOnlySoMany) {
  WithoutCall n;
  for (int i = 0; i < 50; ++i) ASSERT_EQ(n.code(n.desk, OpenIncident{Origin::counter, {}, {}, {}}), "");
  EXPECT_EQ(n.code(n.desk, OpenIncident{Origin::counter, {}, {}, {}}), "too_many");
  n.ask(n.desk, CloseIncident{n.newest().id, incidents::Answer::nothing_found});
  EXPECT_EQ(n.code(n.desk, OpenIncident{Origin::counter, {}, {}, {}}), "");
}

TEST(WithoutCall, InAJournalOfTheFormatBeforeItOpensWithoutItsOriginAndAlarmsAllTheSame) {
  WithoutCall n;
  n.state.format = 1;
  const auto id = n.seen();
  EXPECT_FALSE(n.happened<IncidentOpened>().at(0).origin);
  ASSERT_EQ(n.alarms().size(), 1u);
  EXPECT_EQ(n.alarms()[0].kind, TaskKind::unanswered_alarm) << "what the program before can read";
  n.ask(n.desk, EditIncident{id, {}, {}, {}, "Sudah dicek", {}});
  EXPECT_TRUE(n.alarms().empty());
}

}  // namespace sigap::core
