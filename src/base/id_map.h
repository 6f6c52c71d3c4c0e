// A map by ids that the core hands out in rising order: found in two steps where a tree takes ten and more, each of
// them a piece of memory that is far away. Iterates in the order of the ids, as std::map does; reads like std::map.
// Invariants: what is in it keeps its address until it is erased; a page that holds nothing is given back; the ids in
// it lie less than `kSpan` apart.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/ids.h"

namespace sigap {

template <class Id, class T>
class IdMap {
 public:
  using value_type = std::pair<const Id, T>;

  /// Of the lowest to the highest id: fourteen years of 200,000 calls a day. The index takes a byte for
  /// eight ids from the oldest that is left to the newest.
  static constexpr std::int64_t kSpan = std::int64_t{1} << 30;

 private:
  static constexpr std::size_t kEntries = 64;  ///< a bit of `used` each
  static constexpr int kShift = std::countr_zero(kEntries);
  static constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();  ///< no id: where iteration ends

  struct Page {
    std::uint64_t used = 0;
    std::array<std::unique_ptr<value_type>, kEntries> entries;

    bool has(std::size_t slot) const { return used >> slot & 1; }
  };

  template <class Value>
  class Iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = IdMap::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = Value*;
    using reference = Value&;

    Iterator() = default;
    Iterator(const IdMap* map, std::int64_t at) : map_(map), at_(at) {}
    operator Iterator<const Value>() const { return {map_, at_}; }  // NOLINT: as a container's
    Value& operator*() const { return *map_->entry(at_); }
    Value* operator->() const { return map_->entry(at_); }
    Iterator& operator++() { return at_ = map_->next(at_ + 1), *this; }
    Iterator operator++(int) { return {map_, std::exchange(at_, map_->next(at_ + 1))}; }
    Iterator& operator--() { return at_ = map_->previous(at_), *this; }
    Iterator operator--(int) { return {map_, std::exchange(at_, map_->previous(at_))}; }
    bool operator==(const Iterator& o) const { return at_ == o.at_; }

   private:
    friend class IdMap;
    const IdMap* map_ = nullptr;
    std::int64_t at_ = kEnd;
  };

 public:
  using iterator = Iterator<value_type>;
  using const_iterator = Iterator<const value_type>;

  IdMap() = default;
  IdMap(const IdMap& o) {
    for (const auto& [id, value] : o) emplace(id, value);
  }
  IdMap(IdMap&& o) noexcept { swap(o); }
  IdMap& operator=(IdMap o) noexcept {
    swap(o);
    return *this;
  }
  void swap(IdMap& o) noexcept {
    std::swap(pages_, o.pages_);
    std::swap(first_, o.first_);
    std::swap(empty_, o.empty_);
    std::swap(size_, o.size_);
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  iterator begin() { return {this, next(first_ << kShift)}; }
  iterator end() { return {this, kEnd}; }
  const_iterator begin() const { return {this, next(first_ << kShift)}; }
  const_iterator end() const { return {this, kEnd}; }
  auto rbegin() { return std::reverse_iterator(end()); }
  auto rend() { return std::reverse_iterator(begin()); }
  auto rbegin() const { return std::reverse_iterator(end()); }
  auto rend() const { return std::reverse_iterator(begin()); }

  iterator find(Id id) { return {this, has(number(id)) ? number(id) : kEnd}; }
  const_iterator find(Id id) const { return {this, has(number(id)) ? number(id) : kEnd}; }
  bool contains(Id id) const { return has(number(id)); }
  /// Only of what is there.
  T& at(Id id) { return checked(id)->second; }
  const T& at(Id id) const { return checked(id)->second; }
  T& operator[](Id id) { return emplace(id).first->second; }

  /// Leaves what is there. The id must fit in the span.
  template <class... A>
  std::pair<iterator, bool> emplace(Id id, A&&... with) {
    const auto at = number(id);
    SIGAP_CHECK(fits(id));
    Page& page = page_for(at >> kShift);
    const bool fresh = !page.has(slot(at));
    if (fresh) {
      page.entries[slot(at)] = std::make_unique<value_type>(std::piecewise_construct, std::forward_as_tuple(id),
                                                            std::forward_as_tuple(std::forward<A>(with)...));
      page.used |= std::uint64_t{1} << slot(at);
      ++size_;
    }
    return {{this, at}, fresh};
  }
  std::pair<iterator, bool> insert_or_assign(Id id, T value) {
    auto done = emplace(id);
    done.first->second = std::move(value);
    return done;
  }
  /// Whether an id may be put in beside those that are there.
  bool fits(Id id) const {
    const auto at = number(id);
    if (at < 0) return false;
    const auto last = first_ + static_cast<std::int64_t>(pages_.size());
    return pages_.empty() || (at - (first_ << kShift) < kSpan && (last << kShift) - at <= kSpan);
  }

  std::size_t erase(Id id) {
    const auto at = number(id);
    if (!has(at)) return 0;
    remove(at);
    return 1;
  }
  iterator erase(const_iterator it) {
    remove(it.at_);
    return {this, next(it.at_)};
  }
  void clear() {
    pages_.clear();
    first_ = 0;
    size_ = empty_ = 0;
  }

  iterator lower_bound(Id id) { return {this, next(number(id))}; }
  const_iterator lower_bound(Id id) const { return {this, next(number(id))}; }
  iterator upper_bound(Id id) { return {this, next(number(id) + 1)}; }
  const_iterator upper_bound(Id id) const { return {this, next(number(id) + 1)}; }

  bool operator==(const IdMap& o) const { return size_ == o.size_ && std::equal(begin(), end(), o.begin()); }

 private:
  static std::int64_t number(Id id) {
    if constexpr (requires { id.value; })
      return id.value;
    else
      return id;
  }
  static std::size_t slot(std::int64_t at) { return static_cast<std::size_t>(at) & (kEntries - 1); }

  Page* page_of(std::int64_t at) const {
    const auto index = static_cast<std::uint64_t>((at >> kShift) - first_);
    return index < pages_.size() ? pages_[index].get() : nullptr;
  }
  bool has(std::int64_t at) const {
    const auto* page = page_of(at);
    return page && page->has(slot(at));
  }
  value_type* entry(std::int64_t at) const { return page_of(at)->entries[slot(at)].get(); }
  value_type* checked(Id id) const {
    auto* page = page_of(number(id));
    SIGAP_CHECK(page && page->has(slot(number(id))));
    return page->entries[slot(number(id))].get();
  }

  /// The first id there from `at` on, or kEnd.
  std::int64_t next(std::int64_t at) const {
    at = std::max(at, first_ << kShift);
    for (auto index = static_cast<std::size_t>((at >> kShift) - first_); index < pages_.size();
         ++index, at = (first_ + static_cast<std::int64_t>(index)) << kShift) {
      if (!pages_[index]) continue;
      if (const auto left = pages_[index]->used >> slot(at)) return at + std::countr_zero(left);
    }
    return kEnd;
  }
  /// The last id there before `at`; there is one.
  std::int64_t previous(std::int64_t at) const {
    if (at == kEnd) at = (first_ + static_cast<std::int64_t>(pages_.size())) << kShift;
    for (--at;; at = (at >> kShift << kShift) - 1) {
      const auto* page = page_of(at);
      if (!page) continue;
      const auto left = page->used << (63 - slot(at));
      if (left) return at - std::countl_zero(left);
    }
  }

  Page& page_for(std::int64_t number) {
    if (pages_.empty()) first_ = number;
    if (number < first_) {
      const auto more = static_cast<std::size_t>(first_ - number);
      std::vector<std::unique_ptr<Page>> wider(more + pages_.size());
      std::move(pages_.begin(), pages_.end(), wider.begin() + static_cast<std::ptrdiff_t>(more));
      pages_ = std::move(wider);
      first_ = number;
      empty_ = 0;
    }
    const auto index = static_cast<std::size_t>(number - first_);
    if (index >= pages_.size()) pages_.resize(index + 1);
    if (!pages_[index]) pages_[index] = std::make_unique<Page>();
    empty_ = std::min(empty_, index);
    return *pages_[index];
  }

  void remove(std::int64_t at) {
    Page& page = *page_of(at);
    page.entries[slot(at)].reset();
    page.used &= ~(std::uint64_t{1} << slot(at));
    --size_;
    if (page.used == 0) give_back(at >> kShift);
  }
  /// The oldest are done with first: their pages are cut off when that halves the index, those at the end at once.
  void give_back(std::int64_t number) {
    pages_[static_cast<std::size_t>(number - first_)].reset();
    while (!pages_.empty() && !pages_.back()) pages_.pop_back();
    empty_ = std::min(empty_, pages_.size());
    while (empty_ < pages_.size() && !pages_[empty_]) ++empty_;
    if (empty_ * 2 <= pages_.size()) return;
    pages_.erase(pages_.begin(), pages_.begin() + static_cast<std::ptrdiff_t>(empty_));
    first_ += static_cast<std::int64_t>(empty_);
    empty_ = 0;
  }

  std::vector<std::unique_ptr<Page>> pages_;
  std::int64_t first_ = 0;  ///< the number of the first page
  std::size_t empty_ = 0;   ///< so many at the front hold nothing
  std::size_t size_ = 0;
};

/// As std::erase_if.
template <class Id, class T, class Predicate>
std::size_t erase_if(IdMap<Id, T>& map, Predicate out) {
  const auto before = map.size();
  for (auto it = map.begin(); it != map.end();) it = out(*it) ? map.erase(it) : std::next(it);
  return before - map.size();
}

}  // namespace sigap
