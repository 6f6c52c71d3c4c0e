// What a telephone trusted once goes on, and is trusted for nothing else.
#include "tls/local_authority.h"

#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include "scratch/scratch_folder.h"
#include "tls/issue.h"
#include "tls/pem.h"

namespace sigap::tls {
namespace {

namespace fs = std::filesystem;

constexpr Instant kToday{1'795'521'930'000};

class LocalAuthorityTest : public testing::Test {
 protected:
  LocalCertificate made(const std::vector<std::string>& addresses, Instant now = kToday) const {
    auto made = local_certificate(folder_ / "lan", "meja-1", addresses, now);
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : LocalCertificate{};
  }
  static std::string text(const fs::path& file) { return read_file(file).value_or(""); }

  ScratchFolder folder_;
};

TEST_F(LocalAuthorityTest, IsGoodForTheMachineAndStaysTheSame) {
  const auto first = made({"192.168.1.20", "fd00::20"});
  EXPECT_TRUE(first.authority_is_new);
  EXPECT_TRUE(read_identity(first.files,
                            {"meja-1", "meja-1.local", "localhost", "127.0.0.1", "192.168.1.20", "fd00::20"}, kToday));
  const auto certificate = text(first.files.certificate);
  const auto again = made({"192.168.1.20", "fd00::20"});
  EXPECT_FALSE(again.authority_is_new);
  EXPECT_EQ(again.fingerprint, first.fingerprint);
  EXPECT_EQ(text(again.files.certificate), certificate);
}

TEST_F(LocalAuthorityTest, AnotherAddressOrTimeRenewsTheCertificateAndNotTheAuthority) {
  const auto first = made({"192.168.1.20"});
  const auto moved = made({"10.0.0.7"});
  EXPECT_FALSE(moved.authority_is_new);
  EXPECT_TRUE(read_identity(moved.files, {"10.0.0.7"}, kToday));
  EXPECT_FALSE(read_identity(moved.files, {"192.168.1.20"}, kToday));
  const auto later = kToday + hours(24 * 380);
  const auto renewed = made({"10.0.0.7"}, later);
  EXPECT_EQ(renewed.fingerprint, first.fingerprint);
  EXPECT_GT(read_identity(renewed.files, {}, later)->until, later + hours(24 * 300));
}

/// 198.51.100.0/24 is documentation (RFC 5737), standing for a public address.
TEST_F(LocalAuthorityTest, APublicAddressThatItMayNotSignForNeedsANewAuthority) {
  const auto first = made({"192.168.1.20"});
  const auto second = made({"198.51.100.7"});
  EXPECT_TRUE(second.authority_is_new);
  EXPECT_NE(second.fingerprint, first.fingerprint);
  EXPECT_TRUE(read_identity(second.files, {"198.51.100.7"}, kToday));
}

TEST_F(LocalAuthorityTest, WhoTrustsItIsNotFooledByItsKeyElsewhere) {
  const auto local = made({"192.168.1.20"});
  const Issued stolen{text(local.authority), text(local.authority.parent_path() / "ca.key")};
  for (const auto& [name, believed] : {std::pair("bank.example", false), std::pair("198.51.100.8", false),
                                       std::pair("192.168.7.7", true), std::pair("other.local", true)}) {
    Wanted w;
    w.common_name = "x";
    w.names = {name};
    w.from = kToday - hours(1);
    w.until = kToday + hours(1);
    const auto forged = issue(w, &stolen);
    ASSERT_TRUE(forged) << forged.error().message;
    const auto chain = read_certificates(forged->certificate), roots = read_certificates(stolen.certificate);
    auto* store = X509_STORE_new();
    auto* context = X509_STORE_CTX_new();
    X509_STORE_add_cert(store, roots.front().get());
    X509_STORE_CTX_init(context, store, chain.front().get(), nullptr);
    X509_STORE_CTX_set_time(context, 0, kToday.ms / 1000);
    EXPECT_EQ(X509_verify_cert(context) == 1, believed) << name;
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
  }
}

TEST_F(LocalAuthorityTest, KeysArePrivateFiles) {
  const auto local = made({"192.168.1.20"});
  for (const auto& file : {local.files.key, local.authority.parent_path() / "ca.key"})
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write) << file;
  EXPECT_EQ(fs::status(local.authority.parent_path()).permissions(), fs::perms::owner_all);
}

TEST_F(LocalAuthorityTest, WhereNothingCanBeWrittenItSaysSo) {
  fs::create_directories(folder_ / "lan/ca.crt");
  const auto refused = local_certificate(folder_ / "lan", "meja-1", {"192.168.1.20"}, kToday);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("ca.crt"), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace sigap::tls
