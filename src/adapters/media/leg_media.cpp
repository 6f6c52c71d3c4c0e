#include "adapters/media/leg_media.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "adapters/media/ng_message.h"

namespace sigap::media {
namespace {

namespace json = boost::json;

constexpr std::int64_t kRepeatForEver = 1'000'000;  // a welcome of ten seconds: four months

/// The session id of our SDP: stable for the leg in every process, different between legs.
std::int64_t session_of(const LegId& leg) {
  return static_cast<std::int64_t>(std::strtoull(leg.value.substr(0, 15).c_str(), nullptr, 16));
}

constexpr char kCommonCodec[] = "PCMA";  // every browser speaks it (RFC 7874)

constexpr std::uint16_t kNowhere = 9;  // the discard port: the queue's side sends and takes nothing

constexpr std::string_view kOperatorTag = "operator";

/// Of an operator's side at rtpengine: never one that it has heard before, of whatever process: it cuts the audio.
std::string fresh_operator_tag() {
  static std::int64_t last = 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  last = std::max(last + 1, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  return std::string{kOperatorTag} + std::to_string(last);
}

void flag(json::object& request, const char* name) {
  if (!request.contains("flags")) request["flags"] = json::array{};
  request["flags"].as_array().push_back(name);
}

/// rtpengine takes the first packet's sender for the party and sends the voice there, unless it is told with each
/// description whom to believe: what it says, or (of a caller who cannot know where they send from) whoever fits it
/// best in the first three seconds. From then on nobody else is heard, voice or keys.
void believe(json::object& request, bool learns) {
  // A browser's packets are proved by its keys (DTLS-SRTP), and ICE finds where it sends from.
  const auto* sdp = request.if_contains("sdp");
  if (!sdp || sdp::is_browser(sdp->as_string())) return;
  const bool of_caller = request["command"] == "offer" && request["from-tag"] == "caller";
  flag(request, "strict-source");
  flag(request, of_caller && learns ? "endpoint-learning-heuristic" : "endpoint-learning-off");
}

/// Without it rtpengine gives the other side a new port when this one's address changes, and says it to us alone.
void keep_ports(json::object& request) {
  flag(request, "port-latching");
}

/// The operators' sides in rtpengine's reply to `query`.
std::vector<std::string> operators_in(const json::object& reply) {
  std::vector<std::string> found;
  const auto* tags = reply.if_contains("tags");
  if (!tags || !tags->is_object()) return found;
  for (const auto& tag : tags->get_object())
    if (tag.key().starts_with(kOperatorTag)) found.emplace_back(tag.key());
  return found;
}

}  // namespace

void LegMedia::enqueue(ports::MediaDone done, std::function<void()> begin) {
  if (closed_) return done(refuse("media_refused", "this leg is closed"));
  steps_.push_back({std::move(begin), std::move(done)});
  if (busy_) return;
  busy_ = true;
  steps_.front().begin();
}

void LegMedia::finish(Result<std::string> result) {
  if (steps_.empty()) return;  // closed meanwhile
  const auto done = std::move(steps_.front().done);
  steps_.pop_front();
  busy_ = !steps_.empty();
  done(std::move(result));
  if (busy_ && !closed_) steps_.front().begin();
}

void LegMedia::ask(json::object request, Next next) {
  ask(std::move(request), std::move(next), nullptr);
}

void LegMedia::ask(json::object request, Next next, std::function<void()> refused) {
  request["call-id"] = leg_.value;
  believe(request, learns_);
  ng_.ask(std::move(request), [self = shared_from_this(), next = std::move(next),
                               refused = std::move(refused)](Result<json::object> reply) {
    if (self->closed_) {
      // rtpengine works on several datagrams at once: what was asked before the delete may have come true after it.
      if (reply && self->ended_here_) self->end_call();
      return;
    }
    if (!reply && refused && reply.error().code == "media_refused") return refused();
    if (!reply) return self->finish(tl::unexpected(reply.error()));
    next(std::move(*reply));
  });
}

void LegMedia::open(std::string caller_sdp, std::string prompt_file, std::int64_t version, std::shared_ptr<Echo> echo,
                    ports::MediaDone done) {
  enqueue(std::move(done), [this, caller_sdp = std::move(caller_sdp), prompt_file = std::move(prompt_file), version,
                            echo = std::move(echo)]() mutable {
    if (const auto taken = take_theirs(std::move(caller_sdp), v6_); !taken)
      return finish(refuse("media_refused", taken.error().message));
    prompt_file_ = prompt_file;
    bridge_.reset();
    begin_open(version, echo);
  });
}

void LegMedia::adopt(const ports::AdoptedLeg& as, std::string prompt_file) {
  if (!take_theirs(as.caller_sdp, true)) caller_sdp_ = as.caller_sdp;
  ours_ = sdp::read(as.our_sdp, true).value_or(sdp::Voice{});
  if (browser_) ours_.port = sdp::port_of(as.our_sdp).value_or(std::uint16_t{0});
  prompt_file_ = std::move(prompt_file);
  if (as.offer) {
    bridge_ = Bridge{};
    bridge_->offer = as.offer;
    bridge_->answered = as.joined;
  }
  // Its sound still goes to an ear that is no more.
  if (ear_) enqueue([](const auto&) {}, [this] { lend_ear([this] { finish(std::string()); }); });
}

Result<bool> LegMedia::take_theirs(std::string description, bool v6) {
  if (sdp::is_browser(description)) {
    auto browser = sdp::read_browser(description);
    if (!browser) return tl::unexpected(browser.error());
    browser_ = std::move(*browser);
    caller_ = {};
    caller_.codec = browser_->codec;
  } else {
    auto voice = sdp::read(description, v6);
    if (!voice) return tl::unexpected(voice.error());
    browser_.reset();
    caller_ = std::move(*voice);
  }
  caller_sdp_ = std::move(description);
  return true;
}

void LegMedia::begin_open(std::int64_t version, const std::shared_ptr<Echo>& echo) {
  echo_ = echo;
  pair_with_queue([this, version] {
    lend_ear([this, version] {
      play(prompt_file_, kRepeatForEver, [this, version] { finish(answer_for_caller(version)); });
    });
  });
}

json::object LegMedia::offer_to(const std::string& tag, json::object how) const {
  how["command"] = "offer";
  how["from-tag"] = "caller";
  how["to-tag"] = tag;
  how["sdp"] = browser_ ? sdp::write(*browser_) : sdp::write(caller_, {});
  if (!how.contains("transport-protocol")) {
    how["transport-protocol"] = "RTP/AVP";
    if (browser_) how["ICE"] = "remove", how["rtcp-mux"] = json::array{"demux"};
  }
  how["address-family"] = address_.find(':') == std::string::npos ? "IP4" : "IP6";
  // What the other side does not speak becomes A-law for it.
  if (!caller_.codec.g711())
    how["codec"] = {{"mask", json::array{caller_.codec.name}}, {"transcode", json::array{kCommonCodec}}};
  return how;
}

bool LegMedia::take_ours(const json::object& reply) {
  if (browser_) {
    for_browser_ = sdp_in(reply);
    ours_ = caller_;
    ours_.port = sdp::port_of(for_browser_).value_or(std::uint16_t{0});
    if (ours_.port > 0 && sdp::is_browser(for_browser_)) return true;
    finish(refuse("media_refused", "rtpengine named no port for a browser"));
    return false;
  }
  const auto side = sdp::read(sdp_in(reply), true);
  if (!side) {
    finish(refuse("media_refused", "rtpengine named no port"));
    return false;
  }
  const auto address = std::exchange(ours_, caller_).address;
  // A browser says 0.0.0.0 until ICE has found its address, and rtpengine says it on.
  ours_.address = side->address == "0.0.0.0" ? address : side->address;
  ours_.port = side->port;
  ours_.keys = side->keys;
  ours_.codec.fmtp = side->codec.fmtp;
  ours_.direction = sdp::mirrored(caller_.direction);
  return true;
}

std::string LegMedia::answer_for_caller(std::int64_t version) const {
  return browser_ ? for_browser_ : sdp::write_answer(caller_sdp_, ours_, {session_of(leg_), version});
}

void LegMedia::pair_with_queue(std::function<void()> then) {
  ask(offer_to("queue", {}), [this, then = std::move(then)](const json::object&) mutable {
    // The queue is no real party: port 9 takes nothing, a real address keeps the caller's side sendrecv. An echo is.
    sdp::Voice queue;
    queue.address = address_;
    queue.port = echo_ ? echo_->port() : kNowhere;
    if (caller_.codec.g711()) queue.codec = caller_.codec;
    if (caller_.events && caller_.events->rate == queue.codec.rate) queue.events = caller_.events;
    queue.direction = sdp::mirrored(caller_.direction);
    json::object answer{
        {"command", "answer"}, {"from-tag", "caller"}, {"to-tag", "queue"}, {"sdp", sdp::write(queue, {})}};
    if (browser_) answer["ICE"] = "force";
    ask(std::move(answer), [this, then = std::move(then)](const json::object& answered) {
      if (take_ours(answered)) then();
    });
  });
}

void LegMedia::renegotiate(std::string caller_sdp, std::int64_t version, ports::MediaDone done) {
  enqueue(std::move(done), [this, caller_sdp = std::move(caller_sdp), version]() mutable {
    if (ours_.port == 0) return finish(refuse("media_refused", "this leg is not open"));
    if (bridge_ && bridge_->answered && bridge_->answer.empty())
      return finish(refuse("stale", "the bridge is an earlier process's"));
    // A browser is answered with keys, which only an operator's answer brings.
    if (bridge_ && !bridge_->answered && sdp::is_browser(caller_sdp))
      return finish(refuse("media_refused", "the operator is about to be joined"));
    if (const auto taken = take_theirs(std::move(caller_sdp), v6_); !taken)
      return finish(refuse("media_refused", taken.error().message));
    begin_renegotiate(version);
  });
}

void LegMedia::begin_renegotiate(std::int64_t version) {
  const auto done = [this, version] { finish(answer_for_caller(version)); };
  // After a bridge that was taken off rtpengine stops what plays with this offer: it is begun again.
  const auto queue = [this, done] { pair_with_queue([this, done] { play(prompt_file_, kRepeatForEver, done); }); };
  if (bridge_ && bridge_->tag.empty()) return drop_operator(queue);
  if (!bridge_) return queue();
  auto again = offer_to(bridge_->tag, bridge_->offer_how);
  keep_ports(again);  // the other side is told nothing of this
  // The other side goes on with what it speaks.
  if (caller_.codec.g711() && !caller_.codec.is(bridge_->codec))
    again["codec"] = {{"transcode", json::array{bridge_->codec}}};
  ask(std::move(again), [this, done](const json::object&) {
    if (bridge_->answered)
      return ask(answer_of_bridge(), [this, done](const json::object& reply) {
        if (take_ours(reply)) done();
      });
    // The other side has yet to answer; ours stands, but for what only an answer says.
    if (caller_.secure() != ours_.secure() || caller_.v6() != ours_.v6())
      return finish(refuse("media_refused", "the transport cannot change now"));
    const auto before = std::exchange(ours_, caller_);
    ours_.address = before.address;
    ours_.port = before.port;
    ours_.keys = before.keys;
    ours_.direction = sdp::mirrored(caller_.direction);
    done();
  });
}

void LegMedia::listen_with(std::shared_ptr<Ear> ear) {
  if (ear_) ear_->stop();
  ear_ = std::move(ear);
}

void LegMedia::lend_ear(std::function<void()> then) {
  if (!ear_) return then();
  const auto question = [this](json::object request, std::function<void()> next) {
    request["call-id"] = leg_.value;
    believe(request, false);
    ng_.ask(std::move(request), [self = shared_from_this(), next = std::move(next)](const Result<json::object>&) {
      if (!self->closed_) return next();
      if (self->ended_here_) self->end_call();  // as in ask()
    });
  };
  question({{"command", "subscribe request"}, {"from-tags", json::array{"caller"}}, {"to-tag", "ear"}},
           [this, question, then = std::move(then)] {
             question({{"command", "subscribe answer"}, {"to-tag", "ear"}, {"sdp", ear_->sdp()}}, then);
           });
}

void LegMedia::offer_out(ports::MediaDone done) {
  enqueue(std::move(done), [this] {
    // The queue offers, and so the other side gets its port before it has said a word.
    ask({{"command", "offer"},
         {"from-tag", "queue"},
         {"to-tag", "caller"},
         {"sdp", sdp::write_offer(address_, kNowhere, {})}},
        [this](const json::object& reply) {
          const auto side = sdp::read(sdp_in(reply));
          if (!side) return finish(refuse("media_refused", "rtpengine named no port"));
          ours_ = *side;
          finish(sdp::write_offer(ours_.address, ours_.port, {session_of(leg_), 1}));
        });
  });
}

void LegMedia::answer_out(std::string callee_sdp, ports::MediaDone done) {
  enqueue(std::move(done), [this, callee_sdp = std::move(callee_sdp)]() mutable {
    auto voice = sdp::read(callee_sdp);
    if (!voice || !voice->codec.g711() || ours_.port == 0)
      return finish(refuse("media_refused", "no codec that we offered"));
    caller_ = std::move(*voice);
    caller_sdp_ = std::move(callee_sdp);
    // Said the other way round it is a caller's leg, and keeps its port.
    pair_with_queue([this, port = ours_.port] {
      if (ours_.port != port) return finish(refuse("media_refused", "the callee's port moved"));
      lend_ear([this] { finish(std::string()); });
    });
  });
}

void LegMedia::announce(std::string prompt_file, ports::MediaDone done) {
  enqueue(std::move(done), [this, prompt_file = std::move(prompt_file)] {
    prompt_file_ = prompt_file;
    stop_prompt([this] { play(prompt_file_, kRepeatForEver, [this] { finish(std::string()); }); });
  });
}

void LegMedia::play(const std::string& file, std::int64_t times, const std::function<void()>& then) {
  if (file.empty()) return then();
  // A prompt that is not there, or is no sound, costs its words and never the voice; a call that rtpengine does not
  // know has none.
  ask(
      {{"command", "play media"}, {"from-tag", "caller"}, {"file", file}, {"repeat-times", times}},
      [then](const json::object&) { then(); },
      [this, then] {
        ask({{"command", "query"}}, [then](const json::object&) { then(); });
      });
}

void LegMedia::stop_prompt(const std::function<void()>& then) {
  ask(
      {{"command", "stop media"}, {"from-tag", "caller"}}, [then](const json::object&) { then(); }, then);
}

json::object LegMedia::for_browser() {
  return {{"transport-protocol", "UDP/TLS/RTP/SAVPF"},
          {"ICE", "force"},
          {"ICE-lite", "forward"},
          {"rtcp-mux", json::array{"require"}},
          {"SDES", json::array{"off"}},
          {"DTLS", "passive"},
          {"flags", json::array{"strip-extmap"}}};
}

void LegMedia::offer_bridge(OfferId offer, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer] {
    if (ours_.port == 0) return finish(refuse("media_refused", "this leg is not open"));
    if (bridge_ && bridge_->answered) return finish(refuse("stale", "an operator is on this leg"));
    // An unanswered offer to somebody else must not linger: it would cut the next one's audio.
    drop_operator([this, offer] { begin_offer(offer, for_browser()); });
  });
}

void LegMedia::offer_relay(OfferId offer, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer] {
    if (ours_.port == 0) return finish(refuse("media_refused", "this leg is not open"));
    drop_operator([this, offer] { begin_offer(offer, {}); });
  });
}

void LegMedia::begin_offer(OfferId offer, json::object how) {
  bridge_ = Bridge{};
  bridge_->offer = offer;
  bridge_->tag = fresh_operator_tag();
  bridge_->codec = caller_.codec.g711() ? caller_.codec.name : std::string(kCommonCodec);
  bridge_->offer_how = std::move(how);
  // Whether the caller hears us now is between them and us: a hold must not silence the other side for good.
  ask(offer_to(bridge_->tag, bridge_->offer_how),
      [this](const json::object& reply) { finish(sdp::with_direction(sdp_in(reply), sdp::Direction::sendrecv)); });
}

void LegMedia::answer_bridge(OfferId offer, std::string browser_sdp, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer, browser_sdp = std::move(browser_sdp)] {
    if (!bridge_ || bridge_->offer != offer) return finish(refuse("stale", "this offer is not the current one"));
    if (bridge_->answered) return finish(std::string());
    begin_answer(browser_sdp, {{"ICE", browser_ ? "force" : "remove"}});
  });
}

void LegMedia::answer_relay(OfferId offer, std::string other_sdp, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer, other_sdp = std::move(other_sdp)] {
    if (!bridge_ || bridge_->offer != offer) return finish(refuse("stale", "this offer is not the current one"));
    begin_answer(other_sdp, browser_ ? json::object{{"ICE", "force"}} : json::object{});
  });
}

void LegMedia::begin_answer(const std::string& other_sdp, json::object how) {
  how["command"] = "answer";
  how["from-tag"] = "caller";
  how["to-tag"] = bridge_->tag;
  keep_ports(how);
  bridge_->answer_how = std::move(how);
  bridge_->answer = other_sdp;
  stop_prompt([this] {
    ask(answer_of_bridge(), [this, before = ours_.port](const json::object& reply) {
      if (!take_ours(reply)) return;
      if (ours_.port != before) return finish(refuse("media_refused", "the caller's port moved"));
      bridge_->answered = true;
      finish(std::string());
    });
  });
}

json::object LegMedia::answer_of_bridge() const {
  auto answer = bridge_->answer_how;
  answer["sdp"] = sdp::with_direction(bridge_->answer, sdp::mirrored(caller_.direction));
  return answer;
}

void LegMedia::drop_operator(std::function<void()> then) {
  if (!bridge_) return then();
  // With a branch rtpengine also stops what plays to the caller, even when the branch was never answered.
  each_operator("delete", [this, then = std::move(then)] {
    bridge_.reset();
    play(prompt_file_, kRepeatForEver, then);
  });
}

void LegMedia::each_operator(const char* command, std::function<void()> then) {
  with_operators([this, command, then = std::move(then)](std::vector<std::string> tags) mutable {
    ask_operators(command, std::move(tags), std::move(then));
  });
}

void LegMedia::with_operators(std::function<void(std::vector<std::string>)> then) {
  if (!bridge_->tag.empty()) return then({bridge_->tag});
  ask({{"command", "query"}}, [then = std::move(then)](const json::object& reply) { then(operators_in(reply)); });
}

void LegMedia::ask_operators(const char* command, std::vector<std::string> tags, std::function<void()> then) {
  if (tags.empty()) return then();
  const auto tag = tags.back();
  tags.pop_back();
  ask({{"command", command}, {"from-tag", tag}},
      [this, command, tags = std::move(tags), then = std::move(then)](const json::object&) mutable {
        ask_operators(command, std::move(tags), std::move(then));
      });
}

void LegMedia::hold(OfferId offer, std::string prompt_file, bool once, ports::MediaDone done) {
  const std::int64_t times = once ? 1 : kRepeatForEver;
  enqueue(std::move(done), [this, offer, times, prompt_file = std::move(prompt_file)] {
    if (!bridge_ || bridge_->offer != offer) return finish(refuse("stale", "this offer is not the current one"));
    // What plays does not mute who speaks: the operator is shut off first.
    each_operator("block media",
                  [this, times, prompt_file] { play(prompt_file, times, [this] { finish(std::string()); }); });
  });
}

void LegMedia::resume(OfferId offer, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer] {
    if (!bridge_ || bridge_->offer != offer) return finish(refuse("stale", "this offer is not the current one"));
    stop_prompt([this] { each_operator("unblock media", [this] { finish(std::string()); }); });
  });
}

void LegMedia::unbridge(OfferId offer, std::string prompt_file, ports::MediaDone done) {
  enqueue(std::move(done), [this, offer, prompt_file = std::move(prompt_file)] {
    if (!bridge_ || bridge_->offer != offer) return finish(std::string());
    prompt_file_ = prompt_file;
    drop_operator([this] { finish(std::string()); });
  });
}

bool LegMedia::key_counts(const std::string& digit, std::chrono::steady_clock::time_point now) {
  if (now - keys_since_ >= std::chrono::seconds(1)) {
    keys_since_ = now;
    keys_ = 0;
  }
  const bool first_five = digit == "5" && !five_;
  five_ = five_ || first_five;
  return ++keys_ <= ports::kKeysPerSecond || first_five;
}

void LegMedia::close() {
  if (closed_) return;
  ended_here_ = true;
  abandon("media_refused", "this leg is closed");
  end_call();
}

void LegMedia::end_call() {
  ng_.ask({{"command", "delete"}, {"call-id", leg_.value}}, [](const auto&) {});
}

void LegMedia::abandon(const char* code, const char* why) {
  if (closed_) return;
  closed_ = true;
  for (auto waiting = std::exchange(steps_, {}); auto& step : waiting) step.done(refuse(code, why));
  if (echo_) echo_->stop();
  if (ear_) ear_->stop();
}

}  // namespace sigap::media
