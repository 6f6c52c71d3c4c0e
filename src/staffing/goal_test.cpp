#include "staffing/goal.h"

#include <gtest/gtest.h>

#include <limits>

namespace sigap::staffing {
namespace {

TEST(GoalTest, TheLeastNumberIsFoundAndOneLessDoesNotDo) {
  for (const double calls : {0.01, 1.0, 7.0, 43.0, 433.0, 2000.0, 9505.0, 40'000.0})
    for (const double patience : {15.0, 60.0, 600.0, kEndlessPatience})
      for (const Goal& goal : {Goal{}, Goal{0.9, 15, 0.01, 0.85}, Goal{0.8, 20, 0.05, 1}, Goal{0.99, 0, 1, 1},
                               Goal{0, 0, 1, 0.2}, Goal{0.9999, 5, 1e-6, 0.99}}) {
        const Traffic traffic{calls, 60, patience};
        const auto n = operators_needed(traffic, goal);
        ASSERT_TRUE(n) << n.error().message;
        EXPECT_TRUE(meets(service(traffic, *n, goal.within_s), goal)) << calls << " " << *n;
        if (*n > 1) {
          EXPECT_FALSE(meets(service(traffic, *n - 1, goal.within_s), goal)) << calls << " " << *n;
        }
      }
}

TEST(GoalTest, WithoutCallsNobodyIsNeeded) {
  EXPECT_EQ(operators_needed({0, 60, 60}, {}).value(), 0);
}

TEST(GoalTest, CountingOnlyAnsweredCallsWouldRewardHangingUp) {
  // 158 Erlang, 60 s of handling and patience, 138 operators: of those answered, 90 % within 15 s; of all, far fewer.
  const auto s = service({9505, 60, 60}, 138, 15);
  EXPECT_NEAR(s.abandons, 0.13, 0.005);
  EXPECT_GT(s.answered_within / (1 - s.abandons), 0.9);
  EXPECT_LT(s.answered_within, 0.9);
}

TEST(GoalTest, WhatCannotBeIsRefusedWithItsField) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& [goal, field] : {std::pair(Goal{1, 5, 0.01, 0.85}, "share"),
                                    {Goal{1.2, 5, 0.01, 0.85}, "share"},
                                    {Goal{nan, 5, 0.01, 0.85}, "share"},
                                    {Goal{0.9, -1, 0.01, 0.85}, "within_s"},
                                    {Goal{0.9, kEndlessPatience, 0.01, 0.85}, "within_s"},
                                    {Goal{0.9, 5, 0, 0.85}, "abandoned"},
                                    {Goal{0.9, 5, 2, 0.85}, "abandoned"},
                                    {Goal{0.9, 5, 0.01, 0}, "occupancy"},
                                    {Goal{0.9, 5, 0.01, 1.1}, "occupancy"}}) {
    const auto n = operators_needed({60, 60, 60}, goal);
    ASSERT_FALSE(n) << field;
    EXPECT_EQ(n.error().field, field);
  }
  for (const auto& [traffic, field] : {std::pair(Traffic{-1, 60, 60}, "calls_per_hour"),
                                       {Traffic{nan, 60, 60}, "calls_per_hour"},
                                       {Traffic{1, 0, 60}, "handling_s"},
                                       {Traffic{1, 60, 0}, "patience_s"},
                                       {Traffic{1e12, 60, 60}, "calls_per_hour"}}) {
    const auto n = operators_needed(traffic, {});
    ASSERT_FALSE(n) << field;
    EXPECT_EQ(n.error().field, field);
  }
}

}  // namespace
}  // namespace sigap::staffing
