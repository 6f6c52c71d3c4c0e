#include "base/ids.h"

#include <gtest/gtest.h>

#include <random>

namespace sigap {

TEST(IdsTest, CodesStandInTheOrderOfTheirTexts) {
  std::mt19937 random(5);
  const auto code = [&] {
    std::string text(random() % 30, 'p');
    for (auto& c : text)
      if (random() % 8 == 0) c = "-pq\xc3"[random() % 4];
    return StationCode{text};
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto a = code(), b = code();
    ASSERT_EQ(a <=> b, a.value <=> b.value) << a.value << " and " << b.value;
    ASSERT_EQ(a <=> a, std::strong_ordering::equal);
  }
}

}  // namespace sigap
