// A backup on a DVD, an installation in a read-only snapshot: looked at and restored from, and never read as less than
// is there. The medium is a tmpfs that is mounted read-only, in a mount namespace of our own: file modes would stop
// nobody who is root.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "codec/event_codec.h"
#include "scratch/scratch_folder.h"
#include "sqlite/copy.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr std::int64_t kEvents = 4;

/// Why no mounts of our own can be made here, or nothing. Once a process.
std::string no_mounts() {
  const auto user = geteuid(), group = getegid();
  if (unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return std::string("no mount namespace: ") + std::strerror(errno);
  if (user != 0) {
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
  }
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return std::string("mounts cannot be made private: ") + std::strerror(errno);
  return {};
}

class ReadOnlyTest : public testing::Test {
 protected:
  void SetUp() override {
    static const std::string why = no_mounts();
    if (!why.empty()) GTEST_SKIP() << why;
    fs::create_directory(medium_);
    ASSERT_EQ(mount("tmpfs", medium_.c_str(), "tmpfs", 0, "size=64m"), 0) << std::strerror(errno);
    mounted_ = true;
  }
  void TearDown() override {
    if (mounted_) umount2(medium_.c_str(), MNT_DETACH);
  }

  /// An installation of a few events; open for writing as long as it is kept.
  std::unique_ptr<JournalSqlite> installation(const fs::path& place) {
    EXPECT_TRUE(vault::VaultSodium::unlock(place / "data", place / "keys", true));
    auto journal = std::move(*JournalSqlite::open(place / "data", place / "keys", Mode::write));
    std::vector<ports::JournalLine> lines;
    codec::NoKeys none;
    for (std::int64_t n = 1; n <= kEvents; ++n) {
      core::Event event;
      event.id = std::string(32, '0');
      event.stream = "nation";
      event.epoch = 1;
      event.seq = n;
      event.at = Instant{n};
      event.body = stations::StationDefined{{{"mabes"}, "Mabes", stations::StationLevel::mabes, {}, {}, "UTC", {}}};
      lines.push_back({n, "nation", 1, n, codec::write_event(event, none), ""});
    }
    EXPECT_TRUE(journal->append(lines));
    journal->note_head();
    return journal;
  }
  void finish_medium() {
    ASSERT_EQ(mount("none", medium_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0) << std::strerror(errno);
    ASSERT_FALSE(std::ofstream(medium_ / "x").is_open()) << "this medium can be written";
  }
  /// What a command says, and its exit code in front.
  static std::string said(const std::string& arguments) {
    FILE* out = popen((std::string(SIGAP_PROGRAM) + " " + arguments + " 2>&1").c_str(), "r");
    std::string text;
    for (std::array<char, 4096> part{}; out && fgets(part.data(), part.size(), out);) text += part.data();
    return out ? std::to_string(WEXITSTATUS(pclose(out))) + " " + text : "cannot be run";
  }
  std::string folders() const {
    return "--data '" + (backup_ / "data").string() + "' --keys '" + (backup_ / "keys").string() + "'";
  }

  ScratchFolder scratch_;
  const fs::path medium_ = scratch_ / "medium";
  /// What a URI takes for something else.
  const fs::path backup_ = medium_ / "110%20?a=b#c";
  bool mounted_ = false;
};

TEST_F(ReadOnlyTest, ABackupIsLookedAtAndRestored) {
  installation(backup_);
  finish_medium();
  auto journal = JournalSqlite::open(backup_ / "data", backup_ / "keys", Mode::read);
  ASSERT_TRUE(journal) << journal.error().message;
  EXPECT_EQ((*journal)->verify()->position, kEvents);

  EXPECT_TRUE(said("journal verify " + folders()).starts_with("0 whole: 4 events"))
      << said("journal verify " + folders());
  EXPECT_TRUE(said("journal replay " + folders()).starts_with("0 position 4,"));
  EXPECT_NE(said("journal show " + folders()).find("\"seq\":4,"), std::string::npos);
  EXPECT_NE(said("journal show --reason test " + folders()).find("\"seq\":4,"), std::string::npos);
  const auto back = "--data " + (scratch_ / "back/data").string() + " --keys " + (scratch_ / "back/keys").string();
  EXPECT_TRUE(said("restore --from '" + backup_.string() + "' " + back).starts_with("0 position 4,"));
  EXPECT_TRUE(said("journal verify " + back).starts_with("0 whole: 4 events"));
}

TEST_F(ReadOnlyTest, WhatStandsInTheLogBesideItIsRead) {
  const auto live = scratch_ / "live";
  {
    const auto journal = installation(live);
    fs::create_directories(backup_);
    fs::copy(live, backup_, fs::copy_options::recursive);  // as a snapshot has it: in the middle of things
    ASSERT_GT(fs::file_size(backup_ / "data/journal.sqlite-wal"), 0U);
  }
  finish_medium();
  EXPECT_TRUE(said("journal verify " + folders()).starts_with("0 whole: 4 events"))
      << said("journal verify " + folders());
  ASSERT_TRUE(sqlite::copy_database(backup_ / "data/journal.sqlite", scratch_ / "copy.sqlite"));
}

TEST_F(ReadOnlyTest, ALogThatCannotBeReadIsNotPassedOver) {
  const auto live = scratch_ / "live";
  {
    const auto journal = installation(live);
    fs::create_directories(backup_ / "data");
    fs::copy(live / "keys", backup_ / "keys");
    for (const char* file : {"journal.sqlite", "journal.sqlite-wal", "keys.sqlite"})
      fs::copy(live / "data" / file, backup_ / "data" / file);
  }
  finish_medium();
  auto journal = JournalSqlite::open(backup_ / "data", backup_ / "keys", Mode::read);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, "log_unread");
  EXPECT_NE(journal.error().message.find("journal.sqlite-wal"), std::string::npos) << journal.error().message;
  const auto copied = sqlite::copy_database(backup_ / "data/journal.sqlite", scratch_ / "copy.sqlite");
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, "log_unread");
  EXPECT_FALSE(fs::exists(scratch_ / "copy.sqlite"));
}

TEST_F(ReadOnlyTest, AKeyThatOthersMayReadSaysWhatToDo) {
  installation(backup_);
  fs::permissions(backup_ / "keys/master.key", fs::perms::others_read, fs::perm_options::add);  // as ISO 9660 has it
  finish_medium();
  const auto refused = said("journal show --reason test " + folders());
  EXPECT_NE(refused.find("restore from it"), std::string::npos) << refused;
  const auto back = "--data " + (scratch_ / "back/data").string() + " --keys " + (scratch_ / "back/keys").string();
  EXPECT_TRUE(said("restore --from '" + backup_.string() + "' " + back).starts_with("0 position 4,"));
}

TEST_F(ReadOnlyTest, WhatIsNotThereIsSaid) {
  finish_medium();
  const auto refused = said("journal verify " + folders());
  EXPECT_NE(refused.find("there is no journal in this folder"), std::string::npos) << refused;
}

}  // namespace
}  // namespace sigap
