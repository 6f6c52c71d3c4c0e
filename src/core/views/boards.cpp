// The board of each station, counted once for all screens.
#include <tuple>

#include "core/views/attendance.h"
#include "core/views/shown.h"

namespace sigap::core::views {

Boards::Boards(const State& state) : state_(state) {
  for (const auto& [id, since] : state.calls.waiting) {
    const auto& call = *state.calls.find(id);
    auto& c = counted_[call.home];
    ++c.waiting_home;
    if (!c.longest_since || call.arrived < *c.longest_since) c.longest_since = call.arrived;
    const auto& indexes = state.indexes;
    if (!indexes.unheard.holds(id) && !indexes.second_ring.holds(id)) continue;
    if (!unserved_since_ || call.arrived < *unserved_since_) unserved_since_ = call.arrived;
  }
  for (const auto& [id, op] : state.people.operators) {
    auto& c = counted_[state.people.person(id)->station];
    c.ready += op.state == people::OperatorState::ready;
    c.talking += op.state == people::OperatorState::talking;
  }
}

BoardCard Boards::counted(const View& v) const {
  const auto& station = v.viewer.station;
  BoardCard c;
  const auto add = [&](const BoardCard& its) {
    c.waiting_home += its.waiting_home;
    c.ready += its.ready;
    c.talking += its.talking;
    if (its.longest_since && (!c.longest_since || *its.longest_since < *c.longest_since))
      c.longest_since = its.longest_since;
  };
  // Who supervises is told of everything below them, too.
  const bool all = v.viewer.role == people::Role::supervisor && state_.indexes.below.contains(station);
  const auto counts = [&](const StationCode& at) {
    return at == station || (all && state_.stations.within(at, station));
  };
  for (const auto& [at, its] : counted_)
    if (counts(at)) add(its);
  return c;
}

std::optional<BoardCard> Boards::card(const View& v) {
  if (!is_desk(v)) return std::nullopt;
  const auto& station = v.viewer.station;
  const std::pair asked(station, v.viewer.role);
  if (const auto it = asked_for_.find(asked); it != asked_for_.end()) return it->second;
  BoardCard c = counted(v);
  c.waiting = static_cast<std::int64_t>(state_.calls.waiting.size());
  const auto& [unheard, second] = std::tie(state_.indexes.unheard, state_.indexes.second_ring);
  c.unserved = static_cast<std::int64_t>(unheard.size() + second.size());
  c.unserved_since = unserved_since_;
  if (const auto next = unheard.empty() ? second.next(station) : unheard.next(station)) {
    c.unserved_next = next;
    c.unserved_home = station_name(state_, state_.calls.find(*next)->home);
  }
  const auto there = attendance(state_, state_.indexes, station);
  c.rostered = static_cast<std::int64_t>(there.rostered.size());
  c.missing = static_cast<std::int64_t>(there.missing.size());
  c.beyond = static_cast<std::int64_t>(there.beyond.size());
  c.gap = there.gap;
  if (state_.quality && state_.quality->passed > 0) c.reviews_passed = state_.quality->passed;
  asked_for_.emplace(asked, c);
  return c;
}

}  // namespace sigap::core::views
