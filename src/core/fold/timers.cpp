#include <utility>

#include "core/state.h"

namespace sigap::core {

void Timers::set(TimerKind kind, std::int64_t id, Instant at) {
  auto& its = by_kind[kind];
  const auto it = its.find(id);
  if (it == its.end()) {
    its[id] = at;
    by_time.insert({at, kind, id});
  } else {
    auto node = by_time.extract({it->second, kind, id});
    it->second = node.value().at = at;
    by_time.insert(std::move(node));
  }
}

void Timers::clear(TimerKind kind, std::int64_t id) {
  const auto its = by_kind.find(kind);
  if (its == by_kind.end()) return;
  const auto it = its->second.find(id);
  if (it == its->second.end()) return;
  by_time.erase({it->second, kind, id});
  its->second.erase(it);
}

std::optional<Instant> Timers::due(TimerKind kind, std::int64_t id) const {
  const auto its = by_kind.find(kind);
  if (its == by_kind.end()) return std::nullopt;
  const auto it = its->second.find(id);
  return it == its->second.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace sigap::core
