// Key material in memory that is locked (never in swap), left out of core dumps, and wiped when it is given back.
// Where the system locks no more (RLIMIT_MEMLOCK) the rest still holds, and whoever asked is told once: a line that
// answers with keys that may be swapped is worth more than one that does not answer.
// Source: libsodium, "Securing memory allocations" (sodium_malloc: guard pages, canary, mlock, MADV_DONTDUMP).
#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace sigap::keys {

/// From a pool of the process, zeros. Thread-safe. What was given back is wiped and given out again, never unmapped.
unsigned char* take_locked(std::size_t bytes);
void give_back_locked(unsigned char* place, std::size_t bytes) noexcept;

/// `told` is called once, on any thread, when memory could not be locked; at once when that was before.
void when_not_locked(std::function<void()> told);

/// A copy is locked as well. What was moved from holds nothing and can only be assigned to.
template <std::size_t kBytes>
class LockedBytes {
 public:
  LockedBytes() : place_(take_locked(kBytes)) {}
  LockedBytes(const LockedBytes& other) : LockedBytes() { std::copy_n(other.place_, kBytes, place_); }
  LockedBytes(LockedBytes&& other) noexcept : place_(std::exchange(other.place_, nullptr)) {}
  LockedBytes& operator=(LockedBytes other) noexcept {
    std::swap(place_, other.place_);
    return *this;
  }
  ~LockedBytes() {
    if (place_) give_back_locked(place_, kBytes);
  }

  unsigned char* data() { return place_; }
  const unsigned char* data() const { return place_; }
  static constexpr std::size_t size() { return kBytes; }

 private:
  unsigned char* place_;
};

}  // namespace sigap::keys
