// What is being recorded survives a death, half a line and any growth.
#include "recorder/table.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scratch/scratch_folder.h"

namespace sigap::recorder {
namespace {

recording::Claim claim(std::int64_t recording, int channel, int port) {
  recording::Claim c;
  c.recording = {recording};
  c.key[0] = static_cast<unsigned char>(recording);
  c.channel = static_cast<recording::Channel>(channel);
  c.port = static_cast<std::uint16_t>(port);
  c.since = {1000};
  return c;
}

Table load(const ScratchFolder& folder) {
  auto table = Table::load(folder);
  EXPECT_TRUE(table);
  return std::move(*table);
}

}  // namespace

TEST(TableTest, WhatIsOpenIsThereAfterADeath) {
  const ScratchFolder folder;
  {
    auto table = load(folder);
    ASSERT_TRUE(table.set_port(4711));
    ASSERT_TRUE(table.open(claim(1, 0, 100)));
    ASSERT_TRUE(table.open(claim(1, 1, 102)));
    ASSERT_TRUE(table.open(claim(2, 0, 104)));
    ASSERT_TRUE(table.close({2}));
  }
  std::ofstream(std::filesystem::path(folder) / "open.txt", std::ios::app) << "open 3 half a li";
  const auto table = load(folder);
  EXPECT_EQ(table.port(), 4711);
  ASSERT_EQ(table.open_ones().size(), 1U);
  ASSERT_TRUE(table.of_port(102));
  EXPECT_EQ(table.of_port(102)->channel, 1);
  EXPECT_EQ(table.of_port(102)->since, Instant{1000});
  EXPECT_EQ(table.open_ones().begin()->second, claim(1, 0, 0).key);
  EXPECT_FALSE(table.of_port(104));
}

TEST(TableTest, APortIsOneVoicesAndAVoiceHasOnePort) {
  const ScratchFolder folder;
  auto table = load(folder);
  ASSERT_TRUE(table.open(claim(1, 0, 100)));
  ASSERT_TRUE(table.open(claim(1, 0, 200)));
  EXPECT_FALSE(table.of_port(100)) << "the voice comes from elsewhere now";
  ASSERT_TRUE(table.open(claim(2, 0, 200)));
  EXPECT_EQ(table.of_port(200)->recording, RecordingId{2});
  EXPECT_EQ(table.open_ones().size(), 2U) << "the other one is open, and hears nothing";
}

TEST(TableTest, TheFileDoesNotGrowWithoutEnd) {
  const ScratchFolder folder;
  auto table = load(folder);
  for (int i = 1; i <= 20'000; ++i) {
    ASSERT_TRUE(table.open(claim(i, 0, 100)));
    ASSERT_TRUE(table.close({i}));
  }
  EXPECT_LT(std::filesystem::file_size(std::filesystem::path(folder) / "open.txt"), 300'000U);
  EXPECT_TRUE(load(folder).open_ones().empty());
}

}  // namespace sigap::recorder
