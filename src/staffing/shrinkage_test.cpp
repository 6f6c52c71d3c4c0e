#include "staffing/shrinkage.h"

#include <gtest/gtest.h>

#include <random>

namespace sigap::staffing {
namespace {

TEST(ShrinkageTest, AGuessLiesBetweenTheCountAndTheKind) {
  EXPECT_DOUBLE_EQ(shrunk(30, 10, 1, 5), 35.0 / 15);
  EXPECT_NEAR(shrunk(30, 10, 1, 1e6), 1, 1e-4) << "all alike: the kind alone";
  EXPECT_NEAR(shrunk(30, 10, 1, 1e-9), 3, 1e-6) << "nothing alike: the count alone";
  EXPECT_DOUBLE_EQ(shrunk(0, 0, 2, 5), 2) << "nothing seen: the kind";
}

TEST(ShrinkageTest, TheShapeOfKnownDifferencesIsFound) {
  std::mt19937 random(3);
  for (const double shape : {0.5, 2.0, 20.0}) {
    std::gamma_distribution<double> rate(shape, 1 / shape);
    ShapeEstimate estimate;
    for (int i = 0; i < 5000; ++i) {
      const double expected = 5 + i % 40;
      estimate.add(std::poisson_distribution<int>(expected * rate(random))(random), expected);
    }
    EXPECT_NEAR(estimate.shape() / shape, 1, 0.25) << shape;
  }
}

TEST(ShrinkageTest, WhatDiffersByChanceAloneIsAlike) {
  std::mt19937 random(5);
  ShapeEstimate estimate;
  for (int i = 0; i < 5000; ++i) estimate.add(std::poisson_distribution<int>(20)(random), 20);
  EXPECT_GT(estimate.shape(), 300);
}

TEST(ShrinkageTest, AFewHandlingTimesLeanOnTheLargerGroup) {
  EXPECT_DOUBLE_EQ(shrunk_mean(0, 0, 80), 80);
  EXPECT_DOUBLE_EQ(shrunk_mean(25 * 100, 25, 80), 90);
}

}  // namespace
}  // namespace sigap::staffing
