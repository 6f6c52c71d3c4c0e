// A recording with its keys, for tests: two voices that send a packet each 20 ms.
#pragma once
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "recording/reader.h"
#include "recording/writer.h"
#include "scratch/scratch_folder.h"

namespace sigap::recording {

/// The two halves of a recording's key.
struct Pair {
  Pair() {
    (void)!sodium_init();
    crypto_box_keypair(open.data(), secret.data());
  }
  SecretKey secret_key() const { return {secret.data()}; }
  PublicKey open{}, secret{};
};

struct RecordingOfTests {
  struct Heard {
    Channel channel;
    Instant at;
    std::string data;
  };
  static constexpr Duration kPacketEvery = milliseconds(20);

  static std::string packet(int number, Channel channel) {
    return "the voice " + std::to_string(channel) + " says " + std::to_string(number);
  }
  Writer open() {
    auto writer = Writer::open(file, {7}, pair.open, clock);
    EXPECT_TRUE(writer) << writer.error().message;
    return std::move(*writer);
  }
  /// A segment of so many chunks.
  void write(int chunks, bool to_its_end = true) {
    auto writer = open();
    int number = 0;
    for (int i = 0; i < chunks; ++i) {
      const auto end = clock + kChunk;
      for (; clock < end; clock = clock + kPacketEvery, ++number)
        for (const Channel channel : {kCaller, kAnswerer})
          EXPECT_TRUE(writer.put(channel, clock, packet(number, channel)));
      EXPECT_TRUE(writer.seal(clock, to_its_end && i + 1 == chunks));
    }
  }
  Result<Account> read() {
    heard.clear();
    return recording::read(file, pair.secret_key(), [this](const Packet& p) {
      heard.push_back({p.channel, p.at, std::string(p.data)});
    });
  }
  std::string bytes() const {
    std::stringstream all;
    all << std::ifstream(file, std::ios::binary).rdbuf();
    return all.str();
  }
  void put_bytes(const std::string& all) const {
    std::ofstream(file, std::ios::binary | std::ios::trunc).write(all.data(), static_cast<std::streamsize>(all.size()));
  }

  ScratchFolder folder;
  std::filesystem::path file = file_of(folder, {7});
  Pair pair;
  const Instant began{1'780'000'000'000};
  Instant clock = began;
  std::vector<Heard> heard;
};

}  // namespace sigap::recording
