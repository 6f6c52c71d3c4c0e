#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "keys/core_dumps.h"
#include "keys/key.h"
#include "keys/relay_secret.h"

namespace sigap::keys {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLocks = false;  // the sanitizers make mlock do nothing
#else
constexpr bool kLocks = true;
#endif

std::string hex(const Key& key) {
  std::string text;
  for (std::size_t i = 0; i < 2 * key.size(); ++i)
    text += "0123456789abcdef"[i % 2 == 0 ? key.data()[i / 2] >> 4 : key.data()[i / 2] & 15];
  return text;
}

/// The kernel's flags of the mapping that holds `place`. Source: proc_pid_smaps(5), VmFlags.
std::set<std::string> flags_of(const unsigned char* place) {
  std::ifstream maps("/proc/self/smaps");
  std::string line;
  bool here = false;
  const auto address = reinterpret_cast<std::uintptr_t>(place);
  while (std::getline(maps, line)) {
    std::uintptr_t from = 0, to = 0;
    char dash = 0;
    std::istringstream range(line);
    if (range >> std::hex >> from >> dash >> to && dash == '-') here = from <= address && address < to;
    if (!here || !line.starts_with("VmFlags:")) continue;
    std::istringstream words(line.substr(8));
    std::set<std::string> flags;
    for (std::string word; words >> word;) flags.insert(word);
    return flags;
  }
  return {};
}

/// In a process of its own, so that what it changes is nobody else's. Yields its exit code.
int in_a_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Made with: printf '1700000000:abc' | openssl dgst -sha1 -hmac 0123456789abcdef0123456789abcdef -binary | base64
TEST(RelaySecretTest, GivesWhatTheRelayComputesItself) {
  const std::string file = testing::TempDir() + "relay_secret";
  const auto written = [&](const std::string& text, unsigned mode) {
    std::filesystem::remove(file);
    std::ofstream(file) << text;
    chmod(file.c_str(), mode);
    return RelaySecret::read(file);
  };
  const auto secret = written("0123456789abcdef0123456789abcdef\n", 0640);
  ASSERT_TRUE(secret) << secret.error().message;
  const auto given = secret->give({1'700'000'000'999}, "abc");
  EXPECT_EQ(given.user, "1700000000:abc");
  EXPECT_EQ(given.credential, "o/WAFFYTu9ee63NgCBQfUnI3zzI=");
  EXPECT_NE(secret->give({1'700'000'001'000}, "abc").credential, given.credential);
  EXPECT_EQ(written("0123456789abcdef0123456789abcdef", 0644).error().code, "key_open_to_others");
  EXPECT_EQ(written("short\n", 0600).error().code, "no_key");
  EXPECT_EQ(written("0123456789abcdef 0123456789abcdef", 0600).error().code, "no_key") << "no line of a configuration";
  EXPECT_EQ(written(std::string(129, 'a'), 0600).error().code, "no_key");
  std::filesystem::remove(file);
  EXPECT_EQ(RelaySecret::read(file).error().code, "no_key");
}

}  // namespace

TEST(LockedBytesTest, AKeyIsLockedAndLeftOutOfCoreDumps) {
  const Key key;
  const auto flags = flags_of(key.data());
  EXPECT_EQ(flags.contains("lo"), kLocks) << "locked";
  EXPECT_TRUE(flags.contains("dd")) << "not dumped";
  const std::string elsewhere(100, 'x');
  EXPECT_FALSE(flags_of(reinterpret_cast<const unsigned char*>(elsewhere.data())).contains("dd")) << "others are";
}

TEST(LockedBytesTest, ACopyIsAsLockedAndWhatIsGivenBackIsWiped) {
  const unsigned char *first = nullptr, *second = nullptr;
  {
    Key key;
    std::fill_n(key.data(), key.size(), static_cast<unsigned char>(0xa5));
    const Key copy = key;
    first = key.data(), second = copy.data();
    ASSERT_NE(first, second);
    EXPECT_EQ(hex(key), hex(copy));
    EXPECT_TRUE(flags_of(second).contains("dd"));
    Key taker;
    taker = std::move(key);
    EXPECT_EQ(taker.data(), first) << "moved, not copied";
    taker = copy;
    EXPECT_EQ(std::count(first, first + 32, 0xa5), 0) << "what was overwritten is wiped";
  }
  EXPECT_EQ(std::count(first, first + 32, 0), 32);
  EXPECT_EQ(std::count(second, second + 32, 0), 32);
}

TEST(LockedBytesTest, AsManyAsTheVaultKeepsAreAllLockedAndAllDifferent) {
  std::vector<Key> keys(50'000);
  std::set<const unsigned char*> places;
  for (auto& key : keys) places.insert(key.data());
  EXPECT_EQ(places.size(), keys.size());
  EXPECT_TRUE(flags_of(keys.back().data()).contains("dd"));
  EXPECT_GE(*places.rbegin() - *places.begin(), 32 * 49'999) << "none overlaps another";
}

TEST(LockedBytesTest, WhereNothingCanBeLockedItIsToldOnceAndKeysWork) {
  if (!kLocks) GTEST_SKIP() << "a sanitizer says that all is locked";
  EXPECT_EQ(in_a_child([] {
              const rlimit none{0, 0};
              if (setrlimit(RLIMIT_MEMLOCK, &none) != 0) return 10;
              if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) return 11;  // root locks beyond its limit
              int told = 0;
              when_not_locked([&] { ++told; });
              std::vector<LockedBytes<48>> some(5'000);  // four regions of a size that nobody else uses
              some[4'999].data()[47] = 7;
              return some[4'999].data()[47] == 7 ? told : 12;
            }),
            1);
}

TEST(KeyTest, ADerivedKeyIsAnothersPurposesOwnAndAlwaysTheSame) {
  Key key;
  EXPECT_EQ(hex(derive(key, "a")), hex(derive(key, "a")));
  EXPECT_NE(hex(derive(key, "a")), hex(derive(key, "b")));
  EXPECT_NE(hex(derive(key, "a")), hex(derive(derive(key, "a"), "a")));
}

TEST(CoreDumpsTest, AreForbiddenToTheProcessAndWhatItStarts) {
  EXPECT_EQ(in_a_child([] {
              forbid_core_dumps();
              rlimit now{1, 1};
              if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) return 1;
              return getrlimit(RLIMIT_CORE, &now) == 0 && now.rlim_max == 0 ? 0 : 2;
            }),
            0);
}

}  // namespace sigap::keys
