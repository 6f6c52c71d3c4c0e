#include "domain/distribution/ranking.h"

#include <gtest/gtest.h>

namespace sigap::distribution {

TEST(RankingTest, HomeBeatsALongerIdleNeighbour) {
  const auto best =
      best_operator({{{1}, Tier::province, 100, {10}}, {{2}, Tier::home, 0, {500}}, {{3}, Tier::home, 0, {400}}});
  EXPECT_EQ(best->person.value, 3);
}

TEST(RankingTest, TheProvinceIsTriedNearestFirstAndTheDeskBeforeIt) {
  EXPECT_EQ(best_operator({{{1}, Tier::province, 900, {1}}, {{2}, Tier::province, 100, {9}}})->person.value, 2);
  EXPECT_EQ(best_operator({{{1}, Tier::province, 10, {1}}, {{2}, Tier::province_desk, 9000, {9}}})->person.value, 2);
  EXPECT_EQ(best_operator({{{1}, Tier::nation, 10, {1}}, {{2}, Tier::headquarters, 9000, {9}}})->person.value, 2);
  EXPECT_FALSE(best_operator({}));
}

TEST(RankingTest, UrgencyThenWaitThenABoundedLocalBonus) {
  EXPECT_EQ(next_call({{{1}, false, {0}, false}, {{2}, true, {9000}, false}})->value, 2);
  EXPECT_EQ(next_call({{{1}, false, {1000}, false}, {{2}, false, {3000}, true}})->value, 2)
      << "local, within the bonus";
  EXPECT_EQ(next_call({{{1}, false, {1000}, false}, {{2}, false, {4001}, true}})->value, 1) << "the bonus is bounded";
}

}  // namespace sigap::distribution
