// Connections to the SIP port by real sockets on the real stack: a stranger's end, everybody else's stay.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <memory>
#include <thread>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"
#include "adapters/sip/stranger_connections.h"

namespace sigap::sip {
namespace {

constexpr char kStranger[] = "127.0.0.2", kSecondAddress[] = "127.0.0.4", kEdge[] = "127.0.0.5";

class SipConnectionsTest : public testing::Test {
 protected:
  void TearDown() override { hand.stop(); }
  void start(Duration stranger_stays) {
    SipConfig config{"127.0.0.1", 0, {{{"telkom"}, {"127.0.0.1", kSecondAddress}}}, "Sigap", 1000, 0, {kEdge}};
    config.stranger_stays = stranger_stays;
    const auto started = hand.start(config, heard);
    ASSERT_TRUE(started) << started.error().message;
    heard.written = [this](const LegId& leg) { hand.hang_up(leg); };
  }

  Recorder heard;
  SipHand hand;
};

/// Descriptors of this process: the test's own and the hand's.
std::size_t descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// How many connections a test may hold whose other ends are in the same process.
int room_for_connections(int wanted) {
  rlimit limit{};
  EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const auto needed = static_cast<rlim_t>(2 * wanted + 200);
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, needed));
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  return limit.rlim_cur >= needed ? wanted : static_cast<int>(limit.rlim_cur - 200) / 2;
}

}  // namespace

TEST_F(SipConnectionsTest, AThousandIdleConnectionsOfAStrangerEndAndTakeNobodysPlace) {
  start(milliseconds(700));
  const int idle = room_for_connections(1'000);
  RawPhone quiet(hand.port(), true, kSecondAddress), edge(hand.port(), true, kEdge);
  const auto before = descriptors();
  std::vector<std::unique_ptr<RawPhone>> strangers;
  for (int i = 0; i < idle; ++i) {
    strangers.push_back(std::make_unique<RawPhone>(hand.port(), true, kStranger));
    if (i % 10 == 3) strangers.back()->say("INVITE sip:110@sigap SIP/2.0\r\nVia: ");  // never goes on
    if (i % 10 == 7) strangers.back()->say("\r\n\r\n");                               // a sign of life (RFC 5626 4.4.1)
  }
  RawPhone trunk(hand.port(), true);
  trunk.say(trunk.invite());
  ASSERT_TRUE(heard.wait([&] { return heard.arrived.size() == 1; }));
  hand.answer(heard.arrived.front().leg, RawPhone::sdp());
  ASSERT_EQ(trunk.status(), 200);
  trunk.say(trunk.request("ACK", 1));
  ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  for (auto& stranger : strangers) ASSERT_TRUE(stranger->ended(20'000));
  EXPECT_GE(hand.health().strangers, idle);
  const auto bounded = before + strangers.size() + 8;  // those of the test itself, and what the hand works with
  const auto patient_until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (descriptors() > bounded && std::chrono::steady_clock::now() < patient_until)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_LE(descriptors(), bounded) << "the stack closes what has ended";
  for (auto* phone : {&quiet, &edge}) {
    EXPECT_FALSE(phone->ended(1'000)) << phone->here() << " is somebody, and may be silent";
    phone->say(phone->request("OPTIONS", 1, "X-Sigap-Trunk: telkom\r\n"));
    EXPECT_EQ(phone->status(), 200);
  }
  trunk.say(trunk.request("BYE", 2));
  EXPECT_EQ(trunk.status(), 200);
}

TEST_F(SipConnectionsTest, OfManyStrangersAtOnceTheOldestGo) {
  start(minutes(10));
  constexpr std::size_t kMany = StrangerConnections::kMost + 40;
  std::vector<std::unique_ptr<RawPhone>> strangers;
  for (std::size_t i = 0; i < kMany; ++i) strangers.push_back(std::make_unique<RawPhone>(hand.port(), true, kStranger));
  std::size_t ended = 0;
  for (std::size_t i = 0; i < 40; ++i) ended += strangers[i]->ended(10'000);
  EXPECT_EQ(ended, 40u);
  for (std::size_t i = 40; i < kMany; ++i) EXPECT_FALSE(strangers[i]->ended(0)) << i;
  strangers.back()->say(strangers.back()->request("OPTIONS", 1));
  EXPECT_EQ(strangers.back()->status(), 403) << "a carrier at an address that was forgotten learns it";
}

}  // namespace sigap::sip
