#include <gtest/gtest.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "adapters/vault/vault_sodium.h"
#include "scratch/scratch_folder.h"

namespace sigap::vault {
namespace {

class VaultTest : public testing::Test {
 protected:
  std::unique_ptr<VaultSodium> open() {
    auto opened = VaultSodium::unlock(folder_ / "data", folder_ / "keys", true);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }
  bool on_disk(const std::string& text) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::stringstream content;
      content << file.rdbuf();
      if (content.str().find(text) != std::string::npos) return true;
    }
    return false;
  }
  ScratchFolder folder_;
};

}  // namespace

TEST_F(VaultTest, OpensAfterAReopenAndOnlyInItsPlace) {
  const auto sealed = open()->seal("call:7", "event.number", "+628123456789");
  auto again = open();
  EXPECT_EQ(again->open("call:7", "event.number", sealed), "+628123456789");
  EXPECT_FALSE(again->open("call:7", "event.name", sealed));
  EXPECT_FALSE(again->open("call:8", "event.number", sealed));
  auto tampered = sealed;
  tampered[sealed.size() / 2] = tampered[sealed.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(again->open("call:7", "event.number", tampered));
  EXPECT_FALSE(again->open("call:7", "event.number", ""));
}

TEST_F(VaultTest, EqualInputGivesEqualOutputAndAnotherPlaceAnother) {
  auto vault = open();
  EXPECT_EQ(vault->seal("call:7", "a", "x"), vault->seal("call:7", "a", "x"));
  EXPECT_NE(vault->seal("call:7", "a", "x"), vault->seal("call:7", "b", "x"));
  EXPECT_NE(vault->seal("call:7", "a", "x"), vault->seal("call:8", "a", "x"));
}

TEST_F(VaultTest, ForgottenIsForgottenForEver) {
  auto vault = open();
  const auto sealed = vault->seal("call:7", "a", "x");
  ASSERT_TRUE(vault->flush());
  ASSERT_TRUE(vault->forget({"call:7"}));
  EXPECT_FALSE(vault->open("call:7", "a", sealed));
  vault.reset();
  EXPECT_FALSE(open()->open("call:7", "a", sealed));
}

TEST_F(VaultTest, BesideTheOwnerTheSameIsSealedAndNoKeyIsMade) {
  auto owner = open();
  const auto sealed = owner->seal("call:7", "a", "x");
  ASSERT_TRUE(owner->flush());
  const auto beside = std::move(*VaultSodium::unlock(folder_ / "data", folder_ / "keys", false, Use::reads));
  EXPECT_EQ(beside->seal("call:7", "a", "x"), sealed) << "a key of after it was unlocked, too";
  const auto lost = beside->seal("call:8", "a", "x");  // as if it had been forgotten
  ASSERT_TRUE(beside->flush());
  EXPECT_FALSE(beside->open("call:8", "a", lost));
  EXPECT_FALSE(owner->open("call:8", "a", lost));
}

TEST_F(VaultTest, WhatIsRememberedBesideTheOwnerIsLetGo) {
  auto owner = open();
  const auto sealed = owner->seal("call:7", "a", "x");
  ASSERT_TRUE(owner->flush());
  for (const bool all : {false, true}) {
    const auto beside = std::move(*VaultSodium::unlock(folder_ / "data", folder_ / "keys", false, Use::reads));
    EXPECT_EQ(beside->open("call:7", "a", sealed), all ? std::nullopt : std::optional<std::string>("x"));
    if (all) continue;
    ASSERT_TRUE(owner->forget({"call:7"}));
    EXPECT_EQ(beside->open("call:7", "a", sealed), "x") << "from memory";
    beside->let_go({"call:8"});
    EXPECT_EQ(beside->open("call:7", "a", sealed), "x");
    beside->let_go({"call:7"});
    EXPECT_FALSE(beside->open("call:7", "a", sealed));
  }
}

TEST_F(VaultTest, WhatWasPutAsideIsForgottenToo) {
  auto vault = open();
  const auto file = folder_ / "data/aside-keys-1-4.txt";
  const auto write = [&](const char* text) { std::ofstream(file, std::ios::binary) << text; };
  const auto read = [&] {
    std::stringstream content;
    content << std::ifstream(file, std::ios::binary).rdbuf();
    return content.str();
  };
  write("1 key call:1 abcdef\n2 caller 7 0011\n3 key call:11 beef\n4 key call:1 deleted\n");
  ASSERT_TRUE(vault->forget({"call:1"}));
  EXPECT_EQ(read(), "1 key call:1 ------\n2 caller 7 0011\n3 key call:11 beef\n4 key call:1 deleted\n");
  ASSERT_TRUE(vault->forget_callers({{7}}));
  EXPECT_EQ(read(), "1 key call:1 ------\n2 caller 7 ----\n3 key call:11 beef\n4 key call:1 deleted\n");
}

TEST_F(VaultTest, WhatShouldBeSealedWithADamagedKeyIsRefused) {
  (void)open()->seal("call:7", "a", "x");
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "data" / "keys.sqlite").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "UPDATE keys SET wrapped = x'00' WHERE subject = 'call:7'", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(db);
  for (const auto use : {Use::owns, Use::reads}) {
    auto vault = std::move(*VaultSodium::unlock(folder_ / "data", folder_ / "keys", false, use));
    (void)vault->seal("call:7", "a", "x");
    EXPECT_FALSE(vault->flush());
  }
}

TEST_F(VaultTest, NothingPersonalIsOnDisk) {
  auto vault = open();
  (void)vault->seal("call:7", "a", "Siti Rahmawati");
  (void)vault->caller_ref("+628123456789");
  ASSERT_TRUE(vault->flush());
  EXPECT_FALSE(on_disk("Siti Rahmawati"));
  EXPECT_FALSE(on_disk("628123456789"));
  EXPECT_TRUE(on_disk("call:7")) << "the search works";
}

TEST_F(VaultTest, ACallerKeepsTheirReferenceUntilForgotten) {
  CallerRef first;
  {
    auto vault = open();
    first = vault->caller_ref("+6281");
    EXPECT_NE(first, vault->caller_ref("+6282"));
    EXPECT_FALSE(vault->caller_ref(""));
  }
  auto vault = open();
  EXPECT_EQ(vault->caller_ref("+6281"), first);
  ASSERT_TRUE(vault->forget_callers({first}));
  EXPECT_NE(vault->caller_ref("+6281"), first);
}

TEST_F(VaultTest, AReferenceIsDurableWithTheKeysAndNeverGivenTwice) {
  auto vault = open();
  const auto first = vault->caller_ref("+6281"), second = vault->caller_ref("+6282");
  EXPECT_NE(first, second);
  EXPECT_EQ(vault->caller_ref("+6281"), first) << "before it is written";
  ASSERT_TRUE(vault->flush());
  EXPECT_EQ(vault->caller_ref("+6281"), first) << "and after";
  ASSERT_TRUE(vault->forget_callers({second}));
  EXPECT_GT(vault->caller_ref("+6283"), second) << "what was forgotten is nobody's";
  const auto unwritten = vault->caller_ref("+6284");
  ASSERT_TRUE(vault->forget_callers({unwritten}));
  EXPECT_GT(vault->caller_ref("+6284"), unwritten);
}

TEST_F(VaultTest, AWrongMissingOrExposedMasterKeyIsRefused) {
  open().reset();
  const auto key = folder_ / "keys" / "master.key";
  chmod(key.c_str(), 0644);
  EXPECT_EQ(VaultSodium::unlock(folder_ / "data", folder_ / "keys", true).error().code, "key_open_to_others");
  std::filesystem::remove(key);
  EXPECT_EQ(VaultSodium::unlock(folder_ / "data", folder_ / "keys", false).error().code, "no_key");
  EXPECT_EQ(VaultSodium::unlock(folder_ / "data", folder_ / "keys", true).error().code, "wrong_key");
}

TEST_F(VaultTest, AMasterKeyThatIsThereIsNeverOverwrittenNorReadInPart) {
  const auto key = folder_ / "master.key";
  ASSERT_TRUE(keys::make_key(key, "master key"));
  EXPECT_EQ(keys::make_key(key, "master key").error().code, "io");
  std::filesystem::resize_file(key, 31);
  EXPECT_EQ(keys::read_key(key, "master key").error().message, "the master key is too short");
}

TEST_F(VaultTest, TheJournalsSealIsTheMasterKeysAndBindsEachPart) {
  const auto seal = open()->journal_seal();
  EXPECT_EQ(seal({"line", "1", "a"}).size(), 32u);
  EXPECT_EQ(seal({"line", "1", "a"}), open()->journal_seal()({"line", "1", "a"})) << "after a restart, too";
  for (const auto& other :
       {seal({"head", "1", "a"}), seal({"line", "1a", ""}), seal({"line", "1"}), seal({"line1", "a"})})
    EXPECT_NE(other, seal({"line", "1", "a"}));
  std::filesystem::remove_all(folder_ / "data");
  std::filesystem::remove_all(folder_ / "keys");
  EXPECT_NE(open()->journal_seal()({"line", "1", "a"}), seal({"line", "1", "a"})) << "another master key";
}

TEST_F(VaultTest, AForgottenKeysBytesAreGoneFromMemory) {
  auto vault = open();
  const auto sealed = vault->seal("call:7", "a", "x");
  ASSERT_TRUE(vault->flush());
  ASSERT_TRUE(vault->forget({"call:7"}));
  // The pool hands out again first what was given back last: the place of that subject's key is among these.
  std::vector<keys::Key> taken(64);
  for (const auto& key : taken)
    EXPECT_EQ(std::count(key.data(), key.data() + key.size(), 0), static_cast<std::ptrdiff_t>(key.size()));
  EXPECT_FALSE(vault->open("call:7", "a", sealed));
}

TEST(PasswordsTest, OnlyTheRightPasswordVerifies) {
  PasswordsSodium passwords;
  const auto hash = passwords.hash("sandi rahasia");
  EXPECT_EQ(hash.substr(0, 9), "$argon2id");
  EXPECT_TRUE(passwords.verify(hash, "sandi rahasia"));
  EXPECT_FALSE(passwords.verify(hash, "sandi"));
  EXPECT_FALSE(passwords.verify("nonsense", "sandi"));
}

TEST(EntropyTest, TokensAreLongAndDiffer) {
  EntropySodium entropy;
  EXPECT_EQ(entropy.token().size(), 43u);
  EXPECT_NE(entropy.token(), entropy.token());
  EXPECT_EQ(entropy.hex(16).size(), 32u);
}

TEST_F(VaultTest, EachRecordingHasAKeyPairThatIsGoneWithItsCall) {
  std::optional<ports::RecordingKey> first;
  {
    auto vault = open();
    EXPECT_FALSE(vault->recording_key("call:7", {1})) << "nothing is known of that call";
    (void)vault->seal("call:7", "a", "x");
    first = vault->recording_key("call:7", {1});
    ASSERT_TRUE(first);
    EXPECT_NE(first, vault->recording_key("call:7", {2}));
    ASSERT_TRUE(vault->flush());
  }
  auto vault = open();
  EXPECT_EQ(vault->recording_key("call:7", {1}), first);
  Key secret;
  ASSERT_TRUE(vault->recording_secret("call:7", {1}, secret.data()));
  ports::RecordingKey derived;
  ASSERT_EQ(crypto_scalarmult_base(derived.data(), secret.data()), 0);
  EXPECT_EQ(derived, first) << "the halves are of one pair";
  ASSERT_TRUE(vault->forget({"call:7"}));
  EXPECT_FALSE(vault->recording_key("call:7", {1}));
  EXPECT_FALSE(vault->recording_secret("call:7", {1}, secret.data()));
}

}  // namespace sigap::vault
