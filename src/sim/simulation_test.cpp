#include "sim/simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sigap::sim {

TEST(SimulationTest, EveryRuleHoldsOverManySeeds) {
  const char* wanted = std::getenv("SIGAP_SEED");  // replays one seed
  const std::uint64_t first = wanted ? std::strtoull(wanted, nullptr, 10) : 1, last = wanted ? first : 150;
  std::map<std::string, std::int64_t> counts;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    Scenario scenario;
    scenario.seed = seed;
    scenario.operators = 1 + static_cast<std::int64_t>(seed % 9);
    const auto report = simulate(scenario);
    ASSERT_EQ(report.violation, "") << "replay with SIGAP_SEED=" << seed;
    for (const auto& [name, count] : report.counts) counts[name] += count;
  }
  for (const char* name :
       {"calls", "hang_ups", "fault.browser_dies", "fault.media_fails", "fault.heard_again", "fault.crash_after_append",
        "fault.crash_before_append", "fault.media_dies", "fault.invite_said_again",
        "checked.an accepted caller on the line is in a call", "checked.no call goes unserved",
        "checked.nobody waits while someone is idle", "checked.never two operators on a call",
        "checked.a screen told only of changes shows what a fresh one would",
        "checked.an unanswered alert has a time out"})
    EXPECT_GT(counts[name], 0) << name << " never happened: an empty run proves nothing";
  for (const auto& [name, count] : counts) std::printf("%10lld  %s\n", static_cast<long long>(count), name.c_str());
}

TEST(SimulationTest, TheSameSeedGivesTheSameTraceAndAnotherAnother) {
  Scenario a, b;
  b.seed = 2;
  EXPECT_EQ(simulate(a).trace_hash, simulate(a).trace_hash);
  EXPECT_NE(simulate(a).trace_hash, simulate(b).trace_hash);
}

}  // namespace sigap::sim
