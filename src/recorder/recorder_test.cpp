// Packets go to whom they belong or nowhere; a death, a full disk and a port that is used again cost what they must.
#include "recorder/recorder.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "recorder/finisher.h"
#include "recorder/steady_time.h"
#include "recording/reader.h"
#include "scratch/scratch_folder.h"

namespace sigap::recorder {
namespace {

constexpr std::int64_t kReserve = 1'000'000, kPlenty = 1'000'000'000;

class RecorderTest : public testing::Test {
 protected:
  RecorderTest() {
    (void)!sodium_init();
    crypto_box_keypair(key.data(), secret.data());
    begin();
  }
  /// A process: the one before died if it was not told to leave.
  void begin(std::int64_t free = kPlenty) {
    recorder.reset();
    recorder.emplace(folder, kReserve, std::move(*Table::load(folder)),
                     Recorder::Hooks{[this](const recording::Answer& a) { told.push_back(a); },
                                     [this](RecordingId id) { finished.push_back(id); }});
    recorder->begin(now, free);
  }
  void open(std::int64_t id, int channel, int port) {
    EXPECT_TRUE(recorder->open(
        {{id}, key, static_cast<recording::Channel>(channel), static_cast<std::uint16_t>(port), now}, now));
  }
  void packet(int port, const std::string& data = "sound") {
    recorder->packet(static_cast<std::uint16_t>(port), now, now, data);
  }
  /// Each voice says something each 20 ms.
  void talk(Duration how_long, std::initializer_list<int> ports) {
    for (const auto end = now + how_long; now < end; now = now + milliseconds(20)) {
      for (const auto port : ports) packet(port);
      recorder->tick(now);
    }
  }
  recording::Account read(std::int64_t id) {
    heard.clear();
    const auto account = recording::read(recording::file_of(folder, {id}), {secret.data()}, [this](const auto& p) {
      heard.push_back({p.channel, std::string(p.data)});
    });
    EXPECT_TRUE(account) << account.error().message;
    return account ? *account : recording::Account{};
  }

  ScratchFolder folder;
  recording::PublicKey key{}, secret{};
  Instant now{1'780'000'000'000};
  std::optional<Recorder> recorder;
  std::vector<recording::Answer> told;
  std::vector<RecordingId> finished;
  std::vector<std::pair<int, std::string>> heard;
};

}  // namespace

TEST_F(RecorderTest, EachVoiceGoesToItsRecordingAndChannel) {
  open(1, 0, 100);
  open(1, 1, 102);
  open(2, 0, 200);
  talk(seconds(2), {100, 102, 200, 999});
  recorder->close({1}, now);
  recorder->close({2}, now);
  EXPECT_EQ(read(1).packets, 200);
  EXPECT_TRUE(read(1).closed);
  EXPECT_EQ(std::ranges::count(heard, std::pair(1, std::string("sound"))), 100);
  EXPECT_EQ(read(2).packets, 100);
  EXPECT_EQ(recorder->stands().unclaimed, 100);
  EXPECT_EQ(finished, (std::vector<RecordingId>{{1}, {2}}));
}

TEST_F(RecorderTest, AfterASuddenDeathItGoesOnBeforeAnybodySpeaksToIt) {
  open(1, 0, 100);
  talk(milliseconds(1100), {100});
  now = now + milliseconds(5);
  begin();  // what was not sealed is gone
  talk(milliseconds(1100), {100});
  recorder->close({1}, now);
  const auto account = read(1);
  EXPECT_EQ(account.segments, 2);
  EXPECT_LE(account.missing_in_all(), milliseconds(200 + 20 + 5)) << "one chunk, and the time between";
  EXPECT_GE(account.packets, 110 - 11);
}

TEST_F(RecorderTest, APortThatIsUsedAgainNeverReachesTheCallBefore) {
  open(1, 0, 100);
  packet(100, "first");
  const auto before = now;
  now = now + milliseconds(40);
  open(2, 0, 100);
  recorder->packet(100, before, before, "late of the first");  // it waited while we were stuck
  packet(100, "second");
  now = now + milliseconds(200);
  recorder->tick(now);
  recorder->close({1}, now);
  recorder->close({2}, now);
  EXPECT_EQ(read(1).packets, 1);
  EXPECT_EQ(heard[0].second, "first");
  EXPECT_EQ(read(2).packets, 1);
  EXPECT_EQ(heard[0].second, "second");
  EXPECT_EQ(recorder->stands().unclaimed, 1);
}

TEST_F(RecorderTest, AFullDiskStopsItBeforeTheReserveAndItGoesOnWhenThereIsRoom) {
  open(1, 0, 100);
  talk(seconds(1), {100});
  recorder->room(kReserve - 1, now);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(std::get<recording::Full>(told[0]).full);
  const auto size = std::filesystem::file_size(recording::file_of(folder, {1}));
  talk(seconds(3), {100});
  EXPECT_EQ(std::filesystem::file_size(recording::file_of(folder, {1})), size);
  EXPECT_EQ(recorder->stands().dropped, 150);
  open(2, 0, 200);  // a call begins meanwhile
  recorder->room(kReserve + 1, now);
  EXPECT_EQ(told.size(), 1U) << "at the edge it does not begin and stop";
  recorder->room(kPlenty, now);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_FALSE(std::get<recording::Full>(told[1]).full);
  talk(seconds(1), {100, 200});
  recorder->close({1}, now);
  recorder->close({2}, now);
  const auto account = read(1);
  EXPECT_TRUE(account.closed);
  EXPECT_EQ(account.missing_in_all(), seconds(3));
  EXPECT_EQ(read(2).packets, 50);
}

TEST_F(RecorderTest, WhoeverComesHearsWhatItHas) {
  open(1, 0, 100);
  begin(kReserve - 1);
  const auto said = recorder->greeting();
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(std::get<recording::Has>(said[0]).recording, RecordingId{1});
  EXPECT_TRUE(std::get<recording::Full>(said[1]).full);
}

TEST_F(RecorderTest, AClosedFileIsMeasuredAndOneThatIsNotThereIsNone) {
  open(1, 0, 100);
  talk(seconds(1), {100});
  recorder->close({1}, now);
  const auto closed = measure(folder, {1});
  EXPECT_EQ(closed.lasted, seconds(1));
  EXPECT_EQ(closed.missing, Duration{});
  EXPECT_EQ(closed.bytes, static_cast<std::int64_t>(std::filesystem::file_size(recording::file_of(folder, {1}))));
  EXPECT_EQ(closed.sha256, *recording::sha256_of(recording::file_of(folder, {1})));
  EXPECT_EQ(measure(folder, {77}).bytes, 0);
  recorder->close({77}, now);
  EXPECT_EQ(finished.back(), RecordingId{77}) << "it is answered all the same";
}

TEST(SteadyTimeTest, ALeapOfTheSystemsClockIsNoLeapOfOurs) {
  SteadyTime time({1'000'000}, {0});
  EXPECT_EQ(time.look({1'001'000}, {1000}), Instant{1'001'000});
  EXPECT_EQ(time.look({500'000}, {2000}), Instant{1'001'900}) << "set back: on at nine tenths";
  EXPECT_EQ(time.look({9'000'000}, {3000}), Instant{1'003'900}) << "set forward: at twice its speed";
  EXPECT_EQ(time.look({9'000'000}, {3050}), Instant{1'003'950});
}

TEST(OrdersTest, WhatIsSaidIsUnderstoodAndNothingElse) {
  using namespace recording;
  const Claim claim{{7}, {1, 2, 255}, 1, 40'000, {1'780'000'000'000}};
  const auto line = to_line(Order{claim});
  const auto read = read_order(std::string_view(line).substr(0, line.size() - 1));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<Claim>(*read).key, claim.key);
  EXPECT_EQ(to_line(*read), line);
  const Answer answers[] = {
      Here{12, 11, 4711},   Has{{3}}, Ready{}, Full{true}, Closed{{3}, 0, "", {}, {}}, Closed{{3}, 9, "ab", {5}, {1}},
      Stands{1, 2, 3, 4, 5}};
  for (const auto& answer : answers) {
    const auto said = to_line(answer);
    const auto understood = read_answer(std::string_view(said).substr(0, said.size() - 1));
    ASSERT_TRUE(understood) << said;
    EXPECT_EQ(to_line(*understood), said);
  }
  for (const auto* wrong : {"", "open", "open 1 00 0 5 6", "close", "close x", "close 1 2", "close -1", "how now",
                            "close 99999999999999999999"})
    EXPECT_FALSE(read_order(wrong)) << wrong;
  for (const auto* wrong : {"", "here 2 1 1 1", "full 2", "stands 1 2 3 4", "closed 1 2"})
    EXPECT_FALSE(read_answer(wrong)) << wrong;
}

}  // namespace sigap::recorder
