// A SIP hand with one trunk on loopback, for tests that play the journal. It can be started again with dialogs to take
// up.
#pragma once
#include <gtest/gtest.h>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"

namespace sigap::sip {

struct HandOfTests {
  void start(std::vector<ports::LegRecord> records) {
    hand = std::make_unique<SipHand>();
    SipConfig config{"127.0.0.1", port, {{{"telkom"}, {"127.0.0.1"}}}, "Sigap", 1000, 1000 * ++epoch};
    auto started = hand->start(config, heard, std::move(records));
    ASSERT_TRUE(started) << started.error().message;
    restored = std::move(*started);
    heard.written = [this](const LegId& leg) { hand->hang_up(leg); };
    port = hand->port();
  }
  const ports::IncomingCall& call() {
    EXPECT_TRUE(heard.wait([&] { return !heard.arrived.empty(); }));
    return heard.arrived.front();
  }
  bool confirmed(std::size_t times) {
    return heard.wait([&] { return heard.confirmed.size() == times; });
  }
  /// INVITE to ACK.
  void connect(RawPhone& phone, const std::string& more = "") {
    phone.say(phone.invite(more));
    hand->answer(call().leg, RawPhone::sdp());
    ASSERT_EQ(phone.status(), 200);
    phone.say(phone.request("ACK", 1));
    ASSERT_TRUE(confirmed(1));
  }

  std::uint16_t port = 0;
  std::uint32_t epoch = 0;
  Recorder heard;
  std::unique_ptr<SipHand> hand;
  std::vector<ports::RestoredLeg> restored;
};

}  // namespace sigap::sip
