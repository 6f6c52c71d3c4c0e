#include "adapters/media/media_hand.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <future>
#include <thread>

#include "adapters/media/key_listener.h"
#include "adapters/media/leg_list.h"
#include "adapters/media/leg_media.h"

namespace sigap::media {

namespace asio = boost::asio;

struct MediaHand::Hand {
  explicit Hand(MediaConfig c)
      : config(std::move(c)),
        ng(io, config.process.ng_port, config.process.ng_host),
        process(io, ng, config.process),
        keys(io, config.process.dtmf_port, config.process.ng_host, config.process.ng_port,
             [this](const PressedKey& key) { pressed(key); }),
        work(io.get_executor()) {
    process.on_death([this] { lose_legs("rtpengine died with this call"); });
  }

  /// The legs are no more at rtpengine, or will be nobody's here.
  void lose_legs(const char* why) {
    for (auto lost = std::exchange(legs, {}); auto& [id, gone] : lost) gone->abandon("media_down", why);
    echoes.clear();
  }

  void pressed(const PressedKey& key) {
    const auto found = legs.find(key.leg);
    if (found == legs.end() || !config.on_key) return;
    if (found->second->key_counts(key.digit, std::chrono::steady_clock::now())) config.on_key(key.leg, key.digit);
  }

  LegMedia& leg(const LegId& id) {
    auto& found = legs[id];
    if (!found) found = std::make_shared<LegMedia>(id, config.process.address, !config.process.address6.empty(), ng);
    return *found;
  }
  /// Of a leg that was opened; a late word about a closed one is refused.
  LegMedia* opened(const LegId& id, const ports::MediaDone& done) {
    const auto found = legs.find(id);
    if (found != legs.end()) return found->second.get();
    done(refuse("media_refused", "this leg is not open"));
    return nullptr;
  }
  std::string file(ports::Prompt prompt) const {
    const auto found = config.prompts.find(prompt);
    return found == config.prompts.end() ? std::string() : std::filesystem::absolute(found->second).string();
  }
  std::size_t loops() const {
    std::size_t count = 0;
    for (const auto& [id, echo] : echoes) count += !echo.expired();
    return count;
  }
  /// For a caller whose telephone cannot say keys in any other way; nothing when there are too many.
  std::shared_ptr<Ear> ear_for(const LegId& id, const std::string& caller_sdp) {
    const auto voice = sdp::read(caller_sdp, true);
    if (!voice || voice->events || !voice->codec.g711() || !config.on_key) return nullptr;
    std::erase_if(ears, [](const auto& ear) { return ear.expired(); });
    if (ears.size() >= config.ears_max) return nullptr;
    try {
      auto ear = std::make_shared<Ear>(io, config.process.address, voice->codec, [this, id](char key) {
        pressed({id, std::string(1, key)});
      });
      ear->start();
      ears.push_back(ear);
      return ear;
    } catch (const boost::system::system_error&) {
      return nullptr;  // the media is on another machine, or there is no port
    }
  }

  MediaConfig config;
  asio::io_context io;
  NgClient ng;
  RtpengineProcess process;
  KeyListener keys;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::map<LegId, std::shared_ptr<LegMedia>> legs;
  std::map<LegId, std::weak_ptr<Echo>> echoes;
  std::vector<std::weak_ptr<Ear>> ears;
  std::thread thread;
};

MediaHand::MediaHand(MediaConfig config) : hand_(std::make_unique<Hand>(std::move(config))) {}
MediaHand::~MediaHand() {
  stop();
}

void MediaHand::start() {
  hand_->process.on_restart(hand_->config.on_restart);
  hand_->thread = std::thread([this] { hand_->io.run(); });
  asio::post(hand_->io, [this] { hand_->process.watch(); });
}

void MediaHand::stop() {
  if (!hand_->thread.joinable()) return;
  asio::post(hand_->io, [this] {
    hand_->process.stop();
    hand_->lose_legs("the server ends");  // what waits is told; at rtpengine the voices go on
    hand_->ng.close();
    hand_->keys.close();
    hand_->io.stop();
  });
  hand_->thread.join();
}

void MediaHand::learn_source(LegId leg) {
  asio::post(hand_->io, [this, leg] { hand_->leg(leg).learn_source(); });
}

void MediaHand::open(LegId leg, std::string caller_sdp, ports::Prompt prompt, std::int64_t version,
                     ports::MediaDone done) {
  asio::post(hand_->io,
             [this, leg, caller_sdp = std::move(caller_sdp), prompt, version, done = std::move(done)]() mutable {
               auto& opening = hand_->leg(leg);
               opening.listen_with(hand_->ear_for(leg, caller_sdp));
               opening.open(std::move(caller_sdp), hand_->file(prompt), version, nullptr, std::move(done));
             });
}

void MediaHand::offer_out(LegId leg, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, done = std::move(done)]() mutable { hand_->leg(leg).offer_out(std::move(done)); });
}

void MediaHand::answer_out(LegId leg, std::string callee_sdp, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, callee_sdp = std::move(callee_sdp), done = std::move(done)]() mutable {
    auto* found = hand_->opened(leg, done);
    if (!found) return;
    found->listen_with(hand_->ear_for(leg, callee_sdp));
    found->answer_out(std::move(callee_sdp), std::move(done));
  });
}

void MediaHand::announce(LegId leg, ports::Prompt prompt, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, prompt, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->announce(hand_->file(prompt), std::move(done));
  });
}

void MediaHand::renegotiate(LegId leg, std::string caller_sdp, std::int64_t version, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, caller_sdp = std::move(caller_sdp), version, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->renegotiate(std::move(caller_sdp), version, std::move(done));
  });
}

void MediaHand::adopt(LegId leg, ports::AdoptedLeg as) {
  asio::post(hand_->io, [this, leg, as = std::move(as)] {
    auto& adopted = hand_->leg(leg);
    adopted.listen_with(hand_->ear_for(leg, as.caller_sdp));
    adopted.adopt(as, hand_->file(as.prompt));
  });
}

void MediaHand::open_loop(LegId leg, std::string caller_sdp, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, caller_sdp = std::move(caller_sdp), done = std::move(done)]() mutable {
    if (hand_->loops() >= hand_->config.loops_max) return done(refuse("media_refused", "too many test calls"));
    std::shared_ptr<Echo> echo;
    try {
      echo = std::make_shared<Echo>(hand_->io, hand_->config.process.address);
    } catch (const boost::system::system_error&) {
      return done(refuse("media_refused", "no port for the echo"));
    }
    echo->start();
    hand_->echoes[leg] = echo;
    hand_->leg(leg).open(std::move(caller_sdp), "", 1, echo, std::move(done));
  });
}

void MediaHand::offer_bridge(LegId leg, OfferId offer, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->offer_bridge(offer, std::move(done));
  });
}

void MediaHand::answer_bridge(LegId leg, OfferId offer, std::string browser_sdp, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, browser_sdp = std::move(browser_sdp), done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->answer_bridge(offer, std::move(browser_sdp), std::move(done));
  });
}

void MediaHand::hold(LegId leg, OfferId offer, ports::Prompt prompt, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, prompt, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done))
      found->hold(offer, hand_->file(prompt), prompt == ports::Prompt::press, std::move(done));
  });
}

void MediaHand::resume(LegId leg, OfferId offer, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->resume(offer, std::move(done));
  });
}

void MediaHand::unbridge(LegId leg, OfferId offer, ports::Prompt prompt, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, prompt, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->unbridge(offer, hand_->file(prompt), std::move(done));
  });
}

void MediaHand::relay(LegId leg, OfferId offer, LegId other, OfferId other_offer, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, offer, other, other_offer, done = std::move(done)] {
    auto *a = hand_->opened(leg, done), *b = a ? hand_->opened(other, done) : nullptr;
    if (!b) return;
    // Each sends to the port where the other expects its operator. Both outlive a close meanwhile: they refuse then.
    auto first = a->shared_from_this(), second = b->shared_from_this();
    first->offer_relay(offer, [=](const Result<std::string>& to_first) {
      if (!to_first) return done(to_first);
      second->offer_relay(other_offer, [=, to_first = *to_first](const Result<std::string>& to_second) {
        if (!to_second) return done(to_second);
        first->answer_relay(offer, *to_second, [=](const Result<std::string>& answered) {
          if (!answered) return done(answered);
          second->answer_relay(other_offer, to_first, done);
        });
      });
    });
  });
}

void MediaHand::offer_listening(LegId leg, OfferId listener, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, listener, done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->offer_listening(listener, std::move(done));
  });
}

void MediaHand::answer_listening(LegId leg, OfferId listener, std::string browser_sdp, ports::MediaDone done) {
  asio::post(hand_->io, [this, leg, listener, sdp = std::move(browser_sdp), done = std::move(done)]() mutable {
    if (auto* found = hand_->opened(leg, done)) found->answer_listening(listener, std::move(sdp), std::move(done));
  });
}

void MediaHand::end_listening(LegId leg, OfferId listener) {
  asio::post(hand_->io, [this, leg, listener] {
    if (auto* found = hand_->opened(leg, [](const auto&) {})) found->end_listening(listener);
  });
}

void MediaHand::record(LegId leg, std::string address, std::uint16_t port, ports::CopyTold told,
                       ports::MediaDone done) {
  asio::post(hand_->io,
             [this, leg, address = std::move(address), port, told = std::move(told), done = std::move(done)]() mutable {
               if (auto* found = hand_->opened(leg, done))
                 found->record({std::move(address), port}, std::move(told), std::move(done));
             });
}

void MediaHand::close(LegId leg) {
  asio::post(hand_->io, [this, leg] {
    hand_->leg(leg).close();  // also what an earlier process of ours left at rtpengine
    hand_->legs.erase(leg);
    hand_->echoes.erase(leg);
  });
}

void MediaHand::list(std::function<void(Result<std::vector<ports::LegMedia>>)> done) {
  asio::post(hand_->io, [this, done = std::move(done)]() mutable {
    std::vector<LegId> known;
    known.reserve(hand_->legs.size());
    for (const auto& [id, leg] : hand_->legs) known.push_back(id);
    list_legs(hand_->ng, std::move(known), std::move(done));
  });
}

ports::MediaHealth MediaHand::health() const {
  auto health = hand_->process.health();
  if (hand_->keys.deaf() && health.note.empty())
    health.note = "keys are not heard: UDP port " + std::to_string(hand_->config.process.dtmf_port) + " is taken";
  return health;
}

int MediaHand::child() const {
  return hand_->process.child();
}

std::uint16_t free_udp_port() {
  asio::io_context io;
  return asio::ip::udp::socket(io, asio::ip::udp::endpoint(asio::ip::address_v4::loopback(), 0))
      .local_endpoint()
      .port();
}

}  // namespace sigap::media
