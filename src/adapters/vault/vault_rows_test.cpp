#include "adapters/vault/vault_rows.h"

#include <gtest/gtest.h>

#include <fstream>

#include "adapters/vault/vault_sodium.h"
#include "scratch/scratch_folder.h"

namespace sigap::vault {
namespace {

/// Two machines with one master key: what one has, the other is told.
class VaultRowsTest : public testing::Test {
 protected:
  struct Machine {
    std::unique_ptr<VaultSodium> vault;
    std::unique_ptr<VaultRowsSqlite> rows;
  };
  Machine machine(const char* name) {
    return {std::move(*VaultSodium::unlock(folder_ / name, folder_ / "keys", true)),
            std::move(*VaultRowsSqlite::open(folder_ / name))};
  }
  static std::string sealed(Machine& m, const std::string& subject) {
    auto text = m.vault->seal(subject, "place", "plain");
    EXPECT_TRUE(m.vault->flush());
    return text;
  }
  static void follow(Machine& to, Machine& from) {
    ASSERT_TRUE(to.rows->apply(from.rows->changes_after(to.rows->last().number, 1000)));
  }
  static std::optional<std::string> opened(Machine& m, const std::string& subject, const std::string& text) {
    return m.vault->open(subject, "place", text);
  }
  ScratchFolder folder_;
};

}  // namespace

TEST_F(VaultRowsTest, WhatOneSealedTheOtherOpensAndForgets) {
  auto a = machine("a"), b = machine("b");
  const auto text = sealed(a, "call:1");
  const auto caller = a.vault->caller_ref("+6281");
  ASSERT_TRUE(a.vault->flush());
  follow(b, a);
  EXPECT_EQ(b.rows->last().number, 2);
  EXPECT_EQ(opened(b, "call:1", text), "plain");
  EXPECT_EQ(b.vault->caller_ref("+6281"), caller);
  EXPECT_EQ(b.rows->last().number, 2) << "it was known already";
  ASSERT_TRUE(a.vault->forget({"call:1"}));
  ASSERT_TRUE(a.vault->forget_callers({caller}));
  follow(b, a);
  auto again = machine("b");
  EXPECT_FALSE(opened(again, "call:1", text));
  EXPECT_NE(again.vault->caller_ref("+6281"), caller);
}

TEST_F(VaultRowsTest, WhatThereWasBeforeIsTheFirstChanges) {
  std::string text;
  {
    auto alone = VaultSodium::unlock(folder_ / "a", folder_ / "keys", true);
    text = (*alone)->seal("call:1", "place", "plain");
  }
  auto a = machine("a"), b = machine("b");
  follow(b, a);
  EXPECT_EQ(opened(b, "call:1", text), "plain");
  EXPECT_EQ(machine("a").rows->last().number, 1) << "opened again, nothing is counted twice";
}

TEST_F(VaultRowsTest, AForgottenKeyIsNotSentToALateFollower) {
  auto a = machine("a"), b = machine("b");
  const auto text = sealed(a, "call:1");
  ASSERT_TRUE(a.vault->forget({"call:1"}));
  const auto changes = a.rows->changes_after(0, 10);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_FALSE(changes[0].value);
  follow(b, a);
  EXPECT_FALSE(opened(b, "call:1", text));
}

TEST_F(VaultRowsTest, AGapIsRefusedWhole) {
  auto a = machine("a"), b = machine("b");
  (void)sealed(a, "call:1");
  (void)sealed(a, "call:2");
  EXPECT_EQ(b.rows->apply(a.rows->changes_after(1, 10)).error().code, "gap");
  EXPECT_EQ(b.rows->last().number, 0);
}

TEST_F(VaultRowsTest, AChangeKnowsItsEpochAndACutTakesItBack) {
  auto a = machine("a"), b = machine("b");
  ASSERT_TRUE(a.rows->begin_epoch(1));
  const auto shared = sealed(a, "call:1");
  follow(b, a);
  const auto lost = sealed(a, "call:2");  // never told
  ASSERT_TRUE(b.rows->begin_epoch(2));
  const auto kept = sealed(b, "call:2");
  EXPECT_EQ(a.rows->epoch_of(2), 1);
  EXPECT_EQ(b.rows->epoch_of(2), 2);
  EXPECT_FALSE(b.rows->epoch_of(3));
  EXPECT_EQ(*a.rows->cut_after(1), 1);
  follow(a, b);
  auto again = machine("a");
  EXPECT_EQ(opened(again, "call:1", shared), "plain");
  EXPECT_EQ(opened(again, "call:2", kept), "plain");
  EXPECT_FALSE(opened(again, "call:2", lost));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "a" / "aside-keys-2-2.txt"));
}

TEST_F(VaultRowsTest, ADeletionTakenBackBringsTheRowFromTheOther) {
  auto a = machine("a"), b = machine("b");
  const auto text = sealed(a, "call:1");
  (void)sealed(a, "call:2");
  follow(b, a);
  ASSERT_TRUE(a.vault->forget({"call:1"}));
  EXPECT_EQ(*a.rows->cut_after(2), 0) << "from where the row first appeared";
  follow(a, b);
  EXPECT_EQ(opened(a, "call:1", text), "plain");
}

}  // namespace sigap::vault
