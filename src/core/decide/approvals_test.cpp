// Two persons give somebody a role or a password; the password again before that.
#include "core/testing/nation_of_tests.h"

namespace sigap::core {
namespace {

using people::ApprovalEnd;
using people::Role;

struct Office : Nation {
  PersonId first_id = add("admin1", Role::administrator, "polda-diy");
  PersonId second_id = add("admin2", Role::administrator, "polda-diy");
  PersonId elsewhere_id = add("admin3", Role::administrator, "polda-papua");
  PersonId operator_id = add("operator", Role::operator_, "polres-sleman");
  SessionId first = sign_in(first_id), second = sign_in(second_id), elsewhere = sign_in(elsewhere_id);

  std::string code() const { return refusal ? refusal->code : ""; }
  ApprovalId waiting() const {
    EXPECT_EQ(state.people.approvals.size(), 1u);
    return state.people.approvals.begin()->first;
  }
  const people::Person& person(PersonId id) const { return *state.people.person(id); }
  AddPerson newcomer() const { return {"baru.1", "Baru", Role::operator_, {"polres-sleman"}, "", "hash-of-new"}; }
};

}  // namespace

TEST(ApprovalsTest, ANewPersonMaySignInOnceASecondAdministratorAgrees) {
  Office o;
  const PersonId id{o.state.next.person};
  o.ask(o.first, o.newcomer());
  ASSERT_EQ(o.code(), "");
  EXPECT_TRUE(o.person(id).disabled);
  const auto approval = o.waiting();
  o.ask(o.first, Agree{approval});
  EXPECT_EQ(o.code(), "not_allowed") << "one person is not two";
  o.ask(o.elsewhere, Agree{approval});
  EXPECT_EQ(o.code(), "not_allowed") << "outside the reach";
  EXPECT_TRUE(o.person(id).disabled);
  o.ask(o.second, Agree{approval});
  EXPECT_EQ(o.code(), "");
  EXPECT_FALSE(o.person(id).disabled);
  EXPECT_TRUE(o.state.people.approvals.empty());
  o.ask(o.second, Agree{approval});
  EXPECT_EQ(o.code(), "unknown");
}

TEST(ApprovalsTest, APasswordOfSomebodyElseIsSetByTwoAndEndsTheirSession) {
  Office o;
  const auto theirs = o.sign_in(o.operator_id);
  o.ask(o.first, SetPassword{o.operator_id, "another-hash"});
  ASSERT_EQ(o.code(), "");
  EXPECT_NE(*o.person(o.operator_id).password_hash.reveal(), "another-hash");
  EXPECT_TRUE(o.state.people.session(theirs));
  o.ask(o.second, Agree{o.waiting()});
  EXPECT_EQ(*o.person(o.operator_id).password_hash.reveal(), "another-hash");
  EXPECT_FALSE(o.state.people.session(theirs));
}

TEST(ApprovalsTest, ARoleOrStationChangesByTwoANameByOne) {
  Office o;
  o.ask(o.first, ChangePerson{o.operator_id, "Other Name", Role::operator_, {"polres-sleman"}, "U"});
  EXPECT_EQ(*o.person(o.operator_id).name.reveal(), "Other Name");
  o.ask(o.first, ChangePerson{o.operator_id, "Other Name", Role::administrator, {"polda-diy"}, "U"});
  ASSERT_EQ(o.code(), "");
  EXPECT_EQ(o.person(o.operator_id).role, Role::operator_);
  o.ask(o.second, Agree{o.waiting()});
  EXPECT_EQ(o.person(o.operator_id).role, Role::administrator);
  EXPECT_EQ(o.person(o.operator_id).station.value, "polda-diy");
}

TEST(ApprovalsTest, WhoeverIsDisabledIsOutAtOnceAndBackByTwo) {
  Office o;
  o.ask(o.first, DisablePerson{o.operator_id});
  EXPECT_TRUE(o.person(o.operator_id).disabled);
  o.ask(o.first, EnablePerson{o.operator_id});
  EXPECT_TRUE(o.person(o.operator_id).disabled);
  o.ask(o.second, Agree{o.waiting()});
  EXPECT_FALSE(o.person(o.operator_id).disabled);
}

TEST(ApprovalsTest, ARefusalAWithdrawalAndADayEndIt) {
  Office o;
  const auto end = [&] {
    const auto ends = o.happened<people::ApprovalEnded>();
    return ends.size() == 1 ? std::optional(ends[0].how) : std::nullopt;
  };
  o.ask(o.first, SetPassword{o.operator_id, "x1"});
  o.ask(o.second, Refuse{o.waiting()});
  EXPECT_EQ(end(), ApprovalEnd::refused);
  o.ask(o.first, SetPassword{o.operator_id, "x2"});
  o.ask(o.first, Refuse{o.waiting()});
  EXPECT_EQ(end(), ApprovalEnd::withdrawn);
  o.ask(o.first, SetPassword{o.operator_id, "x3"});
  o.ask(o.first, SetPassword{o.operator_id, "x4"});
  EXPECT_EQ(end(), ApprovalEnd::withdrawn) << "the newer one stands for both";
  const auto last = o.waiting();
  o.pass(o.policy.approval_lasts);
  EXPECT_TRUE(o.state.people.approvals.empty());
  o.ask(o.second, Agree{last});
  EXPECT_EQ(o.person(o.operator_id).password_hash.reveal()->find('x'), std::string::npos);
}

TEST(ApprovalsTest, WhatADismissedAdministratorAskedForWaitsNoMore) {
  Office o;
  o.ask(o.first, SetPassword{o.operator_id, "x"});
  o.ask(o.second, DisablePerson{o.first_id});
  EXPECT_TRUE(o.state.people.approvals.empty());
}

TEST(ApprovalsTest, WithNobodyWhoCouldAgreeItIsRefusedAndNothingChanged) {
  Office o;
  o.ask(o.elsewhere, AddPerson{"jauh", "Jauh", Role::operator_, {"polres-jayapura"}, "", "x"});
  EXPECT_EQ(o.code(), "no_second_person");
  EXPECT_FALSE(o.state.people.by_login("jauh"));
  o.policy.second_person = false;
  o.ask(o.elsewhere, AddPerson{"jauh", "Jauh", Role::operator_, {"polres-jayapura"}, "", "x"});
  EXPECT_EQ(o.code(), "");
}

TEST(ApprovalsTest, ThePasswordIsAskedForAgainAndTriedFiveTimes) {
  Office o;
  o.pass(o.policy.proof_lasts + seconds(1));
  o.ask(o.first, o.newcomer());
  EXPECT_EQ(o.code(), "proof");
  EXPECT_FALSE(o.state.people.by_login("baru.1"));
  o.ask(o.first, DisablePerson{o.operator_id});
  EXPECT_EQ(o.code(), "") << "to put somebody out nobody is asked anything";
  o.say(ProofGiven{o.first, false});
  o.say(ProofGiven{o.first, true});
  o.ask(o.first, o.newcomer());
  EXPECT_EQ(o.code(), "");
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(o.state.people.session(o.first)) << i;
    o.say(ProofGiven{o.first, false});
  }
  EXPECT_FALSE(o.state.people.session(o.first));
}

}  // namespace sigap::core
