// Gamma-Poisson shrinkage: a count over some hours, and what one would expect without it, make the better guess.
// Source: Clayton and Kaldor 1987, "Empirical Bayes estimates of age-standardized relative risks", Biometrics 43.
#pragma once
#include <algorithm>
#include <cmath>

namespace sigap::staffing {

/// Calls an hour from `count` calls in `hours`, when one of its kind has `expected` an hour (> 0) and kinds differ as a
/// gamma distribution of this shape: a large shape trusts the kind, a small one the count.
inline double shrunk(double count, double hours, double expected, double shape) {
  return (count + shape) / (hours + shape / expected);
}

/// The shape, by moments: counts that spread more than Poisson's law around what was expected of them differ by nature.
class ShapeEstimate {
 public:
  void add(double count, double expected) {
    spread_ += (count - expected) * (count - expected) - expected;
    square_ += expected * expected;
  }
  double shape() const {
    constexpr double kAlike = 1e6;  // without unit: so alike that the kind alone counts
    return spread_ > 0 ? std::min(kAlike, square_ / spread_) : kAlike;
  }

 private:
  double spread_ = 0, square_ = 0;
};

/// Mean handling time in seconds of a group with `count` handled calls, leaning on a larger group's mean. Handling
/// times spread about as much as they last (exponential), so 25 calls know their mean to a fifth: from there on it is
/// their own.
inline double shrunk_mean(double sum, double count, double larger) {
  constexpr double kCalls = 25;
  return (sum + kCalls * larger) / (count + kCalls);
}

}  // namespace sigap::staffing
