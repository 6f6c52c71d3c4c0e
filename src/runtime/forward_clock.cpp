#include "runtime/forward_clock.h"

namespace sigap::runtime {

ForwardClock::ForwardClock(std::function<Instant()> wall, std::function<Instant()> steady)
    : wall_(std::move(wall)), steady_(std::move(steady)), from_(wall_()), steady_from_(steady_()) {}

Instant ForwardClock::now() {
  const std::lock_guard lock(mutex_);
  return now_locked();
}

void ForwardClock::not_before(Instant written) {
  const std::lock_guard lock(mutex_);
  if (written <= now_locked()) return;
  from_ = written;
  steady_from_ = steady_();
}

Instant ForwardClock::now_locked() {
  const Instant wall = wall_(), steady = steady_();
  const Instant least{from_.ms + (steady - steady_from_).ms * 9 / 10};
  if (wall < least) return least;
  from_ = wall;
  steady_from_ = steady;
  return wall;
}

}  // namespace sigap::runtime
