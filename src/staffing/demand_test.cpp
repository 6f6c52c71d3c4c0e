#include "staffing/demand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace sigap::staffing {
namespace {

constexpr Instant kMonday{1'767'571'200'000};  // 2026-01-05T00:00:00Z

double week_of(const Demand& d) {
  return std::accumulate(d.calls_per_hour.begin(), d.calls_per_hour.end(), 0.0);
}

TEST(WeekTest, HoursOfTheWeekBeginOnMonday) {
  EXPECT_EQ(hour_of_week(kMonday), 0);
  EXPECT_EQ(hour_of_week(kMonday - milliseconds(1)), 167);
  EXPECT_EQ(hour_of_week(kMonday + hours(24 * 6 + 23)), 167);
  EXPECT_EQ(hour_of_week({0}), 72);
  EXPECT_EQ(hour_of_week({-1}), 71);
}

TEST(DemandTest, ASteadyLineIsReadAsItIs) {
  CallTally tally(std::vector<Place>{{{"a"}, {"p"}}});
  for (int hour = 0; hour < 4 * kHoursOfWeek; ++hour)
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(tally.add({{"a"}, kMonday + hours(hour) + minutes(10L * i), 90.0}));
  EXPECT_FALSE(tally.add({{"nowhere"}, kMonday, 1.0}));
  const auto demand = tally.estimate();
  ASSERT_TRUE(demand);
  for (const double rate : (*demand)[0].calls_per_hour) EXPECT_NEAR(rate, 6, 1e-6);
  EXPECT_NEAR((*demand)[0].handling_s, 90, 1e-9);
  EXPECT_EQ((*demand)[0].seen, 4 * kHoursOfWeek * 6);
}

TEST(DemandTest, AQuietStationLeansOnItsProvinceABusyOneOnItself) {
  CallTally tally(std::vector<Place>{{{"busy"}, {"p"}}, {{"middle"}, {"p"}}, {{"quiet"}, {"p"}}, {{"other"}, {"q"}}});
  for (int hour = 0; hour < 8 * kHoursOfWeek; ++hour) {
    const bool evening = hour % 24 >= 12;
    for (int i = 0; i < (evening ? 9 : 3); ++i) tally.add({{"busy"}, kMonday + hours(hour) + minutes(i), 100.0});
    if (evening) tally.add({{"middle"}, kMonday + hours(hour), 50.0});
    tally.add({{"other"}, kMonday + hours(hour), {}});
  }
  const auto demand = tally.estimate();
  ASSERT_TRUE(demand);
  const auto& [busy, middle, quiet] = std::tie((*demand)[0], (*demand)[1], (*demand)[2]);
  EXPECT_NEAR(week_of(busy), 6 * kHoursOfWeek, 0.02 * 6 * kHoursOfWeek);
  EXPECT_GT(week_of(quiet), 0);
  EXPECT_LT(week_of(quiet), week_of(middle) / 5);
  EXPECT_GT(quiet.calls_per_hour[20], 1.5 * quiet.calls_per_hour[4]) << "its evenings are its province's";
  EXPECT_NEAR(busy.handling_s, 100, 1) << "thousands of calls speak for themselves";
  EXPECT_GT(quiet.handling_s, 80) << "none: the province's mean";
  double all = 0;
  for (const auto& d : *demand) all += week_of(d) * 8;
  EXPECT_NEAR(all, static_cast<double>(tally.calls()), 1e-6) << "no call is lost or invented";
}

TEST(DemandTest, BorrowingIsNearerToTheTruthThanCounting) {
  // 4 provinces of 15 unequal stations with a common week, known because it is made here; four weeks are seen.
  std::mt19937 random(7);
  std::gamma_distribution<double> size(0.7, 1);
  std::vector<Place> places;
  std::vector<Week<double>> truth;
  for (int p = 0; p < 4; ++p)
    for (int s = 0; s < 15; ++s) {
      places.push_back({{std::to_string(p) + "-" + std::to_string(s)}, {std::to_string(p)}});
      auto& week = truth.emplace_back();
      const double level = size(random);
      for (int h = 0; h < kHoursOfWeek; ++h) week[h] = level * (1 + 0.8 * std::sin((h % 24 + p) * 0.2618));
    }
  CallTally tally(places);
  std::vector<Week<double>> counted(places.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    for (int hour = 0; hour < 4 * kHoursOfWeek; ++hour) {
      const int calls = std::poisson_distribution<int>(truth[i][hour % kHoursOfWeek])(random);
      counted[i][hour % kHoursOfWeek] += calls / 4.0;
      for (int c = 0; c < calls; ++c) tally.add({places[i].station, kMonday + hours(hour), 60.0});
    }
  const auto demand = tally.estimate();
  ASSERT_TRUE(demand);
  double wrong = 0, wrong_by_counting = 0;
  for (std::size_t i = 0; i < places.size(); ++i)
    for (int h = 0; h < kHoursOfWeek; ++h) {
      wrong += std::pow((*demand)[i].calls_per_hour[h] - truth[i][h], 2);
      wrong_by_counting += std::pow(counted[i][h] - truth[i][h], 2);
    }
  EXPECT_LT(wrong, wrong_by_counting / 5) << wrong << " " << wrong_by_counting;
}

TEST(DemandTest, AFewDaysMakeAWholeWeek) {
  CallTally tally(std::vector<Place>{{{"a"}, {"p"}}});
  for (int hour = 0; hour < 48; ++hour) tally.add({{"a"}, kMonday + hours(hour), 60.0});
  const auto demand = tally.estimate();
  ASSERT_TRUE(demand);
  for (const double rate : (*demand)[0].calls_per_hour) EXPECT_NEAR(rate, 1, 1e-6);
}

TEST(DemandTest, WithoutCallsOrHandlingThereIsNothingToLearn) {
  CallTally tally(std::vector<Place>{{{"a"}, {"p"}}});
  EXPECT_EQ(tally.estimate().error().code, "empty");
  tally.add({{"a"}, kMonday, {}});
  EXPECT_EQ(tally.estimate().error().field, "handling_s");
  EXPECT_NEAR(tally.estimate(120)->front().handling_s, 120, 1e-9);
}

}  // namespace
}  // namespace sigap::staffing
