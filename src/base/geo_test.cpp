#include "base/geo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace sigap {

TEST(GeoTest, JakartaToSurabayaIsTheKnownDistance) {
  const auto jakarta = geo_point(106.8456, -6.2088), surabaya = geo_point(112.7521, -7.2575);
  ASSERT_TRUE(jakarta && surabaya);
  EXPECT_NEAR(static_cast<double>(distance_m(*jakarta, *surabaya)), 662'400, 1'500);
  EXPECT_EQ(distance_m(*jakarta, *surabaya), distance_m(*surabaya, *jakarta));
}

TEST(GeoTest, WhatIsNotOnEarthIsNoPoint) {
  EXPECT_FALSE(geo_point(181, 0));
  EXPECT_FALSE(geo_point(0, 91));
  EXPECT_FALSE(geo_point(std::nan(""), 0));
  EXPECT_TRUE(geo_point(-180, -90));
}

TEST(GeoTest, TheFirstLookIsNeverFartherThanThePointIs) {
  std::mt19937 random{110};
  const auto within = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
  for (const double reach : {180.0, 46.0, 1.0, 0.001})
    for (int i = 0; i < 20'000; ++i) {
      const double lon = within(-180, 180), lat = within(-90, 90);
      const auto a = geo_point(lon, lat);
      const auto b = geo_point(std::clamp(lon + within(-reach, reach), -180.0, 180.0),
                               std::clamp(lat + within(-reach, reach), -90.0, 90.0));
      ASSERT_TRUE(a && b);
      ASSERT_LE(least_distance_m(*a, *b), distance_m(*a, *b)) << lon << " " << lat;
    }
  EXPECT_GT(least_distance_m(*geo_point(95, -5), *geo_point(141, -5)), 1'600'000) << "from one end to the other";
}

TEST(GeoTest, WhoeverIsMovedIsSoFarAwayInThatDirection) {
  const auto tugu = *geo_point(110.3671, -7.7829);
  for (const double bearing : {0.0, 45.0, 180.0, 359.0})
    EXPECT_NEAR(static_cast<double>(distance_m(tugu, moved(tugu, bearing, 5000))), 5000, 1);
  EXPECT_GT(moved(tugu, 0, 1000).latitude_e7, tugu.latitude_e7);
  EXPECT_GT(moved(tugu, 90, 1000).longitude_e7, tugu.longitude_e7);
  EXPECT_NEAR(static_cast<double>(distance_m(*geo_point(179.999, 0), moved(*geo_point(179.999, 0), 90, 1000))), 1000, 1)
      << "over the date line";
}

}  // namespace sigap
