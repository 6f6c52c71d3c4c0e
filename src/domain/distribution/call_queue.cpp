#include "domain/distribution/call_queue.h"

namespace sigap::distribution {

void CallQueue::put(const Waiting& waiting, const StationCode& home) {
  Waiting local = waiting, anywhere = waiting;
  local.local = true;
  anywhere.local = false;
  Place place{order_of(anywhere), order_of(local), home};
  if (const auto it = places_.find(waiting.call); it != places_.end()) {
    if (it->second == place) return;
    remove(waiting.call);
  }
  all_.insert(place.order);
  by_home_[home].insert(place.local_order);
  places_.emplace(waiting.call, std::move(place));
}

void CallQueue::remove(CallId call) {
  const auto it = places_.find(call);
  if (it == places_.end()) return;
  all_.erase(it->second.order);
  const auto home = by_home_.find(it->second.home);
  home->second.erase(it->second.local_order);
  if (home->second.empty()) by_home_.erase(home);
  places_.erase(it);
}

std::optional<CallId> CallQueue::next(const StationCode& station) const {
  if (all_.empty()) return std::nullopt;
  const auto& anywhere = *all_.begin();
  const auto home = by_home_.find(station);
  if (home == by_home_.end()) return anywhere.call;
  return std::min(anywhere, *home->second.begin()).call;
}

}  // namespace sigap::distribution
