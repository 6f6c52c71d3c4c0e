#include "adapters/web/forwarded.h"

#include <gtest/gtest.h>

namespace sigap::web {
namespace {

using boost::asio::ip::make_address;

AddressBlocks trusted(const std::vector<std::string>& texts) {
  auto proxies = AddressBlocks::read(texts);
  EXPECT_TRUE(proxies);
  return proxies.value_or(AddressBlocks{});
}

std::string client(const std::string& x_forwarded_for, const std::string& forwarded = "",
                   const std::string& peer = "127.0.0.1") {
  static const auto kTrusted = trusted({"127.0.0.1", "10.0.0.8", "192.168.0.0/16", "2001:db8:ff::/48"});
  return client_of(make_address(peer), kTrusted, {x_forwarded_for, forwarded});
}

TEST(ForwardedTest, TheFormsOfAnAddress) {
  EXPECT_EQ(client("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("203.0.113.9:40001"), "203.0.113.9");
  EXPECT_EQ(client("\"203.0.113.9:40001\""), "203.0.113.9");
  EXPECT_EQ(client("2001:db8:1::9"), "2001:db8:1::/64");
  EXPECT_EQ(client("[2001:db8:1::9]"), "2001:db8:1::/64");
  EXPECT_EQ(client("[2001:db8:1::9]:40001"), "2001:db8:1::/64");
  EXPECT_EQ(client("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(client("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client(" \t203.0.113.9 ,"), "203.0.113.9");
}

TEST(ForwardedTest, TheFirstFromTheRightWhoIsNoProxyIsTheClient) {
  EXPECT_EQ(client("203.0.113.9, 10.0.0.8"), "203.0.113.9");
  EXPECT_EQ(client("203.0.113.9, 192.168.7.1:80, 10.0.0.8, [2001:db8:ff::2]:443"), "203.0.113.9");
  EXPECT_EQ(client("1.1.1.1, 203.0.113.9, 10.0.0.8"), "203.0.113.9") << "what stands before was written by a stranger";
  EXPECT_EQ(client("10.0.0.8, 192.168.7.1"), "10.0.0.8") << "a proxy of ours is the client itself";
  EXPECT_EQ(client(""), "127.0.0.1");
  EXPECT_EQ(client("203.0.113.9", "", "198.51.100.1"), "198.51.100.1") << "no proxy of ours: not believed";
  EXPECT_EQ(client("203.0.113.9", "", "::ffff:127.0.0.1"), "203.0.113.9") << "a socket of both families";
}

TEST(ForwardedTest, WhoIsNotToldStandsForWhoeverWasAskedLast) {
  EXPECT_EQ(client("unknown"), "127.0.0.1");
  EXPECT_EQ(client("203.0.113.9, unknown, 10.0.0.8"), "10.0.0.8");
  EXPECT_EQ(client("300.1.1.1"), "127.0.0.1");
  EXPECT_EQ(client("[2001:db8:1::9"), "127.0.0.1");
  EXPECT_EQ(client("_gazonk"), "_gazonk") << "hidden, and told apart all the same";
  EXPECT_EQ(client("_" + std::string(100, 'a')), "127.0.0.1");
  EXPECT_EQ(client("_a b"), "127.0.0.1");
}

TEST(ForwardedTest, TheStandardsOwnExamples) {  // RFC 7239 4 and 7.1
  EXPECT_EQ(client("", "for=\"_gazonk\""), "_gazonk");
  EXPECT_EQ(client("", "For=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::/64");
  EXPECT_EQ(client("", "for=192.0.2.60;proto=http;by=203.0.113.43"), "192.0.2.60");
  EXPECT_EQ(client("", "for=192.0.2.43, for=10.0.0.8"), "192.0.2.43");
  EXPECT_EQ(client("", "for=192.0.2.43, for=\"[2001:db8:cafe::17]\", for=unknown"), "127.0.0.1");
  EXPECT_EQ(client("", "for=\"192.0.2.43:_port\";host=\"a,b;for=9.9.9.9\""), "192.0.2.43");
  EXPECT_EQ(client("", "for=9.9.9.9, proto=https"), "127.0.0.1") << "the last proxy does not say for whom";
}

TEST(ForwardedTest, TwoFieldsThatDifferAreNotBelieved) {
  EXPECT_EQ(client("203.0.113.9", "for=203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("203.0.113.9", "for=1.1.1.1"), "127.0.0.1");
}

TEST(ForwardedTest, BlocksOfAddresses) {
  const auto proxies = trusted({"10.32.0.0/11", "2001:db8::/33", "0.0.0.0/32"});
  EXPECT_TRUE(proxies.contain(make_address("10.63.255.255")));
  EXPECT_FALSE(proxies.contain(make_address("10.64.0.0")));
  EXPECT_TRUE(proxies.contain(make_address("::ffff:10.32.0.1")));
  EXPECT_TRUE(proxies.contain(make_address("2001:db8:7fff::1")));
  EXPECT_FALSE(proxies.contain(make_address("2001:db8:8000::1")));
  EXPECT_TRUE(trusted({"0.0.0.0/0"}).contain(make_address("203.0.113.9")));
  EXPECT_FALSE(trusted({"0.0.0.0/0"}).contain(make_address("2001:db8::1")));
  for (const std::string wrong : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "2001:db8::/129", "10.0.0/8"})
    EXPECT_FALSE(AddressBlocks::read({wrong})) << wrong;
}

}  // namespace
}  // namespace sigap::web
