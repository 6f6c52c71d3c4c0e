// What tests of HTTPS need: an authority of their own, certificates by it, good or bad, and browsers that trust it.
#pragma once
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "adapters/web/raw_browser.h"
#include "adapters/web/web_config.h"
#include "scratch/scratch_folder.h"
#include "tls/issue.h"
#include "tls/pem.h"

namespace sigap::web {

class SecureTests {
 public:
  SecureTests() {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to whoever has left
    auto root = wanted();
    root.common_name = "Tests";
    root.names = {};
    root.authority = true;
    authority_ = made(root, nullptr);
  }
  ~SecureTests() { browse_plainly(); }

  static Instant now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  }
  static tls::Wanted wanted() {
    tls::Wanted w;
    w.common_name = "sigap.test";
    w.names = {"sigap.test"};
    w.from = now() - hours(1);
    w.until = now() + hours(24 * 90);
    return w;
  }
  /// On disk, signed by the authority: what the server shows, or is to show next.
  void put(const tls::Wanted& w = wanted()) const { put(made(w, &authority_)); }
  void put(const tls::Issued& pair) const {
    write(files().certificate, pair.certificate);
    write(files().key, pair.key);
  }
  tls::Issued by_authority(const tls::Wanted& w) const { return made(w, &authority_); }
  tls::IdentityFiles files() const { return {folder_ / "server.crt", folder_ / "server.key"}; }
  std::filesystem::path authority_file() const {
    write(folder_ / "ca.crt", authority_.certificate);
    return folder_ / "ca.crt";
  }
  static void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  /// The server speaks HTTPS, and browsers that are made from now on, too: with this authority and the name that they
  /// ask for, and nothing else.
  void secure(WebConfig& config) const {
    put();
    config.identity = files();
    browse(TLS1_2_VERSION, TLS1_3_VERSION);
  }
  void browse(int oldest, int newest) const {
    browse_plainly();
    auto* c = RawBrowser::tls = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(c, 0);  // what is refused the server refuses
    SSL_CTX_set_min_proto_version(c, oldest);
    SSL_CTX_set_max_proto_version(c, newest);
    SSL_CTX_clear_mode(c, SSL_MODE_AUTO_RETRY);  // a ticket is no answer: RawBrowser waits with a limit
    SSL_CTX_set_verify(c, SSL_VERIFY_PEER, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(c), tls::read_certificates(authority_.certificate).front().get());
  }
  static void browse_plainly() { SSL_CTX_free(std::exchange(RawBrowser::tls, nullptr)); }

 private:
  static tls::Issued made(const tls::Wanted& w, const tls::Issued* by) {
    auto issued = tls::issue(w, by);
    EXPECT_TRUE(issued) << issued.error().message;
    return issued ? *issued : tls::Issued{};
  }

  ScratchFolder folder_;
  tls::Issued authority_;
};

/// Each test twice: plain, and by TLS.
class PlainAndSecure : public testing::TestWithParam<bool> {
 protected:
  PlainAndSecure() {
    if (GetParam()) secure_.secure(config_);
  }
  static bool secure() { return GetParam(); }

  SecureTests secure_;
  WebConfig config_;
  const std::string origin_ = std::string("Origin: ") + (GetParam() ? "https" : "http") + "://sigap.test\r\n";
};
inline std::string plain_or_secure(const testing::TestParamInfo<bool>& info) {
  return info.param ? "Tls" : "Plain";
}

}  // namespace sigap::web
