#include "domain/distribution/ranking.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

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
TEST(RankingTest, ASuspectedCallIsPutBehindByABoundedTimeAndNeverOut) {
  const Waiting doubted{{1}, false, {0}, false, true};
  EXPECT_EQ(next_call({doubted})->value, 1);
  EXPECT_EQ(next_call({doubted, {{2}, false, {19'999}, false}})->value, 2);
  EXPECT_EQ(next_call({doubted, {{2}, false, {20'001}, false}})->value, 1) << "age wins";
  EXPECT_EQ(next_call({{{1}, true, {500}, false, true}, {{2}, true, {501}, false}})->value, 1)
      << "doubt does not touch an urgent call";
}

/// Thousands of random lines: arrivals, urgency, locality and suspicion as the dice fall. Whoever is passed over was
/// passed over by an urgent call, or by one that had waited at most the two constants less; and all are served.
TEST(RankingTest, NobodyStarves) {
  const Duration reach = kDoubtDelay + kLocalBonus;
  std::int64_t served = 0, passed_over = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    const auto chance = [&random](std::uint64_t percent) { return random() % 100 < percent; };
    const auto urgent = random() % 40, doubted = random() % 100, arrivals = 40 + random() % 80;
    std::map<CallId, Waiting> line;
    std::int64_t last = 0;
    for (Instant now{0}; now.ms < 300'000 || !line.empty(); now.ms += 1 + static_cast<std::int64_t>(random() % 4000)) {
      for (int burst = chance(5) ? 20 : 1; burst > 0 && now.ms < 300'000; --burst) {
        if (!chance(arrivals)) continue;
        const CallId id{++last};
        line[id] = {id, chance(urgent), now, false, chance(doubted)};
      }
      std::vector<Waiting> seen;
      for (auto& [id, w] : line) {
        if (chance(1)) w.urgent = true;  // pressed 5 while waiting
        w.local = chance(30);            // each operator sits elsewhere
        seen.push_back(w);
      }
      const auto next = next_call(seen);
      ASSERT_EQ(next.has_value(), !line.empty());
      if (!next) continue;
      const auto chosen = line.at(*next);
      line.erase(*next);
      ++served;
      for (const auto& [id, left] : line) {
        ASSERT_LE(left.urgent, chosen.urgent) << "seed " << seed << ": an urgent call behind another";
        if (left.urgent != chosen.urgent || left.since >= chosen.since) continue;
        ++passed_over;
        ASSERT_LE((chosen.since - left.since).ms, left.urgent ? kLocalBonus.ms : reach.ms) << "seed " << seed;
      }
    }
    ASSERT_TRUE(line.empty());
  }
  EXPECT_GT(served, 10'000);
  EXPECT_GT(passed_over, 1'000) << "nothing was put to the test";
}

}  // namespace sigap::distribution
