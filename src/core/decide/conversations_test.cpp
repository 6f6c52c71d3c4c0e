// What is written in a call: the same call and queue as a voice's, each line once, in order, within limits.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using calls::SaidBy;

const LegId kLeg{"web-0000000000000000000000000001"};

/// A page calls at Sleman, where an operator is ready, and writes.
struct Typed : Nation {
  SessionId desk;
  CallId call;

  explicit Typed(bool ready = true) {
    if (ready) desk = operator_ready("a", "polres-sleman");
    call = pages(kLeg, {7});
  }
  CallId pages(const LegId& leg, CallerRef caller, const std::string& language = "") {
    CallArrives in;
    in.leg = leg;
    in.trunk = {calls::kPageTrunk};
    in.trunk_station = {"polres-sleman"};
    in.caller = caller;
    in.language = language;
    const CallId id{state.next.call};
    say(in);
    return id;
  }
  void types(const std::string& name, const std::string& text) { say(TextTyped{kLeg, name, text}); }
  void answer() { ask(desk, AcceptOffer{op(desk).offer}); }
  std::string code() const { return refusal ? refusal->code : ""; }
  CallCard card(SessionId session) const {
    const auto& viewer = *state.people.person(state.people.session(session)->person);
    return *views::card(views::View{state, positions, policy, viewer}, call);
  }
};

calls::Photograph photograph(char which) {
  return {std::string(64, which), 90'000, 1'600, 1'200};
}

TEST(ConversationsTest, WhatWasWrittenBeforeAnybodyAnsweredIsSeenByWhoAnswersAndTheAnswerByThePage) {
  Typed n;
  n.types("first", "ada maling");
  n.pass(seconds(2));
  n.types("second", "saya tidak bisa bicara");
  ASSERT_EQ(n.happened<calls::TextSaid>().size(), 1u);
  n.answer();
  auto lines = n.card(n.desk).lines;
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text, "ada maling");
  EXPECT_EQ(lines[1].text, "saya tidak bisa bicara");
  EXPECT_TRUE(n.card(n.desk).can_read.value_or(false));
  n.ask(n.desk, SayText{n.call, "answer", "di mana?"});
  ASSERT_FALSE(n.refusal) << n.refusal->message;
  EXPECT_EQ(n.happened<calls::TextSaid>().at(0).by, SaidBy::operator_);
  EXPECT_EQ(n.happened<calls::TextSaid>().at(0).text.subject, subject_of(n.call)) << "forgotten with the call";
  const auto told = views::lines_of(*n.state.calls.find(n.call));
  ASSERT_EQ(told.size(), 3u);
  EXPECT_EQ(told[2].text, "di mana?");
}

TEST(ConversationsTest, WhoTypesStandsInTheSameQueueAndInFrontOnceTheySaidThatTheyCannotSpeak) {
  Typed n(false);
  const auto before = n.arrives("polres-sleman", {8});
  n.types("first", "tolong");
  EXPECT_FALSE(n.state.calls.find(n.call)->urgent) << "writing alone puts nobody in front";
  const auto third = n.arrives("polres-sleman", {9});
  n.say(DigitPressed{kLeg, "5"});
  EXPECT_TRUE(n.state.calls.find(n.call)->urgent);
  EXPECT_TRUE(n.state.calls.find(n.call)->silent);
  const auto desk = n.operator_ready("b", "polres-sleman");
  EXPECT_EQ(n.state.offers.at(n.op(desk).offer).call, n.call);
  EXPECT_EQ(n.state.calls.waiting.size(), 3u) << "nobody is lost for it " << before.value << third.value;
}

TEST(ConversationsTest, ALineThatIsSaidAgainIsOne) {
  Typed n;
  n.types("first", "halo");
  n.types("first", "halo");
  EXPECT_FALSE(n.refusal) << "it is done";
  EXPECT_TRUE(n.happened<calls::TextSaid>().empty());
  n.answer();
  n.ask(n.desk, SayText{n.call, "first", "ya?"});
  EXPECT_EQ(n.happened<calls::TextSaid>().size(), 1u) << "the other side's names are others";
  n.ask(n.desk, SayText{n.call, "first", "ya?"});
  EXPECT_FALSE(n.refusal);
  EXPECT_EQ(n.state.calls.find(n.call)->lines->size(), 2u);
}

TEST(ConversationsTest, BeyondItsLimitsEachLineIsRefusedWithItsReason) {
  Typed n;
  n.types("n", "");
  EXPECT_EQ(n.code(), "invalid");
  n.types("", "x");
  EXPECT_EQ(n.code(), "invalid");
  n.types("../x", "x");
  EXPECT_EQ(n.code(), "invalid");
  n.types("n", std::string(calls::kLineMax_bytes + 1, 'x'));
  EXPECT_EQ(n.code(), "too_long");
  n.types("n", std::string(calls::kLineMax_bytes, 'x'));
  EXPECT_EQ(n.code(), "");
  for (std::size_t i = 1; i < calls::kLinesPerSecond; ++i) n.types("fast" + std::to_string(i), "x");
  EXPECT_EQ(n.code(), "");
  n.types("later", "x");
  EXPECT_EQ(n.code(), "too_fast");
  n.pass(seconds(1));
  n.types("later", "x");
  EXPECT_EQ(n.code(), "") << "a moment later it is taken";
  while (n.state.calls.find(n.call)->lines->size() < calls::kLinesMax) {
    n.pass(seconds(1));
    n.types("l" + std::to_string(n.state.calls.find(n.call)->lines->size()), "x");
    ASSERT_EQ(n.code(), "");
  }
  n.pass(seconds(1));
  n.types("beyond", "x");
  EXPECT_EQ(n.code(), "too_many");
  n.types("later", "x");
  EXPECT_EQ(n.code(), "") << "what is there already is acknowledged all the same";
}

TEST(ConversationsTest, AfterTheEndNothingIsWrittenAnyMore) {
  Typed n;
  n.answer();
  n.types("first", "terima kasih");
  n.say(LegEnded{kLeg, CallEndedBy::caller, "page hung up"});
  n.types("second", "halo?");
  EXPECT_EQ(n.code(), "over");
  n.ask(n.desk, SayText{n.call, "late", "ya"});
  EXPECT_EQ(n.code(), "gone");
  EXPECT_EQ(n.card(n.desk).lines.size(), 1u) << "it is still read while the call is wrapped up";
  n.say(TextTyped{{"nobody"}, "n", "x"});
  EXPECT_EQ(n.code(), "over");
}

TEST(ConversationsTest, ToATelephoneNobodyWritesAndOnlyWhoTalksWritesToAPage) {
  Typed n;
  n.answer();
  const auto other = n.operator_ready("b", "polres-sleman");
  n.ask(other, SayText{n.call, "n", "x"});
  EXPECT_EQ(n.code(), "not_allowed");
  const auto telephone = n.arrives("polres-sleman", {9});
  n.ask(other, AcceptOffer{n.op(other).offer});
  n.ask(other, SayText{telephone, "n", "x"});
  EXPECT_EQ(n.code(), "no_text");
  EXPECT_TRUE(n.card(other).lines.empty()) << "another operator's conversation is not theirs to read";
}

TEST(ConversationsTest, APhotographIsALineUpToItsLimitAndWhoLooksAtItIsWrittenDownBeforeTheySeeIt) {
  Typed n;
  n.types("first", "ini orangnya");
  n.say(PhotographSealed{kLeg, "photo", photograph('a')});
  ASSERT_EQ(n.happened<calls::PhotographKept>().size(), 1u);
  n.say(PhotographSealed{kLeg, "photo", photograph('a')});
  EXPECT_TRUE(n.happened<calls::PhotographKept>().empty()) << "said again";
  n.answer();
  const auto lines = n.card(n.desk).lines;
  ASSERT_EQ(lines.size(), 2u);
  ASSERT_TRUE(lines[1].photograph);
  EXPECT_FALSE(lines[1].text);
  n.ask(n.desk, ViewPhotograph{n.call, std::string(64, 'b')});
  EXPECT_EQ(n.code(), "gone");
  n.ask(n.desk, ViewPhotograph{n.call, std::string(64, 'a')});
  ASSERT_EQ(n.happened<calls::PhotographSeen>().size(), 1u);
  EXPECT_EQ(n.happened<calls::PhotographSeen>()[0].person, n.op(n.desk).person);
  for (std::size_t i = 1; i < calls::kPhotographsMax; ++i) {
    n.pass(seconds(1));
    n.say(PhotographSealed{kLeg, "more" + std::to_string(i), photograph('c')});
    ASSERT_EQ(n.code(), "");
  }
  n.pass(seconds(1));
  n.say(PhotographSealed{kLeg, "beyond", photograph('d')});
  EXPECT_EQ(n.code(), "too_many");
}

TEST(ConversationsTest, TheLanguageOfTheCallerIsAFactOfTheCallAndFollowsTheirChoice) {
  Typed n(false);
  n.call = n.pages({"web-2"}, {8}, "jv");
  EXPECT_EQ(n.happened<calls::CallerSpeaks>().at(0).language.value, "jv");
  n.say(LanguageChosen{{"web-2"}, "jv"});
  EXPECT_TRUE(n.last.empty()) << "the same as before";
  n.say(LanguageChosen{{"web-2"}, "su"});
  n.desk = n.operator_ready("b", "polres-sleman");
  EXPECT_EQ(n.card(n.desk).language, "su");
  n.say(LanguageChosen{{"web-2"}, "<b>"});
  EXPECT_EQ(n.code(), "invalid");
  CallArrives odd;
  odd.leg = {"leg-odd"};
  odd.language = std::string(99, 'x');
  n.say(odd);
  EXPECT_EQ(n.code(), "") << "a call is taken whatever it says of languages";
  EXPECT_TRUE(n.happened<calls::CallerSpeaks>().empty());
}

TEST(ConversationsTest, WhoWroteIsNoSilentCallerWhoSaidNothing) {
  Typed n;
  n.answer();
  n.types("first", "tolong");
  n.ask(n.desk, SetOutcome{n.call, calls::Outcome::silent});
  EXPECT_TRUE(n.happened<reputation::NumberMarked>().empty());
}

}  // namespace
}  // namespace sigap::core
