#include "base/wall_time.h"

#include <gtest/gtest.h>

#include "base/rfc3339.h"

namespace sigap {

TEST(WallTimeTest, TimesOfADay) {
  EXPECT_EQ(read_time_of_day("07:00"), hours(7));
  EXPECT_EQ(read_time_of_day("7:00"), hours(7));
  EXPECT_EQ(read_time_of_day("07.30"), hours(7) + minutes(30));
  EXPECT_EQ(read_time_of_day("23:59:59"), hours(23) + minutes(59) + seconds(59));
  EXPECT_EQ(read_time_of_day("07:00:00.000"), hours(7));
  EXPECT_EQ(read_time_of_day("24:00"), hours(24));
  EXPECT_EQ(read_time_of_day("24:00:00"), hours(24));
  for (const char* text : {"", "7", "07:0", "07:60", "25:00", "24:01", "24:00:01", "07:00:", "07:00.00", "07:00:0000",
                           "07:00:00.5", "-7:00", "007:00", "07:00 ", "07:00Z", "07:00+07:00", "7 am"})
    EXPECT_FALSE(read_time_of_day(text)) << text;
}

TEST(WallTimeTest, DatesWithATime) {
  const auto seven = read_rfc3339("2026-12-01T07:00:00Z");
  for (const char* text : {"2026-12-01T07:00", "2026-12-01t07:00", "2026-12-01 07:00", "2026-12-01  7:00:00",
                           "2026-12-01 07.00", "2026-12-01 07.00.00"})
    EXPECT_EQ(read_wall_time(text), seven) << text;
  EXPECT_EQ(read_wall_time("2026-12-31T24:00"), read_rfc3339("2027-01-01T00:00:00Z"));
  for (const char* text : {"2026-12-01", "07:00", "2026-02-30T07:00", "2026-12-01T07:00+07:00", "2026-12-01T07:00Z",
                           "01/12/2026 07:00", "26-12-01 07:00", "2026-12-01T 07:00", "2026-12-01 ", ""})
    EXPECT_FALSE(read_wall_time(text)) << text;
}

}  // namespace sigap
