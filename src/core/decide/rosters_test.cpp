// Rosters on the whole core: who may plan what, what the clock does at a beginning and an end, what the board says.
#include "core/testing/nation_of_tests.h"
#include "core/views/attendance.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

/// What a screen holds after all it was told.
struct Screen {
  PersonId person;
  views::Picture picture;
  std::map<ShiftId, ShiftCard> shifts = {};
  std::map<PersonId, StaffCard> staff = {};
  std::optional<SelfCard> self = {};

  void hear(const Update& u) {
    if (u.full) shifts.clear(), staff.clear();
    if (u.self) self = u.self;
    for (const auto& c : u.shifts) shifts[c.shift] = c;
    for (const auto& c : u.staff) staff[c.person] = c;
    for (const auto& gone : u.removed) {
      if (gone.kind == "shift") shifts.erase({gone.id});
      if (gone.kind == "staff") staff.erase({gone.id});
    }
  }
};

struct Rosters : Nation {
  PersonId chief = add("chief", people::Role::supervisor, "polres-sleman");
  PersonId head = add("head", people::Role::supervisor, "polda-diy");
  PersonId ani = add("ani", people::Role::operator_, "polres-sleman");
  PersonId budi = add("budi", people::Role::operator_, "polres-sleman");
  PersonId cici = add("cici", people::Role::operator_, "polres-bantul");
  PersonId deni = add("deni", people::Role::officer, "polres-sleman");
  SessionId chief_in = sign_in(chief), head_in = sign_in(head);
  std::vector<Screen> screens;

  views::View view(PersonId person) { return {state, positions, policy, *state.people.person(person)}; }
  void watch() {
    for (const auto person : {chief, head, ani, cici, deni}) {
      const auto* session = state.people.session_of(person);
      screens.push_back({person, views::Picture(session ? session->id : SessionId{})});
      screens.back().hear(screens.back().picture.complete(view(person)));
    }
  }
  /// Every screen is told, and then looks like a fresh one.
  void told() {
    const auto touched = views::touched_by(state, last);
    for (auto& screen : screens) {
      if (const auto update = screen.picture.changes(view(screen.person), touched)) screen.hear(*update);
      Screen fresh{screen.person, views::Picture(SessionId{})};
      fresh.hear(views::Picture(SessionId{}).complete(view(screen.person)));
      EXPECT_EQ(screen.shifts, fresh.shifts) << screen.person.value << " after " << last.size() << " events";
      EXPECT_EQ(screen.staff, fresh.staff) << screen.person.value;
      EXPECT_EQ(screen.self->shift_until, fresh.self->shift_until) << screen.person.value;
    }
    Indexes anew;
    anew.rebuild(state);
    EXPECT_EQ(state.indexes, anew);
  }
  void does(const Input& input) {
    say(input);
    told();
  }
  void ask(SessionId session, Command command) { does(CommandAsked{SignedIn{session}, std::move(command), "", ""}); }
  /// As pass(), screens included.
  void until(Instant end) {
    while (const auto next = next_deadline(state)) {
      if (*next > end) break;
      now = std::max(now, *next);
      does(*due_timer(state, now));
    }
    now = end;
  }
  ShiftId plan(SessionId who, std::string station, std::int64_t from_minutes, std::int64_t until_minutes,
               std::set<PersonId> people, std::int64_t needed = 0) {
    const ShiftId id{state.next.shift};
    does(CommandAsked{SignedIn{who},
                      PlanShift{{station}, now + minutes(from_minutes), now + minutes(until_minutes), people, needed},
                      "", ""});
    return id;
  }
  std::string refused() const { return refusal ? refusal->code + " " + refusal->field : ""; }
  BoardCard board(PersonId person) { return *views::Boards(state).card(view(person)); }
};

}  // namespace

TEST(CoreRostersTest, OnlySupervisorsOfTheReachPlanAndOnlyPeopleOfTheirReachWhoTakeCalls) {
  Rosters n;
  const auto ani_in = n.sign_in(n.ani);
  n.plan(n.chief_in, "polres-sleman", 60, 540, {n.ani, n.budi, n.chief}, 2);
  EXPECT_EQ(n.refused(), "");
  ASSERT_EQ(n.happened<rosters::ShiftPlanned>().size(), 1u);
  EXPECT_EQ(n.happened<rosters::ShiftPlanned>()[0].by, n.chief);
  const auto shift = n.happened<rosters::ShiftPlanned>()[0].shift;
  n.plan(n.chief_in, "polres-bantul", 60, 540, {}, 2);
  EXPECT_EQ(n.refused(), "not_allowed station");
  n.plan(n.chief_in, "polda-diy", 60, 540, {}, 2);
  EXPECT_EQ(n.refused(), "not_allowed station") << "what is above is not in the reach";
  n.plan(n.chief_in, "polres-sleman", 60, 540, {n.cici}, 2);
  EXPECT_EQ(n.refused(), "not_allowed people");
  n.plan(n.chief_in, "polres-sleman", 60, 540, {n.deni}, 2);
  EXPECT_EQ(n.refused(), "invalid people");
  n.plan(n.chief_in, "polres-sleman", 60, 540, {{999}}, 2);
  EXPECT_EQ(n.refused(), "unknown people");
  n.plan(ani_in, "polres-sleman", 60, 540, {}, 2);
  EXPECT_EQ(n.refused(), "not_allowed ");
  n.plan(n.chief_in, "polres-sleman", 500, 600, {n.ani}, 0);
  EXPECT_EQ(n.refused(), "overlap people");
  n.plan(n.head_in, "nowhere", 60, 540, {}, 2);
  EXPECT_EQ(n.refused(), "not_allowed station");
  n.does(CommandAsked{CommandLine{}, PlanShift{{"nowhere"}, n.now, n.now + hours(8), {}, 2}, "", ""});
  EXPECT_EQ(n.refused(), "unknown station") << "the command line has the nation's reach";
  n.does(CommandAsked{CommandLine{}, PlanShift{{"polres-jayapura"}, n.now, n.now + hours(8), {}, 2}, "", ""});
  EXPECT_EQ(n.refused(), "");
  n.does(CommandAsked{CommandLine{}, RemoveShift{shift}, "", ""});
  EXPECT_EQ(n.refused(), "not_allowed ") << "and brings in, no more";
  n.plan(n.head_in, "polda-diy", 60, 540, {n.cici});
  EXPECT_EQ(n.refused(), "") << "the desk above may have somebody of below";
}

TEST(CoreRostersTest, AShiftIsChangedAndRemovedByThoseWhoReachItAndNotWhenItIsOver) {
  Rosters n;
  n.watch();
  const auto shift = n.plan(n.head_in, "polres-sleman", 60, 120, {n.cici}, 1);
  const auto from = n.now + minutes(60), until = n.now + minutes(120);
  n.ask(n.chief_in, ChangeShift{shift, from, until, {n.cici, n.ani}, 2});
  EXPECT_EQ(n.refused(), "") << "whom the Polda lent stays";
  n.ask(n.chief_in, ChangeShift{shift, from, until, {n.ani}, 2});
  EXPECT_EQ(n.happened<rosters::ShiftChanged>()[0].left, std::set<PersonId>{n.cici});
  n.ask(n.chief_in, ChangeShift{shift, from, until, {n.cici, n.ani}, 2});
  EXPECT_EQ(n.refused(), "not_allowed people") << "but is not fetched by Sleman";
  const auto bantul = n.add("bantul", people::Role::supervisor, "polres-bantul");
  n.told();
  n.does(SignIn{bantul, "h"});
  const auto other = n.state.people.session_of(bantul)->id;
  n.ask(other, ChangeShift{shift, from, until, {}, 2});
  EXPECT_EQ(n.refused(), "not_allowed shift");
  n.ask(other, RemoveShift{shift});
  EXPECT_EQ(n.refused(), "not_allowed shift");
  n.ask(n.chief_in, RemoveShift{{77}});
  EXPECT_EQ(n.refused(), "unknown shift");
  n.until(n.now + minutes(60));
  n.ask(n.chief_in, ChangeShift{shift, from + minutes(1), until, {n.ani}, 2});
  EXPECT_EQ(n.refused(), "invalid from");
  n.ask(n.chief_in, ChangeShift{shift, from, until + minutes(30), {n.ani}, 2});
  EXPECT_EQ(n.refused(), "");
  n.until(n.now + minutes(89));
  EXPECT_FALSE(n.state.rosters.find(shift)->ended);
  n.until(n.now + minutes(1));
  EXPECT_TRUE(n.state.rosters.find(shift)->ended);
  n.ask(n.chief_in, ChangeShift{shift, from, until + minutes(60), {n.ani}, 2});
  EXPECT_EQ(n.refused(), "over shift");
  n.ask(n.chief_in, RemoveShift{shift});
  EXPECT_EQ(n.refused(), "over shift");
  const auto next = n.plan(n.chief_in, "polres-sleman", 10, 120, {n.ani});
  n.ask(n.chief_in, RemoveShift{next});
  EXPECT_EQ(n.state.rosters.find(next), nullptr);
  n.until(n.now + hours(3));
  EXPECT_FALSE(n.state.rosters.find(next)) << "a removed one never begins";
}

TEST(CoreRostersTest, TheBoardSaysWhoIsMissingWhoStayedOnAndTheGap) {
  Rosters n;
  n.watch();
  n.plan(n.chief_in, "polres-sleman", 60, 120, {n.ani, n.budi}, 4);
  EXPECT_EQ(n.board(n.chief).gap, 0) << "nobody is needed before it begins";
  n.until(n.now + minutes(60));
  auto board = n.board(n.chief);
  EXPECT_EQ(board.rostered, 2);
  EXPECT_EQ(board.missing, 2);
  EXPECT_EQ(board.gap, 3) << "the chief is here";
  n.does(SignIn{n.ani, "h"});
  const auto ani_in = n.state.people.session_of(n.ani)->id;
  n.does(BrowserAttached{ani_in});
  board = n.board(n.chief);
  EXPECT_EQ(board.missing, 1);
  EXPECT_EQ(board.gap, 2);
  EXPECT_EQ(n.board(n.ani).gap, 2);
  EXPECT_EQ(n.board(n.head).gap, 0) << "of the own station";
  EXPECT_EQ(views::self_card(n.view(n.ani), ani_in).shift_until, n.now + minutes(60));
  n.until(n.now + minutes(60));
  board = n.board(n.chief);
  EXPECT_EQ(board.rostered, 0);
  EXPECT_EQ(board.gap, 0);
  EXPECT_EQ(board.beyond, 1) << "Ani is still here";
  ASSERT_EQ(n.screens[0].shifts.size(), 1u) << "so their shift is, too";
  EXPECT_EQ(views::self_card(n.view(n.ani), ani_in).shift_until, n.now) << "and Ani sees since when";
  n.does(CommandAsked{SignedIn{ani_in}, SignOut{}, "", ""});
  EXPECT_EQ(n.board(n.chief).beyond, 0);
  EXPECT_TRUE(n.screens[0].shifts.empty());
  n.does(SignIn{n.ani, "h"});
  EXPECT_EQ(n.board(n.chief).beyond, 0) << "who signs in later has not gone on";
}

TEST(CoreRostersTest, ABrowserThatStaysAwayIsNobodyAtADesk) {
  Rosters n;
  n.watch();
  n.plan(n.chief_in, "polres-sleman", 0, 120, {n.ani}, 2);
  n.does(SignIn{n.ani, "h"});
  const auto ani_in = n.state.people.session_of(n.ani)->id;
  n.does(BrowserAttached{ani_in});
  n.until(n.now);
  EXPECT_EQ(n.board(n.chief).missing, 0);
  n.does(BrowserGone{ani_in});
  n.until(n.now + seconds(14));
  EXPECT_EQ(n.board(n.chief).missing, 0) << "a blip";
  n.until(n.now + seconds(2));
  EXPECT_EQ(n.board(n.chief).missing, 1);
  EXPECT_EQ(n.board(n.chief).gap, 1);
  n.does(BrowserAttached{ani_in});
  EXPECT_EQ(n.board(n.chief).missing, 0);
}

TEST(CoreRostersTest, AnEndingShiftEndsNoCallAndSignsNobodyOut) {
  Rosters n;
  n.watch();
  n.plan(n.chief_in, "polres-sleman", 0, 5, {n.ani});
  n.until(n.now);
  n.does(SignIn{n.ani, "h"});
  const auto ani_in = n.state.people.session_of(n.ani)->id;
  n.does(BrowserAttached{ani_in});
  n.ask(ani_in, PassHeadset{});
  n.ask(ani_in, BeReady{});
  n.arrives("polres-sleman");
  n.told();
  const auto offer = n.op(ani_in).offer;
  n.ask(ani_in, AcceptOffer{offer});
  n.does(BridgeReported{offer, true, ""});
  n.until(n.now + minutes(6));
  EXPECT_EQ(n.op(ani_in).state, OperatorState::talking);
  EXPECT_EQ(n.board(n.chief).beyond, 1);
  EXPECT_EQ(n.state.rosters.shifts.size(), 1u);
}

TEST(CoreRostersTest, WhatWasDueWhileNoProcessWasThereBeginsAndEndsAtOnce) {
  Rosters n;
  n.plan(n.chief_in, "polres-sleman", 10, 20, {n.ani}, 1);
  n.now = n.now + hours(2);
  n.say(Started{"test", 2});
  std::vector<std::string> causes;
  while (const auto due = due_timer(n.state, n.now)) {
    n.say(*due);
    for (const auto& event : n.last)
      if (event.cause.starts_with("timer.shift")) causes.push_back(event.cause);
  }
  EXPECT_EQ(causes, (std::vector<std::string>{"timer.shift_begins", "timer.shift_ends"}));
}

/// Seed 495 of the simulator: its timer was due, and a call was decided before it.
TEST(CoreRostersTest, AShiftPlannedOrMovedIntoThePastBeginsWithThePlan) {
  Rosters n;
  n.ask(n.chief_in, PlanShift{{"polres-sleman"}, n.now - seconds(4), n.now + hours(1), {n.ani}, 1});
  ASSERT_FALSE(n.refusal) << n.refusal->message;
  EXPECT_EQ(n.happened<rosters::ShiftBegan>().size(), 1U);
  n.ask(n.chief_in, PlanShift{{"polres-sleman"}, n.now + hours(2), n.now + hours(3), {n.budi}, 1});
  const ShiftId later{n.state.next.shift - 1};
  n.ask(n.chief_in, ChangeShift{later, n.now - seconds(4), n.now + hours(3), {n.budi}, 1});
  ASSERT_FALSE(n.refusal) << n.refusal->message;
  EXPECT_EQ(n.happened<rosters::ShiftBegan>().size(), 1U);
  EXPECT_FALSE(due_timer(n.state, n.now));
}

TEST(CoreRostersTest, WhoSeesWhichShiftsAndWhoseNames) {
  Rosters n;
  n.plan(n.chief_in, "polres-sleman", 60, 120, {n.ani});
  n.plan(n.head_in, "polres-bantul", 60, 120, {n.cici});
  n.plan(n.head_in, "polda-diy", 60, 120, {n.head});
  n.watch();
  const auto seen = [&](std::size_t i) {
    std::string text;
    for (const auto& [id, card] : n.screens[i].shifts) text += card.station.value + (card.people[0].name ? "+ " : "- ");
    return text + std::to_string(n.screens[i].staff.size());
  };
  EXPECT_EQ(seen(0), "polres-sleman+ 3") << "supervisor of Sleman";
  EXPECT_EQ(seen(1), "polres-sleman+ polres-bantul+ polda-diy+ 5") << "supervisor of the Polda";
  EXPECT_EQ(seen(2), "polres-sleman+ 0") << "operator of Sleman";
  EXPECT_EQ(seen(3), "polres-bantul+ 0") << "operator of Bantul";
  EXPECT_EQ(seen(4), "0") << "officer";
}

}  // namespace sigap::core
