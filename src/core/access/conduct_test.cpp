// Complaints about the conduct of police: never at the station that they are about, and never seen by its people,
// whatever their role is and whatever becomes of the complaint. Everybody x every complaint x every step of its life.
#include <gtest/gtest.h>

#include <set>

#include "core/access/nation_of_access_tests.h"
#include "core/views/picture.h"

namespace sigap::core::access {
namespace {

/// Somebody of every role at the headquarters, too; and a complaint of each kind about each station.
struct Complaints : Nation {
  static constexpr const char* kStations[] = {"polres-a", "polres-b", "polda"};
  struct Filed {
    CaseId id;
    std::string about;
    bool conduct;
    std::string hash;
  };
  std::vector<Filed> filed;

  Complaints() {
    for (const auto& [name, role] : std::map<std::string, Role>{{"operator", Role::operator_},
                                                                {"officer", Role::officer},
                                                                {"supervisor", Role::supervisor},
                                                                {"administrator", Role::administrator}}) {
      const PersonId id{state.next.person};
      people[name + "@mabes"] = id;
      say(CommandAsked{CommandLine{}, AddPerson{name + ".mabes", name, role, {"mabes"}, "", "PWHASH", true}, "", ""});
    }
    say(DefineCaseCategories{{{"service", "Pelayanan", "Service", false}, {"conduct", "Sikap", "Conduct", true}}});
    for (const auto* station : kStations)
      for (const bool conduct : {false, true}) {
        const CaseId id{state.cases->next};
        const auto hash = "code" + std::to_string(id.value);
        EXPECT_FALSE(
            say(CaseArrives{hash, conduct ? "conduct" : "service", {station}, "COMPLAINT TEXT", "", {}, "+62812"})
                .refusal);
        filed.push_back({id, station, conduct, hash});
      }
    all_here();
  }
  /// Sign-ins are over after a shift.
  void all_here() {
    for (const auto& [who, id] : people)
      if (!state.people.session_of(id)) {
        say(SignIn{id, "again" + std::to_string(state.next.session)});
        say(BrowserAttached{session(who)});
      }
  }
  void pass(Duration d) {
    const auto end = now + d;
    while (const auto next = next_deadline(state)) {
      if (*next > end) break;
      now = std::max(now, *next);
      say(*due_timer(state, now));
    }
    now = end;
    all_here();
  }
  /// Written down here, not asked of the code.
  static std::set<std::string> above(const std::string& station) {
    if (station == "mabes") return {};
    if (station == "polda") return {"mabes"};
    return {"polda", "mabes"};
  }
  /// How many of all these pairs see the complaint.
  std::size_t check(const std::string& when) {
    std::size_t seen = 0;
    for (const auto& [who, id] : people) {
      const auto& person = *state.people.person(id);
      const auto station = who.substr(who.find('@') + 1);
      views::Picture picture(session(who));
      const auto update = picture.complete({state, positions, kPolicy, person});
      for (const auto& one : filed) {
        const auto* complaint = find_case(state, one.id);
        const bool card = std::ranges::any_of(update.cases, [&](const auto& c) { return c.complaint == one.id; });
        seen += card;
        const bool reaches = station == complaint->station.value || above(complaint->station.value).contains(station);
        const bool expected = person.role == Role::supervisor && reaches && complaint->station.value != "";
        EXPECT_EQ(card, expected) << when << ": " << who << " and the complaint about " << one.about;
        if (one.conduct) {
          EXPECT_TRUE(above(one.about).contains(complaint->station.value)) << when << ": it is at the station";
          EXPECT_FALSE(card && !above(one.about).contains(station)) << when << ": " << who << " is one of them";
        }
        for (const Command& command : {Command(AnswerCase{one.id, "ANSWER", false}), Command(NoteCase{one.id, "NOTE"}),
                                       Command(MoveCase{one.id, complaint->station, "conduct"})})
          EXPECT_EQ(!objection(state, person, command), expected) << when << ": " << who << " " << one.about;
        const auto number = cases::number_of(one.id, complaint->opened);
        for (const auto& shown : update.tasks)
          if (shown.complaint == number && one.conduct) {
            EXPECT_TRUE(above(one.about).contains(station)) << when << ": " << who << " hears that it is late";
          }
      }
    }
    return seen;
  }
};

}  // namespace

TEST(ConductTest, NobodyOfAStationEverSeesAComplaintAboutItsConduct) {
  Complaints n;
  // Supervisors: of a district's own three (district, Polda, Mabes), of one about its conduct two; of the Polda's two,
  // of one about its conduct one.
  EXPECT_EQ(n.check("filed"), 3 + 2 + 3 + 2 + 2 + 1U);
  n.pass(hours(5 * 24 + 1));
  EXPECT_EQ(n.check("late once"), 2 + 1 + 2 + 1 + 1 + 1U);
  n.pass(hours(5 * 24 + 1));
  EXPECT_EQ(n.check("late twice"), 6U) << "the headquarters alone";
  n.pass(hours(5 * 24 + 1));
  n.check("late beyond the law");
  for (const auto& one : n.filed) EXPECT_FALSE(n.ask("supervisor@mabes", AnswerCase{one.id, "ANSWER", true}));
  n.check("closed");
  for (const auto& one : n.filed) EXPECT_FALSE(n.say(CaseDisputed{one.id, one.hash, "NOT SOLVED"}).refusal);
  n.check("not solved");
}

TEST(ConductTest, NobodyGivesItToTheStationThatItIsAbout) {
  Complaints n;
  std::size_t tried = 0, moved = 0;
  for (const auto& one : n.filed)
    for (const auto& [who, person] : n.people)
      for (const auto* to : {"polres-a", "polres-b", "polda", "mabes"})
        for (const auto* category : {"service", "conduct"}) {
          ++tried;
          const auto copy = n.state;
          moved += !n.ask(who, MoveCase{one.id, {to}, category});
          const auto* complaint = find_case(n.state, one.id);
          if (complaint->conduct) {
            EXPECT_TRUE(Complaints::above(one.about).contains(complaint->station.value));
          }
          EXPECT_EQ(complaint->conduct, one.conduct || complaint->category == "conduct");
          n.state = copy;
        }
  EXPECT_EQ(tried, 6 * 16 * 4 * 2U);
  EXPECT_GT(moved, 0U);
}

TEST(ConductTest, WhoeverComesToTheStationOrLeavesItSeesWhatTheirStationSees) {
  Complaints n;
  const auto sees = [&](const std::string& who, CaseId id) {
    return views::card({n.state, n.positions, kPolicy, *n.state.people.person(n.people.at(who))}, id).has_value();
  };
  const auto about_a = n.filed[1].id;
  ASSERT_TRUE(n.filed[1].conduct && n.filed[1].about == "polres-a");
  EXPECT_TRUE(sees("supervisor@polda", about_a));
  n.say(CommandAsked{CommandLine{},
                     ChangePerson{n.people.at("supervisor@polda"), "N", Role::supervisor, {"polres-a"}, ""}, "", ""});
  EXPECT_FALSE(sees("supervisor@polda", about_a));
}

TEST(ConductTest, OfTheHeadquartersOwnPeopleNobodyHereIsTheJudge) {
  Complaints n;
  EXPECT_EQ(n.say(CaseArrives{"h", "conduct", {"mabes"}, "COMPLAINT TEXT", "", {}, ""}).refusal->code, "outside");
  EXPECT_FALSE(n.say(CaseArrives{"h", "service", {"mabes"}, "COMPLAINT TEXT", "", {}, ""}).refusal);
}

TEST(ConductTest, AComplaintByCallIsKeptFromItsStationUntilSomebodyAboveHasReadIt) {
  Complaints n;
  const CaseId id{n.state.cases->next};
  EXPECT_FALSE(n.ask("operator@polres-a", SetOutcome{n.call, calls::Outcome::complaint}));
  const auto* complaint = find_case(n.state, id);
  ASSERT_NE(complaint, nullptr);
  EXPECT_EQ(complaint->station, StationCode{"polda"});
  const auto card = [&](const std::string& who) {
    return views::card({n.state, n.positions, kPolicy, *n.state.people.person(n.people.at(who))}, id);
  };
  EXPECT_FALSE(card("supervisor@polres-a"));
  ASSERT_TRUE(card("supervisor@polda"));
  EXPECT_EQ(card("supervisor@polda")->text, "NOTES") << "what the operator wrote";
  EXPECT_FALSE(n.ask("supervisor@polda", MoveCase{id, {"polres-a"}, "service"}));
  EXPECT_TRUE(card("supervisor@polres-a")) << "it is about no conduct";
}

}  // namespace sigap::core::access
