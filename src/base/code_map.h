// A map by codes (stations, legs): found by a hash in a step or two, where a tree takes ten and more and reads a text
// that is far away at each. Iterates in the order of the codes, as std::map does; reads like std::map.
// Invariants: what is in it keeps its address until it is erased; the hash decides where a code is looked for and
// nothing else, so nobody sees it. For codes that we name ourselves: no stranger can choose them to collide.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/ids.h"

namespace sigap {

template <class Code, class T>
class CodeMap {
  using Tree = std::map<Code, T>;

 public:
  using value_type = typename Tree::value_type;
  using iterator = typename Tree::iterator;
  using const_iterator = typename Tree::const_iterator;

  CodeMap() = default;
  CodeMap(const CodeMap& o) : tree_(o.tree_) { index_all(); }
  CodeMap(CodeMap&& o) noexcept { swap(o); }
  CodeMap& operator=(CodeMap o) noexcept {
    swap(o);
    return *this;
  }
  void swap(CodeMap& o) noexcept {
    tree_.swap(o.tree_);
    slots_.swap(o.slots_);
  }

  bool empty() const { return tree_.empty(); }
  std::size_t size() const { return tree_.size(); }
  iterator begin() { return tree_.begin(); }
  iterator end() { return tree_.end(); }
  const_iterator begin() const { return tree_.begin(); }
  const_iterator end() const { return tree_.end(); }

  iterator find(const Code& code) {
    const auto* slot = slot_of(code);
    return slot ? slot->entry : tree_.end();
  }
  const_iterator find(const Code& code) const {
    const auto* slot = slot_of(code);
    return slot ? const_iterator(slot->entry) : tree_.end();
  }
  bool contains(const Code& code) const { return slot_of(code) != nullptr; }
  /// Only of what is there.
  T& at(const Code& code) { return checked(code)->second; }
  const T& at(const Code& code) const { return checked(code)->second; }
  T& operator[](const Code& code) { return emplace(code).first->second; }

  /// Leaves what is there.
  template <class... A>
  std::pair<iterator, bool> emplace(const Code& code, A&&... with) {
    if (const auto* slot = slot_of(code)) return {slot->entry, false};
    const auto done = tree_.try_emplace(code, std::forward<A>(with)...);
    if (tree_.size() * 2 > slots_.size())
      index_all();
    else
      index(done.first);
    return done;
  }

  std::size_t erase(const Code& code) {
    const auto it = find(code);
    if (it == end()) return 0;
    erase(it);
    return 1;
  }
  iterator erase(iterator it) {
    free(place_of(it->first));
    return tree_.erase(it);
  }
  void clear() {
    tree_.clear();
    slots_.clear();
  }

  bool operator==(const CodeMap& o) const { return tree_ == o.tree_; }

 private:
  /// `mark` is of the hash, 0 where nothing is: a slot of another code is passed over without reading its text.
  struct Slot {
    std::uint32_t mark = 0;
    iterator entry;
  };

  static std::uint64_t hash_of(std::string_view text) {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio: Knuth, TAOCP 3, 6.4
    constexpr std::size_t kStep = sizeof(std::uint64_t);
    std::uint64_t hash = text.size();
    const auto mix = [&](const char* from, std::size_t count) {
      std::uint64_t step = 0;
      std::memcpy(&step, from, count);
      hash = (hash ^ step) * kOdd;
      hash ^= hash >> 32;
    };
    std::size_t i = 0;
    for (; i + kStep < text.size(); i += kStep) mix(text.data() + i, kStep);
    mix(text.data() + i, text.size() - i);
    return hash;
  }
  static std::uint32_t mark_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32) | 1; }

  std::size_t wrapped(std::size_t place) const { return place & (slots_.size() - 1); }
  /// Where the code is, or the free slot where it would be. Only while there are slots: half of them are free.
  std::size_t place_of(const Code& code) const {
    const auto hash = hash_of(code.value);
    auto place = wrapped(hash);
    while (slots_[place].mark && !(slots_[place].mark == mark_of(hash) && slots_[place].entry->first == code))
      place = wrapped(place + 1);
    return place;
  }
  const Slot* slot_of(const Code& code) const {
    if (slots_.empty()) return nullptr;
    const auto& slot = slots_[place_of(code)];
    return slot.mark ? &slot : nullptr;
  }
  iterator checked(const Code& code) const {
    const auto* slot = slot_of(code);
    SIGAP_CHECK(slot);
    return slot->entry;
  }

  void index(iterator entry) { slots_[place_of(entry->first)] = {mark_of(hash_of(entry->first.value)), entry}; }
  void index_all() {
    std::size_t room = 8;
    while (room < tree_.size() * 4) room *= 2;
    slots_.assign(room, {});
    for (auto entry = tree_.begin(); entry != tree_.end(); ++entry) index(entry);
  }
  /// Whoever was pushed on by it moves back, so that no search ends too early.
  void free(std::size_t hole) {
    for (auto place = wrapped(hole + 1); slots_[place].mark; place = wrapped(place + 1)) {
      const auto home = wrapped(hash_of(slots_[place].entry->first.value));
      if (wrapped(place - home) < wrapped(place - hole)) continue;
      slots_[hole] = slots_[place];
      hole = place;
    }
    slots_[hole] = {};
  }

  Tree tree_;
  std::vector<Slot> slots_;  ///< a power of two; at most half of them taken
};

}  // namespace sigap
