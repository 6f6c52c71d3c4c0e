// Each figure at its edges: what counts, what is a miss, and where a duration falls.
#include <gtest/gtest.h>

#include "figures/tables.h"

namespace sigap::figures {
namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

CallFact call(CallResult result, std::int64_t answered_ms = -1) {
  CallFact fact;
  fact.call = {1};
  fact.arrived = {kDay_ms * 100 + hours(20).ms};
  fact.station = {"polres-a"};
  fact.hours_east = 7;
  fact.result = result;
  if (answered_ms >= 0) fact.answered = Duration{answered_ms};
  return fact;
}

Sums sums_of(const Tally& tally) {
  Sums sums;
  for (const auto& [key, counts] : tally.by_hour)
    for (std::size_t i = 0; i < kCounts; ++i) sums.counts[i] += counts[i];
  for (const auto& [key, times] : tally.by_day)
    sums.spreads[static_cast<std::size_t>(key.measure)][key.seconds] += times;
  return sums;
}

TEST(FiguresTest, AnHourIsThatOfTheStationsClock) {
  Tally tally;
  tally.add(call(CallResult::answered, 1));
  ASSERT_EQ(tally.by_hour.size(), 1u);
  EXPECT_EQ(tally.by_hour.begin()->first.hour, (LocalHour{101, 3})) << "20:00 UTC is 03:00 WIB of the next day";
  EXPECT_EQ(local_hour({-1}, 0), (LocalHour{-1, 23}));
}

TEST(FiguresTest, WithinIsWithinToTheMillisecondAndOfAllOffered) {
  Tally tally;
  for (const auto ms : {5'000, 5'001, 10'000, 10'001, 20'000, 20'001}) tally.add(call(CallResult::answered, ms));
  tally.add(call(CallResult::hung_up));
  tally.add(call(CallResult::refused));
  tally.add(call(CallResult::cut_off));
  tally.add(call(CallResult::waiting));  // not over: not counted yet
  const auto sums = sums_of(tally);
  EXPECT_EQ(sums.of(Count::offered), 9);
  EXPECT_EQ(sums.of(Count::within_5), 1);
  EXPECT_EQ(sums.of(Count::within_10), 3);
  EXPECT_EQ(sums.of(Count::within_20), 5);
  const auto figures = figures_of(sums);
  EXPECT_EQ(figures.within_10, 333) << "rounded down: a goal that is nearly reached is not reached";
  EXPECT_EQ(figures_of({}).within_5, std::nullopt) << "of nothing there is no share";
}

TEST(FiguresTest, APercentileIsTheNearestRankAndNeverBetterThanItWas) {
  EXPECT_EQ(rounded_s({0}), 0);
  EXPECT_EQ(rounded_s({1}), 1);
  EXPECT_EQ(rounded_s({60'000}), 60);
  EXPECT_EQ(rounded_s({60'001}), 65);
  EXPECT_EQ(rounded_s({301'000}), 330);
  EXPECT_EQ(rounded_s(hours(9)), 14'400);
  EXPECT_EQ(percentile_s({{1, 5}, {9, 5}}, 50), 1);
  EXPECT_EQ(percentile_s({{1, 5}, {9, 5}}, 90), 9);
  EXPECT_EQ(percentile_s({{3, 1}}, 90), 3);
  EXPECT_EQ(percentile_s({}, 50), std::nullopt);
}

TEST(FiguresTest, AnAlertThatNobodyAnswersIsAMissAndOneThatIsCalledOffIsNone) {
  Tally tally;
  AlertFact alert;
  alert.station = {"polres-a"};
  for (const auto result : {AlertResult::open, AlertResult::acknowledged, AlertResult::missed, AlertResult::declined,
                            AlertResult::called_off}) {
    alert.result = result;
    tally.add(alert);
  }
  const auto sums = sums_of(tally);
  EXPECT_EQ(sums.of(Count::alerts), 3);
  EXPECT_EQ(sums.of(Count::acknowledged), 1);
  EXPECT_EQ(sums.of(Count::missed), 2);
  EXPECT_EQ(figures_of(sums).acknowledged, 333);
}

TEST(FiguresTest, WorkIsCutAtTheHours) {
  Tally tally;
  WorkFact work;
  work.person = {1};
  work.station = {"polres-a"};
  work.hours_east = 8;
  work.from = {kDay_ms * 100 + minutes(50).ms};
  tally.add(work);
  EXPECT_TRUE(tally.by_hour.empty()) << "it goes on";
  work.until = work.from + minutes(75);
  tally.add(work);
  work.kind = WorkKind::handling;
  work.until = work.from + minutes(5);
  tally.add(work);
  ASSERT_EQ(tally.by_hour.size(), 3u);
  const auto at = [&](std::int64_t hour, Count count) {
    return tally.by_hour.at({{"polres-a"}, {100, hour}})[static_cast<std::size_t>(count)];
  };
  EXPECT_EQ(at(8, Count::ready_ms), minutes(10).ms);
  EXPECT_EQ(at(9, Count::ready_ms), minutes(60).ms);
  EXPECT_EQ(at(10, Count::ready_ms), minutes(5).ms);
  EXPECT_EQ(at(8, Count::handling_ms), minutes(5).ms);
  EXPECT_EQ(figures_of(sums_of(tally)).occupancy, 62);
}

TEST(FiguresTest, WhatIsTakenBackLeavesNothing) {
  Tally tally;
  auto fact = call(CallResult::answered, 3);
  fact.outcome = "genuine";
  tally.add(fact);
  tally.add(fact, -1);
  tally.tidy();
  EXPECT_TRUE(tally.by_hour.empty());
  EXPECT_TRUE(tally.by_day.empty());
}

TEST(FiguresTest, APlaceIsACellOfAKilometre) {
  EXPECT_EQ(cell_of(*geo_point(110.368, -7.786)), (Cell{-779, 11'037}));
  EXPECT_EQ(cell_of({49'999, -50'001}), (Cell{-1, 0}));
}

TEST(FiguresTest, ARowSaysAllOfAFact) {
  auto fact = call(CallResult::hung_up);
  fact.ended = seconds(4);
  fact.short_ring = fact.urgent = fact.transferred = true;
  fact.taken = Instant{7};
  fact.caller = {9};
  fact.cell = Cell{-779, 11'037};
  fact.outcome = "genuine";
  fact.returns = 2;
  EXPECT_EQ(call_of(row_of(fact)), fact);
  fact.caller = {};
  fact.cell.reset();
  EXPECT_EQ(call_of(row_of(fact)), fact);
  for (std::size_t t = 0; t < kTables; ++t) EXPECT_GT(table(TableId{t}).columns.size(), table(TableId{t}).keys);
  EXPECT_EQ(row_of(fact).size(), table(TableId::calls).columns.size());
  EXPECT_EQ(row_of(IncidentFact{}).size(), table(TableId::incidents).columns.size());
  EXPECT_EQ(row_of(AlertFact{}).size(), table(TableId::alerts).columns.size());
  EXPECT_EQ(row_of(WorkFact{}).size(), table(TableId::work).columns.size());
  EXPECT_EQ(incident_of(row_of(IncidentFact{})), IncidentFact{});
  EXPECT_EQ(alert_of(row_of(AlertFact{})), AlertFact{});
  EXPECT_EQ(work_of(row_of(WorkFact{})), WorkFact{});
}

}  // namespace
}  // namespace sigap::figures
