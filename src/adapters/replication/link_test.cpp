// Two ends on loopback: what a wrong key, a stranger, an oversized frame or a recorded conversation gets.
#include "adapters/replication/link.h"

#include <gtest/gtest.h>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "adapters/replication/caller.h"
#include "adapters/replication/server.h"

namespace sigap::replication {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

ClusterKey key_of(unsigned char byte) {
  ClusterKey key;
  key.fill(byte);
  return key;
}

class LinkTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server_.start({"127.0.0.1", 0}));
    here_ = {"127.0.0.1", server_.port()};
  }
  std::string ask(const ClusterKey& key, const std::string& service, const std::string& message) {
    Caller caller(here_, key, service);
    auto answer = caller.ask(message, in(3s));
    return answer ? *answer : "refused: " + answer.error().code;
  }
  /// Bytes of a stranger, and what comes back until the server closes.
  std::string raw(const std::string& bytes) {
    asio::io_context io;
    tcp::socket socket(io);
    socket.connect({asio::ip::make_address("127.0.0.1"), here_.port});
    asio::write(socket, asio::buffer(bytes));
    std::string heard;
    boost::system::error_code error;
    asio::read(socket, asio::dynamic_buffer(heard), error);
    return heard;
  }
  std::atomic<int> handled_ = 0;
  Server server_{key_of(1), "standby", [this](const std::string& message) { return ++handled_, "heard " + message; }};
  Address here_;
};

}  // namespace

TEST_F(LinkTest, AMessageOfAnySizeIsAnswered) {
  EXPECT_EQ(ask(key_of(1), "standby", ""), "heard ");
  EXPECT_EQ(ask(key_of(1), "standby", "hello"), "heard hello");
  const std::string large(5'000'000, 'x');
  EXPECT_EQ(ask(key_of(1), "standby", large), "heard " + large);
}

TEST_F(LinkTest, AWrongKeyOrAnotherServiceIsNotHeard) {
  EXPECT_EQ(ask(key_of(2), "standby", "hello"), "refused: closed");
  EXPECT_EQ(ask(key_of(1), "witness", "hello"), "refused: closed");
  EXPECT_EQ(handled_, 0);
}

TEST_F(LinkTest, AStrangerIsClosed) {
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHost: sigap\r\nAccept: text/html\r\n\r\n"), "");
  EXPECT_EQ(handled_, 0);
}

TEST_F(LinkTest, AnOversizedFrameIsRefusedBeforeItIsRead) {
  // After a proper beginning: a frame that says it has 16 MB.
  const auto heard = raw("SIGAPRP1" + std::string(32, 's') + std::string(kStreamHeader_bytes, 'h') +
                         std::string("\x00\x00\x00\x01", 4) + std::string(100, 'x'));
  EXPECT_EQ(heard.size(), kSalt_bytes + kStreamHeader_bytes) << "salt and header, then the end";
  EXPECT_EQ(handled_, 0);
}

TEST_F(LinkTest, NobodyThereOrNobodyAnsweringIsSoonSaid) {
  asio::io_context io;
  tcp::acceptor deaf(io, {asio::ip::make_address("127.0.0.1"), 0});
  Caller silent({"127.0.0.1", deaf.local_endpoint().port()}, key_of(1), "standby");
  EXPECT_EQ(silent.ask("hello", in(200ms)).error().code, "silent");
  const auto port = deaf.local_endpoint().port();
  deaf.close();
  Caller nobody({"127.0.0.1", port}, key_of(1), "standby");
  EXPECT_EQ(nobody.ask("hello", in(200ms)).error().code, "unreachable");
}

TEST_F(LinkTest, ACallerConnectsAgainByItself) {
  Caller caller(here_, key_of(1), "standby");
  EXPECT_EQ(*caller.ask("one", in(3s)), "heard one");
  server_.stop();
  EXPECT_FALSE(caller.ask("two", in(1s)));
  Server again(key_of(1), "standby", [](const std::string& message) { return "again " + message; });
  ASSERT_TRUE(again.start(here_));
  EXPECT_EQ(*caller.ask("three", in(3s)), "again three");
}

TEST(SecureStreamTest, WhatWasRecordedIsNotUnderstoodAgain) {
  const auto client = fresh_salt(), server = fresh_salt(), later = fresh_salt();
  Outwards out(stream_key(key_of(1), "standby", Direction::from_client, client, server));
  const auto first = out.push("one", true), second = out.push("two", true);
  Inwards in_order(stream_key(key_of(1), "standby", Direction::from_client, client, server), out.header());
  EXPECT_EQ(in_order.pull(first)->plain, "one");
  EXPECT_FALSE(in_order.pull(first)) << "repeated";
  Inwards left_out(stream_key(key_of(1), "standby", Direction::from_client, client, server), out.header());
  EXPECT_FALSE(left_out.pull(second)) << "one was left out";
  Inwards another(stream_key(key_of(1), "standby", Direction::from_client, client, later), out.header());
  EXPECT_FALSE(another.pull(first)) << "another conversation";
}

}  // namespace sigap::replication
