// Against values computed with rational numbers (shared/data/erlang beside the project), and the laws that the formulas
// obey.
#include "staffing/erlang.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <vector>

namespace sigap::staffing {
namespace {

constexpr double kRelative = 1e-9;
constexpr double kHour = 3600;

/// A row's numbers; what is empty is NaN.
std::vector<double> numbers(const std::string& line) {
  std::vector<double> out;
  std::stringstream in(line.substr(line.find(',') + 1));
  for (std::string cell; std::getline(in, cell, ',');) out.push_back(cell.empty() ? NAN : std::stod(cell));
  out.resize(9, NAN);
  return out;
}

TEST(ErlangTest, ExactValues) {
  std::ifstream file(SIGAP_SOURCE_DIR "/../shared/data/erlang/erlang_vectors.csv");
  if (!file) GTEST_SKIP() << "skipped: there is no ../shared/data/erlang beside the project";
  std::string line;
  std::getline(file, line);
  ASSERT_EQ(line, "model,n,a_or_lambda,mu,theta,P_wait_or_block,Lq,P_abandon,W,utilisation");
  int rows = 0;
  double worst = 0;
  while (std::getline(file, line)) {
    const auto v = numbers(line);
    const auto compare = [&](double ours, double exact) {
      if (exact > 0) worst = std::max(worst, std::abs(ours / exact - 1));
      EXPECT_NEAR(ours, exact, exact * kRelative) << line;
    };
    ++rows;
    if (line[0] == 'B') {
      compare(erlang_b(v[1], static_cast<int>(v[0])), v[4]);
      continue;
    }
    const Traffic traffic{v[1] * kHour, 1 / v[2], line[0] == 'A' ? 1 / v[3] : kEndlessPatience};
    const auto s = service(traffic, static_cast<int>(v[0]), 0);
    compare(s.waits, v[4]);
    compare(s.mean_queue, v[5]);
    compare(s.abandons, v[6]);
    compare(s.mean_wait_s, v[7]);
    // The file rounds the utilisation of Erlang C to six digits.
    EXPECT_NEAR(s.occupancy, v[8], line[0] == 'C' ? 5e-7 : v[8] * kRelative) << line;
    EXPECT_NEAR(s.answered_within, 1 - s.waits, 1e-12) << "within no time at all: whoever need not wait";
  }
  EXPECT_EQ(rows, 18);
  // Most of it is the file's own rounding, to 12 digits.
  std::printf("%d rows, worst relative error %.1e\n", rows, worst);
}

TEST(ErlangTest, EachOperatorMoreHelps) {
  for (const double calls : {0.1, 5.0, 300.0, 9505.0, 40'000.0})
    for (const double patience : {20.0, 60.0, 600.0}) {
      const Traffic traffic{calls, 60, patience};
      const int enough = static_cast<int>(traffic.load() + 6 * std::sqrt(traffic.load())) + 5;
      auto before = service(traffic, 0, 5);
      EXPECT_NEAR(before.abandons, 1, 1e-12) << "without operators everybody hangs up";
      for (int n = 1; n < enough; ++n) {
        const auto s = service(traffic, n, 5);
        EXPECT_GE(s.answered_within, before.answered_within - 1e-12) << calls << " " << n;
        EXPECT_LE(s.abandons, before.abandons + 1e-12) << calls << " " << n;
        EXPECT_LE(s.waits, before.waits + 1e-12) << calls << " " << n;
        if (n > 1) {
          EXPECT_LE(s.occupancy, before.occupancy + 1e-9) << calls << " " << n;
        }
        before = s;
      }
    }
}

TEST(ErlangTest, WithPatienceWithoutEndItIsErlangC) {
  for (const auto& [load, n] : {std::pair(20.0, 25), {48.0, 50}, {10.0, 11}, {0.4, 1}, {630.0, 660}}) {
    const auto c = service({load * kHour, 1, kEndlessPatience}, n, 0.3);
    double farther = 1;
    for (const double patience : {1e4, 1e6, 1e8, 1e10}) {
      const auto a = service({load * kHour, 1, patience}, n, 0.3);
      const double away = std::abs(a.waits - c.waits) + std::abs(a.answered_within - c.answered_within);
      EXPECT_LE(away, farther + 1e-12) << load << " " << patience;
      farther = away;
    }
    EXPECT_LT(farther, 1e-6) << load;
    // Erlang C in its own words: P(W > t) = P(W > 0) e^(-(n - load) t).
    EXPECT_NEAR(c.answered_within, 1 - c.waits * std::exp(-(n - load) * 0.3), 1e-12);
  }
}

TEST(ErlangTest, NoLoadOverflows) {
  for (const double calls : {1e-9, 1.0, 1e5, 1e7})
    for (const double handling : {1.0, 60.0, 3600.0})
      for (const double patience : {0.1, 60.0, 36'000.0, 1e12, kEndlessPatience})
        for (const int n : {0, 1, 100, 100'000}) {
          const Traffic traffic{calls, handling, patience};
          // A queue of millions costs a term for each caller in it: not worth the time of a test.
          if (calls / 3600 * patience > 2e5 && traffic.load() > n && patience < kEndlessPatience) continue;
          for (const double within : {0.0, 5.0, 3600.0}) {
            const auto s = service(traffic, n, within);
            for (const double share : {s.waits, s.abandons, s.answered_within, s.occupancy}) {
              EXPECT_GE(share, 0) << calls << " " << handling << " " << patience << " " << n;
              EXPECT_LE(share, 1 + 1e-9) << calls << " " << handling << " " << patience << " " << n;
            }
            EXPECT_FALSE(std::isnan(s.mean_wait_s));
          }
        }
}

TEST(ErlangTest, AnOverloadedLineLosesWhatItCannotServe) {
  // Fluid limit (Whitt 2004): ten times the load that 100 operators can serve, so nine tenths hang up.
  const auto s = service({100 * 10 * 60, 60, 600}, 100, 5);
  EXPECT_NEAR(s.abandons, 0.9, 1e-6);
  EXPECT_NEAR(s.occupancy, 1, 1e-6);
}

}  // namespace
}  // namespace sigap::staffing
