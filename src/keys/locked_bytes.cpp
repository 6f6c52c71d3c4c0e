#include "keys/locked_bytes.h"

#include <sodium.h>

#include <map>
#include <mutex>
#include <vector>

#include "base/check.h"

namespace sigap::keys {
namespace {

// 16 pages less sodium_malloc's canary: 2,047 keys. Each region costs three pages more, which are not locked; own.
constexpr std::size_t kRegion_bytes = std::size_t{16} * 4096 - 16;

class Pool {
 public:
  Pool() { SIGAP_CHECK(sodium_init() >= 0); }

  unsigned char* take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    auto& free = free_[bytes];
    if (free.empty()) add_region(bytes, free);
    auto* place = free.back();
    free.pop_back();
    return place;
  }
  void give_back(unsigned char* place, std::size_t bytes) {
    sodium_memzero(place, bytes);
    const std::lock_guard lock(mutex_);
    free_[bytes].push_back(place);  // there is room: it was taken from there
  }
  void when_not_locked(std::function<void()> told) {
    bool now = false;
    {
      const std::lock_guard lock(mutex_);
      now = std::exchange(untold_, false);
      if (!now && !tell_) tell_ = std::move(told);
    }
    if (now) told();
  }

 private:
  void add_region(std::size_t bytes, std::vector<unsigned char*>& free) {
    auto* region = static_cast<unsigned char*>(sodium_malloc(kRegion_bytes));
    SIGAP_CHECK(region != nullptr);
    // sodium_malloc goes on where it could not lock, and does not say so: asked again, it is said.
    if (sodium_mlock(region, kRegion_bytes) != 0) {
      if (tell_)
        std::exchange(tell_, [] {})();
      else
        untold_ = true;
    }
    sodium_memzero(region, kRegion_bytes);
    const auto count = kRegion_bytes / bytes;
    regions_ += count;
    free.reserve(regions_);
    for (std::size_t n = count; n-- > 0;) free.push_back(region + n * bytes);
  }

  std::mutex mutex_;
  std::map<std::size_t, std::vector<unsigned char*>> free_;
  std::size_t regions_ = 0;  ///< places of all sizes
  std::function<void()> tell_;
  bool untold_ = false;
};

/// Never destroyed: keys may outlive everything else. What the process ends with is gone with its memory.
Pool& pool() {
  static Pool& the_pool = *new Pool;
  return the_pool;
}

}  // namespace

unsigned char* take_locked(std::size_t bytes) {
  return pool().take(bytes);
}

void give_back_locked(unsigned char* place, std::size_t bytes) noexcept {
  pool().give_back(place, bytes);
}

void when_not_locked(std::function<void()> told) {
  pool().when_not_locked(std::move(told));
}

}  // namespace sigap::keys
