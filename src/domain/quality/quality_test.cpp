#include <gtest/gtest.h>

#include "domain/quality/state.h"

namespace sigap::quality {
namespace {

TEST(QualityTest, TheSampleIsNeverThinnerThanItsPercent) {
  for (const std::int64_t percent : {2, 3, 10, 100}) {
    std::int64_t drawn = 0, since = 0, gap = 0;
    constexpr std::int64_t kCalls = 100'000;
    for (std::int64_t id = 1; id <= kCalls; ++id) {
      const bool in = in_sample({id}, percent);
      drawn += in;
      since = in ? 0 : since + 1;
      gap = std::max(gap, since);
    }
    EXPECT_GE(drawn, kCalls * percent / 100 - 1) << percent;
    EXPECT_LE(drawn, kCalls * percent / 100 + 3) << percent << ": and no more work than that";
    EXPECT_LE(gap, 262 / percent) << percent << ": nor is there a long time without one";
  }
}

TEST(QualityTest, AScoreIsOfWhatAppliesByItsWeight) {
  const Form form{1,
                  {{"greeting", Part::call, "Salam", "Greeting", 1},
                   {"place", Part::call, "Tempat", "Place", 3},
                   {"unit", Part::dispatch, "Unit", "Unit", 2}}};
  EXPECT_EQ(percent_of(form, {2, 2, 2}), 100);
  EXPECT_EQ(percent_of(form, {0, 0, 0}), 0);
  EXPECT_EQ(percent_of(form, {2, 1, -1}), 63);
  EXPECT_EQ(percent_of(form, {0, 1, -1}), 38);
  EXPECT_EQ(percent_of(form, {-1, -1, -1}), std::nullopt) << "nothing was looked at";
  EXPECT_EQ(percent_of(form, {2, 2}), std::nullopt);
  EXPECT_EQ(percent_of(form, {2, 3, 2}), std::nullopt);
  EXPECT_EQ(percent_of(form, {2, -2, 2}), std::nullopt);
}

TEST(QualityTest, AFormThatCannotBeAnsweredIsRefusedByWhatIsWrong) {
  const Criterion good{"place", Part::call, "Tempat", "Place", 3};
  const auto with = [&](auto change) {
    auto other = good;
    change(other);
    return objection({other}).value_or("");
  };
  EXPECT_EQ(objection({good}), std::nullopt);
  EXPECT_NE(objection({}), std::nullopt);
  EXPECT_NE(objection({good, good}).value_or("").find("twice"), std::string::npos);
  EXPECT_NE(with([](auto& c) { c.code = "Pl ace"; }).find("code"), std::string::npos);
  EXPECT_NE(with([](auto& c) { c.english.clear(); }).find("question"), std::string::npos);
  EXPECT_NE(with([](auto& c) { c.weight = 0; }).find("weight"), std::string::npos);
}

TEST(QualityTest, TheOldestFormIsForgottenAndTheNewestIsTheOneInUse) {
  State state;
  for (std::int64_t version = 1; version <= static_cast<std::int64_t>(kFormsMax) + 1; ++version)
    state.apply(ReviewFormDefined{{version, {}}});
  EXPECT_EQ(state.form(1), nullptr);
  ASSERT_NE(state.form(2), nullptr);
  EXPECT_EQ(state.newest()->version, static_cast<std::int64_t>(kFormsMax) + 1);
}

}  // namespace
}  // namespace sigap::quality
