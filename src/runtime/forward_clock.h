// Wall time that never goes back, stands still or jumps, for timers that people wait for: where the wall clock is
// behind what was written before (it was set back, or another machine's was ahead), time goes on at nine tenths of its
// speed until the wall clock has caught up; where it was set forward, at twice its speed until time has. So a ring of
// ten seconds never lasts less than five, whatever is done to the clock. Thread-safe.
#pragma once
#include <functional>
#include <mutex>

#include "base/time.h"

namespace sigap::runtime {

class ForwardClock {
 public:
  /// `steady` counts from anywhere and is never set.
  ForwardClock(std::function<Instant()> wall, std::function<Instant()> steady);
  Instant now();
  /// What was written last: time goes on from there.
  void not_before(Instant written);

 private:
  Instant now_locked();

  std::function<Instant()> wall_, steady_;
  std::mutex mutex_;
  std::int64_t tenths_;  ///< of a millisecond: what was said last; whole ones would stand still when read often
  Instant read_;         ///< the steady clock then
};

}  // namespace sigap::runtime
