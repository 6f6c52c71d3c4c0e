// What is going to happen in a simulation, by time; what falls on the same moment keeps the order in which it was put.
#pragma once
#include <algorithm>
#include <functional>
#include <vector>

#include "base/time.h"

namespace sigap::sim {

class Agenda {
 public:
  void at(Instant when, std::function<void()> what) {
    items_.push_back({when, ++count_, std::move(what)});
    std::push_heap(items_.begin(), items_.end(), later);
  }
  bool empty() const { return items_.empty(); }
  /// Only when not empty.
  Instant next() const { return items_.front().when; }
  std::function<void()> take() {
    std::pop_heap(items_.begin(), items_.end(), later);
    auto what = std::move(items_.back().what);
    items_.pop_back();
    return what;
  }

 private:
  struct Item {
    Instant when;
    std::uint64_t order = 0;
    std::function<void()> what;
  };
  static bool later(const Item& a, const Item& b) { return a.when != b.when ? a.when > b.when : a.order > b.order; }
  std::vector<Item> items_;
  std::uint64_t count_ = 0;
};

}  // namespace sigap::sim
