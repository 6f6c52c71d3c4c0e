#include "adapters/media/tone_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace sigap::media {
namespace {

const std::string kKeys = "123A456B789C*0#D";
constexpr double kRows[] = {697, 770, 852, 941}, kColumns[] = {1209, 1336, 1477, 1633};

/// SplitMix64: the same numbers on every machine.
struct Numbers {
  std::uint64_t state;
  double next() {  // -1 to 1
    std::uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<double>((z ^ (z >> 31)) >> 11) / 4503599627370496.0 - 1;
  }
};

struct Line {
  ToneReader reader;
  std::string read;
  Numbers random{110};
  double noise = 0;   ///< amplitude
  double offset = 1;  ///< of the tones' frequencies

  void sound(double value) {
    if (const auto key = reader.hear(static_cast<Sample>(value + noise * random.next()))) read += *key;
  }
  void silence(int ms) {
    for (int i = 0; i < ms * 8; ++i) sound(0);
  }
  void key(char name, int ms, double row = 4000, double column = 4000) {
    const auto at = kKeys.find(name);
    for (int i = 0; i < ms * 8; ++i) {
      const double turn = 2 * std::numbers::pi * i / 8000 * offset;
      sound(row * std::sin(turn * kRows[at / 4]) + column * std::sin(turn * kColumns[at % 4]));
    }
  }
};

}  // namespace

TEST(ToneReaderTest, EveryKeyIsReadOnceWhileItIsHeld) {
  for (const double amplitude : {400.0, 4000.0, 15'000.0}) {
    Line line;
    for (const char key : kKeys) {
      line.key(key, 80, amplitude, amplitude);
      line.silence(80);
    }
    line.key('5', 2000, amplitude, amplitude);
    line.silence(60);
    line.key('5', 60, amplitude, amplitude);
    EXPECT_EQ(line.read, kKeys + "55") << amplitude;
  }
}

TEST(ToneReaderTest, ALineThatIsWorseIsReadAllTheSame) {
  Line noisy, slow, fast, leaning, back;
  noisy.noise = 1000;
  slow.offset = 0.985;
  fast.offset = 1.015;
  for (const char key : kKeys) {
    for (auto* line : {&noisy, &slow, &fast}) line->key(key, 80), line->silence(80);
    leaning.key(key, 80, 4000, 2500), leaning.silence(80);
    back.key(key, 80, 2500, 4000), back.silence(80);
  }
  EXPECT_EQ(noisy.read, kKeys);
  EXPECT_EQ(slow.read, kKeys);
  EXPECT_EQ(fast.read, kKeys);
  EXPECT_EQ(leaning.read, kKeys);
  EXPECT_EQ(back.read, kKeys);
}

TEST(ToneReaderTest, AKeyOfSixtyMillisecondsIsReadWhereverItBegins) {
  for (int ms = 0; ms < 26; ++ms) {
    Line line;
    line.silence(50);
    for (int i = 0; i < ms; ++i) line.sound(0);
    line.key('5', 60);
    line.silence(50);
    EXPECT_EQ(line.read, "5") << ms;
  }
}

TEST(ToneReaderTest, WhatIsNoKeyIsNotReadAsOne) {
  Line line;
  line.noise = 8000;
  line.silence(60'000);
  EXPECT_EQ(line.read, "") << "a minute of noise";
  line.noise = 0;
  line.key('5', 20);
  line.silence(100);
  EXPECT_EQ(line.read, "") << "too short";
  line.key('5', 200, 6000, 100);
  line.key('5', 200, 100, 6000);
  EXPECT_EQ(line.read, "") << "one tone";
  line.key('5', 300, 200, 200);
  EXPECT_EQ(line.read, "") << "too soft";
  // A voice: a fundamental that wanders, with its harmonics, loudest where a vowel is.
  double phase = 0, pitch = 120;
  for (int i = 0; i < 8000 * 120; ++i) {
    if (i % 800 == 0) pitch = 170 + 90 * line.random.next();
    phase += 2 * std::numbers::pi * pitch / 8000;
    double value = 0;
    for (int h = 1; h <= 16; ++h) {
      const double hz = h * pitch;
      const double vowel = std::exp(-std::pow((hz - 730) / 150, 2)) + std::exp(-std::pow((hz - 1300) / 200, 2)) + 0.05;
      value += 5000 * vowel * std::sin(h * phase);
    }
    line.sound(value);
  }
  EXPECT_EQ(line.read, "") << "two minutes of a voice";
}

TEST(ToneReaderTest, TheLawsOfG711) {
  EXPECT_EQ(from_a_law(0xd5), 8);
  EXPECT_EQ(from_a_law(0x55), -8);
  EXPECT_EQ(from_a_law(0xaa), 32'256);
  EXPECT_EQ(from_mu_law(0xff), 0);
  EXPECT_EQ(from_mu_law(0x7f), 0);
  EXPECT_EQ(from_mu_law(0x80), 32'124);
  EXPECT_EQ(from_mu_law(0x00), -32'124);
}

}  // namespace sigap::media
