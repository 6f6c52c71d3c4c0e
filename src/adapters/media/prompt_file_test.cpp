#include "adapters/media/prompt_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scratch/scratch_folder.h"

namespace sigap::media {
namespace {

using namespace std::string_literals;

/// Big-endian words that are small.
std::string words(std::initializer_list<char> values) {
  std::string all;
  for (const char value : values) all += "\0\0\0"s + value;
  return all;
}

TEST(PromptFileTest, WhatCannotBeHeardIsSaidBeforeTheFirstCaller) {
  const ScratchFolder folder;
  const auto file = folder / "hold.au";
  const auto fault = [&](const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
    return fault_of_prompt(file).value_or("");
  };
  EXPECT_EQ(fault_of_prompt(file), "it cannot be read");
  EXPECT_EQ(fault(""), "it is no .au file");
  EXPECT_EQ(fault("RIFF" + std::string(60, '\0')), "it is no .au file");
  const auto header = [](char encoding, const std::string& rate, char channels) {
    return ".snd" + words({28, 1, encoding}) + rate + words({channels}) + "note";
  };
  const auto rate = "\0\0\x1f\x40"s;
  EXPECT_EQ(fault(header(27, rate, 1) + "\xd5"), "");
  EXPECT_EQ(fault(header(27, rate, 1)), "there is no sound in it");
  EXPECT_EQ(fault(header(1, rate, 1) + "\xd5"), "it is not A-law, 8 kHz, mono");  // mu-law
  EXPECT_EQ(fault(header(27, "\0\0\x3e\x80"s, 1) + "\xd5"), "it is not A-law, 8 kHz, mono");
  EXPECT_EQ(fault(header(27, rate, 2) + "\xd5"), "it is not A-law, 8 kHz, mono");
}

}  // namespace
}  // namespace sigap::media
