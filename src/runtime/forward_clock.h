// Wall time that never goes back and never stands still, for timers that people wait for: where the wall clock is
// behind what was written before (it was set back, or another machine's was ahead), time goes on at nine tenths of its
// speed until the wall clock has caught up. Thread-safe.
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
  Instant from_, steady_from_;  ///< the last moment that was the wall clock's, or was written
};

}  // namespace sigap::runtime
