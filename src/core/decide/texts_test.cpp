// Texts to the line: a task for the station whose caller it is, never lost, never twice, and bounded.
#include "core/testing/nation_of_tests.h"

namespace sigap::core {
namespace {

TextArrives a_text(const std::string& name, const std::string& words, std::int64_t caller = 7) {
  TextArrives in;
  in.trunk = {"telkom"};
  in.trunk_station = {"polres-sleman"};
  in.name = name;
  in.caller = {caller};
  in.number = "+62811";
  in.text = words;
  return in;
}

}  // namespace

TEST(TextTest, ATextIsATaskOfTheStationAndRingsNobody) {
  Nation n;
  const auto a = n.operator_ready("a", "polres-sleman");
  n.say(a_text("m1", "Tolong, ada pencuri"));
  EXPECT_FALSE(n.refusal);
  ASSERT_EQ(n.state.tasks.tasks.size(), 1u);
  const auto& task = n.state.tasks.tasks.begin()->second;
  EXPECT_EQ(task.kind, tasks::TaskKind::text);
  EXPECT_EQ(task.station.value, "polres-sleman");
  EXPECT_EQ(*task.number.reveal(), "+62811");
  ASSERT_TRUE(task.texts && task.texts->size() == 1);
  EXPECT_EQ(*task.texts->at(0).text.reveal(), "Tolong, ada pencuri");
  EXPECT_EQ(task.texts->at(0).text.subject, task.number.subject) << "forgotten together";
  EXPECT_EQ(n.op(a).state, people::OperatorState::ready);
  EXPECT_TRUE(n.state.offers.empty());
}

TEST(TextTest, SaidTwiceIsOneAndAnotherOfTheSameCallerJoinsIt) {
  Nation n;
  n.say(a_text("m1", "satu"));
  n.say(a_text("m1", "satu"));
  EXPECT_TRUE(n.last.empty());
  EXPECT_FALSE(n.refusal) << "it is taken: yes is said again";
  n.say(a_text("m2", "dua"));
  n.say(a_text("m3", "tiga", 8));
  ASSERT_EQ(n.state.tasks.tasks.size(), 2u);
  const auto& task = n.state.tasks.tasks.begin()->second;
  ASSERT_EQ(task.texts->size(), 2u);
  EXPECT_EQ(*task.texts->at(1).text.reveal(), "dua");
  for (std::size_t i = 3; i <= tasks::kTextsMax; ++i) n.say(a_text("more" + std::to_string(i), "lagi"));
  EXPECT_FALSE(n.refusal);
  n.say(a_text("beyond", "lagi"));
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "too_many");
  EXPECT_TRUE(n.last.empty());
  n.say(a_text("m2", "dua"));
  EXPECT_FALSE(n.refusal) << "what is written stays taken";
}

TEST(TextTest, OfACallerWithoutANumberEachIsATask) {
  Nation n;
  auto in = a_text("m1", "satu");
  in.caller = {};
  in.number.clear();
  n.say(in);
  in.name = "m2";
  n.say(in);
  EXPECT_EQ(n.state.tasks.tasks.size(), 2u);
}

TEST(TextTest, ATextJoinsTheCallbackOfItsCallerAndNoCallJoinsAText) {
  Nation n;
  n.say(a_text("m1", "satu"));
  CallArrives call;
  call.leg = {"leg"};
  call.trunk_station = {"polres-sleman"};
  call.caller = {7};
  call.number = "+62811";
  n.say(call);
  n.say(LegEnded{{"leg"}, calls::CallEndedBy::caller, "CANCEL"});
  ASSERT_EQ(n.state.tasks.tasks.size(), 2u) << "who calls and hangs up is called back, text or not";
  n.say(a_text("m2", "dua"));
  ASSERT_EQ(n.state.tasks.tasks.size(), 2u);
  const auto& callback = n.state.tasks.tasks.rbegin()->second;
  EXPECT_EQ(callback.kind, tasks::TaskKind::callback);
  ASSERT_TRUE(callback.texts && callback.texts->size() == 1);
  EXPECT_EQ(callback.texts->at(0).text.subject, callback.number.subject);
  n.say(a_text("m1", "satu"));
  EXPECT_TRUE(n.last.empty()) << "it stands behind the other task";
}

TEST(TextTest, WithAPlaceItGoesToWhoIsNear) {
  Nation n;
  auto in = a_text("m1", "satu");
  in.location = Location{*geo_point(110.33, -7.88), 30};
  n.say(in);
  EXPECT_EQ(n.state.tasks.tasks.begin()->second.station.value, "polres-bantul");
}

TEST(TextTest, WhoIsTurnedAwayAtTheDoorIsWrittenDown) {
  Nation n;
  TurnedAwayAtDoor in;
  in.over = seconds(60);
  in.strangers = 6000;
  in.addresses = {"192.0.2.7"};
  in.refusals = {{{"telkom"}, 405, 2}};
  n.say(in);
  ASSERT_EQ(n.happened<TurnedAwayAtDoor>().size(), 1u);
  EXPECT_EQ(n.happened<TurnedAwayAtDoor>().at(0).strangers, 6000);
}

}  // namespace sigap::core
