// How many messages a socket may bring: a bucket of `burst` that fills by `per_second`. Pure; one socket, one thread.
#pragma once
#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace sigap::web {

class MessageBudget {
 public:
  MessageBudget(std::int64_t per_second, std::int64_t burst, Instant now)
      : per_second_(per_second), most_(burst * 1000), left_(most_), at_(now) {}

  /// False: one too many.
  bool take(Instant now) {
    left_ = std::min(most_, left_ + (now - at_).ms * per_second_);
    at_ = now;
    if (left_ < 1000) return false;
    left_ -= 1000;
    return true;
  }

 private:
  std::int64_t per_second_;
  std::int64_t most_;  ///< thousandths of a message
  std::int64_t left_;
  Instant at_;
};

}  // namespace sigap::web
