#include "adapters/media/watchdog.h"

#include <utility>

namespace sigap::media {
Vitality Watchdog::look(const Signs& signs) {
  const auto before = std::exchange(before_, signs.process);
  if (signs.answered) {
    still_ = deaf_ = 0;
    return Vitality::alive;
  }
  if (signs.process && signs.process->ended) return Vitality::dead;
  if (signs.since_last > kLate) return Vitality::slow;
  if (!signs.process) {
    still_ += signs.refused ? kRefused_looks : 1;
  } else if (!before) {
    return Vitality::slow;  // what it does is seen from now on
  } else {
    const auto worked_ms = signs.process->worked.ms - before->worked.ms;
    const auto waited_ms = signs.process->waited.ms - before->waited.ms;
    constexpr std::int64_t kQuarter = 4, kNothing = 20;  // parts of the time between two looks; own
    if (waited_ms * kQuarter >= signs.since_last.ms) return Vitality::slow;
    if (!signs.process->wants && (worked_ms + waited_ms) * kNothing < signs.since_last.ms)
      ++still_;
    else
      still_ = 0;
    ++deaf_;
  }
  return still_ >= kStillIsDeath_looks || deaf_ >= kDeafIsDeath_looks ? Vitality::dead : Vitality::slow;
}

}  // namespace sigap::media
