// The waiting line of an emergency line, exactly: calls come at random (Poisson), handling and patience are
// exponential, n operators answer in order of arrival, and a caller whose patience ends hangs up. Erlang A; with
// endless patience it is Erlang C. Pure numbers in and out. Invariants: every quantity is a sum of positive terms, so
// nothing cancels; no load overflows. Sources: Erlang 1917 (B, C); Palm 1957 and Garnett, Mandelbaum, Reiman 2002 (A);
// the density of the offered wait: Baccelli and Hebuterne 1981; its integral: Mandelbaum and Zeltyn 2007.
#pragma once
#include <limits>

namespace sigap::staffing {

inline constexpr double kEndlessPatience = std::numeric_limits<double>::infinity();

/// What comes to one group of operators. All finite and positive, but that patience may be endless and calls none.
struct Traffic {
  double calls_per_hour = 0;  ///< all offered, those who hang up included
  double handling_s = 0;      ///< mean time that one call takes an operator, wrap-up included
  double patience_s = 0;      ///< mean time after which a caller who still waits hangs up

  /// Erlang: operators that would be busy if everybody were answered.
  double load() const { return calls_per_hour / 3600 * handling_s; }
};

/// What callers and operators see. Shares are of all offered calls, 0 to 1.
struct Service {
  double waits = 0;            ///< share that finds nobody idle
  double answered_within = 0;  ///< share answered within the time asked for
  double abandons = 0;         ///< share that hangs up unanswered
  double mean_wait_s = 0;      ///< of all, those who hang up included; infinite when the line only grows
  double mean_queue = 0;       ///< callers waiting
  double occupancy = 0;        ///< share of an operator's time spent on calls
};

/// Erlang B: the share lost if nobody could wait. `load` in Erlang, not negative; n >= 0.
double erlang_b(double load, int n);

/// Erlang A and C. n >= 0 operators, within_s >= 0. Error: relative below 1e-12 for waits, abandons and the queue,
/// absolute below 1e-12 for answered_within. Work: about sqrt(load) terms; in overload one for each caller in the
/// queue.
Service service(const Traffic& traffic, int n, double within_s);

}  // namespace sigap::staffing
