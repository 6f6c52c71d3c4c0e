#include "adapters/replication/places.h"

#include <gtest/gtest.h>

namespace sigap::replication {

TEST(PlacesTest, OfOneAddressTheOldestGoesWhenItsShareIsFull) {
  Places places;
  ASSERT_FALSE(places.come(1, "10.0.0.9"));
  for (Places::Id id = 2; id <= 8; ++id) ASSERT_FALSE(places.come(id, "10.0.0.7"));
  EXPECT_FALSE(places.come(9, "10.0.0.7"));
  EXPECT_EQ(places.come(10, "10.0.0.7"), 2) << "not 1, which came first from elsewhere";
  EXPECT_EQ(places.come(11, "10.0.0.7"), 3);
  EXPECT_FALSE(places.come(12, "10.0.0.9"));
}

TEST(PlacesTest, OfManyAddressesTheOldestGoesWhenAllPlacesAreTaken) {
  Places places;
  for (Places::Id id = 1; id <= 32; ++id) ASSERT_FALSE(places.come(id, "10.0.0." + std::to_string(id)));
  EXPECT_EQ(places.come(33, "10.0.0.33"), 1);
  places.leave(2);
  EXPECT_FALSE(places.come(34, "10.0.0.34"));
  EXPECT_EQ(places.come(35, "10.0.0.35"), 3);
}

TEST(PlacesTest, StrangersNeverTakeThePlaceOfWhoHasProvedTheKey) {
  Places places;
  ASSERT_FALSE(places.come(1, "10.0.0.1"));
  ASSERT_FALSE(places.prove(1));
  for (Places::Id id = 2; id <= 1'000; ++id) EXPECT_NE(places.come(id, "10.0.0." + std::to_string(id % 250)), 1);
  EXPECT_TRUE(places.proved(1));
}

TEST(PlacesTest, WhoWasShownOutProvesNothingAnyMore) {
  Places places;
  for (Places::Id id = 1; id <= 9; ++id) (void)places.come(id, "10.0.0.1");
  EXPECT_FALSE(places.prove(1));
  EXPECT_FALSE(places.proved(1));
  EXPECT_FALSE(places.prove(2));
  EXPECT_TRUE(places.proved(2));
}

TEST(PlacesTest, OfThoseWithTheKeyTheOneSilentTheLongestGoes) {
  Places places;
  for (Places::Id id = 1; id <= 16; ++id) {
    ASSERT_FALSE(places.come(id, "10.0.0.1"));
    ASSERT_FALSE(places.prove(id));
  }
  places.heard(1);  // 2 was cut off long ago
  ASSERT_FALSE(places.come(17, "10.0.0.1"));
  EXPECT_EQ(places.prove(17), 2);
  places.leave(3);
  ASSERT_FALSE(places.come(18, "10.0.0.1"));
  EXPECT_FALSE(places.prove(18));
}

}  // namespace sigap::replication
