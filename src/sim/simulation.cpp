#include "sim/simulation.h"

#include "sim/world.h"

namespace sigap::sim {

Report simulate(const Scenario& scenario) {
  constexpr int kHealSteps = 300;  // ten minutes: longer than every time-out of a call
  World world(scenario);
  const Instant end = world.now() + scenario.chaos;
  while (world.now() < end && !world.broken()) world.chaos_step();
  for (int i = 0; i < kHealSteps && !world.broken(); ++i) world.heal_step();
  if (!world.broken()) world.everybody_hangs_up();
  for (int i = 0; i < kHealSteps && !world.broken(); ++i) world.heal_step();
  if (!world.broken()) world.check_rest();
  return world.report();
}

}  // namespace sigap::sim
