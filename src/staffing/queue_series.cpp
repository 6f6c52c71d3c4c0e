#include "staffing/queue_series.h"

#include <cmath>
#include <cstdint>

namespace sigap::staffing {
namespace {

constexpr double kNegligible = 1e-17;  // of the sum: below what a double resolves (2^-53)
constexpr double kLarge = 0x1p512;     // the next ratio and weight still fit

}  // namespace

QueueSeries queue_series(double arrivals, double service, double abandonment) {
  if (abandonment == 0) {
    const double busy = arrivals / service, free = 1 - busy;
    return {1 / free, busy / (free * free), 0};
  }
  QueueSeries s;
  double term = 1;
  for (std::int64_t waiting = 1;; ++waiting) {
    const auto j = static_cast<double>(waiting);
    const double ratio = arrivals / (service + j * abandonment);
    term *= ratio;
    s.sum += term;
    s.weighted += j * term;
    if (ratio < 1) {
      // What is left is less than a geometric series of this ratio, j t + (j+1) t r + ...
      const double free = 1 - ratio;
      if (term * ratio * (j * free + 1) <= kNegligible * free * free * s.weighted) return s;
    } else if (s.weighted > kLarge) {
      term /= kLarge;
      s.sum /= kLarge;
      s.weighted /= kLarge;
      s.log_scale += std::log(kLarge);
    }
  }
}

}  // namespace sigap::staffing
