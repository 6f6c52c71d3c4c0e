// Rules broken on purpose, one at a time: in decisions, in the policy and in the runtime. Each names the rule that must
// notice. A mutant that nobody catches is a missing rule.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/scenario.h"
#include "sim/server.h"

namespace sigap::sim {

struct Mutant {
  std::string name;    ///< what it does wrong
  std::string caught;  ///< the rule that must see it
  Sabotage sabotage;
  std::function<void(Scenario&)> world;  ///< makes what it breaks frequent; none: the swarm's worlds as they are
};

std::vector<Mutant> mutants();

/// How a mutant fared: over how many seeds it lived, and what ended it.
struct Hunt {
  std::uint64_t seed = 0;  ///< that caught it; 0: none did
  std::string violation;
  bool as_expected = false;
};

/// Seeds 1 to `seeds`, until a rule is broken.
Hunt hunt(const Mutant& mutant, std::uint64_t seeds);

}  // namespace sigap::sim
