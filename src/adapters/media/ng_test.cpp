// The NG protocol as text, the client against a peer made of a plain socket, and what is read out of `query`.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <set>
#include <vector>

#include "adapters/media/leg_list.h"
#include "adapters/media/ng_client.h"
#include "adapters/media/ng_message.h"
#include "adapters/media/ng_peer.h"

namespace sigap::media {
namespace {

namespace asio = boost::asio;
using Reply = Result<boost::json::object>;

struct NgClientTest : testing::Test {
  asio::io_context io;
  Peer peer{io};
  NgClient client{io, peer.port()};
  std::vector<Reply> replies;

  void ask() {
    client.ask({{"command", "ping"}}, [this](Reply reply) { replies.push_back(std::move(reply)); });
  }
  void run_until(std::size_t wanted, int ms = 20'000) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (replies.size() < wanted && std::chrono::steady_clock::now() < end)
      io.run_one_for(std::chrono::milliseconds(20));
  }
  void run_for(int ms) { io.run_for(std::chrono::milliseconds(ms)); }
};

}  // namespace

TEST(NgMessageTest, WhatIsWrittenIsReadBack) {
  const auto text = write_ng({"c1", {{"command", "offer"}, {"sdp", "v=0\r\no=\"x\" \xc3\xa9\r\n"}}});
  EXPECT_EQ(text.substr(0, 3), "c1 ");
  EXPECT_EQ(text.find('\n'), std::string::npos) << "line ends travel escaped";
  const auto read = read_ng(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->cookie, "c1");
  EXPECT_EQ(read->body.at("sdp").as_string(), "v=0\r\no=\"x\" \xc3\xa9\r\n");
}

TEST(NgMessageTest, WhatIsNoMessageIsNothing) {
  for (const char* text :
       {"", " ", "cookie", "cookie ", " {}", "cookie [1]", "cookie {\"a\":", "cookie 7", "c d3:fooe"})
    EXPECT_FALSE(read_ng(text)) << text;
}

TEST_F(NgClientTest, AnAnswerComesOnceThoughItsDatagramComesThrice) {
  peer.copies = 3;
  ask();
  run_until(1);
  run_for(50);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(replies[0]);
}

TEST_F(NgClientTest, ALostQuestionIsRepeatedWithItsOwnCookie) {
  peer.silent_for = 2;
  ask();
  run_until(1);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(replies[0]);
  ASSERT_EQ(peer.heard.size(), 3u);
  EXPECT_EQ(std::set<std::string>(peer.heard.begin(), peer.heard.end()).size(), 1u);
}

TEST_F(NgClientTest, ItGivesUpAfterItsAttempts) {
  NgClient impatient(io, peer.port(), "127.0.0.1", 3);
  peer.silent_for = 1'000;
  impatient.ask({{"command", "ping"}}, [this](Reply reply) { replies.push_back(std::move(reply)); });
  run_until(1);
  ASSERT_EQ(replies.size(), 1u);
  ASSERT_FALSE(replies[0]);
  EXPECT_EQ(replies[0].error().code, "media_down");
  EXPECT_EQ(peer.heard.size(), 3u);
}

/// Five repetitions unanswered were once its death.
TEST_F(NgClientTest, WhoIsSlowIsWaitedFor) {
  peer.silent_for = 6;
  ask();
  run_until(1, 30'000);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(replies[0]);
  EXPECT_EQ(peer.heard.size(), 7u);
}

TEST_F(NgClientTest, WhoIsKnownToBeDeadIsNotWaitedFor) {
  peer.silent_for = 1'000;
  ask();
  ask();
  client.give_up("it is dead");
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[0].error().code, "media_down");
}

TEST_F(NgClientTest, NoIsARefusal) {
  peer.body = R"({"result":"error","error-reason":"Unknown call-id"})";
  ask();
  run_until(1);
  ASSERT_EQ(replies.size(), 1u);
  ASSERT_FALSE(replies[0]);
  EXPECT_EQ(replies[0].error().code, "media_refused");
}

TEST_F(NgClientTest, OpenQuestionsAreBounded) {
  peer.silent_for = 1'000'000;
  for (std::size_t i = 0; i < NgClient::kOpenMax; ++i) ask();
  EXPECT_TRUE(replies.empty());
  ask();
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_EQ(replies[0].error().code, "media_down");
  client.close();
  EXPECT_EQ(replies.size(), NgClient::kOpenMax + 1);
}

TEST(LegListTest, TheCallersLastPacketIsReadAndBeforeTheFirstOneItIsZero) {
  const auto reply = [](const char* packets) {
    return boost::json::parse(std::string(R"({"tags":{"queue":{"medias":[]},"caller":{"medias":[{"streams":[
      {"last packet":1700000000,"stats":{"packets":)") +
                              packets + R"(}},
      {"last packet":1800000000,"stats":{"packets":9}}]}]}}})")
        .as_object();
  };
  EXPECT_EQ(last_packet_in(reply("0")).ms, 0);
  EXPECT_EQ(last_packet_in(reply("3")).ms, 1'700'000'000'000);
  EXPECT_EQ(last_packet_in({}).ms, 0);
  EXPECT_EQ(last_packet_in({{"tags", {{"caller", {{"medias", boost::json::array{1}}}}}}}).ms, 0);
}

TEST_F(NgClientTest, OfMoreCallsThanAReplyHoldsTheKnownOnesAreFound) {
  boost::json::array named;
  for (std::size_t i = 0; i < kNamesMax; ++i) named.emplace_back("leg" + std::to_string(i));
  peer.body = boost::json::serialize(boost::json::object{{"result", "ok"}, {"calls", named}});
  std::set<LegId> found;
  list_legs(client, {{"leg7"}, {"beyond"}}, [&](const Result<std::vector<ports::LegMedia>>& legs) {
    for (const auto& leg : *legs) found.insert(leg.leg);
    replies.push_back(boost::json::object{});
  });
  run_until(1);
  EXPECT_EQ(found.size(), kNamesMax + 1);
  EXPECT_TRUE(found.contains({"beyond"}));
  EXPECT_NE(peer.heard.at(0).find("\"limit\":1000"), std::string::npos) << "more would not fit into its reply";
}

}  // namespace sigap::media
