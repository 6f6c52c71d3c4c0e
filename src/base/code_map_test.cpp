#include "base/code_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace sigap {

using Codes = CodeMap<StationCode, int>;

TEST(CodeMapTest, BehavesAsATreeWhateverIsPutInAndTakenOut) {
  // Few codes and many steps: slots are pushed on, freed in the middle and wrapped around the end.
  std::mt19937 random{20261129};
  Codes map;
  std::map<StationCode, int> tree;
  for (int step = 0; step < 200'000; ++step) {
    const auto number = random() % (step < 100'000 ? 40 : 400);
    const StationCode code{(number % 3 ? "polres-" : "") + std::to_string(number)};
    switch (random() % 4) {
      case 0:
        EXPECT_EQ(map.erase(code), tree.erase(code));
        break;
      case 1:
        map[code] = tree[code] = step;
        break;
      case 2:
        EXPECT_EQ(map.emplace(code, step).second, tree.try_emplace(code, step).second);
        break;
      default: {
        const auto found = map.find(code);
        const auto there = tree.find(code);
        ASSERT_EQ(found == map.end(), there == tree.end()) << code.value;
        if (there != tree.end()) {
          EXPECT_EQ(found->second, there->second);
        }
      }
    }
    ASSERT_EQ(map.size(), tree.size());
  }
  EXPECT_TRUE(std::equal(map.begin(), map.end(), tree.begin(), tree.end())) << "in the order of the codes";
  for (const auto& [code, value] : tree) EXPECT_EQ(map.at(code), value);
}

TEST(CodeMapTest, ACopyFindsItsOwnEntriesAndEveryAddressStays) {
  Codes map;
  map[{"a"}] = 1;
  const int* first = &map.at({"a"});
  for (int i = 0; i < 1000; ++i) map[{"b" + std::to_string(i)}] = i;
  EXPECT_EQ(&map.at({"a"}), first);
  Codes copy = map;
  EXPECT_EQ(copy, map);
  copy.at({"a"}) = 2;
  EXPECT_EQ(map.at({"a"}), 1);
  const Codes moved = std::move(map);
  EXPECT_EQ(&moved.at({"a"}), first);
  EXPECT_FALSE(moved.contains({"c"}));
  copy.clear();
  EXPECT_FALSE(copy.contains({"a"}));
  EXPECT_TRUE(copy.empty());
}

TEST(CodeMapTest, CodesOfAnyLengthAreToldApart) {
  Codes map;
  std::string code;
  for (int length = 0; length < 40; ++length, code += 'x') map[{code}] = length;
  code.clear();
  for (int length = 0; length < 40; ++length, code += 'x') EXPECT_EQ(map.at({code}), length);
}

}  // namespace sigap
