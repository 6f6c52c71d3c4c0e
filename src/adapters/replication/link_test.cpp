// Two ends on loopback: what a wrong key, a stranger, an oversized frame or a recorded conversation gets.
#include "adapters/replication/link.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "adapters/replication/requester.h"
#include "adapters/replication/server.h"

namespace sigap::replication {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

ClusterKey key_of(int which) {
  return keys::derive({}, std::to_string(which));
}
const Service kService{"standby"};

class LinkTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server_.start({"127.0.0.1", 0}));
    here_ = {"127.0.0.1", server_.port()};
  }
  std::string ask(const ClusterKey& key, const std::string& service, const std::string& message) {
    Requester requester(here_, key, {service});
    auto answer = requester.ask(message, in(3s));
    return answer ? *answer : "refused: " + answer.error().code;
  }
  /// Connections of strangers who say nothing, or `words`.
  std::vector<std::unique_ptr<tcp::socket>> strangers(int count, asio::io_context& io, const std::string& words = {}) {
    std::vector<std::unique_ptr<tcp::socket>> all;
    for (int n = 0; n < count; ++n) {
      auto& socket = all.emplace_back(std::make_unique<tcp::socket>(io));
      socket->connect({asio::ip::make_address("127.0.0.1"), here_.port});
      boost::system::error_code gone;
      asio::write(*socket, asio::buffer(words), gone);
    }
    return all;
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
  std::atomic<int> handled_ = 0, told_ = 0;
  Server server_{key_of(1), kService, [this](const std::string& message) { return ++handled_, "heard " + message; },
                 [this](const std::string&) { ++told_; }};
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
  Requester silent({"127.0.0.1", deaf.local_endpoint().port()}, key_of(1), kService);
  EXPECT_EQ(silent.ask("hello", in(200ms)).error().code, "silent");
  const auto port = deaf.local_endpoint().port();
  deaf.close();
  Requester nobody({"127.0.0.1", port}, key_of(1), kService);
  EXPECT_EQ(nobody.ask("hello", in(200ms)).error().code, "unreachable");
}

TEST_F(LinkTest, AThousandStrangersTakeNoPlaceOfAMachine) {
  rlimit files{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &files), 0);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &files), 0);
  Requester before(here_, key_of(1), kService);
  ASSERT_EQ(*before.ask("one", in(3s)), "heard one");
  asio::io_context io;
  // Silent; after a first word; after a whole beginning with a frame that never ends.
  const auto begun = "SIGAPRP1" + std::string(32, 's') + std::string(kStreamHeader_bytes, 'h') + std::string(3, '\0');
  for (const auto& words : {std::string(), std::string("SIGAPRP1"), begun}) {
    const auto many = strangers(1'000, io, words);
    // From the same address, and last in the queue of the door: a machine tries again by itself.
    Requester machine(here_, key_of(1), kService);
    bool served = false;
    for (int tries = 0; tries < 100 && !served; ++tries) served = machine.ask("hello", in(3s)).has_value();
    EXPECT_TRUE(served);
    const auto two = before.ask("two", in(30s));
    EXPECT_TRUE(two) << "its place was kept: this is the same connection";
  }
}

TEST_F(LinkTest, AStrangerWhoSaysNothingIsShownOutInTime) {
  asio::io_context io;
  const auto silent = strangers(1, io);
  char byte = 0;
  boost::system::error_code error;
  asio::read(*silent[0], asio::buffer(&byte, 1), error);  // until the server closes
  EXPECT_EQ(error, asio::error::eof);
}

TEST_F(LinkTest, AMachineWithTheProgramOfAnotherVersionIsToldApart) {
  Requester newer(here_, key_of(1), {"standby", "SIGAPRP2"});
  const auto refused = newer.ask("hello", in(3s));
  EXPECT_EQ(refused.error().code, "version");
  EXPECT_EQ(newer.ask("hello", in(3s)).error().code, "version");
  EXPECT_EQ(handled_, 0);
  server_.stop();
  EXPECT_EQ(told_, 1) << "once a minute";
}

TEST(PairKeyTest, NeitherKeyAloneIsThePairs) {
  const auto cluster = key_of(1), master = key_of(2);
  const auto bytes = [](const ClusterKey& key) { return std::string(key.data(), key.data() + key.size()); };
  const auto pair = bytes(pair_key(cluster, master));
  EXPECT_EQ(pair, bytes(pair_key(cluster, master)));
  for (const auto& other : {pair_key(cluster, key_of(3)), pair_key(key_of(3), master), pair_key(master, cluster),
                            cluster, master, keys::derive(master, "cluster"), keys::derive(cluster, "cluster")})
    EXPECT_NE(pair, bytes(other));
}

TEST_F(LinkTest, ACallerConnectsAgainByItself) {
  Requester requester(here_, key_of(1), kService);
  EXPECT_EQ(*requester.ask("one", in(3s)), "heard one");
  server_.stop();
  EXPECT_FALSE(requester.ask("two", in(1s)));
  Server again(key_of(1), kService, [](const std::string& message) { return "again " + message; });
  ASSERT_TRUE(again.start(here_));
  EXPECT_EQ(*requester.ask("three", in(3s)), "again three");
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
  Inwards back(stream_key(key_of(1), "standby", Direction::from_server, client, server), out.header());
  EXPECT_FALSE(back.pull(first)) << "said back to who said it";
  Inwards elsewhere(stream_key(key_of(1), "witness", Direction::from_client, client, server), out.header());
  EXPECT_FALSE(elsewhere.pull(first)) << "another service";
}

}  // namespace sigap::replication
