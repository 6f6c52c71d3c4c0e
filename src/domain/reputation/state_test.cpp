#include "domain/reputation/state.h"

#include <gtest/gtest.h>

namespace sigap::reputation {
namespace {

constexpr Instant kStart{1'700'000'000'000};
constexpr Duration days(std::int64_t n) {
  return hours(24 * n);
}

struct Book : State {
  void mark(std::int64_t caller, Mark mark, Instant at, std::size_t most = kNumbersMax) {
    apply(NumberMarked{{caller}, {1}, mark}, at, most);
  }
  std::int64_t points(std::int64_t caller, Instant at) const {
    const auto* s = find({caller}, at);
    return s ? points_at(*s, at) : 0;
  }
};

}  // namespace

TEST(ReputationTest, OneMarkIsNoDoubtTwoPranksOrFiveGhostsAre) {
  Book b;
  b.mark(1, Mark::prank, kStart);
  EXPECT_FALSE(b.doubted({1}, kStart));
  b.mark(1, Mark::prank, kStart + days(29));
  EXPECT_TRUE(b.doubted({1}, kStart + days(29)));
  for (int i = 0; i < 4; ++i) b.mark(2, Mark::ghost, kStart + days(29));
  EXPECT_FALSE(b.doubted({2}, kStart + days(29)));
  b.mark(2, Mark::ghost, kStart + days(29));
  EXPECT_TRUE(b.doubted({2}, kStart + days(29)));
  EXPECT_FALSE(b.doubted({3}, kStart)) << "never heard of";
  EXPECT_FALSE(b.doubted({}, kStart)) << "no number";
}

TEST(ReputationTest, PointsHalveInAMonthNeverRiseAndEndInNothing) {
  Book b;
  for (int i = 0; i < 20; ++i) b.mark(1, Mark::prank, kStart);
  EXPECT_EQ(b.points(1, kStart), kPointsMax) << "the worst is bounded";
  EXPECT_EQ(b.points(1, kStart + days(15)), kPointsMax * 3 / 4);
  EXPECT_EQ(b.points(1, kStart + days(30)), kPointsMax / 2);
  EXPECT_EQ(b.points(1, kStart + days(60)), kPointsMax / 4);
  auto before = b.points(1, kStart);
  for (int hour = 1; hour < 24 * 400; ++hour) {
    const auto now = b.points(1, kStart + hours(hour));
    ASSERT_LE(now, before) << hour;
    ASSERT_GE(now, 0);
    before = now;
  }
  EXPECT_EQ(before, 0);
  EXPECT_TRUE(b.doubted({1}, kStart + days(75)));
  EXPECT_FALSE(b.doubted({1}, kStart + days(76)));
  EXPECT_EQ(b.points(1, kStart - days(1)), kPointsMax) << "a clock that was set back takes nothing away";
}

TEST(ReputationTest, AGenuineCallOrASupervisorClearsAll) {
  for (const auto reason : {ClearReason::genuine, ClearReason::forgiven}) {
    Book b;
    b.mark(1, Mark::prank, kStart);
    b.mark(1, Mark::prank, kStart);
    b.mark(2, Mark::prank, kStart);
    b.apply(NumberCleared{{1}, {7}, {3}, reason});
    EXPECT_EQ(b.find({1}, kStart), nullptr);
    EXPECT_NE(b.find({2}, kStart), nullptr);
    EXPECT_EQ(b.by_end.size(), 1u);
    b.apply(NumberCleared{{1}, {7}, {3}, reason});  // of nobody: nothing
    EXPECT_EQ(b.numbers.size(), 1u);
  }
}

TEST(ReputationTest, WhatHasDecayedIsForgottenAndTheBookIsBounded) {
  Book b;
  for (int i = 1; i <= 100; ++i) b.mark(i, Mark::ghost, kStart + hours(i), 50);
  EXPECT_EQ(b.numbers.size(), 50u);
  EXPECT_EQ(b.by_end.size(), 50u);
  EXPECT_EQ(b.find({50}, kStart + hours(100)), nullptr) << "the weakest makes room";
  EXPECT_NE(b.find({51}, kStart + hours(100)), nullptr);
  b.mark(51, Mark::ghost, kStart + hours(101), 50);
  EXPECT_EQ(b.numbers.size(), 50u) << "who is in it already takes no room";
  EXPECT_EQ(b.find({51}, kStart + hours(101))->ghosts, 2);
  b.mark(999, Mark::prank, kStart + days(400), 50);
  EXPECT_EQ(b.numbers.size(), 1u);
  EXPECT_EQ(b.by_end.size(), 1u);
}

}  // namespace sigap::reputation
