// Packets become sound in their place: in any order, with silence where nothing came.
#include "recording/sound.h"

#include "recording_of_tests.h"

namespace sigap::recording {
namespace {

constexpr int kSamplesOfPacket = 160;

std::string rtp(int payload, std::uint32_t stamp, std::uint32_t sender, unsigned char wire,
                int samples = kSamplesOfPacket) {
  std::string data{static_cast<char>(0x80), static_cast<char>(payload), 0, 0};
  for (const auto number : {stamp, sender})
    for (int i = 3; i >= 0; --i) data.push_back(static_cast<char>(number >> (8 * i) & 0xff));
  return data + std::string(static_cast<std::size_t>(samples), static_cast<char>(wire));
}

const Instant kFrom{1'780'000'000'000};
constexpr unsigned char kLoudA = 0x2a, kLoudMu = 0x00;

}  // namespace

TEST(SoundTest, EachVoiceHasItsChannelAndTheSameTime) {
  Ear ear(kFrom);
  ear.hear({kCaller, kFrom, rtp(kALawPayload, 1000, 1, kLoudA)});
  ear.hear({kAnswerer, kFrom + milliseconds(20), rtp(kMuLawPayload, 77, 2, kLoudMu)});
  const auto channels = ear.take(kFrom + milliseconds(100));
  ASSERT_EQ(channels.size(), 2U);
  ASSERT_EQ(channels[0].size(), 800U);
  ASSERT_EQ(channels[1].size(), 800U);
  EXPECT_EQ(channels[0][0], from_a_law(kLoudA));
  EXPECT_EQ(channels[0][159], from_a_law(kLoudA));
  EXPECT_EQ(channels[0][160], 0);
  EXPECT_EQ(channels[1][159], 0);
  EXPECT_EQ(channels[1][160], from_mu_law(kLoudMu));
  EXPECT_EQ(channels[1][320], 0);
}

TEST(SoundTest, PacketsThatCameLateOrInAnotherOrderStandWhereTheyWereSaid) {
  Ear ear(kFrom);
  ear.hear({kCaller, kFrom, rtp(kALawPayload, 0, 1, 0x2a)});
  ear.hear({kCaller, kFrom + milliseconds(70), rtp(kALawPayload, 320, 1, 0x2b)});
  ear.hear({kCaller, kFrom + milliseconds(71), rtp(kALawPayload, 160, 1, 0x2c)});
  const auto channels = ear.take(kFrom);
  ASSERT_EQ(channels[0].size(), 480U);
  EXPECT_EQ(channels[0][0], from_a_law(0x2a));
  EXPECT_EQ(channels[0][160], from_a_law(0x2c));
  EXPECT_EQ(channels[0][320], from_a_law(0x2b));
}

TEST(SoundTest, AfterAPauseOrWithAStrangeClockSoundStandsWhereItCame) {
  Ear ear(kFrom);
  ear.hear({kCaller, kFrom, rtp(kALawPayload, 0, 1, 0x2a)});
  ear.hear({kCaller, kFrom + seconds(5), rtp(kALawPayload, 160, 1, 0x2b)});  // it did not count on meanwhile
  const auto channels = ear.take(kFrom + seconds(6));
  EXPECT_EQ(channels[0][160], 0);
  EXPECT_EQ(channels[0][5 * kSamplesPerSecond], from_a_law(0x2b));
  EXPECT_EQ(channels[0].size(), std::size_t{6 * kSamplesPerSecond});
}

TEST(SoundTest, AThirdVoiceHasAChannelOfItsOwn) {
  Ear ear(kFrom);
  ear.hear({2, kFrom, rtp(kALawPayload, 0, 9, 0x2a)});
  const auto channels = ear.take(kFrom + milliseconds(20));
  ASSERT_EQ(channels.size(), 3U);
  EXPECT_EQ(channels[2][0], from_a_law(0x2a));
  EXPECT_EQ(channels[0].size(), 160U);
}

TEST(SoundTest, WhatIsNoSoundIsPassedOver) {
  Ear ear(kFrom);
  ear.hear({kCaller, kFrom, ""});
  ear.hear({kCaller, kFrom, "no RTP at all"});
  ear.hear({kCaller, kFrom, rtp(101, 0, 1, 0x2a)});
  ear.hear({200, kFrom, rtp(kALawPayload, 0, 1, 0x2a)});
  auto beyond = rtp(kALawPayload, 0, 1, 0x2a, 4);
  beyond[0] = static_cast<char>(0x9f);  // an extension and fifteen senders that are not there
  ear.hear({kCaller, kFrom, beyond});
  ear.hear({kCaller, kFrom + hours(5), rtp(kALawPayload, 0, 3, 0x2a)});
  EXPECT_EQ(ear.passed_over(), 5);
  EXPECT_TRUE(ear.too_long());
  EXPECT_TRUE(ear.take(kFrom)[0].empty());
}

TEST(SoundTest, AFileBecomesSoundAndAWave) {
  RecordingOfTests r;
  auto writer = r.open();
  ASSERT_TRUE(writer.put(kCaller, r.clock + milliseconds(40), rtp(kALawPayload, 0, 1, 0x2a)));
  ASSERT_TRUE(writer.put(kAnswerer, r.clock + milliseconds(60), rtp(kALawPayload, 0, 2, 0x2b)));
  ASSERT_TRUE(writer.seal(r.clock + milliseconds(200), true));
  const auto sound = sound_of(r.file, r.pair.secret_key());
  ASSERT_TRUE(sound);
  EXPECT_EQ(sound->from, r.began + milliseconds(40)) << "of the first sample";
  EXPECT_EQ(sound->length(), milliseconds(160));
  EXPECT_EQ(sound->channels[1][160], from_a_law(0x2b));
  const auto file = wav(*sound);
  EXPECT_EQ(file.substr(0, 4), "RIFF");
  EXPECT_EQ(file.size(), 44U + std::size_t{160} * 8 * 2 * 2);
  EXPECT_EQ(static_cast<unsigned char>(file[22]), 2) << "channels";
}

}  // namespace sigap::recording
