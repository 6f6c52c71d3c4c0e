#include "adapters/vault/known_passwords.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scratch/scratch_folder.h"

namespace sigap::vault {
namespace {

// SHA-1 of "correct horse battery staple", by sha1sum(1).
constexpr const char* kHorse = "ABF7AAD6438836DBE526AA231ABDE2D0EEF74D42";
constexpr const char* kFirst = "0000000000000000000000000000000000000000";
constexpr const char* kLast = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";

class KnownPasswordsTest : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    const auto file = folder_ / "breached.txt";
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  std::string fault(const std::string& text) {
    const auto opened = BreachedFile::open(write(text));
    return opened ? "" : opened.error().code + " " + opened.error().message.substr((folder_ / "").string().size());
  }
  ScratchFolder folder_;
};

}  // namespace

TEST_F(KnownPasswordsTest, IsFoundWhereverItStands) {
  const auto line = [](const std::string& hash, const char* end) { return hash + ":42" + end; };
  for (const char* end : {"\n", "\r\n"}) {
    std::string before, after;
    for (int i = 0; i < 500; ++i) {
      char hash[41];
      snprintf(hash, sizeof hash, "%08X00000000000000000000000000000000",
               0x100000U + static_cast<unsigned>(i) * 5'000'000U);
      before += line(hash, end);
      snprintf(hash, sizeof hash, "%08X00000000000000000000000000000000",
               0xAC000000U + static_cast<unsigned>(i) * 2'000'000U);
      after += line(hash, end);
    }
    const auto mine = line(kHorse, end);
    const auto holds = [&](const std::string& text) {
      const auto file = BreachedFile::open(write(text));
      EXPECT_TRUE(file) << (file ? "" : file.error().message);
      return file && file->holds("correct horse battery staple") && !file->holds("correct horse battery stapler");
    };
    EXPECT_TRUE(holds(mine));
    EXPECT_TRUE(holds(std::string(kHorse) + ":1")) << "without an end of line";
    EXPECT_TRUE(holds(before + mine));
    EXPECT_TRUE(holds(mine + after));
    EXPECT_TRUE(holds(before + mine + after));
    EXPECT_FALSE(holds(before + after));
  }
}

TEST_F(KnownPasswordsTest, LinesMayBeOfAnyLength) {
  const auto file =
      BreachedFile::open(write(std::string(kFirst) + ":1\n" + kHorse + ":1234567890123456789\n" + kLast + ":12\n"));
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->holds("correct horse battery staple"));
  EXPECT_FALSE(file->holds("correct horse"));
}

TEST_F(KnownPasswordsTest, AnotherFormIsRefusedWithLineAndReason) {
  const std::string good = std::string(kFirst) + ":1\n";
  EXPECT_EQ(fault(""), "invalid breached.txt: empty");
  EXPECT_EQ(fault(good + "hello\n"), "invalid breached.txt:2: not a SHA-1 of 40 capital hex digits");
  EXPECT_EQ(fault(good + "abf7aad6438836dbe526aa231abde2d0eef74d42:3\n"),
            "invalid breached.txt:2: not a SHA-1 of 40 capital hex digits");
  EXPECT_EQ(fault(good + std::string(kHorse) + "\n"), "invalid breached.txt:2: no colon and number after the hash");
  EXPECT_EQ(fault(good + std::string(kHorse) + ":x\n"), "invalid breached.txt:2: no number after the colon");
  EXPECT_EQ(fault(good + "\n"), "invalid breached.txt:2: not a SHA-1 of 40 capital hex digits");
  const std::string unsorted =
      "invalid breached.txt:3: its hash does not come after the one before: the file ordered by hash is needed";
  EXPECT_EQ(fault(good + kLast + ":1\n" + kHorse + ":1\n"), unsorted);
  EXPECT_EQ(fault(good + kHorse + ":1\n" + kHorse + ":1\n"), unsorted) << "twice";
  EXPECT_EQ(fault(std::string(200, 'A')), "invalid breached.txt:1: longer than a hash and a number");
  EXPECT_TRUE(fault(good + kHorse + ":1\r\n" + kLast + ":77").empty());
  EXPECT_EQ(BreachedFile::open(folder_ / "nowhere").error().code, "io");
  EXPECT_EQ(BreachedFile::open(folder_).error().code, "invalid");
}

TEST_F(KnownPasswordsTest, AFileThatIsCutShortLaterIsNoEndOfTheProcess) {
  const auto path = write(std::string(kFirst) + ":1\n" + kHorse + ":1\n");
  const auto file = BreachedFile::open(path);
  ASSERT_TRUE(file);
  std::filesystem::resize_file(path, 5);
  EXPECT_FALSE(file->holds("correct horse battery staple"));
}

TEST_F(KnownPasswordsTest, SaysWhichListItStandsIn) {
  auto file = BreachedFile::open(write(std::string(kHorse) + ":1\n"));
  ASSERT_TRUE(file);
  KnownPasswordsListed known(std::move(*file));
  ASSERT_TRUE(known.has_words()) << "cracklib-runtime is not installed";
  EXPECT_EQ(known.objection("correct horse battery staple", "op")->code, "password_breached");
  EXPECT_EQ(known.objection("counterrevolutionary", "op")->code, "password_known") << "a word of the dictionary";
  EXPECT_EQ(known.objection("counterrevolutionary", "op")->field, "password");
  EXPECT_FALSE(known.objection("mqxz-rvtk-wpbn", "op"));
  EXPECT_FALSE(known.objection("sandi panjang 77", "op"));
  EXPECT_FALSE(known.objection(std::string(512, 'k'), "op")) << "too long for a word: others look at it";
}

TEST_F(KnownPasswordsTest, WithoutADictionaryOrAFileNothingIsKnown) {
  KnownPasswordsListed known(std::nullopt, folder_ / "nothing");
  EXPECT_FALSE(known.has_words());
  EXPECT_FALSE(known.objection("counterrevolutionary", "op"));
}

}  // namespace sigap::vault
