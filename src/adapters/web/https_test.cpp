// TLS as the server speaks it: who is shown what, how a certificate is renewed under open sockets, and who is sent
// away.
#include <gtest/gtest.h>

#include <mutex>

#include "adapters/web/gateway_of_tests.h"
#include "adapters/web/handshake_budget.h"
#include "adapters/web/secure_tests.h"
#include "adapters/web/web_server.h"

namespace sigap::web {
namespace {

namespace fs = std::filesystem;

const std::string kOrigin = "Origin: https://sigap.test\r\n";
const std::string kCookie = "Cookie: __Host-sigap_session=" + std::string(GatewayOfTests::kToken) + "\r\n";

class HttpsTest : public testing::Test {
 protected:
  HttpsTest() {
    fs::create_directories(top_ / "site");
    SecureTests::write(top_ / "site/index.html", "<p>index</p>");
    SecureTests::write(top_ / "site/percaya.html", "<p>trust</p>");
    config_.static_dir = top_ / "site";
    config_.limits.certificate_look = milliseconds(20);
    config_.certificate_names = {"sigap.test"};
    config_.tell_of_certificate = [this](bool wrong, const std::string& what) {
      const std::lock_guard lock(mutex_);
      told_.push_back((wrong ? "!" : "") + what);
    };
    secure_.secure(config_);
  }
  std::uint16_t start() {
    server_ = std::make_unique<WebServer>(config_, gateway_);
    gateway_.web = server_.get();
    const auto started = server_->start();
    EXPECT_TRUE(started) << started.error().message;
    return server_->bound_port();
  }
  std::string refused() {
    WebServer server(config_, gateway_);
    const auto started = server.start();
    return started ? "" : started.error().field + ": " + started.error().message;
  }
  template <class Condition>
  static bool until(Condition condition) {
    for (int n = 0; n < 500; ++n) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  std::string told(const std::string& part) {
    const std::lock_guard lock(mutex_);
    for (const auto& one : told_)
      if (one.find(part) != std::string::npos) return one;
    return {};
  }
  static std::string shown(const RawBrowser& browser) {
    const tls::Certificate certificate(SSL_get1_peer_certificate(browser.ssl()));
    return certificate ? tls::fingerprint(*certificate) : "";
  }
  static bool lets_in(std::uint16_t port) { return RawBrowser(port).connected(); }

  ScratchFolder top_;
  std::mutex mutex_;
  std::vector<std::string> told_;
  SecureTests secure_;
  WebConfig config_;
  GatewayOfTests gateway_;
  std::unique_ptr<WebServer> server_;
};

TEST_F(HttpsTest, SpeaksTls12And13AndNothingOlder) {
  const auto port = start();
  for (const auto& [version, name] : {std::pair(TLS1_2_VERSION, "TLSv1.2"), std::pair(TLS1_3_VERSION, "TLSv1.3")}) {
    secure_.browse(version, version);
    RawBrowser browser(port);
    ASSERT_TRUE(browser.connected()) << name;
    EXPECT_STREQ(SSL_get_version(browser.ssl()), name);
    EXPECT_EQ(browser.ask("GET /").body, "<p>index</p>");
  }
  secure_.browse(TLS1_VERSION, TLS1_1_VERSION);
  SSL_CTX_set_cipher_list(RawBrowser::tls, "ALL:@SECLEVEL=0");
  EXPECT_FALSE(lets_in(port));
  for (const auto* suite : {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "NULL-SHA256:@SECLEVEL=0"}) {
    secure_.browse(TLS1_2_VERSION, TLS1_2_VERSION);
    ASSERT_EQ(SSL_CTX_set_cipher_list(RawBrowser::tls, suite), 1) << suite;
    EXPECT_FALSE(lets_in(port)) << suite << ": no forward secrecy, or no AEAD";
  }
  EXPECT_EQ(server_->certificate()->handshakes, 2);
  EXPECT_TRUE(until([&] { return server_->certificate()->failed == 4; }));
}

TEST_F(HttpsTest, AnswersHttp11ByAlpn) {
  const auto port = start();
  const auto offers = [&](const std::string& list) {
    SSL_CTX_set_alpn_protos(RawBrowser::tls, reinterpret_cast<const unsigned char*>(list.data()),
                            static_cast<unsigned>(list.size()));
    RawBrowser browser(port);
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    if (browser.connected()) SSL_get0_alpn_selected(browser.ssl(), &chosen, &size);
    return std::string(reinterpret_cast<const char*>(chosen), size);
  };
  EXPECT_EQ(offers("\x02h2\x08http/1.1"), "http/1.1");
  EXPECT_EQ(offers("\x02h2"), "") << "refused: RFC 7301 3.2";
  EXPECT_TRUE(until([&] { return server_->certificate()->failed == 1; }));
}

TEST_F(HttpsTest, TellsBrowsersToStayWithItAndGivesACookieThatOnlyItCanSet) {
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask("GET /").header("Strict-Transport-Security"), "max-age=31536000");
  EXPECT_EQ(browser.ask("GET /").header("Cross-Origin-Opener-Policy"), "same-origin");
  const auto reply = browser.ask("POST /api/sign-in", kOrigin + "Content-Type: application/json\r\n",
                                 R"({"login":"budi","password":"benar"})");
  EXPECT_EQ(reply.header("Set-Cookie"), "__Host-sigap_session=" + std::string(GatewayOfTests::kToken) +
                                            "; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600; Secure");
  EXPECT_EQ(browser
                .ask("POST /api/sign-in", "Origin: http://sigap.test\r\nContent-Type: application/json\r\n",
                     R"({"login":"budi","password":"benar"})")
                .status,
            403)
      << "a page that came by plain HTTP may be anybody's";
}

/// An upgrade signs nobody out.
TEST_F(HttpsTest, TheCookieOfBeforeCountsWhereThereIsNoOther) {
  const auto port = start();
  const std::string before = "sigap_session=" + std::string(GatewayOfTests::kToken);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", kOrigin + "Cookie: " + before + "\r\n").status, 101);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", kOrigin + "Cookie: __Host-sigap_session=short; " + before + "\r\n").status,
            401);
}

// ---- renewal

TEST_F(HttpsTest, ARenewedCertificateIsShownToWhoComesAndDropsNobody) {
  gateway_.echo = true;
  const auto port = start();
  RawBrowser desk(port);
  ASSERT_EQ(desk.upgrade("/ws", kOrigin + kCookie).status, 101);
  const auto before = shown(desk);
  secure_.put();
  ASSERT_TRUE(until([&] { return shown(RawBrowser(port)) != before; }));
  EXPECT_NE(told("browsers are shown certificate " + shown(RawBrowser(port))), "");
  desk.send(RawBrowser::frame("halo"));
  const auto frame = desk.next_of(RawBrowser::kText);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->payload, "echo halo");
  EXPECT_EQ(server_->certificate()->refused, "");
}

TEST_F(HttpsTest, ABadSuccessorIsRefusedAndTheOldOneGoesOn) {
  const auto port = start();
  const auto before = shown(RawBrowser(port));
  const auto refused_for = [&](const std::string& why) {
    const bool refused = until([&] { return server_->certificate()->refused.find(why) != std::string::npos; });
    EXPECT_TRUE(refused) << why << ", not: " << server_->certificate()->refused;
    EXPECT_NE(told("!the certificate on disk is not used, the one of before goes on: "), "");
    EXPECT_EQ(shown(RawBrowser(port)), before) << why;
  };
  auto w = SecureTests::wanted();
  w.until = SecureTests::now() - minutes(1);
  secure_.put(w);
  refused_for("expired at ");
  w = SecureTests::wanted();
  w.names = {"evil.test"};
  secure_.put(w);
  refused_for("is not for sigap.test");
  w = SecureTests::wanted();
  w.rsa_bits = 1024;
  secure_.put(w);
  refused_for("is too weak: its key has 1024 bits");
  w = SecureTests::wanted();
  w.digest = "SHA1";
  secure_.put(w);
  refused_for("is too weak: signed with SHA1");
  SecureTests::write(secure_.files().certificate, secure_.by_authority(SecureTests::wanted()).certificate);
  refused_for("does not belong to ");
  fs::remove(secure_.files().certificate);
  refused_for("cannot read " + secure_.files().certificate.string());
  secure_.put();
  EXPECT_TRUE(until([&] { return shown(RawBrowser(port)) != before; }));
  EXPECT_EQ(server_->certificate()->refused, "");
}

TEST_F(HttpsTest, WhatIsExpiredAtTheStartIsToldAndStopsNothingWhatCannotBeShownDoes) {
  auto w = SecureTests::wanted();
  w.until = SecureTests::now() - minutes(1);
  secure_.put(w);
  start();
  EXPECT_NE(told("browsers will refuse what they are shown"), "");
  EXPECT_NE(server_->certificate()->refused.find(secure_.files().certificate.string() + ": expired at "),
            std::string::npos);
  server_.reset();
  secure_.put(secure_.by_authority(SecureTests::wanted()));
  fs::remove(secure_.files().key);
  EXPECT_EQ(refused(), "key: cannot read " + secure_.files().key.string() + ": No such file or directory");
}

TEST_F(HttpsTest, WhoMustRenewItHearsOfItFourteenDaysBefore) {
  auto w = SecureTests::wanted();
  w.until = SecureTests::now() + hours(24 * 14) + minutes(1);
  secure_.put(w);
  start();
  EXPECT_EQ(told("expires at"), "");
  EXPECT_EQ(server_->certificate()->until.ms / 1000, w.until.ms / 1000);
  server_.reset();
  w.until = SecureTests::now() + hours(24 * 13) + minutes(1);
  secure_.put(w);
  start();
  EXPECT_NE(told(": in 13 days browsers refuse it"), "");
}

// ---- who is sent away

TEST_F(HttpsTest, WhoSpeaksPlainHttpIsToldSo) {
  const auto port = start();
  SecureTests::browse_plainly();
  RawBrowser browser(port);
  const auto reply = browser.ask("GET /konsol");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, "This port speaks HTTPS: use https://");
  EXPECT_TRUE(browser.sees_end());
}

TEST_F(HttpsTest, WhoSaysNothingOrStopsHalfwayIsGivenUp) {
  config_.limits.handshake = milliseconds(200);
  const auto port = start();
  SecureTests::browse_plainly();
  RawBrowser silent(port), half(port);
  half.send("\x16\x03\x01\x02");
  EXPECT_TRUE(silent.sees_end(2000));
  EXPECT_TRUE(half.sees_end(2000));
  EXPECT_TRUE(until([&] { return server_->certificate()->failed == 2; }));
}

/// They fill the hall, where nobody has a seat, and are the first to go.
TEST_F(HttpsTest, AThousandHalfHandshakesKeepNobodyOut) {
  config_.limits.connections = 400;
  config_.limits.staff_sockets = 100;
  config_.limits.requests = 200;
  config_.limits.connections_per_address = 1'000;
  config_.limits.handshakes_per_address = config_.limits.handshakes_per_second = 10'000;
  config_.limits.handshake = seconds(60);
  gateway_.echo = true;
  const auto port = start();
  RawBrowser desk(port);
  ASSERT_EQ(desk.upgrade("/ws", kOrigin + kCookie).status, 101);
  auto* const tls = std::exchange(RawBrowser::tls, nullptr);
  std::vector<std::unique_ptr<RawBrowser>> half;
  for (int n = 0; n < 1000; ++n) {
    half.push_back(std::make_unique<RawBrowser>(port));
    half.back()->send("\x16\x03\x01\x02");
  }
  RawBrowser::tls = tls;
  desk.send(RawBrowser::frame("halo"));
  ASSERT_TRUE(desk.next_of(RawBrowser::kText));
  RawBrowser other(port);
  EXPECT_EQ(other.ask("GET /").status, 200);
  RawBrowser second(port);
  EXPECT_EQ(second.upgrade("/ws", kOrigin + kCookie).status, 101);
}

TEST_F(HttpsTest, AStrangerGetsOnlySoManyHandshakes) {
  config_.limits.handshakes_per_address = 2;
  const auto port = start();
  int let_in = 0;
  for (int n = 0; n < 20; ++n) let_in += lets_in(port);
  EXPECT_GE(let_in, 4);
  EXPECT_LT(let_in, 20);
}

/// Or who only connects would keep others out, at no cost.
TEST_F(HttpsTest, WhoOnlyConnectsUsesNoHandshake) {
  config_.limits.handshakes_per_address = config_.limits.handshakes_per_second = 1;
  const auto port = start();
  auto* const tls = std::exchange(RawBrowser::tls, nullptr);
  std::vector<std::unique_ptr<RawBrowser>> silent;
  for (int n = 0; n < 20; ++n) silent.push_back(std::make_unique<RawBrowser>(port));
  RawBrowser::tls = tls;
  EXPECT_TRUE(lets_in(port));
}

TEST(HandshakeBudgetTest, IsOfOneAddressAndOfAllTogetherAndNotOfTheStaff) {
  WebLimits limits;
  limits.handshakes_per_address = 1;
  limits.handshakes_per_second = 2;
  HandshakeBudget budget(limits);
  const Instant now{1'000'000};
  EXPECT_TRUE(budget.take("a", From::stranger, now));
  EXPECT_TRUE(budget.take("a", From::stranger, now));
  EXPECT_FALSE(budget.take("a", From::stranger, now)) << "two seconds' worth at once, and no more";
  EXPECT_TRUE(budget.take("b", From::stranger, now));
  EXPECT_TRUE(budget.take("c", From::stranger, now));
  EXPECT_FALSE(budget.take("d", From::stranger, now)) << "all together";
  for (int n = 0; n < 100; ++n) EXPECT_TRUE(budget.take("a", n % 2 ? From::staff : From::proxy, now));
  EXPECT_TRUE(budget.take("a", From::stranger, now + seconds(1)));
}

// ---- the door that leads on

class LeadsOnTest : public HttpsTest {
 protected:
  std::uint16_t start_leading() {
    config_.redirect_from = {"127.0.0.1", 0};
    config_.hosts = {"sigap.test", "192.0.2.10"};
    start();
    SecureTests::browse_plainly();
    return server_->redirecting_port();
  }
  static RawBrowser::Reply asked(std::uint16_t port, const std::string& line, const std::string& host,
                                 const std::string& body = "") {
    RawBrowser browser(port);
    browser.send(line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n" + body);
    return browser.reply(!line.starts_with("HEAD"));
  }
};

TEST_F(LeadsOnTest, ToTheSamePageOfTheSameHostAndToNoOther) {
  const auto port = start_leading();
  const auto secure_port = std::to_string(server_->bound_port());
  auto reply = asked(port, "GET /konsol?x=1", "Sigap.Test:80");
  EXPECT_EQ(reply.status, 308);
  EXPECT_EQ(reply.header("Location"), "https://sigap.test:" + secure_port + "/konsol?x=1");
  EXPECT_EQ(reply.header("Strict-Transport-Security"), "") << "RFC 6797 7.2";
  EXPECT_EQ(asked(port, "HEAD /", "192.0.2.10").header("Location"), "https://192.0.2.10:" + secure_port + "/");
  EXPECT_EQ(asked(port, "GET //evil.test/", "sigap.test").header("Location"),
            "https://sigap.test:" + secure_port + "//evil.test/");
  for (const std::string host :
       {"evil.test", "sigap.test.evil.test", "sigap.test@evil.test", "evil.test#sigap.test", ""})
    EXPECT_EQ(asked(port, "GET /", host).status, 421) << host;
  EXPECT_EQ(asked(port, "GET http://evil.test/", "sigap.test").status, 421);
  EXPECT_EQ(asked(port, "POST /api/sign-in", "sigap.test", R"({"login":"budi","password":"benar"})").status, 403);
  EXPECT_EQ(gateway_.sign_ins(), 0);
  EXPECT_EQ(asked(port, "GET /ws", "sigap.test").status, 308);
  EXPECT_EQ(asked(port, "GET /ca.crt", "sigap.test").status, 308) << "no authority of ours";
}

TEST_F(LeadsOnTest, ThePortThatBrowsersKnowIsNamed) {
  config_.public_port = 443;
  EXPECT_EQ(asked(start_leading(), "GET /konsol", "sigap.test").header("Location"), "https://sigap.test/konsol");
}

TEST_F(LeadsOnTest, ALocalAuthorityIsHandedOutWithTheWayToTrustIt) {
  config_.authority = secure_.authority_file();
  const auto port = start_leading();
  EXPECT_EQ(asked(port, "GET /", "sigap.test").body, "<p>trust</p>");
  const auto reply = asked(port, "GET /ca.crt", "sigap.test");
  EXPECT_EQ(reply.header("Content-Type"), "application/x-x509-ca-cert");
  EXPECT_EQ(tls::read_certificates(reply.body).size(), 1U);
  EXPECT_EQ(reply.body.find("PRIVATE"), std::string::npos);
  EXPECT_EQ(asked(port, "GET /konsol", "sigap.test").status, 308);
  secure_.browse(TLS1_2_VERSION, TLS1_3_VERSION);
  RawBrowser browser(server_->bound_port());
  EXPECT_EQ(browser.ask("GET /ca.crt").body, reply.body);
  EXPECT_EQ(browser.ask("GET /percaya").status, 200);
  EXPECT_EQ(browser.ask("GET /").header("Strict-Transport-Security"), "") << "nobody is held to a certificate of today";
}

TEST_F(HttpsTest, WithoutALocalAuthorityThereIsNone) {
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask("GET /ca.crt").status, 404);
  EXPECT_EQ(browser.ask("GET /percaya").status, 404);
}

}  // namespace
}  // namespace sigap::web
