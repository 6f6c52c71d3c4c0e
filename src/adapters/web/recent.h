// A table that forgets what was touched longest ago when it is full: what strangers fill must be bounded.
#pragma once
#include <list>
#include <map>
#include <string>
#include <utility>

namespace sigap::web {

template <class Value>
class Recent {
 public:
  explicit Recent(std::size_t most) : most_(most) {}

  Value* find(const std::string& key) {
    const auto it = places_.find(key);
    return it == places_.end() ? nullptr : &it->second->second;
  }
  /// The value of `key`, made if need be, and now the most recent.
  Value& touch(const std::string& key) {
    if (const auto it = places_.find(key); it != places_.end()) {
      order_.splice(order_.begin(), order_, it->second);
      return it->second->second;
    }
    if (order_.size() >= most_) {
      places_.erase(order_.back().first);
      order_.pop_back();
    }
    order_.emplace_front(key, Value{});
    places_[key] = order_.begin();
    return order_.front().second;
  }
  void erase(const std::string& key) {
    const auto it = places_.find(key);
    if (it == places_.end()) return;
    order_.erase(it->second);
    places_.erase(it);
  }
  std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Value>>;
  std::size_t most_;
  Order order_;
  std::map<std::string, typename Order::iterator> places_;
};

}  // namespace sigap::web
