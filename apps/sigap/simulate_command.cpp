// sigap simulate: seeds of the simulator, with progress; a failing one is printed and can be replayed.
#include <fmt/format.h>
#include <unistd.h>

#include "sigap/commands.h"
#include "sim/simulation.h"

namespace sigap::cli {
namespace {

int simulate(std::uint64_t first, std::uint64_t count, sim::Scenario scenario) {
  std::map<std::string, std::int64_t> counts;
  std::int64_t events = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    scenario.seed = seed;
    const auto report = sim::simulate(scenario);
    events += report.events;
    for (const auto& [name, n] : report.counts) counts[name] += n;
    if (!report.violation.empty()) {
      fmt::print("\nseed {}: broken: {}\nreplay: sigap simulate --seed {}\n", seed, report.violation, seed);
      return kDoesNotHold;
    }
    if (count == 1)
      fmt::print("seed {}: trace {}\n", seed, report.trace_hash);
    else if (isatty(2))
      fmt::print(stderr, "\r{} of {} seeds", seed - first + 1, count);
  }
  if (count > 1 && isatty(2)) fmt::print(stderr, "\n");
  fmt::print("{} seeds, {} events: every rule held\n", count, events);
  for (const auto& [name, n] : counts) fmt::print("{:>12}  {}\n", n, name);
  return kDone;
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
  static std::uint64_t seed = 1, seeds = 1;
  static sim::Scenario scenario;
  auto* command = app.add_subcommand("simulate", "run the rules on virtual time, with faults");
  command->add_option("--seed", seed, "the first seed (default 1)");
  command->add_option("--seeds", seeds, "how many, one after the other (default 1)")->check(CLI::PositiveNumber);
  command->add_option("--calls", scenario.calls, "calls in a run (default 200)")->check(CLI::Range(1, 1'000'000));
  command->add_option("--operators", scenario.operators, "operators (default 6)")->check(CLI::Range(0, 10'000));
  command->add_option("--officers", scenario.officers, "officers (default 4)")->check(CLI::Range(1, 10'000));
  command->parse_complete_callback([&run] { run = [] { return simulate(seed, seeds, scenario); }; });
}

}  // namespace sigap::cli
