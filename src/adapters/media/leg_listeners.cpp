// Who listens to a leg: a subscription at rtpengine to the caller's and the operator's voices, told to a browser.
// A subscription copies what comes; nothing is said to the two who talk, and a refusal ends the step alone.
#include <algorithm>
#include <chrono>

#include "adapters/media/leg_media.h"
#include "adapters/media/ng_message.h"

namespace sigap::media {
namespace {

/// Begins the names of this listener's subscriptions, of whatever process.
std::string listener_tag(OfferId listener) {
  return "listener" + std::to_string(listener.value) + ".";
}

/// A browser makes a new connection for each offer, so each has a subscription of its own.
std::string fresh_listener_tag(OfferId listener) {
  static std::int64_t last = 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  last = std::max(last + 1, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  return listener_tag(listener) + std::to_string(last);
}

}  // namespace

void LegMedia::offer_listening(OfferId listener, ports::MediaDone done) {
  enqueue(std::move(done), [this, listener] {
    if (!bridge_ || !bridge_->answered) return finish(refuse("stale", "nobody talks on this leg"));
    unsubscribe(listener, [this, listener] {
      with_operators([this, listener](const std::vector<std::string>& operators) {
        if (operators.empty()) return finish(refuse("stale", "nobody talks on this leg"));
        // Named one by one: "all" would bring the queue's silent side along.
        boost::json::array voices{"caller"};
        voices.emplace_back(operators.front());
        auto request = for_browser();
        request["command"] = "subscribe request";
        request["from-tags"] = std::move(voices);
        const auto tag = listeners_[listener] = fresh_listener_tag(listener);
        request["to-tag"] = tag;
        ask(std::move(request), [this](const boost::json::object& reply) {
          auto sdp = sdp::with_own_mids(sdp_in(reply));
          finish(sdp.empty() ? Result<std::string>(refuse("media_refused", "rtpengine offered nothing to hear"))
                             : Result<std::string>(std::move(sdp)));
        });
      });
    });
  });
}

void LegMedia::answer_listening(OfferId listener, std::string browser_sdp, ports::MediaDone done) {
  enqueue(std::move(done), [this, listener, browser_sdp = std::move(browser_sdp)] {
    const auto found = listeners_.find(listener);
    if (found == listeners_.end()) return finish(refuse("stale", "nobody listens by this offer"));
    ask({{"command", "subscribe answer"},
         {"to-tag", found->second},
         {"sdp", browser_sdp},
         {"flags", boost::json::array{"allow-transcoding"}}},
        [this](const boost::json::object&) { finish(std::string()); });
  });
}

void LegMedia::end_listening(OfferId listener) {
  if (closed_) return;
  enqueue([](const auto&) {}, [this, listener] { unsubscribe(listener, [this] { finish(std::string()); }); });
}

void LegMedia::unsubscribe(OfferId listener, std::function<void()> then) {
  const auto end = [this](const std::string& tag, const std::function<void()>& next) {
    ask(
        {{"command", "unsubscribe"}, {"to-tag", tag}}, [next](const boost::json::object&) { next(); }, next);
  };
  if (const auto known = listeners_.extract(listener)) return end(known.mapped(), then);
  // Begun by an earlier process, which alone knew its name.
  ask(
      {{"command", "query"}},
      [end, begins = listener_tag(listener), then](const boost::json::object& reply) {
        const auto* tags = reply.if_contains("tags");
        if (tags && tags->is_object())
          for (const auto& tag : tags->get_object())
            if (tag.key().starts_with(begins)) return end(std::string(tag.key()), then);
        then();
      },
      then);
}

}  // namespace sigap::media
