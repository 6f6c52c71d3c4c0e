#include "base/rfc3339.h"

#include <gtest/gtest.h>

namespace sigap {

TEST(Rfc3339Test, KnownMoments) {
  EXPECT_EQ(read_rfc3339("1970-01-01T00:00:00Z")->ms, 0);
  EXPECT_EQ(read_rfc3339("2026-11-24T19:05:30+07:00")->ms, 1'795'521'930'000);
  EXPECT_EQ(read_rfc3339("2026-11-24 12:05:30.25z")->ms, 1'795'521'930'250);
  EXPECT_EQ(read_rfc3339("2026-11-24T12:05:30.123456Z")->ms, 1'795'521'930'123);
  EXPECT_EQ(read_rfc3339("2024-02-29T23:59:60-00:30")->ms, 1'709'252'999'000);
  EXPECT_EQ(read_rfc3339("1969-12-31T23:59:59Z")->ms, -1000);
}

TEST(Rfc3339Test, WhatIsNoMoment) {
  for (const char* text :
       {"", "2026-11-24", "2026-11-24T19:05:30", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-24T24:00:00Z",
        "2026-11-24T19:60:00Z", "26-11-24T19:05:30Z", "2026-11-24T19:05:30+7", "2026-11-24T19:05:30Zulu",
        "2026-11-24T19:05:30.Z", "2026-11-2aT19:05:30Z", " 2026-11-24T19:05:30Z"})
    EXPECT_FALSE(read_rfc3339(text)) << text;
}

TEST(Rfc3339Test, IsWrittenInUtcToTheSecond) {
  EXPECT_EQ(write_rfc3339({1'795'521'930'250}), "2026-11-24T12:05:30Z");
  EXPECT_EQ(write_rfc3339({-1}), "1969-12-31T23:59:59Z");
  for (const char* text :
       {"1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z",
        "2024-12-31T00:00:00Z", "1900-03-01T12:00:00Z", "2100-02-28T12:00:00Z", "9999-12-31T23:59:59Z"})
    EXPECT_EQ(write_rfc3339(*read_rfc3339(text)), text);
}

}  // namespace sigap
