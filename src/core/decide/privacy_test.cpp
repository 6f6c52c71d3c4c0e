// Whose data is read is written down; what is closed is forgotten by two, or when its time is over.
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using people::Role;

struct Registry : Nation {
  PersonId first_id = add("admin1", Role::administrator, "polda-diy");
  PersonId second_id = add("admin2", Role::administrator, "polda-diy");
  SessionId first = sign_in(first_id), second = sign_in(second_id);
  const CallerRef caller{77};
  const Records closed{{{901}, {902}}, {{903}}, {{904}}};

  std::string code() const { return refusal ? refusal->code : ""; }
  void ask_about(const Asker& who, Command command, std::optional<CallerRecords> found) {
    CommandAsked in{who, std::move(command), "token", "hash", std::move(found)};
    say(in);
  }
  void forget(const Asker& who, const Records& records) {
    ask_about(who, ForgetCaller{"+6281234567", "Surat B/12/XI/2026"}, CallerRecords{caller, records});
  }
  ApprovalId waiting() const {
    EXPECT_EQ(state.people.approvals.size(), 1u);
    return state.people.approvals.begin()->first;
  }
};

}  // namespace

TEST(PrivacyTest, WhatACallerAsksToHaveForgottenIsForgottenOnceASecondAdministratorAgrees) {
  Registry o;
  o.forget(SignedIn{o.first}, o.closed);
  ASSERT_EQ(o.code(), "");
  EXPECT_TRUE(o.happened<privacy::RecordsForgotten>().empty());
  const auto approval = o.waiting();
  o.ask(o.first, Agree{approval});
  EXPECT_EQ(o.code(), "not_allowed") << "one person is not two";
  o.ask(o.second, Agree{approval});
  ASSERT_EQ(o.code(), "");
  const auto events = o.happened<privacy::RecordsForgotten>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].records, o.closed);
  EXPECT_EQ(events[0].basis, privacy::Basis::request);
  EXPECT_EQ(events[0].caller, o.caller);
  EXPECT_EQ(events[0].asked_by, o.first_id);
  EXPECT_EQ(*events[0].reason.reveal(), "Surat B/12/XI/2026");
  EXPECT_EQ(events[0].reason.subject, subject_of(o.first_id)) << "it outlives the caller's data";
  EXPECT_TRUE(o.state.people.approvals.empty());
}

TEST(PrivacyTest, TwoRequestsOfTwoCallersWaitBesideEachOtherAndOneOfOneReplacesTheOther) {
  Registry o;
  o.forget(SignedIn{o.first}, o.closed);
  o.ask_about(SignedIn{o.first}, ForgetCaller{"+6289", "another letter"}, CallerRecords{{78}, {{{905}}, {}, {}}});
  EXPECT_EQ(o.state.people.approvals.size(), 2u);
  o.forget(SignedIn{o.first}, Records{{{901}}, {}, {}});
  EXPECT_EQ(o.state.people.approvals.size(), 2u);
}

TEST(PrivacyTest, AnotherStationsRequestStandsBesideIt) {
  Registry o;
  const auto elsewhere = o.sign_in(o.add("admin3", Role::administrator, "polda-papua"));
  o.add("admin4", Role::administrator, "polda-papua");
  o.forget(SignedIn{o.first}, o.closed);
  o.forget(SignedIn{elsewhere}, Records{{{905}}, {}, {}});
  ASSERT_EQ(o.code(), "");
  EXPECT_EQ(o.state.people.approvals.size(), 2u);
}

TEST(PrivacyTest, ACallbackIsForgottenByItselfAndItsCallWithoutIt) {
  Registry o;
  const auto call = o.arrives("polres-sleman", o.caller);
  o.say(LegEnded{{"leg1"}, calls::CallEndedBy::caller, "BYE"});
  ASSERT_EQ(o.state.tasks.tasks.size(), 1u);
  const auto& task = o.state.tasks.tasks.begin()->second;
  EXPECT_EQ(task.number.subject, subject_of(task.id)) << "a key of its own";
  EXPECT_TRUE(task.number.known());
  o.say(RetentionOver{{{call}, {}, {task.id}}});
  const auto events = o.happened<privacy::RecordsForgotten>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].records, (Records{{call}, {}, {}})) << "somebody still has to call back";
}

TEST(PrivacyTest, AReasonIsNeededAndSomethingToForget) {
  Registry o;
  o.ask_about(SignedIn{o.first}, ForgetCaller{"+6281", "short"}, CallerRecords{o.caller, o.closed});
  EXPECT_EQ(o.code(), "invalid");
  o.ask_about(SignedIn{o.first}, ForgetCaller{"+6281", std::string(501, 'x')}, CallerRecords{o.caller, o.closed});
  EXPECT_EQ(o.code(), "invalid");
  o.ask_about(SignedIn{o.first}, ForgetCaller{"+6281", "long enough a reason"}, CallerRecords{});
  EXPECT_EQ(o.code(), "unknown");
  o.ask_about(SignedIn{o.first}, ForgetCaller{"+6281", "long enough a reason"}, std::nullopt);
  EXPECT_EQ(o.code(), "unavailable");
  EXPECT_TRUE(o.state.people.approvals.empty());
}

TEST(PrivacyTest, WhoeverMayStillWaitForHelpIsNotForgotten) {
  Registry o;
  const auto live = o.arrives("polres-sleman");
  o.forget(SignedIn{o.first}, Records{{live}, {}, {}});
  EXPECT_EQ(o.code(), "still_open");
  o.say(RetentionOver{{{{901}, live}, {}, {}}});
  const auto events = o.happened<privacy::RecordsForgotten>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].records, (Records{{{901}}, {}, {}}));
  EXPECT_EQ(events[0].basis, privacy::Basis::retention);
  o.say(RetentionOver{{{live}, {}, {}}});
  EXPECT_TRUE(o.happened<privacy::RecordsForgotten>().empty());
}

TEST(PrivacyTest, ForgettingIsOrderedFromTheVault) {
  Registry o;
  o.say(RetentionOver{o.closed});
  const auto effect = effect_of(EventBody{o.happened<privacy::RecordsForgotten>().at(0)});
  ASSERT_TRUE(effect);
  EXPECT_EQ(std::get<ForgetRecords>(*effect).records, o.closed);
  EXPECT_EQ(redo_of(*effect), Redo::repeatable);
  EXPECT_EQ(o.state.outstanding.size(), 1u);
}

TEST(PrivacyTest, ReadingsAndLookUpsAreWrittenDown) {
  Registry o;
  o.say(RecordsShown{o.first, o.first_id, o.closed});
  const auto read = o.happened<privacy::RecordsRead>();
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].person, o.first_id);
  EXPECT_EQ(read[0].records, o.closed);
  o.ask_about(SignedIn{o.first}, LookUpCaller{"+6281"}, CallerRecords{o.caller, o.closed});
  EXPECT_EQ(o.code(), "");
  const auto looked = o.happened<privacy::CallerLookedUp>();
  ASSERT_EQ(looked.size(), 1u);
  EXPECT_EQ(looked[0].caller, o.caller);
  EXPECT_EQ(looked[0].found, o.closed);
}

TEST(PrivacyTest, TheCommandLineAsksAboutNobody) {
  Registry o;
  o.ask_about(CommandLine{}, LookUpCaller{"+6281"}, CallerRecords{o.caller, o.closed});
  EXPECT_EQ(o.code(), "not_allowed");
  o.forget(CommandLine{}, o.closed);
  EXPECT_EQ(o.code(), "not_allowed");
}

TEST(PrivacyTest, TheSecondAdministratorSeesTheReasonAndHowMuch) {
  Registry o;
  o.forget(SignedIn{o.first}, o.closed);
  const auto& viewer = *o.state.people.person(o.second_id);
  const auto card = views::card(views::View{o.state, o.positions, o.policy, viewer}, o.waiting());
  ASSERT_TRUE(card);
  EXPECT_EQ(card->kind, people::ApprovalKind::erasure);
  EXPECT_EQ(card->records, 4);
  EXPECT_EQ(card->reason, "Surat B/12/XI/2026");
  EXPECT_EQ(card->asked_by, "op-admin1");
  EXPECT_FALSE(card->mine);
}

}  // namespace sigap::core
