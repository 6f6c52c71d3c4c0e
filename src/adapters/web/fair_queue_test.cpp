#include "adapters/web/fair_queue.h"

#include <gtest/gtest.h>

namespace sigap::web {

TEST(FairQueue, WhoAsksMuchWaitsBehindThemselves) {
  FairQueue<int> queue(100, 50);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(queue.push("attacker", i));
  EXPECT_TRUE(queue.push("station", 1000));
  EXPECT_TRUE(queue.push("station", 1001));
  EXPECT_TRUE(queue.push("village", 2000));
  std::vector<int> out;
  for (int i = 0; i < 6; ++i) out.push_back(*queue.pop());
  EXPECT_EQ(out, (std::vector{0, 1000, 2000, 1, 1001, 2}));
}

TEST(FairQueue, IsBoundedInAllAndInEachLane) {
  FairQueue<int> queue(3, 2);
  EXPECT_TRUE(queue.push("a", 1));
  EXPECT_TRUE(queue.push("a", 2));
  EXPECT_FALSE(queue.push("a", 3));
  EXPECT_TRUE(queue.push("b", 4));
  EXPECT_FALSE(queue.push("c", 5));
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 4);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
  EXPECT_TRUE(queue.push("c", 6));
}

}  // namespace sigap::web
