#include "sim/mutants.h"

#include <gtest/gtest.h>

namespace sigap::sim {

TEST(MutantsTest, EachIsCaughtByTheRuleItBreaks) {
  constexpr std::uint64_t kSeeds = 30;
  for (const auto& mutant : mutants()) {
    const auto hunted = hunt(mutant, kSeeds);
    EXPECT_TRUE(hunted.as_expected) << mutant.name << ": wanted '" << mutant.caught << "', saw '" << hunted.violation
                                    << "'";
    std::printf("seed %2llu  %-45s %s\n", static_cast<unsigned long long>(hunted.seed), mutant.name.c_str(),
                hunted.violation.c_str());
  }
}

}  // namespace sigap::sim
