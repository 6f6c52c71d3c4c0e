#include "adapters/web/login_limiter.h"

#include <gtest/gtest.h>

namespace sigap::web {
namespace {

constexpr Instant kStart{1'000'000'000};

/// Fails until made to wait; how often that was possible.
int fail_until_delayed(LoginLimiter& limiter, const std::string& address, const std::string& login, Instant now) {
  int tried = 0;
  while (limiter.begin(address, login, now).ms == 0 && tried < 1000) ++tried;
  return tried;
}

TEST(LoginLimiter, DelayDoublesWithEachFailureUpToItsMost) {
  LoginLimiter limiter;
  EXPECT_EQ(fail_until_delayed(limiter, "a", "budi", kStart), 5);
  Instant now = kStart;
  for (const int expected : {1, 2, 4, 8, 16, 32, 60, 60}) {
    EXPECT_EQ(limiter.begin("a", "budi", now), seconds(expected));
    EXPECT_EQ(limiter.begin("a", "budi", now + seconds(expected) - milliseconds(1)), milliseconds(1));
    now = now + seconds(expected);
    EXPECT_EQ(limiter.begin("a", "budi", now), Duration{});  // fails again
  }
}

TEST(LoginLimiter, WaitingInVainIsNotCounted) {
  LoginLimiter limiter;
  fail_until_delayed(limiter, "a", "budi", kStart);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(limiter.begin("a", "budi", kStart), seconds(1));
}

TEST(LoginLimiter, OtherAddressesAndCapitalsAreTheSameLogin) {
  LoginLimiter limiter;
  for (int n = 0; n < 5; ++n) EXPECT_EQ(limiter.begin("a" + std::to_string(n), "budi", kStart), Duration{});
  EXPECT_GT(limiter.begin("z", "BUDI", kStart), Duration{});
}

TEST(LoginLimiter, ManyLoginsFromOneAddressAreDelayed) {
  LoginLimiter limiter;
  int tried = 0;
  while (limiter.begin("a", "login" + std::to_string(tried), kStart).ms == 0 && tried < 1000) ++tried;
  EXPECT_EQ(tried, 20);
  EXPECT_EQ(limiter.begin("b", "somebody", kStart), Duration{});
}

TEST(LoginLimiter, AGuesserBehindTheSameAddressKeepsNobodyOutWhoWasThereBefore) {
  LoginLimiter limiter;
  EXPECT_EQ(limiter.begin("nat", "sari", kStart), Duration{});
  limiter.succeeded("nat", "sari");
  int tried = 0;
  while (limiter.begin("nat", "guess" + std::to_string(tried), kStart).ms == 0 && tried < 1000) ++tried;
  EXPECT_EQ(tried, 20);
  EXPECT_EQ(limiter.begin("nat", "sari", kStart), Duration{});
  limiter.succeeded("nat", "sari");
  EXPECT_GT(limiter.begin("nat", "guess", kStart), Duration{}) << "one's own account washes no guess away";
  EXPECT_GT(limiter.begin("nat", "stranger", kStart), Duration{});
  fail_until_delayed(limiter, "nat", "sari", kStart);
  EXPECT_GT(limiter.begin("nat", "sari", kStart), Duration{}) << "guesses at the known one are still slow";
}

TEST(LoginLimiter, SuccessForgivesTheLoginButNotTheAddress) {
  LoginLimiter limiter;
  for (int n = 0; n < 4; ++n) (void)limiter.begin("a", "budi", kStart);
  EXPECT_EQ(limiter.begin("a", "budi", kStart), Duration{});
  limiter.succeeded("a", "budi");
  EXPECT_EQ(fail_until_delayed(limiter, "a", "budi", kStart), 5);
  // 4 failures stand against the address (what was tried at the known login is between these two): 16 others are free.
  int tried = 0;
  while (limiter.begin("a", "other" + std::to_string(tried), kStart).ms == 0 && tried < 1000) ++tried;
  EXPECT_EQ(tried, 16);
}

TEST(LoginLimiter, StrangersCannotKeepAnOperatorOut) {
  LoginLimiter limiter;
  EXPECT_EQ(limiter.begin("station", "budi", kStart), Duration{});
  limiter.succeeded("station", "budi");
  fail_until_delayed(limiter, "stranger", "budi", kStart);
  EXPECT_GT(limiter.begin("stranger2", "budi", kStart), Duration{});
  EXPECT_EQ(limiter.begin("station", "budi", kStart), Duration{});
}

TEST(LoginLimiter, WhoIsRememberedFromAnEarlierProcessIsKnown) {
  LoginLimiter limiter;
  limiter.remember("station", "budi");
  fail_until_delayed(limiter, "station", "siti", kStart);
  fail_until_delayed(limiter, "stranger", "budi", kStart);
  EXPECT_TRUE(limiter.knows("station", "Budi"));
  EXPECT_TRUE(limiter.knows("station"));
  EXPECT_FALSE(limiter.knows("stranger"));
  EXPECT_FALSE(limiter.knows("station", "siti"));
  EXPECT_EQ(limiter.begin("station", "budi", kStart), Duration{});
}

TEST(LoginLimiter, ForgetsWithTimeAndWhatWasNotTried) {
  LoginLimiter limiter;
  fail_until_delayed(limiter, "a", "budi", kStart);
  EXPECT_EQ(fail_until_delayed(limiter, "a", "budi", kStart + hours(1)), 5);
  for (int n = 0; n < 50; ++n) {
    EXPECT_EQ(limiter.begin("c", "siti", kStart), Duration{});
    limiter.not_tried("c", "siti");
  }
}

TEST(LoginLimiter, TablesAreBoundedAndForgetTheOldest) {
  Recent<int> recent(3);
  for (const char* key : {"a", "b", "c"}) recent.touch(key) = 1;
  recent.touch("a");
  recent.touch("d");
  EXPECT_EQ(recent.size(), 3U);
  EXPECT_EQ(recent.find("b"), nullptr);
  EXPECT_NE(recent.find("a"), nullptr);
}

}  // namespace
}  // namespace sigap::web
