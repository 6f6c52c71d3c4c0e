// sigap simulate: a nation on virtual time.
//   --scenario FILE   one run of it, and what it says about the promise
//   otherwise         small worlds with random faults, one a seed, over all cores; a failing one can be replayed
//   --mutants         rules broken on purpose, and the checker that catches each
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

#include "installation/local_installation.h"
#include "sigap/commands.h"
#include "sim/mutants.h"
#include "simulation/report.h"
#include "simulation/scenario_file.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;

struct SimulateOptions {
  fs::path scenario, nation, trace, out;
  std::uint64_t seed = 1, seeds = 1;
  std::int64_t days = 0;
  bool mutants = false, no_replay = false;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

/// What many runs add up to.
struct Sum {
  std::mutex mutex;
  std::map<std::string, std::int64_t> counts, checked;
  std::int64_t steps = 0, events = 0;
  std::uint64_t done = 0;
  std::map<std::uint64_t, std::string> broken;  ///< by seed

  void add(std::uint64_t seed, const sim::Report& report) {
    const std::lock_guard lock(mutex);
    for (const auto& [name, n] : report.counts) counts[name] += n;
    for (const auto& [name, n] : report.checked) checked[name] += n;
    steps += report.steps;
    events += report.events;
    ++done;
    if (!report.violation.empty()) broken[seed] = report.violation;
  }
};

void print_counts(const std::map<std::string, std::int64_t>& counts,
                  const std::map<std::string, std::int64_t>& checked) {
  for (const auto& [name, n] : counts) fmt::print("{:>14}  {}\n", n, name);
  fmt::print("every rule was tried so often:\n");
  for (const auto& [name, n] : checked) fmt::print("{:>14}  {}\n", n, name);
}

int swarm(const SimulateOptions& o) {
  Sum sum;
  std::atomic<std::uint64_t> next{o.seed};
  std::atomic<bool> stop{false};
  const auto work = [&] {
    for (std::uint64_t seed = next++; seed < o.seed + o.seeds && !stop; seed = next++) {
      const auto report = sim::simulate(sim::swarm(seed));
      sum.add(seed, report);
      if (!report.violation.empty()) stop = true;
      progress(fmt::format("{} of {} seeds", sum.done, o.seeds));
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < o.threads; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  progress("");
  for (const auto& [seed, violation] : sum.broken)
    fmt::print("seed {}: broken: {}\nreplay: sigap simulate --seed {} --trace FILE\n", seed, violation, seed);
  fmt::print("{} seeds, {} steps, {} events{}\n", sum.done, sum.steps, sum.events,
             sum.broken.empty() ? ": every rule held" : "");
  print_counts(sum.counts, sum.checked);
  return sum.broken.empty() ? kDone : kDoesNotHold;
}

int hunt_mutants(const SimulateOptions& o) {
  const auto all = sim::mutants();
  const std::uint64_t seeds = std::max<std::uint64_t>(o.seeds, 30);
  std::vector<sim::Hunt> hunts(all.size());
  std::atomic<std::size_t> next{0}, done{0};
  std::mutex printing;
  const auto work = [&] {
    for (std::size_t i = next++; i < all.size(); i = next++) {
      hunts[i] = sim::hunt(all[i], seeds);
      const std::lock_guard lock(printing);
      progress("");
      fmt::print("{}  seed {:>2}  {:<48}  {}\n", hunts[i].as_expected ? "caught" : "LIVES ", hunts[i].seed, all[i].name,
                 hunts[i].violation);
      std::fflush(stdout);
      progress(fmt::format("{} of {} mutants", ++done, all.size()));
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < o.threads; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  progress("");
  const auto caught = static_cast<std::size_t>(
      std::count_if(hunts.begin(), hunts.end(), [](const sim::Hunt& h) { return h.as_expected; }));
  fmt::print("{} of {} mutants caught by the rule they break\n", caught, all.size());
  return caught == all.size() ? kDone : kDoesNotHold;
}

/// A run of one scenario, or of one seed of the swarm.
int one(const SimulateOptions& o) {
  auto scenario = sim::swarm(o.seed);
  if (!o.scenario.empty()) {
    installation::LocalOptions shipped;
    installation::find_assets(shipped);
    auto loaded = simulation::load_scenario(o.scenario, o.nation.empty() ? shipped.nation : o.nation);
    if (!loaded) return complain(loaded.error().message);
    scenario = std::move(*loaded);
    scenario.seed = o.seed;
    if (o.days) scenario.lasts = hours(24 * o.days);
  }
  sim::Watch watch;
  watch.replay = !o.no_replay;
  std::ofstream trace;
  if (!o.trace.empty()) {
    trace.open(o.trace);
    watch.trace = [&trace](const ports::JournalLine& line) { trace << line.body << '\n'; };
  }
  watch.progress = [&](Duration at) {
    if (at.ms % minutes(15).ms == 0)
      progress(fmt::format("{:3} %",
                           std::min<std::int64_t>(100, at.ms * 100 / std::max<std::int64_t>(1, scenario.lasts.ms))));
  };
  const auto began = std::chrono::steady_clock::now();
  const auto report = sim::simulate(scenario, {}, watch);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  progress("");
  if (!o.trace.empty() && !trace.flush()) return complain("cannot write " + o.trace.string());
  fmt::print("{}, seed {}: trace {}\n{} steps, {} events\n", scenario.name, o.seed, report.trace_hash, report.steps,
             report.events);
  if (!scenario.thorough)
    fmt::print("{:.1f} s for {:.1f} hours\n\n{}\n", took.count(), static_cast<double>(scenario.lasts.ms) / 3'600'000,
               simulation::summary(scenario, report));
  print_counts(report.counts, report.checked);
  if (!o.out.empty()) {
    if (const auto written = simulation::write_page(scenario, report, o.out); !written)
      return complain(written.error().message);
    fmt::print("the report: {}\n", o.out.string());
  }
  if (report.violation.empty()) {
    fmt::print("every rule held\n");
    return kDone;
  }
  fmt::print("broken: {}\n", report.violation);
  return kDoesNotHold;
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
  auto o = std::make_shared<SimulateOptions>();
  auto* command = app.add_subcommand("simulate", kAboutSimulate);
  command->footer(
      "sigap simulate --scenario data/scenarios/earthquake.toml --out earthquake.html\n"
      "sigap simulate --seeds 10000          small worlds with random faults, over all cores\n"
      "sigap simulate --seed 17 --trace FILE replays one of them\n"
      "sigap simulate --mutants              rules broken on purpose, and what catches each");
  auto* scenario = command->add_option("--scenario", o->scenario, "a scenario (docs/formats/scenario.md)");
  command->add_option("--nation", o->nation, "folder of its stations (default: the shipped nation)")->needs(scenario);
  command->add_option("--days", o->days, "days instead of the scenario's own length")
      ->check(CLI::Range(1, 366))
      ->needs(scenario);
  command->add_option("--seed", o->seed, "the (first) seed: another one is another day")->capture_default_str();
  command->add_option("--seeds", o->seeds, "how many seeds, over all cores")
      ->check(CLI::PositiveNumber)
      ->excludes(scenario)
      ->capture_default_str();
  command->add_option("--threads", o->threads, "cores to use")->check(CLI::Range(1, 256));
  command->add_option("--trace", o->trace, "writes the run's journal, a line an event");
  command->add_option("--out", o->out, "writes the report as a page")->needs(scenario);
  command->add_flag("--no-replay", o->no_replay, "does not fold the journal a second time from its text");
  command->add_flag("--mutants", o->mutants, "breaks each rule on purpose")->excludes(scenario);
  command->parse_complete_callback([&run, o] {
    run = [o] { return o->mutants ? hunt_mutants(*o) : o->seeds > 1 ? swarm(*o) : one(*o); };
  });
}

}  // namespace sigap::cli
