#include "adapters/media/key_listener.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <chrono>
#include <vector>

#include "adapters/media/leg_media.h"

namespace sigap::media {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

std::string said(const std::string& tag, const std::string& event, const std::string& leg = "leg1") {
  return R"({"callid":")" + leg + R"(","source_tag":")" + tag +
         R"(","tags":["op1","queue","caller"],"type":"DTMF","timestamp":1,"source_ip":"127.0.0.1","event":)" + event +
         R"(,"duration":100,"volume":10})";
}

}  // namespace

TEST(KeyListenerTest, OnlyTheCallersKeysAreRead) {
  const auto five = read_key(said("caller", "5"));
  ASSERT_TRUE(five);
  EXPECT_EQ(five->leg.value, "leg1");
  EXPECT_EQ(five->digit, "5");
  EXPECT_EQ(read_key(said("caller", "10"))->digit, "*");
  EXPECT_EQ(read_key(said("caller", "11"))->digit, "#");
  EXPECT_EQ(read_key(said("caller", "15"))->digit, "D");
  EXPECT_FALSE(read_key(said("caller", "16"))) << "a hook flash is no key";
  EXPECT_FALSE(read_key(said("caller", "-1")));
  EXPECT_FALSE(read_key(said("caller", "\"5\"")));
  EXPECT_FALSE(read_key(said("operator17", "5"))) << "the operator's own keys";
  EXPECT_FALSE(read_key(said("caller", "5", "")));
  for (const auto* noise : {"", "5", "[]", "{}", "{\"type\":\"DTMF\"}", "\xff\xfe"})
    EXPECT_FALSE(read_key(noise)) << noise;
}

TEST(KeyListenerTest, OnlyTheMediasHostIsHeard) {
  asio::io_context io;
  std::vector<std::string> heard;
  KeyListener far(io, 0, "192.0.2.1", 9, [&](const PressedKey&) { heard.push_back("nobody listens"); });
  EXPECT_FALSE(far.deaf());
  udp::socket probe(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  const auto port = probe.local_endpoint().port();
  probe.close();
  // As if the media were on another host: what comes from this one is a stranger's.
  KeyListener stranger(io, port, "192.0.2.1", 9, [&](const PressedKey& key) { heard.push_back("far " + key.digit); });
  ASSERT_FALSE(stranger.deaf());
  udp::socket out(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  const udp::endpoint to(asio::ip::address_v4::loopback(), port);
  out.send_to(asio::buffer(said("caller", "5")), to);
  io.run_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(heard.empty());
  stranger.close();
  const udp::socket control(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  const auto control_port = control.local_endpoint().port();
  KeyListener near(io, port, "127.0.0.1", control_port, [&](const PressedKey& key) { heard.push_back(key.digit); });
  ASSERT_FALSE(near.deaf());
  const KeyListener second(io, port, "127.0.0.1", control_port, [](const PressedKey&) {});
  EXPECT_TRUE(second.deaf()) << "the port is taken: calls go on all the same";
  out.send_to(asio::buffer(std::string("nonsense")), to);
  out.send_to(asio::buffer(said("caller", "5")), to);
  io.restart();
  io.run_for(std::chrono::milliseconds(100));
  EXPECT_EQ(heard, std::vector<std::string>{"5"});
  near.close();
}

TEST(KeyListenerTest, ALegsNoiseIsNotPassedOnButItsFirstFiveIs) {
  asio::io_context io;
  NgClient ng(io, 9);
  const auto leg = std::make_shared<LegMedia>(LegId{"leg"}, "127.0.0.1", false, ng);
  std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
  int told = 0;
  for (int i = 0; i < 50; ++i) told += leg->key_counts("7", now + std::chrono::milliseconds(10 * i));
  EXPECT_EQ(told, ports::kKeysPerSecond);
  EXPECT_TRUE(leg->key_counts("5", now + std::chrono::milliseconds(600)));
  EXPECT_FALSE(leg->key_counts("5", now + std::chrono::milliseconds(610)));
  EXPECT_TRUE(leg->key_counts("1", now + std::chrono::seconds(2)));
  leg->abandon("test", "over");
}

}  // namespace sigap::media
