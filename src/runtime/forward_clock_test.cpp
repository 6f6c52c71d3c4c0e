#include "runtime/forward_clock.h"

#include <gtest/gtest.h>

namespace sigap::runtime {
namespace {

struct ForwardClockTest : testing::Test {
  Instant wall = Instant{0} + hours(1000), steady;
  ForwardClock clock{[this] { return wall; }, [this] { return steady; }};

  void pass(Duration time) {
    wall = wall + time;
    steady = steady + time;
  }
};

}  // namespace

TEST_F(ForwardClockTest, IsTheWallClock) {
  pass(seconds(5));
  EXPECT_EQ(clock.now(), wall);
}

TEST_F(ForwardClockTest, SetForwardItHurriesButNoTimerRunsOutAtOnce) {
  const auto before = clock.now();
  wall = wall + hours(2);
  EXPECT_EQ(clock.now(), before);
  for (int i = 0; i < 1000; ++i) {
    pass(milliseconds(5));
    EXPECT_LE(clock.now(), before + milliseconds(10L * (i + 1)));
  }
  EXPECT_EQ(clock.now(), before + seconds(10)) << "a ring of ten seconds lasts five";
  pass(hours(3));
  EXPECT_EQ(clock.now(), wall);
}

TEST_F(ForwardClockTest, SetBackItGoesOnUntilTheWallClockHasCaughtUp) {
  const auto before = clock.now();
  wall = wall + hours(-1);
  EXPECT_EQ(clock.now(), before);
  for (int i = 0; i < 1000; ++i) {  // looked at often, it must not stand still
    pass(milliseconds(10));
    (void)clock.now();
  }
  EXPECT_EQ(clock.now(), before + seconds(9)) << "a ring of ten seconds ends after eleven";
  pass(hours(10));
  EXPECT_EQ(clock.now(), wall);
}

TEST_F(ForwardClockTest, GoesOnFromWhatAMachineWhoseClockIsAheadHasWritten) {
  const auto written = wall + minutes(5);
  clock.not_before(written);
  EXPECT_EQ(clock.now(), written);
  pass(seconds(10));
  EXPECT_EQ(clock.now(), written + seconds(9));
  clock.not_before(written);
  EXPECT_EQ(clock.now(), written + seconds(9));
}

}  // namespace sigap::runtime
