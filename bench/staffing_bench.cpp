// What one staffing search costs, beside the straightforward one that tries 1, 2, 3, ... operators with the same exact
// formulas. Read ratios, not seconds: docs/performance.md.
#include <benchmark/benchmark.h>

#include "staffing/goal.h"

namespace sigap::staffing {
namespace {

constexpr Goal kGoal{0.9, 15, 0.01, 0.85};

/// calls an hour: a station, a large one, a province, three sizes of a nation
Traffic traffic_of(const benchmark::State& state) {
  return {static_cast<double>(state.range(0)), 60, 60};
}

void BM_search(benchmark::State& state) {
  const auto traffic = traffic_of(state);
  int n = 0;
  for (auto _ : state) benchmark::DoNotOptimize(n = operators_needed(traffic, kGoal).value());
  state.counters["operators"] = n;
}

void BM_one_by_one(benchmark::State& state) {
  const auto traffic = traffic_of(state);
  int n = 0;
  for (auto _ : state) {
    n = 1;
    while (!meets(service(traffic, n, kGoal.within_s), kGoal)) ++n;
    benchmark::DoNotOptimize(n);
  }
  state.counters["operators"] = n;
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const int calls : {5, 98, 300, 1889, 9505, 37'771}) b->Arg(calls);
}
BENCHMARK(BM_search)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_one_by_one)->Apply(sizes)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sigap::staffing

BENCHMARK_MAIN();
