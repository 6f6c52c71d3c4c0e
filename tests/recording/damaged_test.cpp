// A recording that was cut, changed or robbed of a piece: exactly that is missing, and named; the rest is given.
#include "recording/layout.h"
#include "recording_of_tests.h"

namespace sigap::recording {
namespace {

constexpr int kChunks = 8;
constexpr int kPacketsOfChunk = 20;  // ten of each voice

/// Where each chunk begins; the end of the file last.
std::vector<std::size_t> chunks_of(const std::string& bytes) {
  std::vector<std::size_t> found;
  for (std::size_t at = kSegmentHeader_bytes; at < bytes.size();) {
    found.push_back(at);
    at += kChunkHeader_bytes + chunk_header(std::string_view(bytes).substr(at))->size;
  }
  found.push_back(bytes.size());
  return found;
}

class DamagedTest : public testing::Test {
 protected:
  DamagedTest() {
    r.write(kChunks);
    whole = r.bytes();
    starts = chunks_of(whole);
  }
  /// Everything but these chunks is heard, and their span is what is missing.
  void expect_missing(int first, int count, Why why, const std::string& what) {
    const auto account = r.read();
    ASSERT_TRUE(account) << what << ": " << account.error().message;
    EXPECT_EQ(r.heard.size(), static_cast<std::size_t>((kChunks - count) * kPacketsOfChunk)) << what;
    ASSERT_EQ(account->missing.size(), 1U) << what;
    EXPECT_EQ(account->missing[0].from, r.began + milliseconds(first * kChunk.ms)) << what;
    EXPECT_EQ(account->missing[0].until, r.began + milliseconds((first + count) * kChunk.ms)) << what;
    EXPECT_EQ(account->missing[0].why, why) << what;
  }
  RecordingOfTests r;
  std::string whole;
  std::vector<std::size_t> starts;
};

}  // namespace

TEST_F(DamagedTest, AFlippedByteAnywhereInAChunkCostsThatChunk) {
  for (auto at = starts[3]; at < starts[4]; ++at) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    r.put_bytes(changed);
    expect_missing(3, 1, Why::damaged, "byte " + std::to_string(at - starts[3]));
    if (HasFailure()) return;
  }
}

TEST_F(DamagedTest, AMissingChunkCostsThatChunk) {
  r.put_bytes(whole.substr(0, starts[2]) + whole.substr(starts[3]));
  expect_missing(2, 1, Why::lost, "one");
  r.put_bytes(whole.substr(0, starts[0]) + whole.substr(starts[2]));
  expect_missing(0, 2, Why::lost, "the first two");
}

TEST_F(DamagedTest, AChunkThatIsSaidTwiceOrElsewhereIsHeardOnceInItsPlace) {
  const auto third = whole.substr(starts[3], starts[4] - starts[3]);
  r.put_bytes(whole + third);
  auto account = r.read();
  ASSERT_TRUE(account);
  EXPECT_EQ(r.heard.size(), static_cast<std::size_t>(kChunks * kPacketsOfChunk));
  EXPECT_FALSE(account->closed) << "something stands after its end";
  // Moved to the end it is in nobody's place.
  r.put_bytes(whole.substr(0, starts[3]) + whole.substr(starts[4]) + third);
  account = r.read();
  ASSERT_TRUE(account);
  EXPECT_EQ(r.heard.size(), static_cast<std::size_t>((kChunks - 1) * kPacketsOfChunk));
  EXPECT_EQ(account->missing[0].why, Why::lost);
}

TEST_F(DamagedTest, AFileThatWasCutSaysFromWhereOn) {
  r.put_bytes(whole.substr(0, starts[5]));  // between two chunks: nobody knows what came after
  auto account = r.read();
  ASSERT_TRUE(account);
  EXPECT_FALSE(account->closed);
  EXPECT_EQ(r.heard.size(), static_cast<std::size_t>(5 * kPacketsOfChunk));
  ASSERT_EQ(account->missing.size(), 1U);
  EXPECT_EQ(account->missing[0].why, Why::cut);
  EXPECT_EQ(account->missing[0].from, r.began + milliseconds(5 * kChunk.ms));
  r.put_bytes(whole.substr(0, starts[6] - 1));  // in the middle of one
  account = r.read();
  ASSERT_TRUE(account);
  EXPECT_EQ(r.heard.size(), static_cast<std::size_t>(5 * kPacketsOfChunk));
  EXPECT_EQ(account->missing[0].why, Why::cut);
  EXPECT_EQ(account->missing[0].until, r.began + milliseconds(6 * kChunk.ms)) << "its header says how long it was";
}

TEST_F(DamagedTest, CutAnywhereItGivesWhatIsWhole) {
  for (std::size_t size = kSegmentHeader_bytes; size < whole.size(); size += 13) {
    r.put_bytes(whole.substr(0, size));
    const auto account = r.read();
    ASSERT_TRUE(account) << size;
    const auto chunks = std::ranges::count_if(starts, [&](std::size_t at) { return at <= size; }) - 1;
    EXPECT_EQ(account->chunks, std::max<std::int64_t>(0, chunks)) << size;
    EXPECT_FALSE(account->closed) << size;
  }
}

TEST_F(DamagedTest, AHeaderThatIsDamagedCostsItsSegmentAndNoOther) {
  r.write(kChunks);  // another one: the first was closed, and somebody went on
  const auto both = r.bytes();
  for (const auto at : {std::size_t{0}, std::size_t{5}, std::size_t{9}, std::size_t{30}, kSegmentHeader_bytes - 1}) {
    auto changed = both;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    r.put_bytes(changed);
    const auto account = r.read();
    ASSERT_TRUE(account) << at;
    EXPECT_EQ(r.heard.size(), static_cast<std::size_t>(kChunks * kPacketsOfChunk)) << at;
    ASSERT_EQ(account->missing.size(), 1U) << at;
    EXPECT_EQ(account->missing[0].from, r.began) << at;
    EXPECT_EQ(account->missing[0].until, r.began + milliseconds(kChunks * kChunk.ms)) << at;
  }
}

TEST_F(DamagedTest, JunkOfAnySizeEndsInTime) {
  std::string junk;
  const auto chunk = whole.substr(starts[0], kChunkHeader_bytes);
  for (int i = 0; i < 50'000; ++i) junk += chunk;  // each looks like the beginning of a chunk
  r.put_bytes(whole.substr(0, kSegmentHeader_bytes) + junk);
  const auto account = r.read();
  EXPECT_TRUE(!account || account->chunks == 0);
  EXPECT_TRUE(r.heard.empty());
}

}  // namespace sigap::recording
