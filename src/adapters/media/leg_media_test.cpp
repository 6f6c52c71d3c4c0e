// A leg against a peer that answers when the test says: orders of events that a real rtpengine seldom shows.
#include "adapters/media/leg_media.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/media/ng_peer.h"

namespace sigap::media {
namespace {

struct LegMediaTest : testing::Test {
  boost::asio::io_context io;
  Peer peer{io};
  NgClient client{io, peer.port()};
  std::shared_ptr<LegMedia> leg = std::make_shared<LegMedia>(LegId{"leg"}, "127.0.0.1", false, client);
  std::vector<std::string> codes;  ///< of refusals; "" = it worked

  ports::MediaDone done() {
    return [this](const Result<std::string>& result) { codes.push_back(result ? "" : result.error().code); };
  }
  void open() { leg->open("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 8\r\n", "", 1, nullptr, done()); }
  long deletes() const {
    return std::count_if(peer.heard.begin(), peer.heard.end(),
                         [](const auto& datagram) { return datagram.find("\"delete\"") != std::string::npos; });
  }
  void run() { io.run_for(std::chrono::milliseconds(100)); }  // shorter than the client's repetition
};

}  // namespace

TEST_F(LegMediaTest, AnOfferThatComesTrueAfterTheDeleteIsDeletedAgain) {
  peer.hold = "\"offer\"";
  open();
  run();
  leg->close();
  run();
  ASSERT_EQ(deletes(), 1);
  EXPECT_EQ(codes, std::vector<std::string>{"media_refused"});
  peer.release();
  run();
  EXPECT_EQ(deletes(), 2);
  EXPECT_EQ(codes.size(), 1u) << "done is called once";
}

TEST_F(LegMediaTest, WhatWaitsBehindAnOpenIsRefusedByCloseAndNothingMoreIsTaken) {
  peer.hold = "\"offer\"";
  open();
  leg->offer_bridge({1}, done());
  leg->answer_bridge({1}, "v=0\r\n", done());
  run();
  EXPECT_EQ(peer.heard.size(), 1u) << "one after the other";
  leg->close();
  leg->unbridge({1}, "", done());
  run();
  EXPECT_EQ(codes, (std::vector<std::string>{"media_refused", "media_refused", "media_refused", "media_refused"}));
}

TEST_F(LegMediaTest, ALegThatIsAbandonedIsLeftAlone) {
  peer.hold = "\"offer\"";
  open();
  run();
  leg->abandon("media_down", "gone");
  peer.release();
  run();
  EXPECT_EQ(deletes(), 0);
  EXPECT_EQ(codes, std::vector<std::string>{"media_down"});
}

TEST_F(LegMediaTest, AQuestionIsPlayedOnceAHoldUntilItEndsAndBothShutTheOperatorOffFirst) {
  peer.body = R"({"result":"ok","duration":1000,"tags":{"operator7":{},"caller":{}}})";
  leg->adopt({"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 8\r\n",
              "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 5000 RTP/AVP 8\r\n",
              ports::Prompt::waiting,
              {1},
              true},
             "");
  leg->hold({1}, "press.au", true, done());
  leg->resume({1}, done());
  leg->hold({1}, "hold.au", false, done());
  leg->hold({2}, "press.au", true, done());
  run();
  EXPECT_EQ(codes, (std::vector<std::string>{"", "", "", "stale"}));
  std::vector<std::string> commands;
  for (const auto& datagram : peer.heard) {
    const auto body = boost::json::parse(datagram.substr(datagram.find(' ') + 1)).as_object();
    auto command = std::string(body.at("command").as_string());
    if (command == "query") continue;  // which operator's side there is
    if (const auto* times = body.if_contains("repeat-times"))
      command += times->as_int64() == 1 ? " once" : " on and on";
    commands.push_back(command);
  }
  EXPECT_EQ(commands, (std::vector<std::string>{"block media", "play media once", "stop media", "unblock media",
                                                "block media", "play media on and on"}));
}

/// What rtpengine is told of a caller who is a browser, and what the browser is told.
struct BrowserLegTest : LegMediaTest {
  const std::string browser = sdp::write(sdp::BrowserVoice{
      "0",
      "EsAw",
      "P2uYro0UCOQ4zxjKXaWCBui1",
      "sha-256 0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9",
      "actpass",
      {}});
  std::string told;
  ports::MediaDone keep() {
    return [this](const Result<std::string>& result) { told = result ? *result : result.error().code; };
  }
  /// The nth question, as JSON.
  boost::json::object asked(std::size_t nth) const {
    const auto& datagram = peer.heard.at(nth);
    return boost::json::parse(datagram.substr(datagram.find(' ') + 1)).as_object();
  }
  static bool flagged(const boost::json::object& request, const char* flag) {
    const auto* flags = request.if_contains("flags");
    if (!flags) return false;
    const auto& all = flags->as_array();
    return std::find(all.begin(), all.end(), boost::json::value(flag)) != all.end();
  }
};

TEST_F(BrowserLegTest, IsOpenedWithIceAndKeysTowardsTheBrowserAndInTheOpenTowardsTheQueue) {
  const std::string answer = "v=0\\r\\nm=audio 30000 UDP/TLS/RTP/SAVPF 8\\r\\na=ice-ufrag:ours\\r\\n";
  peer.body = R"({"result":"ok","duration":1000,"sdp":")" + answer + R"("})";
  leg->open(browser, "welcome.au", 1, nullptr, keep());
  run();
  ASSERT_GE(peer.heard.size(), 3u);
  const auto offer = asked(0), queue = asked(1), prompt = asked(2);
  EXPECT_EQ(offer.at("sdp").as_string(), browser);
  EXPECT_EQ(offer.at("transport-protocol").as_string(), "RTP/AVP");
  EXPECT_EQ(offer.at("ICE").as_string(), "remove");
  EXPECT_FALSE(flagged(offer, "strict-source")) << "its keys say who it is, and its address may change";
  EXPECT_EQ(queue.at("command").as_string(), "answer");
  EXPECT_EQ(queue.at("ICE").as_string(), "force");
  EXPECT_EQ(prompt.at("command").as_string(), "play media");
  EXPECT_EQ(sdp::ice_user_of(told), "ours") << "the browser is told what rtpengine says, word by word";
  told.clear();
  leg->renegotiate("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8\r\n", 2, keep());
  run();
  EXPECT_EQ(told, "media_refused") << "no ICE, no keys";
}

TEST_F(BrowserLegTest, IsJoinedToABrowserOrATelephoneByAnAnswerThatKeepsIce) {
  peer.body = R"({"result":"ok","sdp":"v=0\r\nm=audio 30000 UDP/TLS/RTP/SAVPF 8\r\na=ice-ufrag:ours\r\n"})";
  leg->adopt({browser, "v=0\r\nm=audio 30000 UDP/TLS/RTP/SAVPF 8\r\n", ports::Prompt::waiting, {}, false}, "");
  leg->offer_bridge({1}, done());
  leg->answer_bridge({1}, browser, done());
  run();
  EXPECT_EQ(codes, (std::vector<std::string>{"", ""}));
  const auto offer = asked(0), answer = asked(2);  // between them the prompt is stopped
  EXPECT_EQ(offer.at("ICE").as_string(), "force");
  EXPECT_EQ(answer.at("command").as_string(), "answer");
  EXPECT_EQ(answer.at("ICE").as_string(), "force");
  EXPECT_FALSE(flagged(answer, "strict-source"));
  EXPECT_TRUE(flagged(answer, "port-latching"));
}

TEST_F(BrowserLegTest, IsRefusedWhenRtpenginePutsTheVoiceInTheOpen) {
  peer.body = R"({"result":"ok","sdp":"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 30000 RTP/AVP 8\r\n"})";
  leg->open(browser, "", 1, nullptr, keep());
  run();
  EXPECT_EQ(told, "media_refused");
}

}  // namespace sigap::media
