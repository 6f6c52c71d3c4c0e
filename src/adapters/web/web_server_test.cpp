// The web hand over real sockets: pages, sign-in, health, limits.
#include "adapters/web/web_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>

#include "adapters/web/gateway_of_tests.h"
#include "adapters/web/secure_tests.h"

namespace sigap::web {
namespace {

namespace fs = std::filesystem;

const std::string kJson = "Content-Type: application/json\r\n";

class WebServerTest : public PlainAndSecure {
 protected:
  void SetUp() override {
    fs::create_directories(top_ / "site/assets");
    write("secret.html", "secret");
    write("site/index.html", "<p>index</p>");
    write("site/konsol.html", "<p>konsol</p>");
    write("site/.hidden.html", "hidden");
    write("site/unknown.exe", "MZ");
    write("site/sw.js", "self");
    write("site/assets/app-1a2b.js", "let a = 1");
    write("site/assets/app-1a2b.js.gz", "compressed");
    fs::create_symlink(top_ / "secret.html", top_ / "site/link.html");
    config_.static_dir = top_ / "site";
    config_.clock = [this] { return Instant{now_}; };
  }
  void TearDown() override { server_.reset(); }
  void write(const std::string& name, const std::string& text) { std::ofstream(top_ / name) << text; }
  std::uint16_t start() {
    server_ = std::make_unique<WebServer>(config_, gateway_);
    gateway_.web = server_.get();
    const auto started = server_->start();
    EXPECT_TRUE(started) << started.error().message;
    return server_->bound_port();
  }
  RawBrowser::Reply sign_in(const std::string& login, const std::string& password, const std::string& more = "") const {
    RawBrowser browser(server_->bound_port());
    return browser.ask("POST /api/sign-in", origin_ + kJson + more,
                       R"({"login":")" + login + R"(","password":")" + password + R"("})");
  }

  ScratchFolder top_;
  std::atomic<std::int64_t> now_ = 1'000'000'000;
  GatewayOfTests gateway_;
  std::unique_ptr<WebServer> server_;
};

/// A forgotten proxy makes the nation one address: somebody is told, once.
TEST_P(WebServerTest, WhoSpeaksAsAProxyAndIsNamedNowhereIsTold) {
  std::vector<std::string> told;
  config_.unnamed_proxy = [&](const std::string& address) { told.push_back(address); };
  start();
  EXPECT_EQ(sign_in("a", "salah").status, 401);
  EXPECT_TRUE(told.empty());
  EXPECT_EQ(sign_in("a", "salah", "X-Forwarded-For: 9.9.9.9\r\n").status, 401);
  EXPECT_EQ(sign_in("a", "salah", "Forwarded: for=9.9.9.9\r\n").status, 401);
  server_.reset();
  EXPECT_EQ(told, std::vector<std::string>{"127.0.0.1"});
  told.clear();
  config_.trusted_proxies = {"127.0.0.1"};
  start();
  EXPECT_EQ(sign_in("a", "salah", "X-Forwarded-For: 9.9.9.9\r\n").status, 401);
  server_.reset();
  EXPECT_TRUE(told.empty());
}

/// How the line fares is for those who look after it; a stranger reads whether it is well.
TEST_P(WebServerTest, StrangersSeeOnlyWhetherAllIsWell) {
  config_.trusted_proxies = {"127.0.0.1"};
  config_.observers = {"127.0.0.0/8", "10.1.0.0/16"};
  RawBrowser browser(start());
  const std::string inside = "X-Forwarded-For: 10.1.2.3\r\n", stranger = "X-Forwarded-For: 203.0.113.9\r\n";
  EXPECT_EQ(browser.ask("GET /healthz", inside).body, R"({"status":"x"})");
  EXPECT_EQ(browser.ask("GET /metrics", inside).status, 200);
  EXPECT_EQ(browser.ask("GET /healthz", stranger).body, R"({"status":"ok"})");
  EXPECT_EQ(browser.ask("GET /metrics", stranger).status, 403);
  config_.trusted_proxies.clear();
  RawBrowser other(start());
  EXPECT_EQ(other.ask("GET /metrics", inside).status, 403) << "a proxy that nobody named stands for anybody";
  EXPECT_EQ(other.ask("GET /metrics").status, 200);
}

TEST_P(WebServerTest, WithHostsNamedAnotherOneIsRefused) {
  config_.hosts = {"110.contoh.id"};
  config_.observers = {};
  RawBrowser browser(start());
  const auto asked = [&](const std::string& host) {
    browser.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return browser.reply().status;
  };
  EXPECT_EQ(asked("110.contoh.id"), 200);
  EXPECT_EQ(asked("110.Contoh.ID:443"), 200);
  EXPECT_EQ(asked("evil.example"), 421);
  EXPECT_EQ(asked("127.0.0.1"), 421);
}

// ---- pages

TEST_P(WebServerTest, PagesByTheirNamesOverOneConnection) {
  RawBrowser browser(start());
  auto reply = browser.ask("GET /");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "<p>index</p>");
  EXPECT_EQ(reply.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(reply.header("Cache-Control"), "no-cache");
  EXPECT_NE(reply.header("Content-Security-Policy").find("script-src 'self';"), std::string::npos);
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(reply.header("Permissions-Policy"), "microphone=(self), geolocation=(self), camera=()");
  EXPECT_NE(reply.header("Strict-Transport-Security"), "");

  EXPECT_EQ(browser.ask("GET /konsol?x=1").body, "<p>konsol</p>");
  EXPECT_EQ(browser.ask("GET /sw.js").header("Cache-Control"), "no-cache");
  reply = browser.ask("GET /assets/app-1a2b.js");
  EXPECT_EQ(reply.body, "let a = 1");
  EXPECT_EQ(reply.header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(reply.header("Cache-Control"), "public, max-age=31536000, immutable");
  reply = browser.ask("GET /assets/app-1a2b.js", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(reply.body, "compressed");
  EXPECT_EQ(reply.header("Content-Encoding"), "gzip");

  reply = browser.ask("HEAD /konsol");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "13");
  EXPECT_EQ(browser.ask("GET /petugas").status, 404);
  EXPECT_EQ(browser.ask("DELETE /konsol").status, 405);
}

TEST_P(WebServerTest, AnUnchangedPageIsNotSentAgainAndAChangedOneIs) {
  RawBrowser browser(start());
  const auto etag = browser.ask("GET /konsol").header("ETag");
  auto reply = browser.ask("GET /konsol", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.body, "");
  write("site/konsol.html", "<p>newer one</p>");
  reply = browser.ask("GET /konsol", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "<p>newer one</p>");
}

TEST_P(WebServerTest, NothingOutsideOfTheFolder) {
  RawBrowser browser(start());
  for (const std::string target :
       {"/../secret.html", "/assets/../../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "//secret.html",
        "/link.html", "/link", "/.hidden.html", "/unknown.exe", "/assets/", "/assets", "/konsol.html%00",
        "/./konsol.html", "//konsol/", "/link/", "http://sigap.test/../secret.html"}) {
    const auto reply = browser.ask("GET " + target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.body.find("secret\n"), std::string::npos);
  }
}

TEST_P(WebServerTest, APageIsFoundWithASlashBehindItsName) {
  RawBrowser browser(start());
  for (const std::string target : {"/konsol/", "/konsol//"}) {
    const auto reply = browser.ask("GET " + target + "?x=1");
    EXPECT_EQ(reply.status, 301) << target;
    EXPECT_EQ(reply.header("Location"), "/konsol?x=1") << target;
  }
  EXPECT_EQ(browser.ask("POST /konsol/").status, 404);
  EXPECT_EQ(browser.ask("GET /petugas/").status, 404);
}

TEST_P(WebServerTest, TheDialectsOfProxies) {
  const auto port = start();
  RawBrowser browser(port);
  // The whole address, RFC 9112 3.2.2: the Host beside it does not count.
  EXPECT_EQ(browser.ask("GET http://sigap.test/konsol?x=1").body, "<p>konsol</p>");
  EXPECT_EQ(browser.ask("GET HTTP://sigap.test").body, "<p>index</p>");
  const std::string body = R"({"login":"budi","password":"benar"})";
  EXPECT_EQ(browser.ask("POST http://sigap.test/api/sign-in", origin_ + kJson, body).status, 200);
  EXPECT_EQ(browser.ask("POST http://other.test/api/sign-in", origin_ + kJson, body).status, 403);
  // Do you live?
  auto reply = browser.ask("OPTIONS *");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(browser.ask("OPTIONS /api/sign-in").header("Allow"), "POST, OPTIONS");
  EXPECT_EQ(browser.ask("OPTIONS /konsol", "Origin: http://evil.test\r\n").header("Access-Control-Allow-Origin"), "");
  for (const std::string request : {"OPTIONS / HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.0\r\n\r\n"}) {
    RawBrowser old(port);  // knows no Host
    EXPECT_TRUE(old.send(request));
    EXPECT_EQ(old.reply().status / 100, 2) << request;
    EXPECT_TRUE(old.sees_end()) << request;
  }
  RawBrowser nameless(port);
  EXPECT_TRUE(nameless.send("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_EQ(nameless.reply().status, 400);
}

// ---- sign-in

TEST_P(WebServerTest, SignInSetsACookieThatScriptsCannotRead) {
  start();
  const auto reply = sign_in("budi", "benar");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"role":"operator"})");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(reply.header("Set-Cookie"), "__Host-sigap_session=" + std::string(GatewayOfTests::kToken) +
                                            "; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600; Secure");
}

TEST_P(WebServerTest, OnPlainLoopbackTheCookieIsNotSecure) {
  config_.secure_cookie = false;
  start();
  const auto reply = sign_in("budi", "benar");
  EXPECT_TRUE(reply.header("Set-Cookie").starts_with("sigap_session="));
  EXPECT_TRUE(reply.header("Set-Cookie").ends_with("Max-Age=3600"));
  EXPECT_EQ(reply.header("Strict-Transport-Security"), "");
}

TEST_P(WebServerTest, EachRefusalHasItsStatus) {
  start();
  EXPECT_EQ(sign_in("budi", "salah").status, 401);
  EXPECT_EQ(sign_in("budi", "salah").body, R"({"code":"wrong"})");
  EXPECT_EQ(sign_in("disabled", "x").status, 403);
  EXPECT_EQ(sign_in("in_call", "x").status, 409);
  EXPECT_EQ(sign_in("busy", "x").status, 503);
}

TEST_P(WebServerTest, ASecondStepFollowsARightPassword) {
  RawBrowser browser(start());
  const auto first = sign_in("siti", "setengah");
  EXPECT_EQ(first.status, 401);
  EXPECT_EQ(first.body, R"({"code":"second","ticket":"ticket","totp":true,"challenge":"challenge",)"
                        R"("host":"localhost","passkeys":["key"]})");
  const auto step = [&](const std::string& body, const std::string& more = "") {
    return browser.ask("POST /api/sign-in/second", origin_ + kJson + more, body);
  };
  const std::string right = R"({"login":"siti","ticket":"ticket","code":"right"})";
  EXPECT_EQ(browser.ask("POST /api/sign-in/second", kJson + "Origin: http://evil.test\r\n", right).status, 403);
  EXPECT_EQ(browser.ask("GET /api/sign-in/second").status, 405);
  EXPECT_EQ(step(R"({"login":"siti","ticket":"ticket"})").status, 400);
  for (const auto& [code, status] : std::map<std::string, int>{{"replayed", 401}, {"cloned", 401}, {"over", 403}})
    EXPECT_EQ(step(R"({"login":"siti","ticket":"ticket","code":")" + code + R"("})").status, status) << code;
  const auto in = step(right, "User-Agent: Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0\r\n");
  EXPECT_EQ(in.status, 200);
  EXPECT_NE(in.head.find("\r\nSet-Cookie: __Host-sigap_session="), std::string::npos);
  const std::string device = "__Host-sigap_device=" + std::string(GatewayOfTests::kDeviceToken);
  EXPECT_NE(in.head.find("\r\nSet-Cookie: " + device + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000; Secure"),
            std::string::npos);
  EXPECT_TRUE(gateway_.wait("second siti right Firefox, Android "));
  const auto again = step(right, "Cookie: " + device + "\r\n");
  EXPECT_EQ(again.head.find("sigap_device"), std::string::npos) << "it is known";
  EXPECT_TRUE(gateway_.wait("second siti right ? " + std::string(GatewayOfTests::kDeviceToken)));
}

TEST_P(WebServerTest, WrongCodesAreSlowedAsWrongPasswordsAre) {
  RawBrowser browser(start());
  int status = 0;
  for (int i = 0; i < 7 && status != 429; ++i)
    status =
        browser.ask("POST /api/sign-in/second", origin_ + kJson, R"({"login":"siti","ticket":"ticket","code":"wrong"})")
            .status;
  EXPECT_EQ(status, 429);
  EXPECT_EQ(sign_in("siti", "benar").status, 429) << "the two are one count";
}

TEST_P(WebServerTest, APasskeyAloneSaysWhoItIs) {
  RawBrowser browser(start());
  const auto offered = browser.ask("POST /api/sign-in/passkey", origin_ + kJson, "{}");
  EXPECT_EQ(offered.status, 200);
  EXPECT_NE(offered.body.find(R"("challenge":"challenge")"), std::string::npos);
  const std::string said = R"({"ticket":"ticket","passkey":{"credential":"a","client_data":"b",)"
                           R"("authenticator_data":"c","signature":"right"}})";
  EXPECT_EQ(browser.ask("POST /api/sign-in/second", origin_ + kJson, said).status, 200);
}

TEST_P(WebServerTest, OnlyFromOurPagesAndOnlyJson) {
  RawBrowser browser(start());
  const std::string body = R"({"login":"budi","password":"benar"})";
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson, body).status, 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: http://evil.test\r\n", body).status, 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: http://sigap.test.evil.test\r\n", body).status, 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: null\r\n", body).status, 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", origin_ + "Content-Type: text/plain\r\n", body).status, 415);
  for (const std::string wrong : {"{", "[]", R"({"login":"budi"})", R"({"login":1,"password":"x"})",
                                  R"({"login":"","password":"x"})", R"({"login":"a","password":"b","c":1})"})
    EXPECT_EQ(browser.ask("POST /api/sign-in", origin_ + kJson, wrong).status, 400) << wrong;
  EXPECT_EQ(browser.ask("GET /api/sign-in").status, 405);
  EXPECT_EQ(gateway_.sign_ins(), 0);
  EXPECT_EQ(browser.ask("POST /api/sign-in", origin_ + kJson, body).status, 200);
}

TEST_P(WebServerTest, ConfiguredOriginsAreAllowedBesidesTheHost) {
  config_.allowed_origins = {"https://110.Example.test:443"};
  RawBrowser browser(start());
  const std::string body = R"({"login":"budi","password":"benar"})";
  EXPECT_EQ(browser.ask("POST /api/sign-in", origin_ + kJson, body).status, 200);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: https://110.example.test\r\n", body).status, 200);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: http://110.example.test\r\n", body).status, 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + "Origin: https://evil.test\r\n", body).status, 403);
}

TEST_P(WebServerTest, WhatAProxyWasAskedForCountsWhenItIsTrusted) {
  const std::string asked =
      "Origin: https://110.example.test:8443\r\nX-Forwarded-Host: 110.example.test\r\n"
      "X-Forwarded-Port: 8443\r\nX-Forwarded-Proto: https\r\n";
  const std::string body = R"({"login":"budi","password":"benar"})";
  EXPECT_EQ(RawBrowser(start()).ask("POST /api/sign-in", kJson + asked, body).status, 403);
  config_.trusted_proxies = {"127.0.0.0/8"};
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + asked, body).status, 200);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + origin_ + "X-Forwarded-Proto: https\r\n", body).status,
            secure() ? 200 : 403);
  EXPECT_EQ(browser.ask("POST /api/sign-in", kJson + origin_ + "X-Forwarded-Proto: http\r\n", body).status, 200);
}

TEST_P(WebServerTest, GuessingPasswordsIsSlowedDown) {
  start();
  for (int n = 0; n < 5; ++n) EXPECT_EQ(sign_in("budi", "salah").status, 401);
  auto reply = sign_in("budi", "benar");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("Retry-After"), "1");
  EXPECT_EQ(gateway_.sign_ins(), 5);
  EXPECT_EQ(sign_in("siti", "benar").status, 200);
  now_ += 1000;
  EXPECT_EQ(sign_in("budi", "benar").status, 200);
}

TEST_P(WebServerTest, BehindAProxyItsClientsAreCountedApart) {
  config_.trusted_proxies = {"127.0.0.1"};
  config_.login.free_by_address = 3;
  start();
  for (int n = 0; n < 3; ++n)
    EXPECT_EQ(sign_in("a" + std::to_string(n), "salah", "X-Forwarded-For: 9.9.9.9, 10.0.0.1\r\n").status, 401);
  EXPECT_EQ(sign_in("b", "salah", "X-Forwarded-For: 8.8.8.8, 10.0.0.1\r\n").status, 429);
  EXPECT_EQ(sign_in("b", "salah", "X-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n").status, 401);
}

TEST_P(WebServerTest, OverTwoProxiesEachClientHasALimitOfItsOwn) {
  config_.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
  config_.login.free_by_address = 2;
  start();
  const auto tries = [&](const std::string& guesser, const std::string& other, const std::string& logins) {
    for (int n = 0; n < 2; ++n) EXPECT_EQ(sign_in(logins + std::to_string(n), "salah", guesser).status, 401) << guesser;
    EXPECT_EQ(sign_in(logins + "2", "salah", guesser).status, 429) << guesser;
    EXPECT_EQ(sign_in(logins + "3", "salah", other).status, 401) << other;
  };
  tries("X-Forwarded-For: 203.0.113.9, 10.0.0.8\r\n", "X-Forwarded-For: 203.0.113.10, 10.0.0.8\r\n", "a");
  tries("X-Forwarded-For: 203.0.113.19\r\nX-Forwarded-For: 10.0.0.8:443\r\n",
        "X-Forwarded-For: 203.0.113.20\r\nX-Forwarded-For: 10.0.0.8:444\r\n", "b");
  tries("Forwarded: for=\"[2001:db8:1::9]:4711\", for=10.0.0.8\r\n",
        "Forwarded: for=\"[2001:db8:2::9]:4711\", for=10.0.0.8\r\n", "c");
}

TEST_P(WebServerTest, WhoIsNoProxyIsNotBelieved) {
  config_.login.free_by_address = 3;
  start();
  for (int n = 0; n < 3; ++n)
    EXPECT_EQ(sign_in("a" + std::to_string(n), "salah", "X-Forwarded-For: 10.0.0." + std::to_string(n) + "\r\n").status,
              401);
  EXPECT_EQ(sign_in("b", "salah", "X-Forwarded-For: 10.0.0.9\r\n").status, 429);
}

TEST_P(WebServerTest, ASignInAnsweredTooLateIsTakenBack) {
  config_.limits.sign_in = milliseconds(50);
  gateway_.silent = true;
  start();
  EXPECT_EQ(sign_in("budi", "benar").status, 503);
  gateway_.answer_kept();
  gateway_.wait("out " + std::string(GatewayOfTests::kToken));
  EXPECT_EQ(gateway_.notes(0).size(), 1U);
}

TEST_P(WebServerTest, SignOutTakesTheCookieAway) {
  RawBrowser browser(start());
  const auto cookie = "Cookie: other=1; __Host-sigap_session=" + std::string(GatewayOfTests::kToken) + "\r\n";
  EXPECT_EQ(browser.ask("POST /api/sign-out", cookie).status, 403);
  EXPECT_TRUE(gateway_.notes(0).empty());
  const auto reply = browser.ask("POST /api/sign-out", cookie + origin_);
  EXPECT_EQ(reply.status, 204);
  EXPECT_NE(reply.header("Set-Cookie").find("__Host-sigap_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"),
            std::string::npos);
  EXPECT_EQ(gateway_.notes(0), std::vector<std::string>{"out " + std::string(GatewayOfTests::kToken)});
}

// ---- health

TEST_P(WebServerTest, HealthAndMetrics) {
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask("GET /healthz").body, R"({"status":"x"})");
  EXPECT_EQ(browser.ask("GET /metrics").body, "sigap_up 1\n");
  EXPECT_TRUE(browser.ask("GET /metrics").header("Content-Type").starts_with("text/plain; version=0.0.4"));
  gateway_.well = false;
  EXPECT_EQ(browser.ask("GET /healthz").status, 503);
  EXPECT_EQ(browser.ask("POST /healthz").status, 405);
}

TEST_P(WebServerTest, ASilentGatewayIsNotWaitedForAndMayAnswerAfterTheEnd) {
  config_.limits.gateway = milliseconds(50);
  gateway_.silent = true;
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask("GET /healthz").status, 503);
  EXPECT_EQ(browser.ask("GET /konsol").status, 200);
  browser.send("GET /healthz HTTP/1.1\r\nHost: sigap.test\r\n\r\n");
  RawBrowser other(server_->bound_port());
  EXPECT_EQ(other.ask("GET /healthz").status, 503);  // so the one before was asked too
  server_.reset();
  gateway_.answer_kept();
}

// ---- limits

TEST_P(WebServerTest, TooMuchIsRefused) {
  const auto port = start();
  EXPECT_EQ(RawBrowser(port).ask("POST /api/sign-in", origin_ + kJson, std::string(5000, 'x')).status, 413);
  EXPECT_EQ(RawBrowser(port).ask("GET /konsol", "X-Long: " + std::string(9000, 'x') + "\r\n").status, 431);
  EXPECT_EQ(RawBrowser(port).ask("NONSENSE").status, 400);
  EXPECT_EQ(RawBrowser(port).ask("GET /konsol", "Host: other.test\r\n").status, 400);
  EXPECT_EQ(RawBrowser(port).ask("GET /konsol").status, 200);
}

TEST_P(WebServerTest, ASlowRequestIsGivenUp) {
  config_.limits.request = milliseconds(200);
  RawBrowser browser(start());
  const auto start = std::chrono::steady_clock::now();
  bool ended = false;
  for (const char c : std::string("GET /konsol HTTP/1.1\r\nHost: sigap.test\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaa")) {
    if (!browser.send(std::string(1, c)) || (!browser.more(20) && browser.sees_end(1))) {
      ended = true;
      break;
    }
  }
  EXPECT_TRUE(ended);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1200));
}

TEST_P(WebServerTest, OnlySoManyConnectionsFromOneAddress) {
  config_.limits.connections_per_address = 3;
  const auto port = start();
  RawBrowser a(port);
  RawBrowser b(port);
  {
    RawBrowser c(port);
    EXPECT_EQ(c.ask("GET /konsol").status, 200);
    RawBrowser d(port);
    const int none = 0;  // by TLS nothing can be said before a handshake, which nobody is given who has no place
    EXPECT_EQ(d.reply().status, GetParam() ? none : 503);
    EXPECT_TRUE(d.sees_end());
  }
  int status = 0;
  for (int n = 0; n < 100 && status != 200; ++n) {
    RawBrowser e(port);
    status = e.ask("GET /konsol").status;
  }
  EXPECT_EQ(status, 200);
}

TEST_P(WebServerTest, WhatCannotBeStartedIsRefused) {
  config_.static_dir = top_ / "nowhere";
  EXPECT_EQ(WebServer(config_, gateway_).start().error().field, "static_dir");
  config_.static_dir = top_ / "site";
  config_.trusted_proxies = {"10.0.0.0/40"};
  EXPECT_EQ(WebServer(config_, gateway_).start().error().field, "trusted_proxies");
  config_.trusted_proxies.clear();
  config_.allowed_origins = {"110.example.test"};
  EXPECT_EQ(WebServer(config_, gateway_).start().error().field, "allowed_origins");
  config_.allowed_origins.clear();
  config_.address = "localhost?";
  EXPECT_EQ(WebServer(config_, gateway_).start().error().field, "address");
  config_.address = "192.0.2.1";  // RFC 5737: nobody's
  EXPECT_EQ(WebServer(config_, gateway_).start().error().code, "io");
}

INSTANTIATE_TEST_SUITE_P(Over, WebServerTest, testing::Bool(), plain_or_secure);

}  // namespace
}  // namespace sigap::web
