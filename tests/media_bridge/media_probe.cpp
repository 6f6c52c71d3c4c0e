// The media hand and a caller's telephone on stdin and stdout, one JSON object a line, for media_bridge.mjs.
//   media_probe PROMPT.au
// {"do":"open"|"offer"|"answer"|"renegotiate"|"unbridge"|"close"|"talk"|"list"|"stranger"|"stranger_got", "offer":N,
// "sdp":"...", "ms":N} -> {"ok":..., ...} "stranger" begins to send to all ports of the media; "renegotiate" moves the
// telephone to another port. "talk" sends a tone to the port that "open" named, and says what came: packets, how many
// were voiced, ports they came from.
#include <unistd.h>

#include <boost/json.hpp>
#include <cstring>
#include <future>
#include <iostream>
#include <memory>
#include <utility>

#include "adapters/media/media_hand.h"
#include "adapters/media/rtp_caller.h"
#include "adapters/media/rtp_stranger.h"
#include "sdp/voice.h"

namespace {

namespace json = boost::json;
namespace media = sigap::media;
namespace ports = sigap::ports;
using sigap::LegId;
using sigap::OfferId;
using sigap::Result;

const LegId kLeg{"probe"};

template <class Ask>
json::object wait(Ask ask) {
  auto promise = std::make_shared<std::promise<Result<std::string>>>();
  auto future = promise->get_future();
  ask([promise](Result<std::string> result) { promise->set_value(std::move(result)); });
  if (future.wait_for(std::chrono::seconds(15)) != std::future_status::ready) return {{"ok", false}, {"code", "never"}};
  const auto result = future.get();
  if (!result) return {{"ok", false}, {"code", result.error().code}};
  return {{"ok", true}, {"sdp", *result}};
}

class Probe {
 public:
  explicit Probe(media::MediaConfig config) : config_(std::move(config)), hand_(config_) { hand_.start(); }

  json::object carry_out(const json::object& order) {
    const std::string what(order.at("do").as_string());
    const auto number = [&](const char* name) {
      return order.contains(name) ? order.at(name).to_number<std::int64_t>() : std::int64_t{0};
    };
    const OfferId offer{number("offer")};
    if (what == "up") return {{"ok", hand_.health().up}};
    if (what == "open") {
      auto reply = wait([&](auto done) { hand_.open(kLeg, caller_->sdp(), ports::Prompt::welcome, 1, done); });
      if (reply.contains("sdp")) port_ = sigap::sdp::port_of(reply["sdp"].as_string()).value_or(std::uint16_t{0});
      reply["port"] = port_;
      return reply;
    }
    if (what == "offer") return wait([&](auto done) { hand_.offer_bridge(kLeg, offer, done); });
    if (what == "answer") {
      const std::string sdp(order.at("sdp").as_string());
      return wait([&](auto done) { hand_.answer_bridge(kLeg, offer, sdp, done); });
    }
    if (what == "renegotiate") {
      caller_ = std::make_unique<media::RtpCaller>();
      return wait([&](auto done) { hand_.renegotiate(kLeg, caller_->sdp(), ++version_, done); });
    }
    if (what == "unbridge") return wait([&](auto done) { hand_.unbridge(kLeg, offer, ports::Prompt::waiting, done); });
    if (what == "stranger") {
      stranger_ = std::make_unique<media::Stranger>(config_.process.port_min, config_.process.port_max);
      return {{"ok", true}};
    }
    if (what == "stranger_got") return {{"ok", true}, {"packets", std::exchange(stranger_, nullptr)->got()}};
    if (what == "talk") return talk(static_cast<int>(number("ms")));
    if (what == "close") {
      hand_.close(kLeg);
      return {{"ok", true}};
    }
    if (what == "list") {
      std::promise<std::int64_t> legs;
      hand_.list([&](const auto& found) { legs.set_value(found ? static_cast<std::int64_t>(found->size()) : -1); });
      return {{"ok", true}, {"legs", legs.get_future().get()}};
    }
    return {{"ok", false}, {"code", "unknown"}};
  }

 private:
  json::object talk(int ms) {
    const int packets = caller_->talk_tone(port_, ms);
    json::array from;
    for (const auto port : caller_->from) from.push_back(port);
    return {{"ok", true},
            {"packets", packets},
            {"sent", caller_->sent},
            {"strange", caller_->samples[media::Stranger::kSays]},
            {"voiced", caller_->voiced},
            {"from", from}};
  }

  media::MediaConfig config_;
  std::unique_ptr<media::RtpCaller> caller_ = std::make_unique<media::RtpCaller>();
  std::unique_ptr<media::Stranger> stranger_;
  media::MediaHand hand_;
  std::int64_t version_ = 1;
  std::uint16_t port_ = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  media::MediaConfig config;
  config.process.ng_port = media::free_udp_port();
  config.process.port_min = static_cast<std::uint16_t>(20'000 + ::getpid() % 90 * 100);
  config.process.port_max = static_cast<std::uint16_t>(config.process.port_min + 98);
  config.process.ends_with_us = true;
  config.prompts = {{ports::Prompt::welcome, words[1]}, {ports::Prompt::waiting, words[1]}};
  Probe probe(config);
  for (std::string line; std::getline(std::cin, line);)
    std::cout << json::serialize(probe.carry_out(json::parse(line).as_object())) << std::endl;
}
