// The hand of citizens' pages between pages and a core of tests: what is told to either is written down.
#pragma once
#include <gtest/gtest.h>

#include "runtime/voice/page_calls.h"
#include "sdp/browser.h"

namespace sigap::runtime {

using core::PageBack;
using core::PageCall;
using core::PageStatus;

/// What the hand tells, written down.
class Listener final : public ports::TelephonyListener {
 public:
  std::vector<ports::IncomingCall> arrived;
  std::vector<std::string> heard;
  std::vector<ports::CallerPlace> places;
  std::vector<ports::DoorReport> doors;
  std::vector<ports::VoiceDescription> described;

  void call_arrived(ports::IncomingCall call) override { arrived.push_back(std::move(call)); }
  void leg_confirmed(LegId) override { heard.emplace_back("confirmed"); }
  void voice_described(LegId, ports::VoiceDescription description) override {
    described.push_back(std::move(description));
  }
  void key_pressed(LegId, std::string digit) override { heard.push_back("key " + digit); }
  void callee_rings(LegId) override {}
  void callee_answered(LegId, ports::CalleeAnswer) override {}
  void caller_moved(LegId, ports::CallerPlace place) override { places.push_back(std::move(place)); }
  void text_arrived(ports::IncomingText) override {}
  void door_reported(ports::DoorReport report) override { doors.push_back(std::move(report)); }
  void leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) override {
    heard.push_back(std::string(by == ports::LegEndedBy::caller ? "caller: "
                                : by == ports::LegEndedBy::us   ? "us: "
                                                                : "network: ") +
                    reason);
    ended.push_back(leg);
  }
  std::vector<LegId> ended;
};

inline std::string description(const std::string& user) {
  return sdp::write(sdp::BrowserVoice{"0",
                                      user,
                                      "P2uYro0UCOQ4zxjKXaWCBui1",
                                      "sha-256 0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:0A:1B:2C:3D:4E:5F:60:71:"
                                      "82:93:A4:B5:C6:D7:E8:F9",
                                      "actpass",
                                      {}});
}
inline std::string secret(int which) {
  return std::string(40, 'a') + std::to_string(1000 + which);
}

class PageCallsTest : public testing::Test {
 protected:
  void SetUp() override { begin(); }
  /// A process: pages and what the journal knows outlive it.
  void begin() {
    hand = std::make_unique<PageCalls>(config);
    hand->join({[this](auto to, const auto& message) {
                  if (std::holds_alternative<core::Relay>(message))
                    relays[to].push_back(std::get<core::Relay>(message));
                  else
                    said[to].push_back(message);
                },
                [this](auto connection) { closed.push_back(connection); },
                [this] { return std::string(28, '0') + std::to_string(1000 + ++legs); }, [this] { return now; },
                [this](const LegId&) { return status; }, [this](const LegId&) { return heard; },
                [this] {
                  return core::Relay{relay_urls, std::to_string(now.ms), "credential"};
                },
                [this](const LegId&) { return lines; },
                [this](core::Input input, auto refused) {
                  if (refuse_text.empty())
                    submitted.push_back(std::move(input));
                  else
                    refused(Refusal{refuse_text, "", ""});
                }},
               listener);
    listened = {};
  }
  PageCall call(int page = 1, int token = 1) const {
    return {secret(token), secret(100 + page), 1, description("user1"), {}, {}};
  }
  void open(ports::ConnectionId connection, const std::string& address = "192.0.2.1") {
    hand->connected(connection, address);
  }
  LegId dials(ports::ConnectionId connection, int page = 1, int token = 1) {
    open(connection);
    hand->hear(connection, call(page, token));
    return listener.arrived.empty() ? LegId{} : listener.arrived.back().leg;
  }
  void passes(Duration time) {
    now = now + time;
    listened = listened + time;
    hand->tick(listened);
  }
  template <class Message>
  const Message* last(ports::ConnectionId connection) const {
    const Message* found = nullptr;
    const auto it = said.find(connection);
    if (it == said.end()) return nullptr;
    for (const auto& message : it->second)
      if (const auto* one = std::get_if<Message>(&message)) found = one;
    return found;
  }
  std::string refused(ports::ConnectionId connection) const {
    const auto* refusal = last<core::Refused>(connection);
    return refusal ? refusal->code + (refusal->field.empty() ? "" : " " + refusal->field) : "";
  }

  PageCallsConfig config;
  Listener listener;
  std::unique_ptr<PageCalls> hand;
  std::map<ports::ConnectionId, std::vector<core::ServerMessage>> said;
  std::map<ports::ConnectionId, std::vector<core::Relay>> relays;
  std::vector<std::string> relay_urls;
  std::vector<ports::ConnectionId> closed;
  std::optional<PageStatus> status = PageStatus{};
  std::vector<core::LineCard> lines;
  std::vector<core::Input> submitted;
  std::string refuse_text;
  Instant now{1'000'000};
  Instant heard;
  Duration listened;
  int legs = 0;
};

}  // namespace sigap::runtime
