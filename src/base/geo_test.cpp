#include "base/geo.h"

#include <gtest/gtest.h>

#include <cmath>

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

}  // namespace sigap
