// Passwords that somebody else set, one's own, from where people sign in, and sign-ins that were refused.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using people::Role;

struct House : Nation {
  PersonId first_id = add("admin1", Role::administrator, "polda-diy");
  PersonId second_id = add("admin2", Role::administrator, "polda-diy");
  PersonId operator_id = add("operator", Role::operator_, "polres-sleman");
  SessionId first = sign_in(first_id), second = sign_in(second_id);

  std::string code() const { return refusal ? refusal->code : ""; }
  const people::Person& person(PersonId id) const { return *state.people.person(id); }
  void agreed() { ask(second, Agree{state.people.approvals.begin()->first}); }
  void proved(SessionId session) { say(ProofGiven{session, true}); }
  views::View view(PersonId viewer) const { return {state, positions, policy, person(viewer)}; }
  std::vector<RefusedSignInCard> refused_shown_to(PersonId viewer) const {
    return views::Picture({}).complete(view(viewer)).refused_sign_ins;
  }
  std::vector<std::string> known_from(PersonId id) const {
    std::vector<std::string> known;
    for (const auto& place : person(id).known_from) known.push_back(*place.address.reveal());
    return known;
  }
  SessionId sign_in_from(const std::string& address) {
    const SessionId id{state.next.session};
    say(SignIn{operator_id, "t" + std::to_string(id.value), address});
    return id;
  }
};

/// A new person, agreed on, who has signed in.
struct Newcomer : House {
  PersonId id{state.next.person};
  SessionId session;
  Newcomer() {
    ask(first, AddPerson{"baru.1", "Baru", Role::operator_, {"polres-sleman"}, "", "hash-of-new"});
    agreed();
    session = sign_in(id);
  }
};

}  // namespace

TEST(PasswordsTest, WhoHasATemporaryOneDoesNothingButChooseAnother) {
  Newcomer n;
  ASSERT_TRUE(n.person(n.id).temporary_until);
  std::vector<Command> all(std::variant_size_v<CommandKinds>);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].choose(i);
    if (std::holds_alternative<SignOut>(all[i]) || std::holds_alternative<ChangePassword>(all[i])) continue;
    n.ask(n.session, all[i]);
    EXPECT_TRUE(n.code() == "own_password" || n.code() == "not_allowed") << i << " " << n.code();
    ASSERT_EQ(n.last.size(), 1u);
    EXPECT_EQ(n.happened<people::CommandRefused>().size(), 1u) << i;
    refused += n.code() == "own_password";
  }
  EXPECT_GT(refused, 30u) << "all that their role has";
  n.ask(n.session, ChangePassword{"", "hash-of-own"});
  EXPECT_EQ(n.code(), "");
  EXPECT_FALSE(n.person(n.id).temporary_until);
  EXPECT_EQ(*n.person(n.id).password_hash.reveal(), "hash-of-own");
  n.ask(n.session, PassHeadset{});
  n.ask(n.session, BeReady{});
  EXPECT_EQ(n.code(), "");
}

TEST(PasswordsTest, UntilThenTheirScreenShowsThemselvesAlone) {
  Newcomer n;
  n.arrives("polres-sleman");
  views::Picture picture(n.session);
  const auto before = picture.complete(n.view(n.id));
  ASSERT_TRUE(before.self);
  EXPECT_EQ(before.self->temporary_until, n.person(n.id).temporary_until);
  EXPECT_FALSE(before.board);
  EXPECT_TRUE(before.calls.empty() && before.stations.empty() && before.staff.empty());
  n.arrives("polres-sleman");
  EXPECT_FALSE(picture.changes(n.view(n.id), views::touched_by(n.state, n.last)));
  views::Boards boards(n.state);
  EXPECT_FALSE(picture.board(n.view(n.id), boards));
  n.ask(n.session, ChangePassword{"", "hash-of-own"});
  const auto after = picture.changes(n.view(n.id), views::touched_by(n.state, n.last));
  ASSERT_TRUE(after);
  EXPECT_TRUE(after->full && after->board);
  EXPECT_FALSE(after->self->temporary_until);
  EXPECT_EQ(after->calls.size(), 2u);
}

TEST(PasswordsTest, ATemporaryOneOpensTheDoorForADay) {
  House h;
  const PersonId id{h.state.next.person};
  h.ask(h.first, AddPerson{"baru.1", "Baru", Role::operator_, {"polres-sleman"}, "", "hash-of-new"});
  h.pass(hours(20));
  h.first = h.sign_in(h.first_id), h.second = h.sign_in(h.second_id);
  h.agreed();
  ASSERT_FALSE(h.person(id).disabled);
  h.pass(hours(24));
  h.say(SignIn{id, "t"});
  EXPECT_EQ(h.code(), "") << "a day since it was agreed on";
  h.pass(milliseconds(1));
  h.say(SignIn{id, "t2"});
  EXPECT_EQ(h.code(), "temporary_over");
  h.say(SignIn{h.operator_id, "t3"});
  EXPECT_EQ(h.code(), "") << "others have theirs for ever";
}

TEST(PasswordsTest, WhatAnotherSetIsTemporaryWhateverItWasBefore) {
  House h;
  ASSERT_FALSE(h.person(h.operator_id).temporary_until);
  h.ask(h.first, SetPassword{h.operator_id, "another-hash"});
  EXPECT_FALSE(h.person(h.operator_id).temporary_until) << "not before it is agreed on";
  h.agreed();
  EXPECT_EQ(h.person(h.operator_id).temporary_until, h.now + hours(24));
  h.say(CommandAsked{CommandLine{}, SetPassword{h.operator_id, "third-hash"}, "", ""});
  EXPECT_TRUE(h.person(h.operator_id).temporary_until) << "by the command line, too";
  h.say(CommandAsked{CommandLine{}, SetPassword{h.operator_id, "fourth-hash", true}, "", ""});
  EXPECT_FALSE(h.person(h.operator_id).temporary_until) << "unless it says so";
  h.ask(h.first, SetPassword{h.operator_id, "fifth-hash", true});
  EXPECT_EQ(h.code(), "not_allowed") << "no administrator does";
  h.ask(h.first, AddPerson{"x.1", "X", Role::operator_, {"polres-sleman"}, "", "hash", true});
  EXPECT_EQ(h.code(), "not_allowed");
  h.ask(h.first, SetPassword{h.first_id, "own-hash"});
  EXPECT_EQ(h.code(), "not_allowed") << "one's own only by whoever knows the old one";
  h.say(CommandAsked{CommandLine{}, ChangePassword{"", "hash"}, "", ""});
  EXPECT_EQ(h.code(), "not_allowed") << "the command line is nobody";
}

TEST(PasswordsTest, OnesOwnIsChangedAloneAtOnceAndTheSignInStays) {
  House h;
  const auto session = h.sign_in(h.operator_id);
  h.ask(h.first, SetPassword{h.operator_id, "wished-by-another"});
  h.ask(session, ChangePassword{"", "hash-of-own"});
  ASSERT_EQ(h.code(), "");
  const auto changed = h.happened<people::PasswordChanged>();
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0].password_hash.subject, subject_of(h.operator_id));
  EXPECT_TRUE(h.state.people.session(session));
  EXPECT_EQ(h.state.people.approvals.size(), 1u) << "who has the old password must not undo a reset";
  h.pass(h.policy.proof_lasts + seconds(1));
  h.ask(session, ChangePassword{"", "without-the-old-one"});
  EXPECT_EQ(h.code(), "proof");
  EXPECT_EQ(*h.person(h.operator_id).password_hash.reveal(), "hash-of-own");
}

TEST(PasswordsTest, FromWhereSomebodySignsInIsNotedOnceAndTheOldestIsForgotten) {
  House h;
  h.sign_in_from("192.0.2.1");
  h.sign_in_from("192.0.2.2");
  const auto again = h.sign_in_from("192.0.2.1");
  EXPECT_TRUE(h.state.people.session(again));
  EXPECT_FALSE(h.happened<people::SessionOpened>().at(0).from) << "known already";
  h.sign_in_from("");
  EXPECT_EQ(h.known_from(h.operator_id), (std::vector<std::string>{"192.0.2.1", "192.0.2.2"}));
  for (int i = 3; i <= 5; ++i) h.sign_in_from("192.0.2." + std::to_string(i));
  EXPECT_EQ(h.known_from(h.operator_id),
            (std::vector<std::string>{"192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"}));
  EXPECT_EQ(h.happened<people::SessionOpened>().at(0).from->subject, subject_of(h.operator_id));
}

TEST(PasswordsTest, RefusedSignInsAreShownToWhoReachesThePerson) {
  House h;
  const auto elsewhere = h.add("admin3", Role::administrator, "polda-papua");
  const auto top = h.add("admin4", Role::administrator, "mabes");
  h.say(SignInFailed{h.operator_id, "192.0.2.1", 3});
  h.say(SignInFailed{{}, "198.51.100.7", 40});
  const auto refused = h.happened<people::SignInRefused>();
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused[0].from->subject.value, "strangers:" + std::to_string(h.now.ms / 86'400'000));
  const auto near = h.refused_shown_to(h.first_id);
  ASSERT_EQ(near.size(), 1u);
  EXPECT_EQ(near[0].login, "op-operator");
  EXPECT_EQ(near[0].times, 3);
  EXPECT_EQ(near[0].from, "192.0.2.1");
  EXPECT_EQ(near[0].at, h.now);
  EXPECT_TRUE(h.refused_shown_to(elsewhere).empty());
  EXPECT_TRUE(h.refused_shown_to(h.operator_id).empty()) << "not even of oneself: it is for administrators";
  const auto all = h.refused_shown_to(top);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].login, "") << "nobody has it: what was typed is kept nowhere";
  EXPECT_EQ(all[1].from, "198.51.100.7");
}

TEST(PasswordsTest, OfRefusedSignInsTheLastTwoHundredAreKept) {
  House h;
  views::Picture picture(h.first);
  (void)picture.complete(h.view(h.first_id));
  for (int i = 0; i < people::kRefusedSignInsMost; ++i) {
    h.say(SignInFailed{h.operator_id, "192.0.2.1", 1});
    (void)picture.changes(h.view(h.first_id), views::touched_by(h.state, h.last));
  }
  EXPECT_EQ(h.refused_shown_to(h.first_id).size(), 200u);
  h.say(SignInFailed{h.operator_id, "192.0.2.2", 1});
  const auto update = picture.changes(h.view(h.first_id), views::touched_by(h.state, h.last));
  ASSERT_TRUE(update);
  ASSERT_EQ(update->refused_sign_ins.size(), 1u);
  ASSERT_EQ(update->removed.size(), 1u);
  EXPECT_EQ(update->removed[0].kind, "refused_sign_in");
  EXPECT_EQ(update->removed[0].id, 1);
  EXPECT_EQ(h.refused_shown_to(h.first_id).size(), 200u);
}

}  // namespace sigap::core
