#include "domain/calls/better_place.h"

#include <gtest/gtest.h>

namespace sigap::calls {

TEST(BetterPlaceTest, NewsIsWhatIsCloserOrElsewhere) {
  const auto tugu = *geo_point(110.3671, -7.7829);
  const Location cell{tugu, 800};
  const auto away = [&](double metres, std::int32_t radius_m) { return Location{moved(tugu, 90, metres), radius_m}; };
  EXPECT_TRUE(is_better_place(std::nullopt, cell));
  EXPECT_FALSE(is_better_place(cell, cell)) << "said again";
  EXPECT_TRUE(is_better_place(cell, away(600, 20))) << "a fix within the cell";
  EXPECT_FALSE(is_better_place(away(600, 20), cell)) << "the cell again, which holds the fix";
  EXPECT_TRUE(is_better_place(away(5000, 20), cell)) << "another cell: they have gone";
  EXPECT_FALSE(is_better_place(Location{tugu, 20}, away(15, 20))) << "the fix trembles";
  EXPECT_TRUE(is_better_place(Location{tugu, 20}, away(60, 20)));
  EXPECT_TRUE(is_better_place(Location{tugu, 0}, Location{tugu, 30})) << "now it is known how far off";
  EXPECT_FALSE(is_better_place(Location{tugu, 30}, Location{tugu, 0}));
  EXPECT_TRUE(is_better_place(Location{tugu, 30}, away(40, 0)));
}

}  // namespace sigap::calls
