#include "staffing/plan.h"

#include <gtest/gtest.h>

namespace sigap::staffing {
namespace {

constexpr Goal kGoal{0.9, 15, 0.01, 0.85};  // of the table below
constexpr double kPatience = 60, kHandling = 60, kBusyHour = 0.08;

/// 387 equal stations in 32 provinces, every hour of the week as busy as the busiest.
Plan nation_of(double calls_a_day) {
  std::vector<Place> places;
  Demand demand;
  demand.handling_s = kHandling;
  demand.calls_per_hour.fill(calls_a_day * kBusyHour);
  places.reserve(387);
  for (int i = 0; i < 387; ++i) places.push_back({{"s" + std::to_string(i)}, {"p" + std::to_string(i % 32)}});
  return plan(places, std::vector<Demand>(places.size(), demand), kPatience, kGoal).value();
}

TEST(PlanTest, WhatPoolingSavesInAKnownNation) {
  // Field notes on this nation: 387 stations in 32 provinces, calls a day and station on average, 8 % of the day in the
  // busy hour; operators of stations alone, of provinces, of one nation. The nation's follow from what is given.
  // Assumed here, for it is not given: all stations are equal. Theirs were not, so the other columns agree only
  // roughly.
  struct Row {
    double calls_a_day;
    int alone, provinces, nation;
  };
  for (const auto& row : {Row{14, 509, 73, 12}, {61, 749, 126, 39}, {307, 1070, 297, 187}, {1220, 1876, 834, 741}}) {
    const auto p = nation_of(row.calls_a_day);
    EXPECT_EQ(p.nation.most(), row.nation) << row.calls_a_day;
    EXPECT_NEAR(1.0 * most(p.by_provinces) / row.provinces, 1, 0.15) << row.calls_a_day;
    EXPECT_NEAR(1.0 * most(p.alone) / row.alone, 1, 0.25) << row.calls_a_day;
  }
}

TEST(PlanTest, PoolingNeverCosts) {
  for (const double calls : {1.0, 14.0, 200.0}) {
    const auto p = nation_of(calls);
    EXPECT_LE(p.nation.most(), most(p.by_provinces));
    EXPECT_LE(most(p.by_provinces), most(p.alone));
    for (const auto& province : p.provinces) EXPECT_LE(province.pooled.most(), most(province.alone));
    EXPECT_EQ(operator_hours(p.alone), 168LL * most(p.alone));
  }
}

TEST(PlanTest, WhereOccupancyAloneDecidesPoolingSavesNothing) {
  // Large groups would reach the other two goals with fewer. One nation needs a few more than its provinces: there some
  // callers abandon, who are work for nobody.
  const auto p = nation_of(5000);
  EXPECT_NEAR(1.0 * p.nation.most() / most(p.by_provinces), 1, kGoal.abandoned);
  EXPECT_NEAR(p.nation.at_busiest.occupancy, kGoal.occupancy, 0.001);
}

TEST(PlanTest, ThePooledHandlingIsTheCallsMean) {
  Demand few{{}, 300, 0}, many{{}, 60, 0};
  few.calls_per_hour.fill(1);
  many.calls_per_hour.fill(3);
  EXPECT_NEAR(pooled({&few, &many}).handling_s, 120, 1e-9);
  EXPECT_NEAR(pooled({&few, &many}).calls_per_hour[5], 4, 1e-12);
}

TEST(PlanTest, OneMoreHelpsLessAndLess) {
  const Traffic traffic{60, 60, 60};
  double before = traffic.calls_per_hour;
  for (int n = 1; n < 8; ++n) {
    const double gain = gain_of_one_more(traffic, n, 5);
    EXPECT_GT(gain, 0);
    EXPECT_LT(gain, before);
    before = gain;
  }
}

}  // namespace
}  // namespace sigap::staffing
