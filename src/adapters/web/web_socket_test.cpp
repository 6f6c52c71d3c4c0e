// WebSockets over real sockets: who may open one, limits, and how each ends.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "adapters/web/gateway_of_tests.h"
#include "adapters/web/message_budget.h"
#include "adapters/web/secure_tests.h"
#include "adapters/web/web_server.h"

namespace sigap::web {
namespace {

const std::string kCookie = "Cookie: __Host-sigap_session=" + std::string(GatewayOfTests::kToken) + "\r\n";
const std::string kStaff = "connected staff " + std::string(GatewayOfTests::kToken);

class WebSocketTest : public PlainAndSecure {
 protected:
  std::uint16_t start() {
    server_ = std::make_unique<WebServer>(config_, gateway_);
    gateway_.web = server_.get();
    EXPECT_TRUE(server_->start());
    return server_->bound_port();
  }
  /// Opens /ws; the connection's number.
  ports::ConnectionId open(RawBrowser& browser, int which = 1) {
    EXPECT_EQ(browser.upgrade("/ws", origin_ + kCookie).status, 101);
    const auto id = gateway_.wait(kStaff, which);
    EXPECT_NE(id, 0);
    return id;
  }
  /// The gateway heard of the connection's beginning and, once, of its end.
  void expect_told(ports::ConnectionId id) {
    gateway_.wait("disconnected");
    EXPECT_EQ(gateway_.notes(id), (std::vector<std::string>{kStaff, "disconnected"}));
  }

  GatewayOfTests gateway_;
  std::unique_ptr<WebServer> server_;
};

TEST_P(WebSocketTest, TextGoesBothWays) {
  gateway_.echo = true;
  RawBrowser browser(start());
  const auto reply = browser.upgrade("/ws", origin_ + kCookie);
  EXPECT_EQ(reply.status, 101);
  EXPECT_EQ(reply.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  for (const auto& text : {std::string("halo"), std::string(60'000, 'a'), std::string()}) {
    browser.send(RawBrowser::frame(text));
    const auto frame = browser.next_of(RawBrowser::kText);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->payload, "echo " + text);
  }
  browser.send(RawBrowser::frame("p", RawBrowser::kPing));
  EXPECT_EQ(browser.next_of(RawBrowser::kPong)->payload, "p");
  browser.send(RawBrowser::frame("\x03\xe8", RawBrowser::kClose));
  EXPECT_EQ(browser.next_of(RawBrowser::kClose)->close_code(), 1000);
  EXPECT_TRUE(browser.sees_end());
  expect_told(gateway_.wait("connected"));
}

TEST_P(WebSocketTest, StaffNeedACookieAndEverybodyOurOrigin) {
  const auto port = start();
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", origin_).status, 401);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", origin_ + "Cookie: __Host-sigap_session=short\r\n").status, 401);
  EXPECT_EQ(
      RawBrowser(port).upgrade("/ws", origin_ + "Cookie: __Host-sigap_session=" + std::string(40, '!') + "\r\n").status,
      401);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", kCookie).status, 403);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws", kCookie + "Origin: https://evil.test\r\n").status, 403);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws/lacak", "Origin: https://evil.test\r\n").status, 403);
  EXPECT_EQ(RawBrowser(port).ask("GET /ws", origin_ + kCookie).status, 426);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws/other", origin_ + kCookie).status, 404);
  RawBrowser citizen(port);
  EXPECT_EQ(citizen.upgrade("/ws/lacak", origin_ + kCookie).status, 101);
  const auto id = gateway_.wait("connected");
  EXPECT_EQ(gateway_.notes(id), std::vector<std::string>{"connected citizen 127.0.0.1"});
}

TEST_P(WebSocketTest, ACallingPageNeedsNoCookieButOurOriginAndIsNamedByItsAddressAlone) {
  constexpr int kMost = 4;
  config_.limits.connections_per_address = kMost;
  const auto port = start();
  EXPECT_EQ(RawBrowser(port).upgrade("/ws/telepon", "Origin: https://evil.test\r\n").status, 403);
  EXPECT_EQ(RawBrowser(port).upgrade("/ws/telepon", "").status, 403);
  std::vector<std::unique_ptr<RawBrowser>> pages;
  for (int i = 0; i < kMost; ++i) {
    pages.push_back(std::make_unique<RawBrowser>(port));
    EXPECT_EQ(pages.back()->upgrade("/ws/telepon", origin_ + kCookie).status, 101);
    const auto id = gateway_.wait("connected", i + 1);
    EXPECT_EQ(gateway_.notes(id), std::vector<std::string>{"connected caller 127.0.0.1"}) << "and not by a cookie";
  }
  EXPECT_EQ(RawBrowser(port).upgrade("/ws/telepon", origin_).status, 503) << "so many of one address";
  pages[0]->send(RawBrowser::frame(std::string(config_.limits.citizen_message_bytes + 1, 'a')));
  EXPECT_EQ(pages[0]->next_of(RawBrowser::kClose)->close_code(), 1009) << "too large";
  for (int i = 0; i <= config_.limits.citizen_messages_burst; ++i) pages[1]->send(RawBrowser::frame("x"));
  EXPECT_EQ(pages[1]->next_of(RawBrowser::kClose)->close_code(), 1008) << "too many";
}

TEST_P(WebSocketTest, CitizensNeverTakeTheSocketsOfTheStaff) {
  config_.limits.connections = 8;
  config_.limits.staff_sockets = 1;
  config_.limits.requests = 4;  // three are left for citizens
  const auto port = start();
  std::vector<std::unique_ptr<RawBrowser>> citizens;
  const auto comes = [&](const std::string& path, const std::string& more = {}) {
    citizens.push_back(std::make_unique<RawBrowser>(port));
    return citizens.back()->upgrade(path, origin_ + more);
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(comes("/ws/lacak").status, 101);
  const auto full = comes("/ws/lacak");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.header("Retry-After"), "5");
  EXPECT_EQ(comes("/ws", "Cookie: __Host-sigap_session=" + std::string(40, 'x') + "\r\n").status, 503)
      << "a token that is none is no key to the seats of the staff";
  RawBrowser desk(port);
  const std::string body = R"({"login":"budi","password":"benar"})";
  EXPECT_EQ(desk.ask("POST /api/sign-in", origin_ + "Content-Type: application/json\r\n", body).status, 200);
  RawBrowser socket(port);
  EXPECT_EQ(socket.upgrade("/ws", origin_ + kCookie).status, 101);
  EXPECT_NE(gateway_.wait(kStaff), 0);
  EXPECT_EQ(comes("/ws", kCookie).status, 503) << "those of the staff are bounded, too";
  citizens[0]->send(RawBrowser::frame("\x03\xe8", RawBrowser::kClose));
  EXPECT_TRUE(citizens[0]->sees_end());
  gateway_.wait("disconnected");
  int status = 0;  // the seat is free when the connection has ended
  for (int n = 0; n < 1000 && status != 101; ++n) status = comes("/ws/lacak").status;
  EXPECT_EQ(status, 101);
}

TEST_P(WebSocketTest, BehindAProxyEachClientHasItsLimit) {
  config_.trusted_proxies = {"127.0.0.1"};
  config_.limits.connections_per_address = 2;
  const auto port = start();
  std::vector<std::unique_ptr<RawBrowser>> browsers;
  const auto comes = [&](const std::string& client) {
    browsers.push_back(std::make_unique<RawBrowser>(port));
    return browsers.back()->upgrade("/ws/lacak", origin_ + "X-Forwarded-For: " + client + "\r\n").status;
  };
  EXPECT_EQ(comes("192.0.2.1"), 101);
  EXPECT_EQ(comes("192.0.2.1"), 101);
  EXPECT_EQ(comes("192.0.2.1"), 503);
  EXPECT_EQ(comes("192.0.2.2"), 101);
  EXPECT_EQ(comes("198.51.100.9, 192.0.2.1"), 503) << "what the client says of itself does not count";
}

TEST_P(WebSocketTest, WhoSitsIdleMakesRoomForWhoAsks) {
  config_.limits.requests = 2;
  const auto port = start();
  RawBrowser first(port), second(port);
  EXPECT_EQ(first.ask("GET /healthz").status, 200);
  EXPECT_EQ(second.ask("GET /healthz").status, 200);
  RawBrowser third(port);
  EXPECT_EQ(third.ask("GET /healthz").status, 200);
  EXPECT_TRUE(first.sees_end()) << "the oldest of those who ask nothing";
  EXPECT_EQ(second.ask("GET /healthz").status, 200);
}

TEST_P(WebSocketTest, ProxiesWriteTheUpgradeInTheirOwnWays) {
  const auto port = start();
  const std::string key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + origin_;
  for (const std::string upgrade : {"Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n",
                                    "Connection: keep-alive\r\nConnection: upgrade\r\nUpgrade: websocket\r\n",
                                    "connection: close,UPGRADE\r\nUpgrade: h2c\r\nUpgrade: websocket\r\n"}) {
    RawBrowser browser(port);
    EXPECT_EQ(browser.ask("GET /ws/lacak", upgrade + key).status, 101) << upgrade;
  }
  RawBrowser browser(port);
  EXPECT_EQ(browser.ask("GET /ws/lacak", "Connection: Upgrade\r\nUpgrade: h2c\r\n" + key).status, 426);
}

TEST_P(WebSocketTest, WhatIsNotSmallTextEndsIt) {
  const auto port = start();
  const auto code_of = [&](const std::string& bytes) {
    RawBrowser browser(port);
    EXPECT_EQ(browser.upgrade("/ws", origin_ + kCookie).status, 101);
    browser.send(bytes);
    const auto frame = browser.next_of(RawBrowser::kClose);
    return frame ? frame->close_code() : -1;
  };
  EXPECT_EQ(code_of(RawBrowser::frame(std::string(64 * 1024 + 1, 'a'))), 1009);
  EXPECT_EQ(code_of(RawBrowser::frame("x", RawBrowser::kBinary)), 1003);
  EXPECT_EQ(code_of(RawBrowser::frame("\xff\xfe")), 1007);
  gateway_.wait("disconnected", 3);
  for (ports::ConnectionId id = 1; id <= 3; ++id) {
    EXPECT_EQ(gateway_.notes(id).back(), "disconnected");
    EXPECT_EQ(gateway_.received_from(id), 0U);
  }
}

TEST_P(WebSocketTest, TooManyMessagesEndIt) {
  config_.limits.messages_per_second = 1;
  config_.limits.messages_burst = 10;
  RawBrowser browser(start());
  const auto id = open(browser);
  std::string all;
  for (int n = 0; n < 30; ++n) all += RawBrowser::frame("x");
  browser.send(all);
  EXPECT_EQ(browser.next_of(RawBrowser::kClose)->close_code(), 1008);
  expect_told(id);
  EXPECT_GE(gateway_.received_from(id), 10U);
  EXPECT_LT(gateway_.received_from(id), 20U);
}

TEST_P(WebSocketTest, TooManyPingsEndItToo) {
  config_.limits.messages_per_second = 1;
  config_.limits.messages_burst = 10;
  RawBrowser browser(start());
  const auto id = open(browser);
  std::string all;
  for (int n = 0; n < 30; ++n) all += RawBrowser::frame("x", RawBrowser::kPing);
  browser.send(all);
  EXPECT_EQ(browser.next_of(RawBrowser::kClose)->close_code(), 1008);
  expect_told(id);
}

TEST(MessageBudget, FillsAgainWithTime) {
  MessageBudget budget(200, 400, Instant{0});
  for (int n = 0; n < 400; ++n) EXPECT_TRUE(budget.take(Instant{0}));
  EXPECT_FALSE(budget.take(Instant{4}));
  EXPECT_TRUE(budget.take(Instant{5}));
  EXPECT_FALSE(budget.take(Instant{5}));
  for (int n = 0; n < 400; ++n) EXPECT_TRUE(budget.take(Instant{100'000}));
  EXPECT_FALSE(budget.take(Instant{100'000}));
}

TEST_P(WebSocketTest, WhoDoesNotReadIsDroppedAndOthersAreNot) {
  config_.limits.backlog_bytes = std::size_t{256} * 1024;
  const auto port = start();
  RawBrowser deaf(port, 4096);
  const auto deaf_id = open(deaf);
  RawBrowser other(port);
  const auto other_id = open(other, 2);
  const std::string text(std::size_t{32} * 1024, 'x');
  for (int n = 0; n < 1000 && gateway_.notes(deaf_id).size() < 2; ++n) {
    server_->send(deaf_id, text);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  expect_told(deaf_id);
  EXPECT_TRUE(deaf.sees_end());
  server_->send(deaf_id, text);  // nobody: not an error
  server_->send(other_id, "masih di sini");
  EXPECT_EQ(other.next_of(RawBrowser::kText)->payload, "masih di sini");
}

TEST_P(WebSocketTest, CloseComesAfterWhatWasSentBefore) {
  RawBrowser browser(start());
  const auto id = open(browser);
  for (int n = 0; n < 100; ++n) server_->send(id, std::string(10'000, 'x') + std::to_string(n));
  server_->close(id);
  server_->send(id, "after");
  int texts = 0;
  for (;;) {
    const auto frame = browser.next();
    ASSERT_TRUE(frame);
    if (frame->opcode == RawBrowser::kClose) {
      EXPECT_EQ(frame->close_code(), 1000);
      break;
    }
    EXPECT_TRUE(frame->payload.ends_with("x" + std::to_string(texts++)));
  }
  EXPECT_EQ(texts, 100);
  browser.send(RawBrowser::frame("too late") + RawBrowser::frame("\x03\xe8", RawBrowser::kClose));
  EXPECT_TRUE(browser.sees_end());
  expect_told(id);
  EXPECT_EQ(gateway_.received_from(id), 0U);
}

TEST_P(WebSocketTest, WhoDoesNotAnswerTheGoodbyeIsDropped) {
  config_.limits.socket_close = milliseconds(100);
  RawBrowser browser(start());
  const auto id = open(browser);
  server_->close(id);
  EXPECT_TRUE(browser.sees_end());
  expect_told(id);
}

TEST_P(WebSocketTest, SilenceIsPingedAndThenGivenUp) {
  config_.limits.socket_idle = milliseconds(200);
  RawBrowser browser(start());
  const auto id = open(browser);
  EXPECT_TRUE(browser.next_of(RawBrowser::kPing));
  EXPECT_TRUE(browser.sees_end());
  expect_told(id);
}

TEST_P(WebSocketTest, ABrowserThatVanishesIsTold) {
  ports::ConnectionId id = 0;
  const auto port = start();
  {
    RawBrowser browser(port);
    id = open(browser);
  }
  expect_told(id);
}

TEST_P(WebSocketTest, ManyThreadsMaySendWhileItEnds) {
  config_.limits.socket_close = milliseconds(200);
  const auto port = start();
  std::vector<std::unique_ptr<RawBrowser>> browsers;
  for (int n = 0; n < 8; ++n) {
    browsers.push_back(std::make_unique<RawBrowser>(port));
    open(*browsers.back(), n + 1);
  }
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  threads.reserve(3);
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&] {
      while (!stop)
        for (ports::ConnectionId id = 0; id < 12; ++id) server_->send(id, "x");
    });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  browsers.resize(4);
  server_->close(1);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server_->stop();
  stop = true;
  for (auto& thread : threads) thread.join();
  for (ports::ConnectionId id = 1; id <= 8; ++id) EXPECT_EQ(gateway_.notes(id).size(), 2U) << id;
}

TEST_P(WebSocketTest, StopSaysGoodbyeAndTellsOfEachEnd) {
  config_.limits.socket_close = milliseconds(500);
  const auto port = start();
  RawBrowser polite(port);
  const auto first = open(polite);
  RawBrowser rude(port);
  const auto second = open(rude, 2);
  std::thread answers([&] {
    const auto frame = polite.next_of(RawBrowser::kClose);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->close_code(), 1001);
    polite.send(RawBrowser::frame(frame->payload, RawBrowser::kClose));
  });
  server_->stop();
  answers.join();
  EXPECT_EQ(gateway_.notes(first).back(), "disconnected");
  EXPECT_EQ(gateway_.notes(second).back(), "disconnected");
  EXPECT_FALSE(RawBrowser(port).connected());
  EXPECT_TRUE(server_->start());  // and once more
  RawBrowser again(server_->bound_port());
  EXPECT_EQ(again.ask("GET /ws").status, 426);
}

INSTANTIATE_TEST_SUITE_P(Over, WebSocketTest, testing::Bool(), plain_or_secure);

}  // namespace
}  // namespace sigap::web
