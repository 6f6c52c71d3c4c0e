// The generator of the relay's configuration: what it writes, and what it refuses because it would relay more than
// voices. What coturn makes of it: tests/relay.
#include "edge/coturn.h"

#include <gtest/gtest.h>

#include "edge/addresses.h"

namespace sigap::edge {
namespace {

constexpr const char* kSecret = "0123456789abcdef0123456789abcdef";

config::Config good() {
  config::Config config;
  config.rtp_address = "192.0.2.1";
  config.turn.urls = {"turn:110.example:3478"};
  config.turn.listen = {"192.0.2.3", "2001:db8::3"};
  return config;
}
bool holds(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}
std::string blamed(const config::Config& config) {
  const auto text = coturn_configuration(config, kSecret);
  return text ? "nothing" : text.error().field;
}

TEST(CoturnTest, OnlyTheMediaCanBeReached) {
  auto config = good();
  config.rtp_address6 = "2001:db8::1";
  const auto text = coturn_configuration(config, kSecret);
  ASSERT_TRUE(text) << text.error().message;
  for (const auto* line :
       {"listening-ip=192.0.2.3", "relay-ip=2001:db8::3", "listening-port=3478", "no-tls", "allowed-peer-ip=192.0.2.1",
        "allowed-peer-ip=2001:db8::1", "denied-peer-ip=0.0.0.0-255.255.255.255",
        "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "no-tcp-relay", "use-auth-secret", "no-cli",
        "log-file=/dev/null", "static-auth-secret=0123456789abcdef0123456789abcdef"})
    EXPECT_TRUE(holds(*text, line)) << line;
  EXPECT_EQ(text->find("allowed-peer-ip"), text->find("allowed-peer-ip=192.0.2.1"));
  config.turn.certificate = "/etc/coturn/a.pem";
  config.turn.key = "/etc/coturn/a.key";
  config.turn.outside = "203.0.113.9";
  const auto secure = coturn_configuration(config, kSecret);
  ASSERT_TRUE(secure);
  for (const auto* line : {"tls-listening-port=5349", "cert=/etc/coturn/a.pem", "external-ip=203.0.113.9/192.0.2.3"})
    EXPECT_TRUE(holds(*secure, line)) << line;
}

TEST(CoturnTest, WhatWouldRelayMoreIsRefused) {
  EXPECT_EQ(blamed(good()), "nothing");
  auto config = good();
  config.rtp_address = "127.0.0.1";
  EXPECT_EQ(blamed(config), "media.address");
  config = good();
  config.ng_host = "192.0.2.1";
  EXPECT_EQ(blamed(config), "media.ng_host") << "whoever is relayed could command rtpengine";
  config = good();
  config.sip_edges = {"192.0.2.0/24"};
  EXPECT_EQ(blamed(config), "turn.listen");
  config = good();
  config::TrunkConfig trunk;
  trunk.name = "telkom";
  trunk.addresses = {"198.51.100.1", "2001:db8::/64"};
  config.trunks = {trunk};
  EXPECT_EQ(blamed(config), "turn.listen") << "whoever is relayed could call as that trunk";
  config.trunks[0].tls_name = "sbc.example";
  EXPECT_EQ(blamed(config), "nothing") << "an address is not enough for that one";
  config = good();
  config.turn.listen = {"0.0.0.0"};
  EXPECT_EQ(blamed(config), "turn.listen");
  config.turn.listen = {};
  EXPECT_EQ(blamed(config), "turn.listen");
  config = good();
  config.turn.urls = {};
  EXPECT_EQ(blamed(config), "turn.urls");
  config = good();
  config.turn.certificate = "/a.pem";
  EXPECT_EQ(blamed(config), "turn.key");
  config.turn.key = "relative.pem";
  EXPECT_EQ(blamed(config), "turn.key");
}

TEST(CoturnTest, AnAddressIsWithinItsBlock) {
  EXPECT_TRUE(within("192.0.2.9", "192.0.2.9"));
  EXPECT_TRUE(within("192.0.2.9", "192.0.2.0/28"));
  EXPECT_FALSE(within("192.0.2.16", "192.0.2.0/28"));
  EXPECT_TRUE(within("192.0.2.16", "0.0.0.0/0"));
  EXPECT_FALSE(within("2001:db8::1", "0.0.0.0/0"));
  EXPECT_TRUE(within("2001:db8::1", "2001:db8::/32"));
  EXPECT_FALSE(within("2001:db9::1", "2001:db8::/32"));
}

}  // namespace
}  // namespace sigap::edge
