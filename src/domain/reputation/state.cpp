#include "domain/reputation/state.h"

#include <algorithm>
#include <bit>

namespace sigap::reputation {

std::int64_t points_at(const Reputation& s, Instant at) {
  if (at >= s.gone) return 0;
  const auto passed = std::max<std::int64_t>(0, (at - s.since).ms);
  const auto left = s.points >> (passed / kHalfLife.ms);
  return left - left * (passed % kHalfLife.ms) / (2 * kHalfLife.ms);
}

void State::forget(CallerRef caller) {
  const auto it = numbers.find(caller);
  if (it == numbers.end()) return;
  by_end.erase({it->second.gone, caller});
  numbers.erase(it);
}

void State::apply(const NumberMarked& e, Instant at, std::size_t numbers_max) {
  while (!by_end.empty() && by_end.begin()->first <= at) forget(by_end.begin()->second);
  if (numbers.size() >= numbers_max && !numbers.contains(e.caller)) forget(by_end.begin()->second);
  const auto [it, fresh] = numbers.try_emplace(e.caller);
  Reputation& s = it->second;
  if (!fresh) by_end.erase({s.gone, e.caller});
  const bool prank = e.mark == Mark::prank;
  s.points = std::min(kPointsMax, points_at(s, at) + (prank ? kPrankPoints : kGhostPoints));
  s.since = at;
  s.pranks += prank;
  s.ghosts += !prank;
  // So many halvings leave nothing.
  s.gone =
      at + Duration{kHalfLife.ms * static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(s.points)))};
  by_end.insert(by_end.end(), {s.gone, e.caller});  // most are forgotten after those before
}

void State::apply(const NumberCleared& e) {
  forget(e.caller);
}

const Reputation* State::find(CallerRef caller, Instant at) const {
  const auto it = numbers.find(caller);
  return it == numbers.end() || at >= it->second.gone ? nullptr : &it->second;
}

bool State::doubted(CallerRef caller, Instant at) const {
  const auto* s = find(caller, at);
  return s && points_at(*s, at) >= kDoubtedFrom_points;
}

}  // namespace sigap::reputation
