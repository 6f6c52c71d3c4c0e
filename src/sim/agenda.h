// What is going to happen in a simulation, by time; what falls on the same moment keeps the order in which it was put.
// A nation's day is millions of items, most of them for the next seconds: the current second has a place for each
// millisecond, what is later lies unsorted by its second.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <boost/function.hpp>
#include <cstdint>
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
  /// Boost's keeps three words in itself, the standard library's two: who, which one and when is three.
  using What = boost::function<void()>;

  void at(Instant when, What what) {
    const auto ms = when.ms;
    if (ms < last_ms_)
      late_.emplace(ms, std::move(what));
    else if (second_of(ms) != second_)
      later_[second_of(ms)].push_back({ms, std::move(what)});
    else
      put(ms, std::move(what));
  }
  /// When the next one happens, if any.
  std::optional<Instant> next() const {
    if (!late_.empty()) return Instant{late_.begin()->first};
    if (here_ > 0) return Instant{first_here()};
    if (later_.empty()) return std::nullopt;
    auto first_ms = std::numeric_limits<std::int64_t>::max();
    for (const auto& [ms, what] : later_.begin()->second) first_ms = std::min(first_ms, ms);
    return Instant{first_ms};
  }
  /// Only when there is one.
  What take() {
    if (!late_.empty()) return std::move(late_.extract(late_.begin()).mapped());
    if (here_ == 0) turn_to_next_second();
    last_ms_ = first_here();
    const auto slot = slot_of(last_ms_);
    auto& moment = moments_[slot];
    auto what = std::move(moment.items[moment.taken]);
    --here_;
    if (++moment.taken == moment.items.size()) {
      moment.items.clear();
      moment.taken = 0;
      used_[slot / 64] &= ~(std::uint64_t{1} << slot % 64);
    }
    return what;
  }

 private:
  static constexpr std::size_t kMoments = 1024;  ///< a power of two, near a second

  struct Moment {
    std::vector<What> items;
    std::size_t taken = 0;
  };

  static std::int64_t second_of(std::int64_t ms) { return ms / static_cast<std::int64_t>(kMoments); }
  static std::size_t slot_of(std::int64_t ms) { return static_cast<std::size_t>(ms) % kMoments; }

  void put(std::int64_t ms, What what) {
    const auto slot = slot_of(ms);
    moments_[slot].items.push_back(std::move(what));
    used_[slot / 64] |= std::uint64_t{1} << slot % 64;
    ++here_;
  }
  /// Nothing is left before the last taken.
  std::int64_t first_here() const {
    auto slot = second_of(last_ms_) == second_ ? slot_of(last_ms_) : 0;
    auto left = used_[slot / 64] >> slot % 64 << slot % 64;
    for (slot /= 64; left == 0; left = used_[++slot]) SIGAP_CHECK(slot + 1 < used_.size());
    return second_ * static_cast<std::int64_t>(kMoments) + static_cast<std::int64_t>(slot * 64) +
           std::countr_zero(left);
  }
  /// In the order in which they were put: all of them before any that is put from now on.
  void turn_to_next_second() {
    SIGAP_CHECK(!later_.empty());
    const auto next = later_.begin();
    second_ = next->first;
    for (auto& [ms, what] : next->second) put(ms, std::move(what));
    later_.erase(next);
  }

  std::array<Moment, kMoments> moments_;
  std::array<std::uint64_t, kMoments / 64> used_{};  ///< which moments have something
  std::size_t here_ = 0;                             ///< items of the current second
  std::int64_t second_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t last_ms_ = 0;
  IdMap<std::int64_t, std::vector<std::pair<std::int64_t, What>>> later_;
  std::multimap<std::int64_t, What> late_;  ///< before what was taken last: comes next
};

}  // namespace sigap::sim
