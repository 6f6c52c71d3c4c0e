#include "sim/mutants.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sigap::sim {

/// SIGAP_MUTANT=WORDS: only those whose name holds them.
TEST(MutantsTest, EachIsCaughtByTheRuleItBreaks) {
  constexpr std::uint64_t kSeeds = 40;
  const char* wanted = std::getenv("SIGAP_MUTANT");
  for (const auto& mutant : mutants()) {
    if (wanted && mutant.name.find(wanted) == std::string::npos) continue;
    const auto hunted = hunt(mutant, kSeeds);
    EXPECT_TRUE(hunted.as_expected) << mutant.name << ": wanted '" << mutant.caught << "', saw '" << hunted.violation
                                    << "'";
    std::printf("seed %2llu  %-48s %s\n", static_cast<unsigned long long>(hunted.seed), mutant.name.c_str(),
                hunted.violation.c_str());
    std::fflush(stdout);
  }
}

}  // namespace sigap::sim
