// A recording is written with one half of a key and read with the other; what was not written is named.
#include <gtest/gtest.h>
#include <sodium.h>

#include <fstream>
#include <sstream>

#include "recording/reader.h"
#include "recording_of_tests.h"

namespace sigap::recording {

TEST(RecordingFileTest, WhatWasWrittenIsReadInOrder) {
  RecordingOfTests r;
  r.write(10);
  const auto account = r.read();
  ASSERT_TRUE(account) << account.error().message;
  EXPECT_EQ(account->recording, RecordingId{7});
  EXPECT_EQ(account->chunks, 10);
  EXPECT_EQ(account->packets, 200);
  EXPECT_TRUE(account->closed);
  EXPECT_TRUE(account->missing.empty());
  EXPECT_EQ(account->from, r.began);
  EXPECT_EQ(account->until, r.began + seconds(2));
  ASSERT_EQ(r.heard.size(), 200U);
  EXPECT_EQ(r.heard[0].data, RecordingOfTests::packet(0, kCaller));
  EXPECT_EQ(r.heard[1].channel, kAnswerer);
  EXPECT_EQ(r.heard[199].at, r.began + milliseconds(1980));
}

TEST(RecordingFileTest, NothingIsInItInClear) {
  RecordingOfTests r;
  r.write(3);
  EXPECT_EQ(r.bytes().find("voice"), std::string::npos);
}

TEST(RecordingFileTest, AnotherKeyOpensNothing) {
  RecordingOfTests r;
  r.write(1);
  const Pair other;
  const auto read = recording::read(r.file, other.secret_key(), [](const Packet&) { FAIL() << "nothing is heard"; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "wrong_key");
}

TEST(RecordingFileTest, WhatIsNoRecordingIsRefused) {
  RecordingOfTests r;
  std::filesystem::create_directories(r.file.parent_path());
  std::ofstream(r.file) << "this is a letter";
  EXPECT_EQ(r.read().error().code, "invalid");
  std::ofstream(r.file, std::ios::trunc);
  EXPECT_EQ(r.read().error().code, "invalid");
  std::filesystem::remove(r.file);
  EXPECT_EQ(r.read().error().code, "gone");
  std::filesystem::create_directories(r.file);
  EXPECT_EQ(r.read().error().code, "invalid") << "a folder";
}

TEST(RecordingFileTest, AWriterThatDiedIsGoneOnAfterAndTheTimeBetweenIsNamed) {
  RecordingOfTests r;
  r.write(5, false);  // and died
  r.clock = r.clock + milliseconds(730);
  r.write(5);
  const auto account = r.read();
  ASSERT_TRUE(account);
  EXPECT_EQ(account->segments, 2);
  EXPECT_TRUE(account->closed);
  EXPECT_EQ(r.heard.size(), 200U);
  ASSERT_EQ(account->missing.size(), 1U);
  EXPECT_EQ(account->missing[0].from, r.began + seconds(1));
  EXPECT_EQ(account->missing[0].until, r.began + milliseconds(1730));
  EXPECT_EQ(account->missing[0].why, Why::not_written);
  EXPECT_EQ(account->missing_in_all(), milliseconds(730));
  const auto looked = look(r.file);
  ASSERT_TRUE(looked);
  EXPECT_EQ(looked->missing_in_all(), milliseconds(730)) << "who cannot read it sees it, too";
  EXPECT_EQ(looked->chunks, account->chunks);
}

TEST(RecordingFileTest, AClockThatWasSetBackDoesNotHideWhatCameAfter) {
  RecordingOfTests r;
  r.write(5, false);
  r.clock = r.clock - minutes(10);
  r.write(5);
  const auto account = r.read();
  ASSERT_TRUE(account);
  EXPECT_EQ(r.heard.size(), 200U);
  EXPECT_EQ(account->until, r.began + seconds(2));
  EXPECT_TRUE(account->missing.empty());
}

TEST(RecordingFileTest, SilenceIsWrittenToo) {
  RecordingOfTests r;
  auto writer = r.open();
  EXPECT_FALSE(writer.due(r.clock + kChunk));
  EXPECT_TRUE(writer.due(r.clock + kQuietChunk));
  ASSERT_TRUE(writer.put(kCaller, r.clock, "x"));
  EXPECT_TRUE(writer.due(r.clock + kChunk));
  ASSERT_TRUE(writer.seal(r.clock + kChunk));
  ASSERT_TRUE(writer.seal(r.clock + seconds(3), true));
  const auto account = r.read();
  ASSERT_TRUE(account);
  EXPECT_TRUE(account->missing.empty());
  EXPECT_EQ(account->until, r.began + seconds(3));
}

TEST(RecordingFileTest, WhatIsTooLongIsNotTaken) {
  RecordingOfTests r;
  auto writer = r.open();
  EXPECT_FALSE(writer.put(kCaller, r.clock, std::string(kPacketMax_bytes + 1, 'x')));
  std::size_t taken = 0;
  while (writer.put(kCaller, r.clock, std::string(kPacketMax_bytes, 'x')) && taken < 10'000) ++taken;
  EXPECT_LT(taken * kPacketMax_bytes, kChunkMax_bytes);
  ASSERT_TRUE(writer.seal(r.clock + kChunk, true));
  EXPECT_EQ(r.read()->packets, static_cast<std::int64_t>(taken));
}

TEST(RecordingFileTest, AFullDiskEndsTheSegmentAndLeavesWhatWasWrittenWhole) {
  RecordingOfTests r;
  r.write(2, false);
  const auto whole = r.bytes().size();
  // A limit on the size of files is what a full disk is to who writes, but for the number of the mistake.
  struct rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, SIG_IGN);
  auto writer = r.open();
  struct rlimit little = before;
  little.rlim_cur = r.bytes().size() + 50;
  setrlimit(RLIMIT_FSIZE, &little);
  ASSERT_TRUE(writer.put(kCaller, r.clock, RecordingOfTests::packet(1, kCaller)));
  const auto sealed = writer.seal(r.clock + kChunk);
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, "io");
  EXPECT_FALSE(writer.seal(r.clock + kChunk)) << "no number twice";
  EXPECT_EQ(r.bytes().size(), whole + 104) << "what was written of the chunk is taken back";
  r.write(1);
  EXPECT_EQ(r.read()->chunks, 3);
}

}  // namespace sigap::recording
