// Deterministic random numbers for the simulator: the same on every machine, so integers only (no <random>
// distributions, whose results the standard leaves open, and no logarithm of a maths library).
// Sources: SplitMix64, Steele, Lea and Flood 2014; exponential variates, von Neumann 1951.
#pragma once
#include <cstdint>

#include "base/time.h"

namespace sigap::sim {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// 0 .. n-1
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n)); }
  bool chance(std::int64_t percent) { return below(100) < percent; }
  Duration between(Duration least, Duration most) { return {least.ms + below(most.ms - least.ms + 1)}; }

  /// Exponentially distributed, of this mean: waits between calls of a crowd, talks, patience. At least 1 ms.
  Duration exponential(Duration mean) {
    // A run of falling uniforms u1 > u2 > ... > un <= un+1: n odd accepts u1, n even adds 1 and tries again.
    for (std::int64_t whole = 0;; ++whole) {
      const std::uint64_t first = next() >> 33;  // 31 bits
      std::uint64_t last = first;
      bool odd = true;
      for (std::uint64_t u = next() >> 33; u < last; u = next() >> 33) {
        last = u;
        odd = !odd;
      }
      if (!odd) continue;
      const std::int64_t ms =
          whole * mean.ms + static_cast<std::int64_t>((first * static_cast<std::uint64_t>(mean.ms)) >> 31);
      return {ms < 1 ? 1 : ms};
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace sigap::sim
