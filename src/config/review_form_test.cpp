#include "config/review_form.h"

#include <gtest/gtest.h>

#include <fstream>

namespace sigap::config {
namespace {

std::string wrong_with(const std::string& text) {
  const auto file = std::filesystem::path(testing::TempDir()) / "review-form.toml";
  std::ofstream(file) << text;
  const auto form = load_review_form(file);
  return form ? "" : form.error().message;
}

TEST(ReviewFormTest, TheFormThatShipsLooksAtTheCallAndAtTheDispatch) {
  const auto form = load_review_form(std::filesystem::path(SIGAP_SOURCE_DIR) / "data/indonesia/review-form.toml");
  ASSERT_TRUE(form) << form.error().message;
  std::size_t of_dispatch = 0;
  for (const auto& each : *form) of_dispatch += each.part == quality::Part::dispatch;
  EXPECT_GE(of_dispatch, 3U);
  EXPECT_GE(form->size() - of_dispatch, 5U);
}

TEST(ReviewFormTest, WhatIsWrongIsToldWithItsLine) {
  const std::string one = "[[criterion]]\ncode = 'place'\nindonesian = 'Tempat'\nenglish = 'Place'\n";
  EXPECT_EQ(wrong_with(one), "");
  EXPECT_NE(wrong_with(one + "weight = 11\n").find(":2: criterion[0].code: place: weight: 1 to 10"), std::string::npos)
      << wrong_with(one + "weight = 11\n");
  EXPECT_NE(wrong_with(one + "part = 'radio'\n").find(":5: criterion[0].part"), std::string::npos);
  EXPECT_NE(wrong_with(one + one).find("twice: place"), std::string::npos);
  EXPECT_NE(wrong_with(one + "note = 'x'\n").find("no such key"), std::string::npos);
  EXPECT_NE(wrong_with("").find("1 to 40 criteria"), std::string::npos);
  EXPECT_NE(load_review_form("/nowhere.toml").error().message.find("cannot read"), std::string::npos);
}

}  // namespace
}  // namespace sigap::config
