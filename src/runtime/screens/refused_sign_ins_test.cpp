#include "runtime/screens/refused_sign_ins.h"

#include <gtest/gtest.h>

namespace sigap::runtime {

TEST(RefusedSignIns, TheFirstAtOnceTheRestOfTheMinuteAsOneSum) {
  RefusedSignIns refused;
  const Instant now{1'000'000};
  const auto first = refused.refused({7}, "192.0.2.1", now);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->person, PersonId{7});
  EXPECT_EQ(first->address, "192.0.2.1");
  EXPECT_EQ(first->times, 1);
  for (int i = 0; i < 9; ++i) EXPECT_FALSE(refused.refused({7}, "192.0.2.1", now + seconds(i)));
  EXPECT_TRUE(refused.refused({8}, "192.0.2.1", now)) << "another login is told apart";
  EXPECT_TRUE(refused.refused({7}, "192.0.2.2", now)) << "another address, too";
  EXPECT_TRUE(refused.due(now + seconds(59)).empty());
  const auto sums = refused.due(now + minutes(1));
  ASSERT_EQ(sums.size(), 1u) << "who came once is told already";
  EXPECT_EQ(sums[0].person, PersonId{7});
  EXPECT_EQ(sums[0].address, "192.0.2.1");
  EXPECT_EQ(sums[0].times, 9);
  EXPECT_FALSE(refused.refused({7}, "192.0.2.1", now + seconds(61))) << "whoever goes on is summed on";
  EXPECT_EQ(refused.due(now + seconds(121)).size(), 1u);
  EXPECT_TRUE(refused.due(now + seconds(181)).empty());
  EXPECT_TRUE(refused.refused({7}, "192.0.2.1", now + seconds(182))) << "after a minute of peace it is news";
}

TEST(RefusedSignIns, AThousandAddressesAreAHundredAndOneSum) {
  RefusedSignIns refused;
  const Instant now{1'000'000};
  int told = 0;
  for (int i = 0; i < 1'000; ++i) told += refused.refused({}, "198.51.100." + std::to_string(i), now).has_value();
  EXPECT_EQ(told, static_cast<int>(RefusedSignIns::kApart));
  const auto sums = refused.due(now + minutes(1));
  ASSERT_EQ(sums.size(), 1u);
  EXPECT_EQ(sums[0].times, 1'000 - static_cast<int>(RefusedSignIns::kApart));
  EXPECT_EQ(sums[0].address, "");
}

}  // namespace sigap::runtime
