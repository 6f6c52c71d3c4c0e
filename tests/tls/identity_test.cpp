// Which certificates we show to browsers, and why not the others.
#include "tls/identity.h"

#include <gtest/gtest.h>

#include <fstream>

#include "scratch/scratch_folder.h"
#include "tls/issue.h"

namespace sigap::tls {
namespace {

namespace fs = std::filesystem;

constexpr Instant kNow{1'795'521'930'000};  // 2026-11-24T12:05:30Z
constexpr Duration kDay = hours(24);

class IdentityTest : public testing::Test {
 protected:
  static Wanted wanted() {
    Wanted w;
    w.common_name = "110.contoh.id";
    w.names = {"110.contoh.id", "*.polri.contoh.id", "192.0.2.10", "2001:db8::10"};
    w.from = kNow - kDay;
    w.until = kNow + hours(24 * 90);
    return w;
  }
  static Issued made(const Wanted& w, const Issued* by = nullptr) {
    auto issued = issue(w, by);
    EXPECT_TRUE(issued) << issued.error().message;
    return issued ? *issued : Issued{};
  }
  static Issued authority(const std::string& name = "Contoh CA") {
    Wanted w = wanted();
    w.common_name = name;
    w.names = {};
    w.authority = true;
    return made(w);
  }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, fs::perms::owner_read | fs::perms::owner_write);
  }
  Result<Identity> read(const Issued& pair, const std::vector<std::string>& names = {}) const {
    put("chain.pem", pair.certificate);
    put("key.pem", pair.key);
    return read_identity(files_, names, kNow);
  }
  std::string fault(const Issued& pair, const std::vector<std::string>& names = {}) const {
    const auto identity = read(pair, names);
    return identity ? "" : identity.error().field + ": " + identity.error().message;
  }
  std::string chain_fault(const std::string& why) const {
    return "certificate: certificate " + files_.certificate.string() + ": " + why;
  }

  ScratchFolder folder_;
  IdentityFiles files_{folder_ / "chain.pem", folder_ / "key.pem"};
};

TEST_F(IdentityTest, AGoodOneSaysWhenItExpires) {
  const auto identity = read(made(wanted()), {"110.contoh.id", "a.polri.contoh.id", "192.0.2.10", "2001:db8::10"});
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->until, wanted().until);
  EXPECT_EQ(identity->fingerprint.size(), 95U);
}

TEST_F(IdentityTest, TheFirstOfTheChainToExpireCounts) {
  auto w = wanted();
  w.authority = true;
  w.names = {};
  w.until = kNow + kDay;
  const auto between = made(w);
  auto pair = made(wanted(), &between);
  pair.certificate += between.certificate;
  const auto identity = read(pair);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->until, kNow + kDay);
}

TEST_F(IdentityTest, ItsTimeMustHaveComeAndNotBeOver) {
  auto w = wanted();
  w.until = kNow;
  EXPECT_EQ(fault(made(w)), chain_fault("expired at 2026-11-24T12:05:30Z"));
  w = wanted();
  w.from = kNow + kDay;
  EXPECT_EQ(fault(made(w)), chain_fault("is not valid before 2026-11-25T12:05:30Z"));
}

TEST_F(IdentityTest, AnotherNameIsRefused) {
  EXPECT_EQ(fault(made(wanted()), {"110.contoh.id", "evil.example"}), chain_fault("is not for evil.example"));
  EXPECT_EQ(fault(made(wanted()), {"192.0.2.11"}), chain_fault("is not for 192.0.2.11"));
  EXPECT_EQ(fault(made(wanted()), {"b.a.polri.contoh.id"}), chain_fault("is not for b.a.polri.contoh.id"));
}

TEST_F(IdentityTest, WeakOnesAreRefused) {
  auto w = wanted();
  w.rsa_bits = 1024;
  EXPECT_EQ(fault(made(w)), chain_fault("is too weak: its key has 1024 bits (RSA needs 2048, elliptic curves 224)"));
  w.rsa_bits = 2048;
  EXPECT_EQ(fault(made(w)), "");
  const auto ca = authority();
  w.digest = "SHA1";
  EXPECT_EQ(fault(made(w, &ca)), chain_fault("is too weak: signed with SHA1"));
}

TEST_F(IdentityTest, TheKeyMustBeOfIt) {
  auto pair = made(wanted());
  pair.key = made(wanted()).key;
  EXPECT_EQ(fault(pair), "key: key " + files_.key.string() + ": does not belong to " + files_.certificate.string());
}

TEST_F(IdentityTest, AChainIsInOrderAndOfServers) {
  const auto ca = authority(), other = authority("Another CA");
  auto pair = made(wanted(), &ca);
  pair.certificate += other.certificate;
  EXPECT_EQ(fault(pair), chain_fault("the 2. of the chain did not sign the one before it"));
  EXPECT_EQ(fault(ca), chain_fault("is not one of a server (key usage)"));
}

TEST_F(IdentityTest, WhatIsNoPairSaysWhichFile) {
  auto pair = made(wanted());
  pair.key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
  EXPECT_EQ(fault(pair), "key: key " + files_.key.string() + ": is no private key (PEM without a passphrase)");
  pair.certificate = "hello";
  EXPECT_EQ(fault(pair), chain_fault("holds no certificate (PEM)"));
  pair.certificate = std::string(300'000, 'x');
  EXPECT_NE(fault(pair).find("longer than any chain"), std::string::npos);
  fs::remove(files_.certificate);
  const auto gone = read_identity(files_, {}, kNow);
  EXPECT_EQ(gone.error().code, "io");
  EXPECT_EQ(gone.error().message, "cannot read " + files_.certificate.string() + ": No such file or directory");
}

TEST_F(IdentityTest, AKeyThatEverybodyMayReadIsRefused) {
  ASSERT_TRUE(read(made(wanted())));
  fs::permissions(files_.key, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(read_identity(files_, {}, kNow).error().message,
            "key " + files_.key.string() + ": everybody on this machine may open it (chmod o-rwx)");
  fs::permissions(files_.key, fs::perms::group_read, fs::perm_options::add);
  fs::permissions(files_.key, fs::perms::others_read, fs::perm_options::remove);
  EXPECT_TRUE(read_identity(files_, {}, kNow));
}

}  // namespace
}  // namespace sigap::tls
