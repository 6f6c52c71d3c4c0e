// Exhaustive: every kind of asker x every command, every role x field x relation, and every role's whole picture
// searched for what it must not hold.
#include "core/access/access.h"

#include <gtest/gtest.h>

#include <map>

#include "core/access/nation_of_access_tests.h"
#include "core/command_name.h"
#include "core/views/picture.h"

namespace sigap::core::access {
namespace {

constexpr Role kRoles[] = {Role::operator_, Role::officer, Role::supervisor, Role::administrator};

/// One of every command, by its place in the variant.
const auto kCommands = [] {
  std::vector<Command> all(std::variant_size_v<CommandKinds>);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].choose(i);
  return all;
}();

/// Who has what, letter by letter: operator, officer, supervisor, administrator, the command line, the system, an API
/// client. The law of this file.
const std::map<std::string, std::string> kMatrix = {
    {"pass_headset", "o-s----"},
    {"be_ready", "o-s----"},
    {"take_next", "o-s----"},
    {"report_headset", "o-s----"},
    {"take_pause", "o-s----"},
    {"accept_offer", "o-s----"},
    {"decline_offer", "o-s----"},
    {"hang_up", "o-s----"},
    {"hold_call", "o-s----"},
    {"resume_call", "o-s----"},
    {"ask_to_press", "o-s----"},
    {"forgive_number", "--s----"},
    {"transfer_call", "o-s----"},
    {"set_outcome", "o-s----"},
    {"edit_incident", "o-s----"},
    {"close_incident", "o-s----"},
    {"send_tracking", "o-s----"},
    {"recommend_units", "o-s----"},
    {"dispatch_unit", "o-s----"},
    {"cancel_alert", "o-s----"},
    {"advance_alert", "ofs---c"},
    {"decline_alert", "-f----c"},
    {"go_on_duty", "-f-----"},
    {"go_off_duty", "-f-----"},
    {"request_help", "-f-----"},
    {"take_task", "ofs----"},
    {"close_task", "o-s----"},
    {"add_person", "---ac--"},
    {"change_person", "---ac--"},
    {"set_password", "---ac--"},
    {"disable_person", "---ac--"},
    {"enable_person", "---ac--"},
    {"define_station", "---ac--"},
    {"sign_out", "ofsa---"},
    {"join_incident", "o-s----"},
    {"split_incident", "o-s----"},
    {"join_similar", "o-s----"},
    {"call_back", "o-s----"},
    {"plan_shift", "--s-c--"},
    {"change_shift", "--s----"},
    {"remove_shift", "--s----"},
    {"ask_supervisor", "o-s----"},
    {"join_call", "--s----"},
    {"invite_station", "o-s----"},
    {"invite_line", "o-s----"},
    {"drop_guest", "o-s----"},
    {"leave_call", "o-s----"},
    {"hand_over", "o-s----"},
    {"change_password", "ofsa---"},
    {"agree", "---ac--"},
    {"refuse", "---ac--"},
    {"look_up_caller", "---a---"},
    {"forget_caller", "---a---"},
    {"open_incident", "ofs----"},
    {"say_text", "o-s----"},
    {"view_photograph", "o-s----"},
    {"add_client", "---ac--"},
    {"change_client", "---ac--"},
    {"rotate_client_key", "---ac--"},
    {"disable_client", "---ac--"},
    {"enable_client", "---ac--"},
    {"replay_deliveries", "---ac--"},
    {"open_report", "------c"},
    {"listen_in", "--s----"},
    {"stop_listening", "--s----"},
    {"whisper", "--s----"},
    {"set_totp", "ofsa---"},
    {"remove_totp", "ofsa---"},
    {"make_recovery_codes", "ofsa---"},
    {"add_passkey", "ofsa---"},
    {"remove_passkey", "ofsa---"},
    {"know_devices", "ofsa---"},
    {"end_session", "---ac--"},
    {"review_call", "--s----"},
    {"acknowledge_review", "o-s----"},
    {"answer_case", "--s----"},
    {"note_case", "--s----"},
    {"move_case", "--s----"},
    {"play_recording", "o-s----"},
    {"place_hold", "--s----"},
    {"lift_hold", "---a---"},
};

struct Held {
  bool number = false, location = false, text = false, names = false, position = false, records = false, typed = false;
};

Held held_by(const Update& u, PersonId self) {
  Held h;
  for (const auto& c : u.calls) {
    h.number |= c.number.has_value(), h.location |= c.location.has_value();
    h.text |= c.digits.has_value();
    h.typed |= !c.lines.empty();
  }
  for (const auto& i : u.incidents) {
    h.number |= i.number.has_value();
    h.text |= i.notes || i.reporter || i.place;
  }
  for (const auto& s : u.staff) h.names |= s.name && s.person != self;
  for (const auto& s : u.shifts)
    for (const auto& p : s.people) h.names |= p.name && p.person != self;
  for (const auto& t : u.tasks) h.number |= t.number.has_value(), h.names |= t.taken_by.has_value();
  for (const auto& x : u.units)
    if (x.unit != self) h.names |= x.name.has_value(), h.position |= x.position.has_value();
  h.records = !u.people.empty();
  return h;
}

}  // namespace

TEST(AccessTest, AStationIsReachedFromItselfAndFromAbove) {
  const Nation n;
  std::size_t reached = 0;
  for (const auto& [who, id] : n.people)
    for (const auto& [code, station] : n.state.stations.stations) {
      const auto& person = *n.state.people.person(id);
      const bool reaches = relation_to_station(n.state, person, code) == Relation::reach;
      EXPECT_EQ(reaches, n.state.stations.within(code, person.station)) << who << " " << code.value;
      reached += reaches;
    }
  EXPECT_GT(reached, n.people.size()) << "somebody has a station below theirs";
}

TEST(AccessTest, EveryKindOfAskerTimesEveryCommandIsAsWritten) {
  ASSERT_EQ(kMatrix.size(), kCommands.size());
  for (const auto& command : kCommands) {
    const auto row = kMatrix.find(command_name(command));
    ASSERT_NE(row, kMatrix.end()) << command_name(command);
    ASSERT_EQ(row->second.size(), std::size(kAskerKinds));
    for (std::size_t k = 0; k < std::size(kAskerKinds); ++k)
      EXPECT_EQ(may(kAskerKinds[k], command), row->second[k] != '-') << row->first << " for kind " << k;
  }
}

TEST(AccessTest, WhoIsNoPersonHasWhatTheMatrixSaysAndNothingElse) {
  // Asked of the core itself, in a nation where everything that could be named is there.
  const std::map<std::string, Asker> askers = {
      {"command line", CommandLine{}}, {"system", System{}}, {"client", ApiClient{"dispatch.example"}}};
  std::size_t had = 0;
  for (const auto& [who, asker] : askers)
    for (const auto& command : kCommands) {
      Nation n;
      using clients::Scope, clients::Topic;
      n.say(CommandAsked{CommandLine{},
                         AddClient{"dispatch.example",
                                   {"polda"},
                                   {Scope::told, Scope::answers, Scope::reports},
                                   {Topic::alert},
                                   "https://dispatch.example/hook"},
                         "t", "h"});
      const bool may_do = may(*kind_of(n.state, asker), command);
      const auto decision = n.say(CommandAsked{asker, command, "t", "h"});
      had += may_do;
      if (may_do) {
        EXPECT_FALSE(decision.refusal && decision.refusal->code == "not_allowed" && decision.refusal->field.empty())
            << who << " " << command_name(command);
        continue;
      }
      ASSERT_TRUE(decision.refusal) << who << " " << command_name(command);
      EXPECT_EQ(decision.refusal->code, "not_allowed") << who << " " << command_name(command);
      EXPECT_TRUE(decision.events.empty()) << who << " " << command_name(command);
    }
  EXPECT_EQ(had, 19u) << "16 of the command line, 3 of the client";
}

TEST(AccessTest, NobodyIsAnAdministratorForWantOfASession) {
  Nation n;
  const AddPerson add{"someone", "Someone", Role::administrator, {"mabes"}, "", "PWHASH", true};
  for (const Asker& asker : {Asker{}, Asker{SignedIn{}}, Asker{SignedIn{{999}}}}) {
    const auto decision = n.say(CommandAsked{asker, add, "", ""});
    ASSERT_TRUE(decision.refusal);
    EXPECT_TRUE(decision.events.empty());
    EXPECT_FALSE(n.state.people.by_login("someone"));
  }
  const auto done = n.say(CommandAsked{CommandLine{}, add, "", ""});
  EXPECT_FALSE(done.refusal);
  ASSERT_FALSE(done.events.empty());
  ASSERT_TRUE(done.events.front().actor);
  EXPECT_EQ(done.events.front().actor->reason, "command line");
  EXPECT_FALSE(done.events.front().actor->person);
}

TEST(AccessTest, AnOfficerTellsTheirOwnStationAndADeskThoseItReaches) {
  Nation n;
  const auto code = [&](const std::string& who, const char* station) {
    const auto refusal = objection(n.state, *n.state.people.person(n.people.at(who)),
                                   OpenIncident{incidents::Origin::observation, StationCode{station}, {}, {}});
    return refusal ? refusal->code : std::string();
  };
  EXPECT_EQ(code("officer@polres-a", "polres-a"), "");
  EXPECT_EQ(code("officer@polres-a", "polres-b"), "not_allowed");
  EXPECT_EQ(code("officer@polda", "polres-a"), "not_allowed") << "their own, not what is below it";
  EXPECT_EQ(code("operator@polres-a", "polres-a"), "");
  EXPECT_EQ(code("operator@polres-a", "polres-b"), "not_allowed");
  EXPECT_EQ(code("operator@polda", "polres-b"), "");
}

TEST(AccessTest, EveryRefusedCommandIsRefusedByTheCoreJournaledAndChangesNothing) {
  Nation n;
  for (const auto& command : kCommands)
    for (const auto* role : {"operator", "officer", "supervisor", "administrator"}) {
      const auto who = std::string(role) + "@polres-b";
      if (may(n.state.people.person(n.people.at(who))->role, command)) continue;
      const auto decision = n.say(CommandAsked{SignedIn{n.session(who)}, command, "t", "h"});
      ASSERT_TRUE(decision.refusal) << role << " " << command_name(command);
      EXPECT_EQ(decision.refusal->code, "not_allowed");
      ASSERT_EQ(decision.events.size(), 1u);
      EXPECT_TRUE(std::holds_alternative<people::CommandRefused>(decision.events[0].body));
    }
}

TEST(AccessTest, ReachEndsAtTheStationAndWhatIsBelowIt) {
  Nation n;
  const auto code = [&](const std::string& who, Command c) {
    const auto refusal = n.ask(who, std::move(c));
    return refusal ? refusal->code : std::string();
  };
  for (const auto* role : {"operator", "supervisor"}) {
    const std::string neighbour = std::string(role) + "@polres-b", above = std::string(role) + "@polda";
    for (const Command& c :
         {Command{EditIncident{n.incident, {}, {}, {}, "x", {}}}, Command{SendTracking{n.incident}},
          Command{RecommendUnits{n.incident}}, Command{CloseIncident{n.incident}},
          Command{JoinIncident{n.incident, n.incident}}, Command{SplitIncident{n.incident}},
          Command{JoinSimilar{n.incident}}, Command{DispatchUnit{n.incident, n.people.at("officer@polres-b")}},
          Command{AdvanceAlert{n.alert}}, Command{CancelAlert{n.alert}}, Command{TakeTask{n.task}},
          Command{CallBack{n.task}}, Command{CloseTask{n.task, {}, ""}}})
      EXPECT_EQ(code(neighbour, c), "not_allowed") << neighbour << " " << command_name(c);
    EXPECT_EQ(code(above, RecommendUnits{n.incident}), "") << above;
  }
  EXPECT_EQ(code("supervisor@polres-b", ForgiveNumber{n.call}), "not_allowed");
  EXPECT_EQ(code("supervisor@polda", ForgiveNumber{n.call}), "");
  for (const Command& c : {Command{ListenIn{n.call}}, Command{StopListening{n.call}}, Command{Whisper{n.call, true}}})
    EXPECT_EQ(code("supervisor@polres-b", c), "not_allowed") << command_name(c);
  EXPECT_EQ(code("operator@polres-b", AskToPress{n.call}), "not_allowed");
  EXPECT_EQ(code("operator@polda", SayText{n.call, "n", "x"}), "not_allowed") << "only who talks to the caller";
  EXPECT_EQ(code("operator@polda", ViewPhotograph{n.call, "x"}), "not_allowed") << "only who has the call";
  EXPECT_EQ(code("supervisor@polres-b", ViewPhotograph{n.call, "x"}), "not_allowed");
  EXPECT_EQ(code("supervisor@polda", ViewPhotograph{n.call, "x"}), "gone") << "of its reach, and there is none";
  EXPECT_EQ(code("operator@polda", AskToPress{n.call}), "not_allowed") << "only who talks to the caller";
  const PlanShift plan{{"polres-a"}, n.now + hours(9), n.now + hours(17), {n.people.at("operator@polres-a")}, 2};
  const ChangeShift change{n.shift, n.now, n.now + hours(8), {}, 1};
  for (const auto& [who, person] : n.people) {
    const bool reaches = who == "supervisor@polres-a" || who == "supervisor@polda";
    for (const Command& c : {Command{change}, Command{plan}, Command{RemoveShift{n.shift}}}) {
      const auto refusal = objection(n.state, *n.state.people.person(person), c);
      EXPECT_EQ(refusal ? refusal->code : "", reaches ? "" : "not_allowed") << who << " " << command_name(c);
    }
  }
  EXPECT_EQ(code("officer@polres-b", AdvanceAlert{n.alert}), "not_allowed");
  EXPECT_EQ(code("officer@polres-b", TakeTask{n.help}), "not_allowed") << "another station's officer";
  EXPECT_EQ(code("officer@polres-a", TakeTask{n.task}), "not_allowed") << "a callback is not an officer's";
  EXPECT_EQ(code("officer@polres-a", AdvanceAlert{n.alert}), "");
}

TEST(AccessTest, WhatTheLineDidAtAStationIsForSupervisorsWhoReachIt) {
  Nation n;
  for (const auto& [who, person] : n.people)
    for (const auto* station : {"polres-a", "polres-b", "polda", "nowhere"}) {
      const auto refusal = report_objection(n.state, *n.state.people.person(person), {station});
      const std::string of = station;
      const bool reaches = (who == "supervisor@polda" && of != "nowhere") || who == "supervisor@" + of;
      EXPECT_EQ(refusal ? refusal->code : "", reaches ? "" : "not_allowed") << who << " " << of;
    }
}

TEST(AccessTest, AnAdministratorsReachEndsAtTheirStationAndWhatIsBelowIt) {
  Nation n;
  const auto code = [&](const std::string& who, const Command& c) {
    const auto refusal = objection(n.state, *n.state.people.person(n.people.at(who)), c);
    return refusal ? refusal->code : std::string();
  };
  for (const auto& [whose, target] : n.people) {
    const StationCode of = n.state.people.person(target)->station;
    for (const auto& [who, id] : n.people) {
      const auto& viewer = *n.state.people.person(id);
      if (viewer.role != Role::administrator) continue;
      const auto expected = n.state.stations.within(of, viewer.station) ? "" : "not_allowed";
      for (const Command& c :
           {Command{SetPassword{target, "x"}}, Command{DisablePerson{target}}, Command{EnablePerson{target}},
            Command{AddPerson{"n", "N", Role::operator_, of, "", "x"}},
            Command{ChangePerson{target, "N", Role::administrator, viewer.station, ""}}})
        EXPECT_EQ(code(who, c), expected) << who << " " << command_name(c) << " " << whose;
    }
  }
  const auto mine = n.people.at("operator@polres-a");
  EXPECT_EQ(code("administrator@polres-a", ChangePerson{mine, "N", Role::supervisor, {"polda"}, ""}), "not_allowed")
      << "nobody is lifted to a station above";
  EXPECT_EQ(code("administrator@polres-a", AddPerson{"n", "N", Role::operator_, {"nowhere"}, "", "x"}), "")
      << "a station that does not exist is another mistake";
}

TEST(AccessTest, AStationIsDefinedFromAboveIt) {
  Nation n;
  const auto code = [&](const char* who, const stations::Station& station) {
    const auto refusal = objection(n.state, *n.state.people.person(n.people.at(who)), DefineStation{station});
    return refusal ? refusal->code : std::string();
  };
  const auto of = [&](const char* station) { return *n.state.stations.find({station}); };
  EXPECT_EQ(code("administrator@polres-a", of("polres-a")), "not_allowed") << "its regencies bring it others' calls";
  EXPECT_EQ(code("administrator@polres-a", of("polres-b")), "not_allowed");
  EXPECT_EQ(code("administrator@polda", of("polres-a")), "");
  EXPECT_EQ(code("administrator@polda", of("polda")), "not_allowed");
  EXPECT_EQ(code("administrator@polda", of("mabes")), "not_allowed");
  auto fresh = of("polres-a");
  fresh.code = {"polres-new"};
  EXPECT_EQ(code("administrator@polda", fresh), "");
  EXPECT_EQ(code("administrator@polres-a", fresh), "not_allowed");
  n.say(DefineStations{{{{"polda-2"},
                         "Polda 2",
                         stations::StationLevel::polda,
                         {"mabes"},
                         *geo_point(112, -7.5),
                         "Asia/Jakarta",
                         {{"35.78"}}}}});
  fresh.regencies = {{"35.78"}};
  EXPECT_EQ(code("administrator@polda", fresh), "not_allowed") << "a regency of somebody else's";
}

TEST(AccessTest, EveryRoleTimesFieldTimesRelationIsAsWritten) {
  // Rows: field. Letters: mine, reach, outside for operator, officer, supervisor, administrator.
  const std::map<Field, std::string> matrix = {
      {Field::caller_number, "mr- --- mr- ---"}, {Field::caller_location, "mr- m-- mr- ---"},
      {Field::incident_text, "mr- m-- mr- ---"}, {Field::staff_name, "mr- m-- mr- mr-"},
      {Field::unit_position, "mr- m-- mr- m--"}, {Field::person_record, "--- --- --- mr-"},
      {Field::conversation, "m-- --- mr- ---"},
  };
  for (const auto& [field, row] : matrix)
    for (std::size_t r = 0; r < 4; ++r)
      for (std::size_t k = 0; k < 3; ++k)
        EXPECT_EQ(may_see(kRoles[r], field, static_cast<Relation>(k)), row[r * 4 + k] != '-')
            << "field " << static_cast<int>(field) << " role " << r << " relation " << k;
}

TEST(AccessTest, APictureHoldsNothingThatItsViewerMayNotSee) {
  Nation n;
  // number, location, text, colleagues' names, unit positions, records, what is typed
  const std::map<std::string, std::string> expected = {
      {"operator@polres-a", "nltsp-c"},      {"operator@polda", "nltsp--"},      {"operator@polres-b", "---s---"},
      {"supervisor@polres-a", "nltsp-c"},    {"supervisor@polda", "nltsp-c"},    {"supervisor@polres-b", "---s---"},
      {"officer@polres-a", "--t----"},       {"officer@polda", "-------"},       {"officer@polres-b", "-------"},
      {"administrator@polres-a", "-----r-"}, {"administrator@polda", "-----r-"}, {"administrator@polres-b", "-----r-"}};
  ASSERT_EQ(expected.size(), n.people.size());
  for (const auto& [who, id] : n.people) {
    views::Picture picture(n.session(who));
    const auto update = picture.complete({n.state, n.positions, kPolicy, *n.state.people.person(id)});
    const auto h = held_by(update, id);
    const std::string seen = {h.number ? 'n' : '-',   h.location ? 'l' : '-', h.text ? 't' : '-', h.names ? 's' : '-',
                              h.position ? 'p' : '-', h.records ? 'r' : '-',  h.typed ? 'c' : '-'};
    EXPECT_EQ(seen, expected.at(who)) << who;
  }
}

/// A second report, Polres B's, told to an operator there: joined to Polres A's or only suggested to be the same.
struct TwoReports : Nation {
  IncidentId report;

  explicit TwoReports(bool joined) {
    ask("operator@polres-b", PassHeadset{});
    ask("operator@polres-b", BeReady{});
    CallArrives in;
    in.leg = {"leg4"};
    in.trunk_station = {"polres-b"};
    in.number = "+62-REPORT";
    const CallId told{state.next.call};
    // Those who waited are served first; theirs is the last.
    while (!state.calls.find(waiting) || state.calls.find(waiting)->state == calls::CallState::waiting)
      ask("operator@polres-b", AcceptOffer{state.people.operator_of(people.at("operator@polres-b"))->offer});
    ask("operator@polres-b", SetOutcome{waiting, calls::Outcome::genuine});
    say(in);
    ask("operator@polres-b", AcceptOffer{state.people.operator_of(people.at("operator@polres-b"))->offer});
    report = state.calls.find(told)->incident;
    const auto place = incidents::Place{"REPORT-PLACE", *geo_point(110.31, -7.71)};
    ask("operator@polres-a",
        EditIncident{incident, {}, {}, incidents::Place{"PLACE", *geo_point(110.31, -7.71)}, {}, {}});
    ask("operator@polres-b", EditIncident{report, {}, {}, place, "REPORT-NOTES", "REPORT-NAME"});
    if (joined) ask("operator@polres-b", JoinIncident{report, incident});
  }
  /// "rt": sees that it is there, and its text; "r-": only that; "--": nothing.
  std::string seen(const std::string& who, IncidentId id) {
    const auto card = views::card(views::View{state, positions, kPolicy, *state.people.person(people.at(who))}, id);
    if (!card) return "--";
    return card->notes || card->place || card->reporter || card->number ? "rt" : "r-";
  }
};

TEST(AccessTest, WhoSeesAReportAndItsRootBeforeAndAfterTheyAreJoined) {
  // Apart: root (Polres A's), report (Polres B's). Joined: the same. Every role at every station.
  const std::map<std::string, std::string> expected = {
      {"operator@polres-a", "rt -- rt rt"},   {"operator@polda", "rt rt rt rt"},
      {"operator@polres-b", "-- rt -- rt"},   {"supervisor@polres-a", "rt -- rt rt"},
      {"supervisor@polda", "rt rt rt rt"},    {"supervisor@polres-b", "-- rt -- rt"},
      {"officer@polres-a", "rt -- rt --"},    {"officer@polda", "-- -- -- --"},
      {"officer@polres-b", "-- -- -- --"},    {"administrator@polres-a", "-- -- -- --"},
      {"administrator@polda", "-- -- -- --"}, {"administrator@polres-b", "-- -- -- --"}};
  TwoReports apart(false), joined(true);
  ASSERT_EQ(expected.size(), apart.people.size());
  for (const auto& [who, sees] : expected)
    EXPECT_EQ(apart.seen(who, apart.incident) + " " + apart.seen(who, apart.report) + " " +
                  joined.seen(who, joined.incident) + " " + joined.seen(who, joined.report),
              sees)
        << who;
}

TEST(AccessTest, WhoMayJoinAndSplitThem) {
  // What each may: join the suggested, join what was not suggested, split, join all that is similar to the root.
  const std::map<std::string, std::string> expected = {
      {"operator@polres-a", "--sa"},      {"operator@polda", "jJsa"},      {"operator@polres-b", "j-s-"},
      {"supervisor@polres-a", "--sa"},    {"supervisor@polda", "jJsa"},    {"supervisor@polres-b", "j-s-"},
      {"officer@polres-a", "----"},       {"officer@polda", "----"},       {"officer@polres-b", "----"},
      {"administrator@polres-a", "----"}, {"administrator@polda", "----"}, {"administrator@polres-b", "----"}};
  TwoReports apart(false), joined(true);
  TwoReports far(false);
  const auto away = incidents::Place{"", *geo_point(110.4, -7.71)};
  far.ask("operator@polres-b", EditIncident{far.report, {}, {}, away, {}, {}});
  const auto may_now = [](TwoReports& n, const std::string& who, const Command& command) {
    return !objection(n.state, *n.state.people.person(n.people.at(who)), command);
  };
  for (const auto& [who, may_do] : expected) {
    const std::string does = {may_now(apart, who, JoinIncident{apart.report, apart.incident}) ? 'j' : '-',
                              may_now(far, who, JoinIncident{far.report, far.incident}) ? 'J' : '-',
                              may_now(joined, who, SplitIncident{joined.report}) ? 's' : '-',
                              may_now(apart, who, JoinSimilar{apart.incident}) ? 'a' : '-'};
    EXPECT_EQ(does, may_do) << who;
  }
}

TEST(AccessTest, ASuggestionShowsNothingPersonal) {
  TwoReports n(false);
  const auto card = views::card(
      views::View{n.state, n.positions, kPolicy, *n.state.people.person(n.people.at("operator@polres-b"))}, n.report);
  // Number, kind, distance, time: AlikeCard has no room for more.
  EXPECT_TRUE(std::any_of(card->alike.begin(), card->alike.end(),
                          [&](const AlikeCard& alike) { return alike.incident == n.incident; }));
  views::Picture picture(n.session("operator@polres-b"));
  const auto all =
      picture.complete({n.state, n.positions, kPolicy, *n.state.people.person(n.people.at("operator@polres-b"))});
  for (const auto& each : all.incidents) EXPECT_NE(each.incident, n.incident);
}

TEST(AccessTest, TheCitizenSeesStepsAndNothingElse) {
  Nation n;
  EXPECT_FALSE(views::track_card(n.state, "token-hash"));
  n.ask("operator@polres-a", SendTracking{n.incident});
  const auto step = [&] { return views::track_card(n.state, "token-hash")->step; };
  EXPECT_EQ(step(), TrackStep::received);
  using dispatch::AlertStatus;
  n.ask("officer@polres-a", AdvanceAlert{n.alert, AlertStatus::acknowledged});
  EXPECT_EQ(step(), TrackStep::officer_assigned);
  n.ask("officer@polres-a", AdvanceAlert{n.alert, AlertStatus::en_route});
  EXPECT_EQ(step(), TrackStep::on_the_way);
  n.ask("officer@polres-a", AdvanceAlert{n.alert, AlertStatus::on_scene});
  EXPECT_EQ(step(), TrackStep::arrived);
  n.ask("officer@polres-a", AdvanceAlert{n.alert, AlertStatus::done});
  EXPECT_EQ(step(), TrackStep::arrived) << "a unit that finished was there all the same";
  n.ask("operator@polres-a", CloseIncident{n.incident, incidents::Answer::handled});
  EXPECT_EQ(step(), TrackStep::closed);
  n.now = n.now + hours(25);
  while (const auto due = due_timer(n.state, n.now)) n.say(*due);
  EXPECT_FALSE(views::track_card(n.state, "token-hash")) << "the link ends some time after closing";
}

}  // namespace sigap::core::access
