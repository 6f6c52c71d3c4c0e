#include "domain/stations/state.h"

#include <gtest/gtest.h>

namespace sigap::stations {
namespace {

State small_nation() {
  State tree;
  tree.apply({{{"mabes"}, "Mabes Polri", StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}}});
  tree.apply(
      {{{"polda-diy"}, "Polda DIY", StationLevel::polda, {"mabes"}, *geo_point(110.41, -7.76), "Asia/Jakarta", {}}});
  tree.apply({{{"polres-sleman"},
               "Polres Sleman",
               StationLevel::polres,
               {"polda-diy"},
               *geo_point(110.35, -7.71),
               "Asia/Jakarta",
               {{"34.04"}}}});
  tree.apply({{{"polres-bantul"},
               "Polres Bantul",
               StationLevel::polres,
               {"polda-diy"},
               *geo_point(110.33, -7.88),
               "Asia/Jakarta",
               {{"34.02"}}}});
  return tree;
}

}  // namespace

TEST(StationTreeTest, ProvinceAndDescent) {
  const auto tree = small_nation();
  EXPECT_EQ(tree.province_of({"polres-bantul"}).value, "polda-diy");
  EXPECT_EQ(tree.province_of({"polda-diy"}).value, "polda-diy");
  EXPECT_EQ(tree.province_of({"mabes"}).value, "");
  EXPECT_TRUE(tree.within({"polres-bantul"}, {"mabes"}));
  EXPECT_FALSE(tree.within({"polda-diy"}, {"polres-bantul"}));
}

TEST(StationTreeTest, AStationInTheWrongPlaceIsObjectedTo) {
  const auto tree = small_nation();
  EXPECT_TRUE(objection(tree, {{"polres-x"}, "X", StationLevel::polres, {"mabes"}, {}, "Asia/Jakarta", {}}));
  EXPECT_TRUE(objection(tree, {{"mabes2"}, "X", StationLevel::mabes, {}, {}, "Asia/Jakarta", {}}));
  EXPECT_TRUE(objection(tree, {{"Polres X"}, "X", StationLevel::polres, {"polda-diy"}, {}, "Asia/Jakarta", {}}));
  EXPECT_FALSE(objection(tree, {{"polres-x"}, "X", StationLevel::polres, {"polda-diy"}, {}, "Asia/Jakarta", {}}));
}

}  // namespace sigap::stations
