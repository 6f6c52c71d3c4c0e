#include "base/closed_variant.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/closed_variant_made.h"
#include "base/overloaded.h"

namespace sigap {

struct Pebble {
  std::shared_ptr<int> weight;
};
using Pocket = ClosedVariant<std::variant<std::string, Pebble, int>>;
template class ClosedVariant<std::variant<std::string, Pebble, int>>;

TEST(ClosedVariantTest, IsVisitedAndAskedLikeTheVariantItIs) {
  Pocket pocket;
  EXPECT_EQ(std::get<std::string>(pocket), "");
  pocket = std::string("coin");
  EXPECT_EQ(*std::get_if<std::string>(&pocket), "coin");
  EXPECT_EQ(std::get_if<int>(&pocket), nullptr);
  EXPECT_EQ(pocket.emplace<int>(7), 7);
  EXPECT_TRUE(std::holds_alternative<int>(pocket));
  EXPECT_EQ(pocket.index(), 2U);
  EXPECT_EQ(std::visit(Overloaded{[](int n) { return n; }, [](const auto&) { return 0; }}, pocket), 7);
  int seen = 0;
  visit_some([&](const int& n) { seen = n; }, pocket);
  EXPECT_EQ(seen, 7);
}

TEST(ClosedVariantTest, WhatIsChosenByNumberIsMadeByDefault) {
  Pocket pocket(7);
  *static_cast<std::string*>(pocket.choose(0)) += "x";
  EXPECT_EQ(std::get<std::string>(pocket), "x");
}

TEST(ClosedVariantTest, WhatIsHeldIsCopiedMovedAndLetGoOnce) {
  const auto weight = std::make_shared<int>(1);
  {
    Pocket pocket(Pebble{weight});
    EXPECT_EQ(weight.use_count(), 2);
    const Pocket copy = pocket;
    EXPECT_EQ(weight.use_count(), 3);
    std::vector<Pocket> many;
    for (int i = 0; i < 10; ++i) many.push_back(copy);
    EXPECT_EQ(weight.use_count(), 13);
    const Pocket moved = std::move(pocket);
    EXPECT_EQ(weight.use_count(), 13);
    many.front() = 3;
    EXPECT_EQ(weight.use_count(), 12);
    many.back() = many.front();
    EXPECT_EQ(weight.use_count(), 11);
  }
  EXPECT_EQ(weight.use_count(), 1);
}

}  // namespace sigap
