#include "domain/incidents/likeness.h"

#include <gtest/gtest.h>

namespace sigap::incidents {
namespace {

using enum IncidentType;
constexpr Instant kNow{1'700'000'000'000};
const GeoPoint kHere = *geo_point(110.36, -7.79);

/// So many metres north of here.
GeoPoint north(double metres) {
  return *geo_point(110.36, -7.79 + metres / 111'195);
}
Sighting seen(std::int64_t id, IncidentType type, GeoPoint point, Duration ago = {}, std::int64_t reporters = 1) {
  return {{id}, type, point, kNow - ago, reporters};
}
std::vector<std::int64_t> found(const Sighting& report, const std::vector<Sighting>& others) {
  std::vector<std::int64_t> ids;
  for (const auto& candidate : candidates(report, others)) ids.push_back(candidate.incident.value);
  return ids;
}

}  // namespace

TEST(LikenessTest, AKilometreForOrdinaryKindsTwentyFiveForADisaster) {
  EXPECT_EQ(reach_m(theft, medical), 1'000);
  EXPECT_EQ(reach_m(unknown, unknown), 1'000);
  EXPECT_EQ(reach_m(disaster, disaster), 25'000);
  EXPECT_EQ(reach_m(unknown, disaster), 25'000) << "a caller of the first minute, before a kind was chosen";
  EXPECT_EQ(reach_m(disaster, theft), 1'000) << "somebody robbed during an earthquake";
  const auto a = seen(1, traffic_accident, kHere);
  EXPECT_EQ(distance_if_alike(a, seen(2, medical, north(990))), 990);
  EXPECT_FALSE(distance_if_alike(a, seen(2, medical, north(1'010))));
  const auto quake = seen(1, disaster, kHere);
  EXPECT_TRUE(distance_if_alike(quake, seen(2, unknown, north(24'900))));
  EXPECT_FALSE(distance_if_alike(quake, seen(2, unknown, north(25'100))));
  EXPECT_FALSE(distance_if_alike(quake, seen(2, fire, north(5'000))));
}

TEST(LikenessTest, EastAndWestAreMeasuredAsWell) {
  const auto a = seen(1, fire, kHere);
  EXPECT_TRUE(distance_if_alike(a, seen(2, fire, *geo_point(110.369, -7.79))));
  EXPECT_FALSE(distance_if_alike(a, seen(2, fire, *geo_point(110.37, -7.79))));
}

TEST(LikenessTest, HalfAnHourEitherWay) {
  const auto a = seen(1, fire, kHere, minutes(40));
  EXPECT_TRUE(distance_if_alike(a, seen(2, fire, kHere, minutes(10))));
  EXPECT_FALSE(distance_if_alike(a, seen(2, fire, kHere, minutes(9))));
  EXPECT_TRUE(distance_if_alike(a, seen(2, fire, kHere, minutes(70))));
  EXPECT_FALSE(distance_if_alike(a, seen(2, fire, kHere, minutes(71))));
}

TEST(LikenessTest, LikenessIsMutualAndNothingIsLikeItself) {
  const std::vector<Sighting> all = {seen(1, fire, kHere), seen(2, unknown, north(400), minutes(5)),
                                     seen(3, disaster, north(9'000)), seen(4, theft, north(800), minutes(29))};
  for (const auto& a : all)
    for (const auto& b : all) EXPECT_EQ(distance_if_alike(a, b), distance_if_alike(b, a));
  for (const auto& a : all) EXPECT_FALSE(distance_if_alike(a, a));
}

TEST(LikenessTest, NearestFirstThenTheMostRecentAndAtMostThree) {
  const auto report = seen(9, fire, kHere);
  EXPECT_EQ(found(report, {seen(1, fire, north(500)), seen(2, theft, north(100), minutes(3)), seen(3, fire, north(300)),
                           seen(4, fire, north(900)), seen(5, fire, north(100), minutes(1))}),
            (std::vector<std::int64_t>{5, 2, 3}));
  EXPECT_TRUE(found(report, {}).empty());
  EXPECT_TRUE(found(report, {report}).empty());
}

TEST(LikenessTest, AKnownDisasterComesFirstTheMostReportedOneInFront) {
  EXPECT_EQ(found(seen(9, unknown, kHere), {seen(1, unknown, north(10)), seen(2, disaster, north(12'000), {}, 40),
                                            seen(3, disaster, north(2'000), {}, 2), seen(4, unknown, north(20))}),
            (std::vector<std::int64_t>{2, 3, 1}));
}

}  // namespace sigap::incidents
