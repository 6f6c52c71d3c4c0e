// The share answered within t of all offered has two independent witnesses: a line that is played out call by call, and
// Baccelli and Hebuterne's density of the offered wait, integrated by small steps.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <queue>
#include <random>
#include <vector>

#include "staffing/erlang.h"

namespace sigap::staffing {
namespace {

struct Case {
  Traffic traffic;
  int n;
  double within_s;
};

const std::vector<Case> kCases = {
    {{60, 60, 60}, 1, 5},      {{60, 60, 60}, 3, 5},     {{120, 180, 60}, 6, 15},  {{1889, 60, 60}, 33, 5},
    {{1889, 60, 60}, 20, 15},  {{300, 60, 600}, 4, 30},  {{300, 60, 10}, 5, 2},    {{9505, 60, 60}, 160, 5},
    {{40, 300, 1000}, 3, 120}, {{600, 60, 60}, 10, 0.5}, {{3600, 30, 20}, 30, 10},
};

/// Answered within t, of all offered, when the line is played out. First come, first served: a caller's wait is known
/// on arrival, from the operators' times of getting free, and those who will give up take nobody's time.
double played(const Case& c, std::uint32_t seed, int calls) {
  std::mt19937 random(seed);
  std::exponential_distribution<double> gap(c.traffic.calls_per_hour / 3600), handling(1 / c.traffic.handling_s),
      patience(1 / c.traffic.patience_s);
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (int i = 0; i < c.n; ++i) free_at.push(0);
  double now = 0;
  int answered = 0;
  for (int i = 0; i < calls; ++i) {
    now += gap(random);
    const double wait = std::max(0.0, free_at.top() - now);
    if (wait > patience(random)) continue;
    if (wait <= c.within_s) ++answered;
    free_at.pop();
    free_at.push(now + wait + handling(random));
  }
  return static_cast<double>(answered) / calls;
}

/// The same by Simpson's rule over the density, whose weight of "nobody waits" comes from the whole being one.
double integrated(const Case& c) {
  const double arrivals = c.traffic.calls_per_hour / 3600, served = c.n / c.traffic.handling_s,
               y = 1 / c.traffic.patience_s;
  const auto density = [&](double v) { return std::exp(-arrivals * std::expm1(-y * v) / y - served * v); };
  const auto simpson = [](double end, const std::function<double(double)>& f) {
    constexpr int kSteps = 200'000;
    const double h = end / kSteps;
    double sum = f(0) + f(end);
    for (int i = 1; i < kSteps; ++i) sum += f(i * h) * (i % 2 ? 4 : 2);
    return sum * h / 3;
  };
  // Weights against P(all n busy, nobody waits) = 1: below that, Erlang B's terms; above, served * density.
  double idle = 0, term = 1;
  for (int k = c.n; k > 0; --k) idle += term *= k / c.traffic.load();
  const double end = 60 / served + 30 * c.traffic.patience_s;
  const double all = idle + served * simpson(end, density);
  const double soon = idle + served * simpson(c.within_s, [&](double v) { return density(v) * std::exp(-y * v); });
  return soon / all;
}

TEST(WaitTest, TheShareAnsweredInTimeIsTheIntegralOfTheDensity) {
  for (const auto& c : kCases)
    EXPECT_NEAR(service(c.traffic, c.n, c.within_s).answered_within, integrated(c), 1e-9)
        << c.traffic.calls_per_hour << " calls an hour, " << c.n << " operators";
}

TEST(WaitTest, TheShareAnsweredInTimeIsWhatHappensWhenTheLineIsPlayed) {
  for (const auto& c : kCases)
    // Neighbouring calls share their fate, so the error is some times that of 400,000 independent ones (0.0008).
    EXPECT_NEAR(service(c.traffic, c.n, c.within_s).answered_within, played(c, 110, 400'000), 0.006)
        << c.traffic.calls_per_hour << " calls an hour, " << c.n << " operators";
}

TEST(WaitTest, MoreTimeNeverHurtsAndAtTheEndAllWhoStayedAreAnswered) {
  for (const auto& c : kCases) {
    double before = 0;
    for (int step = 0; step < 40; ++step) {
      const double now = service(c.traffic, c.n, 2.5 * step).answered_within;
      EXPECT_GE(now, before - 1e-12);
      before = now;
    }
    const auto s = service(c.traffic, c.n, 1e6);
    EXPECT_NEAR(s.answered_within, 1 - s.abandons, 1e-12);
  }
}

}  // namespace
}  // namespace sigap::staffing
