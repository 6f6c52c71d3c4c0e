// What is going to happen in a simulation, by time; what falls on the same moment keeps the order in which it was put.
// A nation's day is millions of items, most of them for the next minutes: only the current span of seconds is in order,
// what is later lies unsorted by its span. So few spans are in use at a time that where they end stays in the near
// memory.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/id_map.h"
#include "base/time.h"

namespace sigap::sim {

class Agenda {
 public:
  using What = std::move_only_function<void()>;  ///< keeps three words in itself: who, which one, and of what plan

  void at(Instant when, What what) {
    const auto ms = when.ms;
    if (ms < last_ms_) {
      late_.emplace(ms, std::move(what));
    } else if (span_of(ms) == span_) {
      put(ms, here_.size());
      here_.emplace_back(ms, std::move(what));
    } else {
      later_[span_of(ms)].emplace_back(ms, std::move(what));
    }
  }
  /// When the next one happens, if any.
  std::optional<Instant> next() const {
    if (!late_.empty()) return Instant{late_.begin()->first};
    if (!order_.empty()) return Instant{here_[order_.front().second].first};
    if (later_.empty()) return std::nullopt;
    auto first_ms = std::numeric_limits<std::int64_t>::max();
    for (const auto& [ms, what] : later_.begin()->second) first_ms = std::min(first_ms, ms);
    return Instant{first_ms};
  }
  /// Only when there is one.
  What take() {
    if (!late_.empty()) return std::move(late_.extract(late_.begin()).mapped());
    if (order_.empty()) turn_to_next_span();
    std::pop_heap(order_.begin(), order_.end(), std::greater<>());
    auto& [ms, what] = here_[order_.back().second];
    order_.pop_back();
    last_ms_ = ms;
    return std::move(what);
  }

 private:
  static constexpr std::int64_t kSpan_ms = 4096;  ///< quick to divide by

  /// With their times, in the order in which they were put. Nothing is moved when one more comes.
  using Items = std::deque<std::pair<std::int64_t, What>>;

  static std::int64_t span_of(std::int64_t ms) { return ms / kSpan_ms; }

  void put(std::int64_t ms, std::size_t index) {
    order_.emplace_back(ms, index);
    std::push_heap(order_.begin(), order_.end(), std::greater<>());
  }
  void turn_to_next_span() {
    SIGAP_CHECK(!later_.empty());
    const auto next = later_.begin();
    span_ = next->first;
    here_ = std::move(next->second);
    later_.erase(next);
    for (std::size_t i = 0; i < here_.size(); ++i) order_.emplace_back(here_[i].first, i);
    std::make_heap(order_.begin(), order_.end(), std::greater<>());
  }

  Items here_;                                               ///< of the current span, also those that were taken
  std::vector<std::pair<std::int64_t, std::size_t>> order_;  ///< a heap: which of them is next
  std::int64_t span_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t last_ms_ = 0;
  IdMap<std::int64_t, Items> later_;
  std::multimap<std::int64_t, What> late_;  ///< before what was taken last: comes next
};

}  // namespace sigap::sim
