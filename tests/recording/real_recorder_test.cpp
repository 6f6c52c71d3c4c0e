// The real recorder beside a real rtpengine, under a conversation: what is said is in the file, each voice in its
// channel, also when the recorder is killed or the server is.
#include <csignal>
#include <fstream>

#include "adapters/media/media_of_tests.h"
#include "adapters/recorder/recorder_hand.h"
#include "recording/sound.h"
#include "recording_of_tests.h"
#include "scratch/scratch_folder.h"

namespace sigap::media {
namespace {

class Listener final : public ports::RecorderListener {
 public:
  void recorder_here(std::set<RecordingId> open) override {
    const std::lock_guard lock(mutex);
    has = std::move(open);
    ++here;
  }
  void recorder_away() override { ++away; }
  void recorder_full(bool is) override { full = is; }
  void recording_closed(ports::ClosedRecording it) override {
    const std::lock_guard lock(mutex);
    closed = std::move(it);
  }
  std::mutex mutex;
  std::set<RecordingId> has;
  std::optional<ports::ClosedRecording> closed;
  std::atomic<int> here = 0, away = 0;
  std::atomic<bool> full = false;
};

/// Two telephones that hear each other, and a recorder.
class RealRecorderTest : public MediaHandTest {
 protected:
  static constexpr unsigned char kCallerSays = 0x2a, kAnswererSays = 0x11;

  void SetUp() override {
    MediaHandTest::SetUp();
    start_recorder();
    in = join("in", caller);
    out = join("out", callee);
    const auto relayed = wait([&](auto done) { hand->relay({"in"}, {1}, {"out"}, {2}, done); });
    ASSERT_TRUE(relayed) << relayed.error().message;
  }
  void TearDown() override {
    recorder.reset();
    MediaHandTest::TearDown();
  }
  std::uint16_t join(const char* leg, const RtpCaller& who) {
    const auto ours = open({leg}, who);
    EXPECT_TRUE(ours);
    return ours ? sdp::read(*ours, true)->port : std::uint16_t{0};
  }
  recorder::HandConfig recorder_config(bool ends_with_us) const {
    recorder::HandConfig c;
    c.program = SIGAP_RECORDER;
    c.folder = folder / "recordings";
    c.ends_with_us = ends_with_us;
    c.reserve_mb = reserve_mb;
    return c;
  }
  /// As a server does at its start.
  void start_recorder(bool ends_with_us = true) {
    listener.here = 0;
    recorder = std::make_unique<recorder::RecorderHand>(recorder_config(ends_with_us));
    recorder->start(listener);
    ASSERT_TRUE(comes([&] { return listener.here > 0; }));
  }
  void record() {
    const auto place = recorder->place();
    ASSERT_TRUE(place);
    const auto done = wait([&](auto told) {
      hand->record(
          {"in"}, place->address, place->port,
          [&](int channel, std::uint16_t port) { recorder->open({1}, pair.open, channel, port); }, told);
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  void talk(int ms) {
    std::thread other([&] { callee.talk(out, ms, kAnswererSays); });
    EXPECT_GT(caller.talk(in, ms, kCallerSays), ms / 40) << "the conversation goes on";
    other.join();
  }
  recording::Sound close() {
    recorder->close({1});
    EXPECT_TRUE(comes([&] {
      const std::lock_guard lock(listener.mutex);
      return listener.closed.has_value();
    }));
    const auto file = recording::file_of(folder / "recordings", {1});
    EXPECT_EQ(listener.closed->sha256, recording::sha256_of(file).value_or("none"));
    auto sound = recording::sound_of(file, pair.secret_key());
    EXPECT_TRUE(sound) << sound.error().message;
    return sound ? std::move(*sound) : recording::Sound{};
  }
  /// How many milliseconds of a channel say this.
  static std::int64_t says(const recording::Sound& sound, std::size_t channel, unsigned char wire) {
    const auto& samples = sound.channels.at(channel);
    return std::ranges::count(samples, recording::from_a_law(wire)) * 1000 / recording::kSamplesPerSecond;
  }
  int writer() const {
    int process = -1;
    std::ifstream(folder / "recordings" / "recorder.pid") >> process;
    return process;
  }

  ScratchFolder scratch;
  std::filesystem::path folder = scratch;
  std::int64_t reserve_mb = 0;
  recording::Pair pair;
  Listener listener;
  std::unique_ptr<recorder::RecorderHand> recorder;
  RtpCaller caller, callee;
  std::uint16_t in = 0, out = 0;
};

}  // namespace

TEST_F(RealRecorderTest, EachVoiceIsInItsChannel) {
  record();
  talk(2000);
  const auto sound = close();
  EXPECT_GT(says(sound, 0, kCallerSays), 1500);
  EXPECT_GT(says(sound, 1, kAnswererSays), 1500);
  EXPECT_LT(says(sound, 0, kAnswererSays), 20);
  EXPECT_EQ(sound.account.missing_in_all(), Duration{});
  EXPECT_TRUE(sound.account.closed);
  EXPECT_EQ(listener.away, 0);
}

TEST_F(RealRecorderTest, KilledUnderAConversationItLosesAChunkAtMost) {
  record();
  talk(1500);
  const int before = writer();
  ASSERT_GT(before, 1);
  ::kill(before, SIGKILL);
  talk(1500);
  EXPECT_TRUE(comes([&] { return listener.here > 1; })) << "the next one is there, and says so";
  EXPECT_NE(writer(), before);
  const auto sound = close();
  const auto missing = sound.account.missing_in_all();
  std::printf("killed recorder: %lld ms missing\n", static_cast<long long>(missing.ms));
  EXPECT_EQ(sound.account.segments, 2);
  EXPECT_LT(missing.ms, 500) << "a chunk, on a machine that has much to do";
  EXPECT_GT(says(sound, 0, kCallerSays), 2200);
  EXPECT_GT(says(sound, 1, kAnswererSays), 2200);
}

TEST_F(RealRecorderTest, TheServersDeathCostsNothing) {
  recorder.reset();  // this one ends its recorder
  start_recorder(false);
  record();
  talk(1000);
  const int process = writer();
  recorder.reset();  // the server dies
  talk(1000);
  start_recorder();
  EXPECT_EQ(listener.has, (std::set<RecordingId>{{1}})) << "it says what it has";
  EXPECT_EQ(writer(), process) << "it was adopted";
  record();  // and is told everything again
  talk(1000);
  const auto sound = close();
  EXPECT_EQ(sound.account.segments, 1);
  EXPECT_EQ(sound.account.missing_in_all(), Duration{});
  EXPECT_GT(says(sound, 0, kCallerSays), 2300);
  EXPECT_GT(says(sound, 1, kAnswererSays), 2300);
}

TEST_F(RealRecorderTest, AFullDiskIsToldAndTheConversationGoesOn) {
  recorder.reset();
  reserve_mb = 1'000'000'000;  // no disk has as much
  start_recorder();
  EXPECT_TRUE(comes([&] { return listener.full.load(); }));
  EXPECT_TRUE(recorder->health().full);
  record();
  talk(1000);
  EXPECT_TRUE(comes([&] { return recorder->health().dropped > 20; }));
  EXPECT_FALSE(std::filesystem::exists(recording::file_of(folder / "recordings", {1})));
}

}  // namespace sigap::media
