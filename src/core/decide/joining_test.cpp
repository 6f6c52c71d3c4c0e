// One event, many callers: what is suggested, what joining and splitting do, what is refused.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using incidents::IncidentType;

const GeoPoint kSleman = *geo_point(110.36, -7.70);
GeoPoint north_of(GeoPoint from, double metres) {
  return *geo_point(longitude_deg(from), latitude_deg(from) + metres / 111'195);
}

/// A nation with operators who answer; each call is one incident.
struct Town : Nation {
  SessionId desk = operator_ready("a", "polres-sleman");
  SessionId province = sign_in(add("desk", people::Role::operator_, "polda-diy"));
  SessionId elsewhere = sign_in(add("b", people::Role::operator_, "polres-bantul"));
  SessionId unit = sign_in(add("unit", people::Role::officer, "polres-sleman"));
  SessionId unit2 = sign_in(add("unit2", people::Role::officer, "polres-sleman"));

  PersonId person(SessionId session) { return state.people.session(session)->person; }

  /// Called, answered by `by`, and put down as genuine.
  IncidentId report(std::optional<GeoPoint> at, const std::string& station = "polres-sleman", SessionId by = {}) {
    if (!by) by = desk;
    const auto incident = answered(at, station, by);
    ask(by, SetOutcome{state.incidents.find(incident)->call, calls::Outcome::genuine});
    return incident;
  }
  IncidentId answered(std::optional<GeoPoint> at, const std::string& station = "polres-sleman", SessionId by = {}) {
    if (!by) by = desk;
    ask(by, PassHeadset{});
    ask(by, BeReady{});
    const auto call = arrives(station, {}, at ? std::optional(Location{*at, 50}) : std::nullopt);
    ask(by, AcceptOffer{op(by).offer});
    EXPECT_FALSE(refusal);
    return state.calls.find(call)->incident;
  }
  void classify(IncidentId id, IncidentType type) { ask(desk, EditIncident{id, type, {}, {}, {}, {}}); }
  void move(IncidentId id, GeoPoint point) {
    ask(desk, EditIncident{id, {}, {}, incidents::Place{"x", point}, {}, {}});
  }
  void join(IncidentId incident, IncidentId into, SessionId by = {}) {
    ask(by ? by : desk, JoinIncident{incident, into});
  }
  void split(IncidentId incident, SessionId by = {}) { ask(by ? by : desk, SplitIncident{incident}); }
  std::string code() const { return refusal ? refusal->code : ""; }
  const incidents::Incident& at(IncidentId id) { return *state.incidents.find(id); }
  std::vector<std::int64_t> candidates(IncidentId id) {
    std::vector<std::int64_t> ids;
    for (const auto& candidate : at(id).candidates) ids.push_back(candidate.incident.value);
    return ids;
  }
  std::optional<IncidentCard> card(IncidentId id, SessionId by = {}) {
    const auto& viewer = *state.people.person(person(by ? by : desk));
    return views::card({state, positions, policy, viewer}, id);
  }
};

}  // namespace

TEST(LikenTest, AReportIsLikenedWhenItIsOpenedMovedOrClassifiedAndOnlyAChangeIsWritten) {
  Town n;
  const auto first = n.report(kSleman);
  EXPECT_TRUE(n.candidates(first).empty());
  const auto second = n.report(north_of(kSleman, 300));
  EXPECT_EQ(n.candidates(second), std::vector{first.value});
  EXPECT_EQ(n.at(second).candidates[0].distance_m, 300);
  n.ask(n.desk, EditIncident{second, {}, {}, {}, "more words", {}});
  EXPECT_TRUE(n.happened<incidents::IncidentLikened>().empty());
  n.classify(second, IncidentType::fire);
  EXPECT_TRUE(n.happened<incidents::IncidentLikened>().empty()) << "found again, nothing new";
  n.move(second, north_of(kSleman, 3'000));
  ASSERT_EQ(n.happened<incidents::IncidentLikened>().size(), 1u);
  EXPECT_TRUE(n.candidates(second).empty());
  n.classify(first, IncidentType::disaster);
  n.classify(second, IncidentType::unknown);
  EXPECT_EQ(n.candidates(second), std::vector{first.value}) << "within a disaster's reach";
}

TEST(LikenTest, WhatIsOldClosedJoinedFarOrWithoutAPointIsNot) {
  Town n;
  const auto old = n.report(kSleman);
  n.pass(minutes(31));
  const auto closed = n.report(kSleman);
  n.ask(n.desk, CloseIncident{closed});
  const auto root = n.report(kSleman);
  const auto joined = n.report(kSleman);
  n.join(joined, root);
  const auto nowhere = n.report(std::nullopt);
  EXPECT_TRUE(n.candidates(nowhere).empty());
  const auto newest = n.report(kSleman);
  EXPECT_EQ(n.candidates(newest), std::vector{root.value});
  EXPECT_TRUE(n.candidates(old).empty());
}

TEST(LikenTest, AnOldEventThatIsStillReportedIsNotOld) {
  Town n;
  const auto root = n.report(kSleman);
  n.pass(minutes(20));
  const auto later = n.report(kSleman);
  n.join(later, root);
  n.pass(minutes(20));
  const auto newest = n.report(kSleman);
  EXPECT_EQ(n.candidates(newest), std::vector{root.value});
}

TEST(LikenTest, AcrossABorderThatIsNearAndNotAcrossTheNation) {
  Town n;
  const auto here = n.report(kSleman);
  // Nobody knew where this caller was; the operator found out.
  const auto stray = n.report(std::nullopt, "");
  n.ask(n.province, EditIncident{stray, {}, {}, incidents::Place{"x", kSleman}, {}, {}});
  n.move(stray, kSleman);
  EXPECT_EQ(n.candidates(stray), std::vector{here.value});
  const auto papua = n.report(*geo_point(140.5, -2.6), "polres-jayapura");
  EXPECT_TRUE(n.candidates(papua).empty());
}

TEST(JoinTest, TheRootCountsAndEveryReportKeepsItsOwn) {
  Town n;
  const auto root = n.report(kSleman), report = n.report(kSleman);
  n.ask(n.desk, EditIncident{report, IncidentType::medical, {}, {}, "own words", "own name"});
  n.ask(n.desk, SendTracking{report});
  n.join(report, root);
  ASSERT_EQ(n.happened<incidents::IncidentJoined>().size(), 1u);
  EXPECT_EQ(n.card(root)->reporters, 2);
  EXPECT_EQ(n.card(report)->into, root);
  EXPECT_EQ(n.card(report)->reporters, 1);
  EXPECT_EQ(n.at(report).notes.value, "own words");
  EXPECT_EQ(n.at(report).type, IncidentType::medical);
  EXPECT_EQ(n.state.incidents.by_token("token-hash")->id, report);
  EXPECT_TRUE(n.card(root)->alike.empty());
  n.split(report);
  EXPECT_EQ(n.card(root)->reporters, 1);
  EXPECT_FALSE(n.card(report)->into);
  EXPECT_EQ(n.card(report)->alike.at(0).incident, root) << "may be joined again";
}

TEST(JoinTest, NeverAChainAndAnEventWithReportsBringsThemAlong) {
  Town n;
  const auto a = n.report(kSleman), a1 = n.report(kSleman), b = n.report(kSleman), b1 = n.report(kSleman);
  n.join(a1, a);
  n.join(b, a1);
  EXPECT_EQ(n.at(b).root, a) << "to the root of what was named";
  n.split(b);
  n.join(b1, b);
  n.join(b, a);
  EXPECT_EQ(n.state.incidents.event_of(b1), (std::vector{a, a1, b, b1}));
  EXPECT_EQ(n.card(a)->reporters, 4);
  n.split(b);
  EXPECT_EQ(n.state.incidents.event_of(b), (std::vector{b, b1})) << "what came along leaves along";
  EXPECT_EQ(n.state.incidents.event_of(a), (std::vector{a, a1}));
  n.join(b, a);
  n.split(b1);
  EXPECT_EQ(n.happened<incidents::IncidentSplit>().at(0).from, a);
  EXPECT_EQ(n.state.incidents.event_of(b1), std::vector{b1});
  n.split(b);
  EXPECT_EQ(n.state.incidents.event_of(b), std::vector{b});
}

TEST(JoinTest, WhatMayNotBeIsRefused) {
  Town n;
  const auto a = n.report(kSleman), b = n.report(kSleman), c = n.report(kSleman), closed = n.report(kSleman);
  n.ask(n.desk, CloseIncident{closed});
  n.join({99}, a);
  EXPECT_EQ(n.code(), "unknown");
  n.join(a, {99});
  EXPECT_EQ(n.code(), "unknown");
  n.split({99});
  EXPECT_EQ(n.code(), "unknown");
  n.join(a, a);
  EXPECT_EQ(n.code(), "same");
  n.join(closed, a);
  EXPECT_EQ(n.code(), "closed");
  n.join(a, closed);
  EXPECT_EQ(n.code(), "closed");
  n.split(closed);
  EXPECT_EQ(n.code(), "closed");
  n.split(a);
  EXPECT_EQ(n.code(), "not_joined");
  n.join(b, a);
  EXPECT_EQ(n.code(), "");
  n.join(a, b);
  EXPECT_EQ(n.code(), "same") << "no cycle";
  n.join(b, a);
  EXPECT_EQ(n.code(), "same");
  n.join(b, c);
  EXPECT_EQ(n.code(), "joined") << "split it first";
  for (const Command& alone : {Command{CloseIncident{b}}, Command{RecommendUnits{b}}, Command{JoinSimilar{b}},
                               Command{DispatchUnit{b, n.person(n.unit)}}}) {
    n.ask(n.desk, alone);
    EXPECT_EQ(n.code(), "joined");
    EXPECT_NE(n.refusal->message.find("incident " + std::to_string(a.value)), std::string::npos);
  }
  n.ask(n.desk, EditIncident{b, {}, {}, {}, "its own words go on", {}});
  EXPECT_EQ(n.code(), "");
}

TEST(JoinTest, ReachOrASuggestionIsNeeded) {
  Town n;
  const auto here = n.report(kSleman);
  const auto far = n.report(north_of(kSleman, -15'000), "polres-bantul");  // homed by its place, answered at Sleman
  ASSERT_EQ(n.at(far).station.value, "polres-bantul");
  const auto theirs = n.report(north_of(kSleman, -15'000), "polres-bantul", n.elsewhere);
  n.join(theirs, here, n.elsewhere);
  EXPECT_EQ(n.code(), "not_allowed");
  EXPECT_EQ(n.refusal->field, "into");
  n.join(here, theirs, n.elsewhere);
  EXPECT_EQ(n.code(), "not_allowed");
  EXPECT_EQ(n.refusal->field, "incident");
  n.join(theirs, here, n.unit);
  EXPECT_EQ(n.code(), "not_allowed") << "not an officer's";
  // A disaster reaches both: what was suggested may be joined, and is shown without anything personal.
  n.classify(here, IncidentType::disaster);
  n.ask(n.elsewhere, EditIncident{theirs, IncidentType::disaster, {}, {}, {}, {}});
  ASSERT_EQ(n.card(theirs, n.elsewhere)->alike.at(0).incident, here);
  EXPECT_FALSE(n.card(here, n.elsewhere)) << "the other caller's report stays closed to them";
  n.join(theirs, here, n.elsewhere);
  EXPECT_EQ(n.code(), "");
  EXPECT_FALSE(n.card(here, n.elsewhere));
  ASSERT_TRUE(n.card(theirs, n.desk)) << "who handles the event hears all its callers";
  EXPECT_TRUE(n.card(theirs, n.desk)->place);
  n.split(theirs, n.desk);
  EXPECT_EQ(n.code(), "");
  n.join(here, far, n.province);
  EXPECT_EQ(n.code(), "") << "the province reaches both";
}

TEST(JoinTest, HelpThatWasSentGoesOnAndIsTheEvents) {
  Town n;
  const auto root = n.report(kSleman);
  const auto report = n.answered(kSleman);
  n.ask(n.unit, GoOnDuty{});
  n.ask(n.unit2, GoOnDuty{});
  n.ask(n.desk, SendTracking{report});
  n.ask(n.desk, DispatchUnit{report, n.person(n.unit)});
  const AlertId alert{n.state.next.alert - 1};
  n.join(report, root);
  ASSERT_TRUE(n.state.dispatch.alert(alert));
  EXPECT_EQ(n.card(report, n.unit)->reporters, 2) << "the officer is told how many";
  n.ask(n.unit, AdvanceAlert{alert, dispatch::AlertStatus::en_route});
  EXPECT_EQ(n.card(report)->help, TrackStep::on_the_way);
  n.ask(n.desk, DispatchUnit{root, n.person(n.unit2)});
  EXPECT_EQ(n.code(), "");
  const AlertId second{n.state.next.alert - 1};
  n.ask(n.unit2, AdvanceAlert{second, dispatch::AlertStatus::on_scene});
  EXPECT_EQ(views::track_card(n.state, "token-hash")->step, TrackStep::arrived)
      << "the citizen follows the root's help";
  n.split(report);
  EXPECT_EQ(views::track_card(n.state, "token-hash")->step, TrackStep::on_the_way) << "and their own again";
  EXPECT_EQ(n.state.dispatch.alert(alert)->incident, report);
}

TEST(JoinTest, AnUnansweredChainOfAReportStillEndsInAnAlarm) {
  Town n;
  const auto root = n.report(kSleman), report = n.report(kSleman);
  n.ask(n.unit, GoOnDuty{});
  n.ask(n.desk, DispatchUnit{report, n.person(n.unit)});
  n.join(report, root);
  n.pass(minutes(2));
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.kind, tasks::TaskKind::unanswered_alarm);
}

TEST(JoinTest, ClosingTheRootClosesAllWithOneAnswerAndTheyLeaveTogether) {
  Town n;
  const auto report = n.report(kSleman), root = n.report(kSleman), other = n.report(kSleman);
  n.ask(n.unit, GoOnDuty{});
  n.ask(n.desk, DispatchUnit{report, n.person(n.unit)});
  n.ask(n.desk, SendTracking{report});
  n.join(report, root);
  n.join(other, root);
  n.ask(n.desk, CloseIncident{root, incidents::Answer::nothing_found});
  EXPECT_EQ(n.happened<incidents::IncidentClosed>().size(), 3u);
  EXPECT_EQ(n.happened<dispatch::AlertEnded>().size(), 1u);
  const auto seen = views::track_card(n.state, "token-hash");
  EXPECT_EQ(seen->step, TrackStep::closed);
  EXPECT_EQ(seen->answer, incidents::Answer::nothing_found);
  n.pass(hours(23));
  EXPECT_TRUE(n.state.incidents.find(report));
  n.pass(hours(2));
  EXPECT_TRUE(n.state.incidents.incidents.empty());
  EXPECT_TRUE(n.state.incidents.reports.empty());
  EXPECT_TRUE(n.state.incidents.likers.empty());
  EXPECT_EQ(n.state.indexes.sightings, incidents::Sightings{});
  EXPECT_FALSE(views::track_card(n.state, "token-hash"));
}

TEST(JoinTest, AnOutcomeClosesNeitherAReportNorAnEventThatOthersReported) {
  Town n;
  const auto root = n.answered(kSleman);
  const auto root_call = n.at(root).call;
  n.operator_ready("second", "polres-sleman");
  const SessionId second{n.state.next.session - 1};
  const auto report = n.answered(kSleman, "polres-sleman", second);
  n.join(report, root, second);
  n.ask(second, SetOutcome{n.at(report).call, calls::Outcome::duplicate});
  EXPECT_FALSE(n.at(report).closed) << "it is part of an event that goes on";
  EXPECT_TRUE(n.at(report).into);
  n.ask(n.desk, SetOutcome{root_call, calls::Outcome::prank});
  EXPECT_FALSE(n.at(root).closed) << "another told of it";
}

TEST(JoinTest, APrankIsNobodysReport) {
  Town n;
  const auto root = n.report(kSleman);
  const auto prank = n.answered(kSleman);
  n.join(prank, root);
  n.ask(n.desk, SetOutcome{n.at(prank).call, calls::Outcome::prank});
  EXPECT_EQ(n.happened<incidents::IncidentSplit>().size(), 1u);
  EXPECT_TRUE(n.at(prank).closed);
  EXPECT_EQ(n.at(prank).answer, incidents::Answer::false_report);
  EXPECT_FALSE(n.at(root).closed);
  EXPECT_EQ(n.state.incidents.reporters(root), 1);
}

TEST(JoinTest, AllThatIsSimilarAtOnceAndOnlyInReach) {
  Town n;
  const auto root = n.report(kSleman);
  n.classify(root, IncidentType::disaster);
  std::vector<IncidentId> near;
  for (int i = 1; i <= 20; ++i) near.push_back(n.report(north_of(kSleman, 100 * i)));
  const auto beyond = n.report(north_of(kSleman, -20'000), "polres-bantul", n.elsewhere);
  ASSERT_EQ(n.candidates(beyond).at(0), root.value);
  n.ask(n.desk, JoinSimilar{root});
  EXPECT_EQ(n.happened<incidents::IncidentJoined>().size(), 20u);
  EXPECT_EQ(n.card(root)->reporters, 21);
  EXPECT_FALSE(n.at(beyond).into) << "Bantul's";
  n.ask(n.province, JoinSimilar{root});
  EXPECT_EQ(n.card(root)->reporters, 22);
  n.split(near[3]);
  EXPECT_EQ(n.card(root)->reporters, 21);
  n.ask(n.elsewhere, JoinSimilar{root});
  EXPECT_EQ(n.code(), "not_allowed");
}

TEST(JoinTest, AnEarthquakesTwoHundredCallsAreOneIncidentWithTwoHundredReporters) {
  Town n;
  const auto root = n.report(kSleman);
  n.classify(root, IncidentType::disaster);
  n.join(n.report(kSleman), root);
  std::int64_t reporters = 2;
  for (int i = 0; reporters < 200; ++i) {
    n.pass(seconds(20));
    const auto report = n.report(north_of(kSleman, 100 * (i % 240)));
    // Not everybody joins; what was told again and again is offered first all the same.
    ASSERT_EQ(n.candidates(report).at(0), root.value) << "after " << i;
    if (i % 3 == 0) continue;
    n.join(report, root);
    ++reporters;
  }
  EXPECT_EQ(n.card(root)->reporters, 200);
  n.ask(n.desk, JoinSimilar{root});
  EXPECT_GT(n.card(root)->reporters, 290) << "and those that nobody joined, with one command";
  n.ask(n.desk, CloseIncident{root});
  n.pass(hours(25));
  EXPECT_TRUE(n.state.incidents.incidents.empty());
}

TEST(JoinTest, AScreenHasRoomForOthersBesideAThousandReports) {
  Town n;
  const auto root = n.report(kSleman);
  n.classify(root, IncidentType::disaster);
  const auto viewer = *n.state.people.person(n.person(n.province));
  const views::View view{n.state, n.positions, n.policy, viewer};
  views::Picture picture(n.province);
  picture.complete(view);
  for (int i = 0; i < 400; ++i) {
    const auto report = n.report(kSleman);
    n.join(report, root);
    picture.changes(view, views::touched_by(n.state, n.last));
  }
  const auto other = n.report(north_of(kSleman, 5'000));
  views::Touched touched;
  touched.incidents.insert(other);
  const auto update = picture.changes(view, touched);
  ASSERT_TRUE(update);
  EXPECT_EQ(update->incidents.at(0).incident, other);
  const auto all = picture.complete(view).incidents;
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [&](const auto& each) { return each.incident == root; }), 1);
  EXPECT_LE(all.size(), 2 * views::kCardsMax);
}

TEST(ShelfTest, WhatDidNotFitIsLookedForWhenHalfWentAndNotAtEachGap) {
  views::Shelf<TaskId, int, 4> shelf;
  std::vector<int> news;
  std::vector<Removed> removed;
  for (const std::int64_t id : {1, 2, 3, 4, 5}) shelf.show({id}, static_cast<int>(id), news, removed, "task");
  EXPECT_EQ(news, (std::vector{1, 2, 3, 4}));
  shelf.show({1}, std::nullopt, news, removed, "task");
  EXPECT_FALSE(shelf.has_room_again());
  shelf.show({2}, std::nullopt, news, removed, "task");
  EXPECT_TRUE(shelf.has_room_again());
}

TEST(JoinTest, WhatNobodyFollowsLeavesTenMinutesAfterItsEndWhatIsFollowedADayAfter) {
  Town n;
  const auto alone = n.report(kSleman);
  const auto root = n.report(north_of(kSleman, 40'000)), report = n.report(north_of(kSleman, 40'050));
  n.join(report, root);
  n.ask(n.desk, SendTracking{report});
  n.ask(n.desk, CloseIncident{alone});
  n.ask(n.desk, CloseIncident{root});
  n.pass(minutes(9));
  EXPECT_EQ(n.state.incidents.incidents.size(), 3U);
  n.pass(minutes(2));
  EXPECT_FALSE(n.state.incidents.find(alone));
  EXPECT_TRUE(n.state.incidents.find(root)) << "one of its citizens follows it";
  n.pass(hours(24));
  EXPECT_TRUE(n.state.incidents.incidents.empty());
}

}  // namespace sigap::core
