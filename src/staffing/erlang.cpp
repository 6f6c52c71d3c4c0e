#include "staffing/erlang.h"

#include <algorithm>
#include <cmath>

#include "staffing/queue_series.h"

namespace sigap::staffing {
namespace {

Service ever_growing(double load, int n) {
  return {.waits = 1,
          .answered_within = 0,
          .abandons = 0,
          .mean_wait_s = kEndlessPatience,
          .mean_queue = kEndlessPatience,
          .occupancy = n > 0 && load > 0 ? 1.0 : 0.0};
}

}  // namespace

double erlang_b(double load, int n) {
  // Erlang's recursion 1/B(n) = 1 + n/load * 1/B(n-1), unrolled from n downwards: it stops where nothing is added, so
  // it costs about sqrt(load) steps and not n.
  if (load <= 0) return n > 0 ? 0 : 1;
  const double inverse = 1 / load;
  double term = 1, sum = 1;
  for (int k = n; k > 0; --k) {
    const double left = k;
    term *= left * inverse;
    sum += term;
    if (left < load && term * left <= 1e-17 * sum * (load - left)) break;  // the rest is below a geometric series
    if (std::isinf(sum)) return 0;
  }
  return 1 / sum;
}

Service service(const Traffic& traffic, int n, double within_s) {
  if (traffic.calls_per_hour <= 0) return {.answered_within = n > 0 ? 1.0 : 0.0};
  const double arrivals = traffic.calls_per_hour / 3600, load = traffic.load();  // rates are per second
  const double served = n / traffic.handling_s, abandonment = 1 / traffic.patience_s;
  if (abandonment == 0 && load >= n) return ever_growing(load, n);

  const double lost = erlang_b(load, n);
  const auto queue = queue_series(arrivals, served, abandonment);
  const double nobody_waits = std::exp(-queue.log_scale);  // the series' first term, in its scale
  const double all = (1 - lost) * nobody_waits + lost * queue.sum;

  Service s;
  s.waits = lost * queue.sum / all;
  s.mean_queue = lost * queue.weighted / all;
  s.mean_wait_s = s.mean_queue / arrivals;  // Little
  s.abandons = std::min(1.0, abandonment * s.mean_wait_s);
  s.occupancy = n > 0 ? std::min(1.0, load * (1 - s.abandons) / n) : 0;

  // Answered, but later than t: the offered wait has the density served * P(n in the system) * exp(arrivals (1 - e^(-y
  // v)) / y - served v), with y = abandonment; a caller waits so long with probability e^(-y v). Its integral from t on
  // is an incomplete gamma function, here the same series for a queue that starts after t.
  const double patient = std::exp(-abandonment * within_s);
  const double arrived = arrivals * (abandonment > 0 ? -std::expm1(-abandonment * within_s) / abandonment : within_s);
  const auto later = queue_series(arrivals * patient, served + abandonment, abandonment);
  const double log_all_busy = std::log(lost) - queue.log_scale - std::log(all);
  const double answered_late =
      served / (served + abandonment) *
      std::exp(log_all_busy + arrived - (served + abandonment) * within_s + std::log(later.sum) + later.log_scale);
  s.answered_within = std::clamp(1 - s.abandons - answered_late, 0.0, 1.0);
  return s;
}

}  // namespace sigap::staffing
