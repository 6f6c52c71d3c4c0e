// The rule alone; and a watch on a process that is slow, made of a script.
#include "process/watchdog.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>

#include "adapters/media/media_hand.h"
#include "adapters/media/rtpengine_process.h"

namespace sigap::media {
namespace {

using process::Vitality, process::Watchdog;

/// A process at which somebody looks each half second.
struct WatchdogTest : testing::Test {
  Watchdog dog;
  process::Signs process;

  /// What it did since the last look.
  Vitality silent(Duration worked, Duration waited, bool wants = false, Duration since = Watchdog::kEvery) {
    process.worked.ms += worked.ms;
    process.waited.ms += waited.ms;
    process.wants = wants;
    return dog.look({since, false, false, process});
  }
  /// The look at which it is dead; 0: none of so many.
  template <class Look>
  static int dies(Look look, int most = 1'000) {
    for (int i = 1; i <= most; ++i)
      if (look() == Vitality::dead) return i;
    return 0;
  }
};

}  // namespace

TEST_F(WatchdogTest, WhoAnswersIsAliveWhateverElseIsSeen) {
  EXPECT_EQ(dog.look({seconds(60), true, false, std::nullopt}), Vitality::alive);
  EXPECT_EQ(dog.look({seconds(60), true, true, process}), Vitality::alive);
}

TEST_F(WatchdogTest, WhoHasEndedIsDeadAtOnce) {
  EXPECT_EQ(dog.look({milliseconds(500), false, false, process::Signs{true, false, {}, {}}}), Vitality::dead);
  EXPECT_EQ(dog.look({minutes(5), false, false, process::Signs{true, false, {}, {}}}), Vitality::dead) << "late or not";
}

TEST_F(WatchdogTest, WhoStandsStillIsDeadAfterFiveSeconds) {
  EXPECT_EQ(dies([&] { return silent({}, {}); }), 1 + Watchdog::kStillIsDeath_looks) << "the first look sees no motion";
}

TEST_F(WatchdogTest, WhoWaitsForAProcessorIsNeverDead) {
  EXPECT_EQ(dies([&] { return silent(milliseconds(10), milliseconds(480)); }), 0);
  EXPECT_EQ(dies([&] { return silent({}, milliseconds(125)); }), 0) << "a quarter of the time is enough";
}

TEST_F(WatchdogTest, WhoWorksAndDoesNotAnswerHasSixTimesAsLong) {
  EXPECT_EQ(dies([&] { return silent(milliseconds(450), milliseconds(5)); }), 1 + Watchdog::kDeafIsDeath_looks);
}

TEST_F(WatchdogTest, ALookThatIsLateItselfProvesNothing) {
  EXPECT_EQ(dies([&] { return silent({}, {}, false, seconds(3)); }), 0);
  EXPECT_EQ(dies([&] { return dog.look({seconds(3), false, false, std::nullopt}); }), 0);
}

TEST_F(WatchdogTest, AnAnswerBeginsTheCountAnew) {
  for (int i = 0; i < 5; ++i) {
    for (int look = 0; look < Watchdog::kStillIsDeath_looks - 1; ++look) EXPECT_EQ(silent({}, {}), Vitality::slow);
    EXPECT_EQ(dog.look({milliseconds(500), true, false, process}), Vitality::alive);
  }
}

TEST_F(WatchdogTest, OneThatCannotBeSeenIsJudgedByItsSilence) {
  const auto unseen = [&](bool refused) {
    return dies([&] { return dog.look({milliseconds(500), false, refused, std::nullopt}); });
  };
  EXPECT_EQ(unseen(false), Watchdog::kStillIsDeath_looks);
  dog.begin_anew();
  EXPECT_EQ(unseen(true), 2) << "nobody listens there";
}

TEST_F(WatchdogTest, OneThatIsStartingHasAPortWhereNobodyListens) {
  EXPECT_EQ(dies([&] {
              process.waited.ms += 400;
              return dog.look({milliseconds(500), false, true, process});
            }),
            0);
}

/// Two pings of two seconds that it missed were once its death, and the next one's, and the next one's.
TEST(RtpengineProcessTest, OneThatIsSlowAtFirstIsNotKilledForIt) {
  const auto script = std::filesystem::temp_directory_path() / ("sigap_slow_media_" + std::to_string(::getpid()));
  std::ofstream(script) << R"(#!/usr/bin/env python3
import socket, sys, time
while time.process_time() < 6: pass
host, port = sys.argv[sys.argv.index("-n") + 1].split(":")
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind((host, int(port)))
while True:
    heard, sender = line.recvfrom(65536)
    line.sendto(heard.split(b" ")[0] + b' {"result":"pong"}', sender)
)";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  boost::asio::io_context io;
  ProcessConfig config;
  config.binary = script.string();
  config.ng_port = free_udp_port();
  config.ends_with_us = true;
  NgClient ng(io, config.ng_port);
  {
    RtpengineProcess process(io, ng, config);
    process.watch();
    while (process.child() < 0) io.run_one();
    const int first = process.child();
    while (!process.health().up && process.child() == first) io.run_one();
    EXPECT_TRUE(process.health().up);
    EXPECT_EQ(process.child(), first);
    EXPECT_EQ(process.health().restarts, 0);
    process.stop();
    ng.close();
    io.run();
  }
  std::filesystem::remove(script);
}

}  // namespace sigap::media
