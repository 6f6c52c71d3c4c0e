#include "domain/privacy/retention.h"

#include <gtest/gtest.h>

namespace sigap::privacy {

TEST(RetentionTest, EachKindHasItsOwnTermAndNoneMeansForEver) {
  const Instant now{1'700'000'000'000};
  const Terms terms{10, 30, 0};
  EXPECT_EQ(kept_since(terms, RecordKind::call, now), now - hours(240));
  EXPECT_EQ(kept_since(terms, RecordKind::incident, now), now - hours(720));
  EXPECT_EQ(kept_since(terms, RecordKind::task, now), std::nullopt);
}

}  // namespace sigap::privacy
