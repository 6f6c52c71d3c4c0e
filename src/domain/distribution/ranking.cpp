#include "domain/distribution/ranking.h"

#include <tuple>

namespace sigap::distribution {
namespace {

auto order(const Candidate& c) {
  const bool by_distance = c.tier == Tier::province || c.tier == Tier::nation;
  return std::tuple(c.tier, by_distance ? c.distance_m : 0, c.idle_since, c.person);
}

auto order(const Waiting& w) {
  return order_of(w);
}

template <class T>
const T* least(const std::vector<T>& items) {
  const T* best = nullptr;
  for (const T& item : items)
    if (!best || order(item) < order(*best)) best = &item;
  return best;
}

}  // namespace

WaitingOrder order_of(const Waiting& w) {
  Instant counted_since = w.local ? w.since - kLocalBonus : w.since;
  if (w.doubted && !w.urgent) counted_since = counted_since + kDoubtDelay;
  return {!w.urgent, counted_since, w.call};
}

std::optional<Candidate> best_operator(const std::vector<Candidate>& candidates) {
  const Candidate* best = least(candidates);
  return best ? std::optional(*best) : std::nullopt;
}

std::optional<CallId> next_call(const std::vector<Waiting>& waiting) {
  const Waiting* best = least(waiting);
  return best ? std::optional(best->call) : std::nullopt;
}

}  // namespace sigap::distribution
