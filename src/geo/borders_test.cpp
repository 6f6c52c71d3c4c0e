// Areas as they are published: they overlap, leave gaps, and have holes and islands.
#include "geo/borders.h"

#include <gtest/gtest.h>

namespace sigap::geo {
namespace {

GeoPoint at(double longitude, double latitude) {
  return *geo_point(longitude, latitude);
}

/// Its corners in degrees.
Ring box(double west, double south, double east, double north) {
  return {at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)};
}

Area area(const char* code, std::vector<Polygon> polygons) {
  return {{code}, code, std::move(polygons)};
}

/// Two regencies that share the border at 111 but for a gap north of -7.2 and an overlap south of -7.8; and a city
/// within the western one.
Borders two_and_a_city() {
  auto borders = Borders::make({
      area("34.01", {{{at(110, -8), at(111.01, -8), at(111, -7.8), at(111, -7.2), at(110.99, -7), at(110, -7)},
                      {box(110.4, -7.6, 110.5, -7.5)}}}),
      area("34.02", {{box(111, -8, 112, -7), {}}, {box(113, -8, 113.1, -7.9), {}}}),
      area("34.71", {{box(110.4, -7.6, 110.5, -7.5), {}}}),
  });
  EXPECT_TRUE(borders) << borders.error().message;
  return std::move(*borders);
}

constexpr std::int64_t kFar = 370'000;

}  // namespace

TEST(BordersTest, InsideOfOneOnAnIslandOfItAndInAHole) {
  const auto borders = two_and_a_city();
  EXPECT_EQ(borders.whose(at(110.2, -7.5), kFar)->code.value, "34.01");
  EXPECT_EQ(borders.whose(at(113.05, -7.95), kFar)->code.value, "34.02");
  EXPECT_EQ(borders.whose(at(110.45, -7.55), kFar)->code.value, "34.71");
  EXPECT_EQ(borders.whose(at(110.45, -7.55), kFar)->how, Whose::How::inside);
}

TEST(BordersTest, InAnOverlapTheSmallestCounts) {
  const auto whose = two_and_a_city().whose(at(111.005, -7.99), kFar);
  EXPECT_EQ(whose->how, Whose::How::overlap);
  EXPECT_EQ(whose->code.value, "34.01") << "without the city it is smaller than the other with its island";
}

TEST(BordersTest, InAGapTheNearestCountsAndFarOffNobody) {
  const auto borders = two_and_a_city();
  const auto gap = borders.whose(at(110.998, -7.02), kFar);
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->how, Whose::How::gap);
  EXPECT_EQ(gap->code.value, "34.02");
  EXPECT_NEAR(static_cast<double>(gap->distance_m), 0.002 * 110'360, 5);
  const auto sea = borders.whose(at(110.5, -9), kFar);
  ASSERT_TRUE(sea);
  EXPECT_EQ(sea->code.value, "34.01");
  EXPECT_NEAR(static_cast<double>(sea->distance_m), 111'195, 200);
  EXPECT_FALSE(borders.whose(at(110.5, -12), kFar));
}

TEST(BordersTest, ACircleThatCrossesABorderNamesAllThatItTouches) {
  const auto borders = two_and_a_city();
  using Codes = std::vector<RegencyCode>;
  EXPECT_EQ(borders.touched({at(110.995, -7.5), 300}, kFar), (Codes{{"34.01"}}));
  EXPECT_EQ(borders.touched({at(110.995, -7.5), 700}, kFar), (Codes{{"34.01"}, {"34.02"}}));
  EXPECT_EQ(borders.touched({at(111.005, -7.5), 700}, kFar), (Codes{{"34.02"}, {"34.01"}}));
  EXPECT_EQ(borders.touched({at(110.45, -7.55), 50'000}, kFar).size(), 2U);
  EXPECT_TRUE(borders.touched({at(100, 10), 300}, kFar).empty());
}

TEST(BordersTest, BrokenAreasAreRefusedByName) {
  const auto refusal = [](std::vector<Area> areas) {
    auto made = Borders::make(std::move(areas));
    return made ? std::string() : made.error().message;
  };
  EXPECT_NE(refusal({area("11.01", {{{at(1, 1), at(2, 2)}, {}}})}).find("11.01 11.01, polygon 1: fewer than three"),
            std::string::npos);
  const Ring bow = {at(1, 1), at(2, 2), at(2, 1), at(1, 2), at(1, 1)};
  EXPECT_NE(refusal({area("11.02", {{box(5, 5, 6, 6), {}}, {bow, {}}})}).find("polygon 2: Geometry has"),
            std::string::npos);
  EXPECT_NE(refusal({area("11.03", {{box(5, 5, 6, 6), {box(8, 8, 9, 9)}}})}).find("11.03"), std::string::npos);
  EXPECT_NE(refusal({area("11.04", {{box(5, 5, 6, 6), {}}}), area("11.04", {{box(7, 5, 8, 6), {}}})}).find("twice"),
            std::string::npos);
  EXPECT_EQ(refusal({area("11.05", {})}), "11.05 11.05: has no polygon");
  EXPECT_EQ(refusal({}), "no areas");
}

}  // namespace sigap::geo
