// Photographs by HTTP: a body that is larger than any other, and only of a page that calls.
#include <gtest/gtest.h>

#include "adapters/web/gateway_of_tests.h"
#include "adapters/web/secure_tests.h"
#include "adapters/web/web_server.h"

namespace sigap::web {
namespace {

const std::string kOfCall = "X-Sigap-Call: call\r\nX-Sigap-Line: first\r\n";
const std::string kPath = "POST /telepon/foto";

class PhotographUploadTest : public PlainAndSecure {
 protected:
  void TearDown() override { server_.reset(); }
  std::uint16_t start() {
    server_ = std::make_unique<WebServer>(config_, gateway_);
    gateway_.web = server_.get();
    const auto started = server_->start();
    EXPECT_TRUE(started) << started.error().message;
    return server_->bound_port();
  }
  RawBrowser::Reply send(const std::string& file, const std::string& head = kOfCall) const {
    return RawBrowser(server_->bound_port()).ask(kPath, origin_ + head, file);
  }
  /// Says how large it is, and waits for the answer before it sends any of it.
  int announces(std::size_t size, const std::string& head = kOfCall) const {
    RawBrowser browser(server_->bound_port());
    const auto length = "Content-Length: " + std::to_string(size) + "\r\n\r\n";
    EXPECT_TRUE(browser.send(kPath + " HTTP/1.1\r\nHost: sigap.test\r\n" + origin_ + head + length));
    return browser.reply().status;
  }

  GatewayOfTests gateway_;
  std::unique_ptr<WebServer> server_;
};

TEST_P(PhotographUploadTest, AFileOfAMegabyteReachesTheGatewayAndTheConnectionGoesOn) {
  RawBrowser browser(start());
  EXPECT_EQ(browser.ask(kPath, origin_ + kOfCall, std::string(1'000'000, 'x')).status, 204);
  EXPECT_EQ(gateway_.notes(0), std::vector<std::string>{"photograph call first 1000000"});
  EXPECT_EQ(browser.ask("GET /healthz").status, 200);
  EXPECT_EQ(
      browser.ask("POST /api/sign-in", origin_ + "Content-Type: application/json\r\n", std::string(5'000, 'x')).status,
      413)
      << "only a photograph may be so large";
}

TEST_P(PhotographUploadTest, WhatIsNoneOrTooLargeIsSaidSo) {
  config_.limits.photograph_bytes = 100'000;
  start();
  EXPECT_EQ(send("none").status, 415);
  EXPECT_EQ(send("none").body, R"({"code":"no_photograph"})");
  EXPECT_EQ(announces(100'001), 413);
}

TEST_P(PhotographUploadTest, WhoHasNoCallIsNotListenedTo) {
  start();
  EXPECT_EQ(announces(200'000, "X-Sigap-Call: guessed\r\n"), 503) << "before the body is read";
  EXPECT_EQ(RawBrowser(server_->bound_port()).ask(kPath, kOfCall, "x").status, 403) << "of no page of ours";
  EXPECT_EQ(RawBrowser(server_->bound_port()).ask("GET /telepon/foto").status, 405);
  EXPECT_TRUE(gateway_.notes(0).empty());
}

TEST_P(PhotographUploadTest, OnlySoManyAreUnderWayAtOnce) {
  config_.limits.photographs = 1;
  const auto port = start();
  RawBrowser slow(port);
  ASSERT_TRUE(
      slow.send(kPath + " HTTP/1.1\r\nHost: sigap.test\r\n" + origin_ + kOfCall + "Content-Length: 200000\r\n\r\nx"));
  slow.more(200);
  EXPECT_EQ(announces(200'000), 503);
  ASSERT_TRUE(slow.send(std::string(199'999, 'x')));
  EXPECT_EQ(slow.reply().status, 204);
  EXPECT_EQ(send(std::string(200'000, 'x')).status, 204) << "there is room again";
}

TEST_P(PhotographUploadTest, OneIsShownToWhomeverTheGatewayShowsItAndKeptByNoCache) {
  RawBrowser browser(start());
  const auto path = "GET /foto/17/" + std::string(64, 'a');
  const auto cookie = "Cookie: __Host-sigap_session=" + std::string(GatewayOfTests::kToken) + "\r\n";
  EXPECT_EQ(browser.ask(path).status, 401);
  const auto shown = browser.ask(path, cookie);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, "JPEG");
  EXPECT_EQ(shown.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(shown.header("Cache-Control"), "no-store");
  EXPECT_EQ(browser.ask("GET /foto/18/" + std::string(64, 'a'), cookie).status, 404);
  EXPECT_EQ(browser.ask("GET /foto/x/y", cookie).status, 404);
  EXPECT_EQ(browser.ask("GET /foto/17", cookie).status, 404);
}

INSTANTIATE_TEST_SUITE_P(Over, PhotographUploadTest, testing::Bool(), plain_or_secure);

}  // namespace
}  // namespace sigap::web
