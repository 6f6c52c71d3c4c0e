// A media hand with a real rtpengine of its own, for tests.
#pragma once
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/media/media_hand.h"
#include "adapters/media/rtp_caller.h"
#include "sdp/voice.h"

namespace sigap::media {

/// As a browser would answer; nobody is there.
inline const std::string kBrowser =
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8 101\r\nc=IN IP4 127.0.0.1\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ice-ufrag:abcd\r\n"
    "a=ice-pwd:abcdefghijklmnopqrstuvwxyz\r\na=fingerprint:sha-256 "
    "AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA\r\n"
    "a=setup:active\r\na=mid:0\r\na=rtcp-mux\r\na=sendrecv\r\n";

/// This machine has IPv6 at all: a container often has not.
inline bool has_v6() {
  const int socket = ::socket(AF_INET6, SOCK_DGRAM, 0);
  sockaddr_in6 here{};
  here.sin6_family = AF_INET6;
  here.sin6_addr = in6addr_loopback;
  const bool bound = socket >= 0 && ::bind(socket, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0;
  if (socket >= 0) ::close(socket);
  return bound;
}

class MediaHandTest : public testing::Test {
 protected:
  void SetUp() override {
    // A prompt of our own: half a second of tone is enough to be heard.
    prompt = std::filesystem::temp_directory_path() / ("sigap_prompt_" + std::to_string(::getpid()) + ".au");
    ASSERT_EQ(std::system(("sox -q -n -r 8000 -e a-law -c 1 " + prompt.string() + " synth 0.5 sine 440").c_str()), 0);
    config.process.ng_port = free_udp_port();
    config.process.dtmf_port = free_udp_port();
    config.on_key = [this](const LegId& leg, const std::string& digit) {
      const std::lock_guard lock(mutex);
      keys += leg.value + ":" + digit + " ";
    };
    config.process.port_min = static_cast<std::uint16_t>(40'000 + ::getpid() % 200 * 100);
    config.process.port_max = static_cast<std::uint16_t>(config.process.port_min + 98);
    config.process.ends_with_us = true;
    if (has_v6()) config.process.address6 = "::1";
    config.loops_max = 2;
    config.on_restart = [this] { ++told_restarts; };
    config.prompts = {{ports::Prompt::welcome, prompt},
                      {ports::Prompt::waiting, prompt},
                      {ports::Prompt::press, prompt},
                      {ports::Prompt::hold, SIGAP_SOURCE_DIR "/README.md"},
                      {ports::Prompt::ring_back, "/nowhere/prompt.au"}};
    hand = std::make_unique<MediaHand>(config);
    hand->start();
    ASSERT_TRUE(comes([&] { return hand->health().up; })) << hand->health().note;
  }
  void TearDown() override {
    hand.reset();
    std::filesystem::remove(prompt);
  }
  template <class Condition>
  static bool comes(Condition condition, int seconds = 10) {
    for (int i = 0; i < seconds * 50; ++i) {
      if (condition()) return true;
      ::usleep(20'000);
    }
    return false;
  }
  template <class Ask>
  static Result<std::string> wait(Ask ask) {
    auto promise = std::make_shared<std::promise<Result<std::string>>>();
    auto future = promise->get_future();
    ask([promise](Result<std::string> result) { promise->set_value(std::move(result)); });
    if (future.wait_for(std::chrono::seconds(10)) != std::future_status::ready) return refuse("test", "never done");
    return future.get();
  }
  Result<std::string> open(const LegId& leg, const RtpCaller& caller) {
    return wait([&](auto done) { hand->open(leg, caller.sdp(), ports::Prompt::welcome, 1, done); });
  }
  std::vector<ports::LegMedia> legs() {
    std::promise<std::vector<ports::LegMedia>> promise;
    hand->list([&](const auto& found) { promise.set_value(found ? *found : std::vector<ports::LegMedia>(999)); });
    return promise.get_future().get();
  }
  std::size_t listed() { return legs().size(); }

  std::string pressed() {
    const std::lock_guard lock(mutex);
    return keys;
  }

  MediaConfig config;
  std::mutex mutex;
  std::string keys;
  std::filesystem::path prompt;
  std::atomic<int> told_restarts = 0;
  std::unique_ptr<MediaHand> hand;
};

}  // namespace sigap::media
