#include "domain/dispatch/state.h"

#include <gtest/gtest.h>

#include <random>

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

/// Those that are clearly farther away are passed over: the picks are those of all ranked.
TEST(RecommendTest, TheNearestOfManyAreThoseOfAllRanked) {
  std::mt19937 random(3);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  const auto place = *geo_point(107.6, -6.9);
  for (int round = 0; round < 200; ++round) {
    std::vector<Spotted> units;
    for (std::int64_t id = 1; id <= 60; ++id)
      units.push_back({{id},
                       below(5) > 0,
                       *geo_point(107.6 + 0.001 * below(900), -6.9 - 0.001 * below(900)),
                       seconds(below(150)),
                       below(4)});
    const auto all = recommend(units, true, place, units.size());
    ASSERT_EQ(all.size(), units.size());
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i].reason != PickReason::nearest) break;
      ASSERT_LE(all[i - 1].distance_m, all[i].distance_m);
    }
    for (const std::size_t most : {0u, 1u, 3u})
      ASSERT_EQ(recommend(units, true, place, most),
                std::vector<Pick>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most)));
  }
}

}  // namespace sigap::dispatch
