#include "process/watchdog.h"

#include <utility>

namespace sigap::process {
Vitality Watchdog::look(const Sighting& seen) {
  const auto before = std::exchange(before_, seen.process);
  if (seen.answered) {
    still_ = deaf_ = 0;
    return Vitality::alive;
  }
  if (seen.process && seen.process->ended) return Vitality::dead;
  if (seen.since_last > kLate) return Vitality::slow;
  if (!seen.process) {
    still_ += seen.refused ? kRefused_looks : 1;
  } else if (!before) {
    return Vitality::slow;  // what it does is seen from now on
  } else {
    const auto worked_ms = seen.process->worked.ms - before->worked.ms;
    const auto waited_ms = seen.process->waited.ms - before->waited.ms;
    constexpr std::int64_t kQuarter = 4, kNothing = 20;  // parts of the time between two looks; own
    if (waited_ms * kQuarter >= seen.since_last.ms) return Vitality::slow;
    if (!seen.process->wants && (worked_ms + waited_ms) * kNothing < seen.since_last.ms)
      ++still_;
    else
      still_ = 0;
    ++deaf_;
  }
  return still_ >= kStillIsDeath_looks || deaf_ >= kDeafIsDeath_looks ? Vitality::dead : Vitality::slow;
}

}  // namespace sigap::process
