// S(a, x) = 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..., the weights of 0, 1, 2, ... waiting callers: Kummer's M(1, a+1, x),
// an incomplete gamma function in other clothes. Written in rates, so that endless patience (a and x infinite, their
// ratio not) is the geometric series. Invariant: sum * exp(log_scale) is the series; sum and weighted stay far from the
// limits of a double.
#pragma once

namespace sigap::staffing {

struct QueueSeries {
  double sum = 1;
  double weighted = 0;   ///< the same with the j-th term times j
  double log_scale = 0;  ///< of both, natural logarithm
};

/// Terms' ratios are arrivals / (service + j * abandonment), j = 1, 2, ...; rates in the same unit, service +
/// abandonment > 0. Diverges, so must not be asked, when abandonment = 0 and arrivals >= service.
QueueSeries queue_series(double arrivals, double service, double abandonment);

}  // namespace sigap::staffing
