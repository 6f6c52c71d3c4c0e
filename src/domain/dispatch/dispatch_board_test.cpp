#include "domain/dispatch/dispatch_board.h"

#include <gtest/gtest.h>

namespace sigap::dispatch {

TEST(RecommendTest, FreshPositionsNearestFirstThenOthersByTheirStation) {
  const GeoPoint place = *geo_point(110.4, -7.8), near = *geo_point(110.41, -7.8), far = *geo_point(110.6, -7.8);
  const auto picks = recommend({{{1}, true, far, seconds(5), 0},
                                {{2}, true, near, seconds(5), 9000},
                                {{3}, true, place, seconds(500), 0},
                                {{4}, false, {}, {}, 50}},
                               true, place, 3);
  ASSERT_EQ(picks.size(), 3u);
  EXPECT_EQ(picks[0].unit.value, 2);
  EXPECT_EQ(picks[1].unit.value, 1);
  EXPECT_EQ(picks[2].unit.value, 3);
  EXPECT_EQ(picks[2].reason, PickReason::position_old);
}

TEST(RecommendTest, WithoutAPlaceTheStationDecides) {
  const auto picks = recommend({{{1}, true, {}, seconds(1), 900}, {{2}, false, {}, {}, 50}}, false, {}, 3);
  ASSERT_EQ(picks.size(), 2u);
  EXPECT_EQ(picks[0].unit.value, 2);
  EXPECT_EQ(picks[0].distance_m, -1);
}

}  // namespace sigap::dispatch
