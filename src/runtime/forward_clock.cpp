#include "runtime/forward_clock.h"

#include <algorithm>

namespace sigap::runtime {

ForwardClock::ForwardClock(std::function<Instant()> wall, std::function<Instant()> steady)
    : wall_(std::move(wall)), steady_(std::move(steady)), tenths_(wall_().ms * 10), read_(steady_()) {}

Instant ForwardClock::now() {
  const std::lock_guard lock(mutex_);
  return now_locked();
}

void ForwardClock::not_before(Instant written) {
  const std::lock_guard lock(mutex_);
  if (written > now_locked()) tenths_ = written.ms * 10;
}

Instant ForwardClock::now_locked() {
  const Instant steady = steady_();
  const auto passed = std::max<std::int64_t>(0, (steady - read_).ms);
  tenths_ = std::clamp(wall_().ms * 10, tenths_ + passed * 9, tenths_ + passed * 20);
  read_ = steady;
  return {tenths_ / 10};
}

}  // namespace sigap::runtime
