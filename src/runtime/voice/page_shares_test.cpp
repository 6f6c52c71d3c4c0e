#include "runtime/voice/page_shares.h"

#include <gtest/gtest.h>

namespace sigap::runtime {
namespace {

constexpr Instant kNow{1'000'000};

TEST(PageSharesTest, ASiteHasThe48OfItsNetworks) {
  EXPECT_EQ(site_of("2001:db8:1:2::/64"), "2001:db8:1::/48");
  EXPECT_EQ(site_of("2001:db8:1::/64"), "2001:db8:1::/48");
  EXPECT_EQ(site_of("192.0.2.1"), "");
  EXPECT_EQ(site_of("somewhere/64"), "");
}

/// Somebody with a /48 has 65,536 networks: each of them alone would be as good as no limit.
TEST(PageSharesTest, TheNetworksOfASiteShareFourTimesWhatAnAddressHas) {
  PageShares shares({1'000, 3, 100});
  std::vector<std::string> there;
  const auto calls = [&](const std::string& address) {
    const bool taken = shares.take(address, there, kNow);
    if (taken) there.push_back(address);
    return taken;
  };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(calls("2001:db8:1:1::/64"));
  EXPECT_FALSE(calls("2001:db8:1:1::/64")) << "three of one network";
  for (int network = 2; network <= 10; ++network)
    EXPECT_TRUE(calls("2001:db8:1:" + std::to_string(network) + "::/64")) << network;
  EXPECT_FALSE(calls("2001:db8:1:99::/64")) << "twelve of one site";
  EXPECT_TRUE(calls("2001:db8:2:1::/64")) << "a neighbour is not to blame";
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(calls("192.0.2.1"));
  EXPECT_FALSE(calls("192.0.2.1"));
  EXPECT_TRUE(calls("192.0.2.2"));
}

TEST(PageSharesTest, NewCallsOfASiteWithinAMinuteAreCountedToo) {
  PageShares shares({1'000, 100, 2});
  const auto calls = [&](int network, Instant now) {
    return shares.take("2001:db8:1:" + std::to_string(network) + "::/64", {}, now);
  };
  for (int network = 1; network <= 8; ++network) EXPECT_TRUE(calls(network, kNow));
  EXPECT_FALSE(calls(9, kNow)) << "eight of one site, though each hung up";
  shares.forget_old(kNow + seconds(59));
  EXPECT_FALSE(calls(9, kNow + seconds(59)));
  EXPECT_TRUE(calls(9, kNow + seconds(60)));
}

}  // namespace
}  // namespace sigap::runtime
