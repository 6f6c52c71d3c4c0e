#include "adapters/media/leg_list.h"

#include <algorithm>
#include <memory>
#include <set>

namespace sigap::media {
namespace {

namespace json = boost::json;

constexpr std::size_t kAtOnce = 64;  // questions open: leaves room for calls that begin meanwhile

/// A member that is an object; nullptr otherwise.
const json::object* object_in(const json::object& outer, const char* name) {
  const auto* found = outer.if_contains(name);
  return found ? found->if_object() : nullptr;
}
const json::array* array_in(const json::object& outer, const char* name) {
  const auto* found = outer.if_contains(name);
  return found ? found->if_array() : nullptr;
}
std::int64_t number_in(const json::object& outer, const char* name) {
  const auto* found = outer.if_contains(name);
  const auto* number = found ? found->if_int64() : nullptr;
  return number ? *number : 0;
}

class Listing : public std::enable_shared_from_this<Listing> {
 public:
  Listing(NgClient& ng, std::vector<LegId> known, ListDone done)
      : ng_(ng), known_(std::move(known)), done_(std::move(done)) {}

  void begin() {
    ng_.ask({{"command", "list"}, {"limit", static_cast<std::int64_t>(kNamesMax)}},
            [self = shared_from_this()](Result<json::object> reply) {
              if (!reply) return self->done_(tl::unexpected(reply.error()));
              if (const auto* calls = array_in(*reply, "calls"))
                for (const auto& call : *calls)
                  if (const auto* name = call.if_string()) self->names_.emplace_back(*name);
              if (self->names_.size() >= kNamesMax) self->add_known();
              if (self->names_.empty()) return self->done_(std::vector<ports::LegMedia>{});
              self->open_ = std::min(kAtOnce, self->names_.size());
              for (std::size_t i = self->open_; i > 0; --i) self->ask_next();
            });
  }

 private:
  void add_known() {
    std::set<std::string> named(names_.begin(), names_.end());
    for (const auto& leg : known_)
      if (named.insert(leg.value).second) names_.push_back(leg.value);
  }
  /// One of the open lines: goes on until the names are used up.
  void ask_next() {
    if (failed_ || next_ == names_.size()) {
      if (--open_ == 0) finish();
      return;
    }
    const auto& name = names_[next_++];
    ng_.ask({{"command", "query"}, {"call-id", name}},
            [self = shared_from_this(), leg = LegId{name}](const Result<json::object>& reply) {
              if (reply)
                self->legs_.push_back({leg, last_packet_in(*reply)});
              else if (reply.error().code == "media_down")
                self->failed_ = true;
              self->ask_next();
            });
  }
  void finish() {
    if (failed_) return done_(refuse("media_down", "rtpengine went away while it was asked"));
    done_(std::move(legs_));
  }

  NgClient& ng_;
  std::vector<LegId> known_;
  ListDone done_;
  std::vector<std::string> names_;
  std::vector<ports::LegMedia> legs_;
  std::size_t next_ = 0;
  std::size_t open_ = 0;
  bool failed_ = false;
};

}  // namespace

Instant last_packet_in(const json::object& reply) {
  Instant last{0};
  const auto* tags = object_in(reply, "tags");
  const auto* caller = tags ? object_in(*tags, "caller") : nullptr;
  const auto* medias = caller ? array_in(*caller, "medias") : nullptr;
  if (!medias) return last;
  for (const auto& media : *medias) {
    const auto* streams = media.if_object() ? array_in(*media.if_object(), "streams") : nullptr;
    if (!streams || streams->empty() || !streams->front().is_object()) continue;
    const auto& rtp = streams->front().as_object();  // the second is RTCP
    const auto* stats = object_in(rtp, "stats");
    // Before the first packet it names the moment of the call's creation, in seconds.
    if (stats && number_in(*stats, "packets") > 0) last = std::max(last, {number_in(rtp, "last packet") * 1000});
  }
  return last;
}

void list_legs(NgClient& ng, std::vector<LegId> known, ListDone done) {
  std::make_shared<Listing>(ng, std::move(known), std::move(done))->begin();
}

}  // namespace sigap::media
