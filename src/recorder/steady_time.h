// The system's clock without its leaps: a recording's time never goes back, stands still or jumps ahead of the sound.
// Where the system's clock stands behind, ours goes on at nine tenths of its speed; where it stands ahead, at twice its
// speed. Pure: both clocks are given.
#pragma once
#include <algorithm>

#include "base/time.h"

namespace sigap::recorder {

class SteadyTime {
 public:
  SteadyTime(Instant system, Duration steady) : now_(system), steady_(steady) {}
  /// `steady`: of a clock that only counts on.
  Instant look(Instant system, Duration steady) {
    const auto passed = std::max<std::int64_t>(0, steady.ms - steady_.ms);
    if (passed < kStep.ms) return now_ + Duration{passed};
    steady_ = steady;
    now_ = {std::clamp(system.ms, now_.ms + passed * 9 / 10, now_.ms + passed * 2)};
    return now_;
  }

 private:
  static constexpr Duration kStep = milliseconds(100);  ///< what nine tenths of can be told in milliseconds; own
  Instant now_;
  Duration steady_;
};

}  // namespace sigap::recorder
