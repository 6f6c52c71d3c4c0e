// What is written in a page's call: to the core, and back to the page when it is in the journal.
#include "runtime/voice/page_calls_of_tests.h"

namespace sigap::runtime {
namespace {

core::LineCard line(const std::string& name, const std::string& text) {
  core::LineCard card;
  card.name = name;
  card.text = text;
  return card;
}

TEST_F(PageCallsTest, WhatIsTypedGoesToTheCoreAndIsToldToThePageWhenItIsInTheJournal) {
  const auto leg = dials(7);
  hand->proceed(leg);
  hand->hear(7, core::PageText{"first", "tolong"});
  ASSERT_EQ(submitted.size(), 1u);
  EXPECT_EQ(std::get<core::TextTyped>(submitted[0]).leg, leg);
  EXPECT_EQ(std::get<core::TextTyped>(submitted[0]).text, "tolong");
  EXPECT_FALSE(last<core::PageLines>(7)) << "not before it is written";
  lines = {line("first", "tolong")};
  hand->changed(leg);
  ASSERT_TRUE(last<core::PageLines>(7));
  EXPECT_TRUE(last<core::PageLines>(7)->full);
  lines.push_back(line("answer", "kami datang"));
  hand->changed(leg);
  ASSERT_EQ(last<core::PageLines>(7)->lines.size(), 1u) << "what it has not yet";
  EXPECT_EQ(last<core::PageLines>(7)->lines[0].name, "answer");
  EXPECT_FALSE(last<core::PageLines>(7)->full);
  hand->disconnected(7);
  open(8);
  hand->hear(8, PageBack{secret(1), ""});
  ASSERT_TRUE(last<core::PageLines>(8));
  EXPECT_TRUE(last<core::PageLines>(8)->full);
  EXPECT_EQ(last<core::PageLines>(8)->lines.size(), 2u) << "a page that was loaded anew has all of it";
}

TEST_F(PageCallsTest, ALineThatIsNotTakenIsToldByItsNameAlsoWhenTheCallIsOver) {
  const auto leg = dials(7);
  hand->proceed(leg);
  refuse_text = "too_fast";
  hand->hear(7, core::PageText{"first", "tolong"});
  ASSERT_TRUE(last<core::PageTextRefused>(7));
  EXPECT_EQ(last<core::PageTextRefused>(7)->name, "first");
  EXPECT_EQ(last<core::PageTextRefused>(7)->code, "too_fast");
  hand->hang_up(leg);
  hand->hear(7, core::PageText{"second", "halo"});
  EXPECT_EQ(last<core::PageTextRefused>(7)->code, "over");
  EXPECT_TRUE(submitted.empty());
}

}  // namespace
}  // namespace sigap::runtime
