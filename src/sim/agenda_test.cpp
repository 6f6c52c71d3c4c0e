#include "sim/agenda.h"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "sim/random.h"

namespace sigap::sim {

/// Against a plain sorted set: near and far, in bursts, while others happen, and after a look ahead.
TEST(AgendaTest, EverythingHappensInItsTimeAndOrder) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Random random(seed);
    Agenda agenda;
    std::set<std::tuple<std::int64_t, int>> expected;
    std::vector<int> happened, in_order;
    std::int64_t now = 1'767'200'400'000;
    int count = 0;
    const auto put = [&] {
      const std::int64_t ahead[] = {0, random.below(3), random.below(900), random.below(5'000),
                                    random.below(4'000'000)};
      const auto when = now + ahead[random.below(5)];
      expected.insert({when, ++count});
      agenda.at({when}, [&happened, n = count] { happened.push_back(n); });
    };
    for (int i = 0; i < 50; ++i) put();
    for (int i = 0; i < 3000 && !expected.empty(); ++i) {
      const auto [when, n] = *expected.begin();
      ASSERT_EQ(agenda.next()->ms, when);
      if (random.chance(10)) now = std::max(now, when - random.below(2));  // looked, and something comes in between
      if (random.chance(10)) {
        put();
        continue;
      }
      expected.erase(expected.begin());
      in_order.push_back(n);
      now = when;
      agenda.take()();
      ASSERT_EQ(happened, in_order);
      for (auto more = random.below(3); more > 0 && count < 2500; --more) put();
    }
  }
}

TEST(AgendaTest, WhatIsLateHappensNext) {
  Agenda agenda;
  std::vector<int> happened;
  agenda.at({5'000}, [&] { happened.push_back(1); });
  agenda.take()();
  agenda.at({5'001}, [&] { happened.push_back(3); });
  agenda.at({10}, [&] { happened.push_back(2); });
  EXPECT_EQ(agenda.next()->ms, 10);
  agenda.take()();
  agenda.take()();
  EXPECT_FALSE(agenda.next());
  EXPECT_EQ(happened, (std::vector{1, 2, 3}));
}

}  // namespace sigap::sim
