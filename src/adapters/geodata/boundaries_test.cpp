// The real borders of 514 regencies, and files that are none.
#include "adapters/geodata/boundaries.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <set>

#include "scratch/scratch_folder.h"

namespace sigap::geodata {
namespace {

const std::filesystem::path kReal =
    std::filesystem::path(SIGAP_SOURCE_DIR) / "../shared/data/boundaries/idn_kab.geojson";

class BoundariesTest : public testing::Test {
 protected:
  std::string refusal(const std::string& text) {
    std::ofstream(folder / "x.geojson") << text;
    auto imported = import_boundaries(folder / "x.geojson", folder);
    EXPECT_FALSE(std::filesystem::exists(boundaries_file(folder)));
    return imported ? "" : imported.error().message;
  }
  static std::string feature(const std::string& coordinates, const std::string& type = "Polygon") {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kode":"34.04","nama":"Sleman"},)"
           R"("geometry":{"type":")" +
           type + R"(","coordinates":)" + coordinates + "}}]}";
  }
  ScratchFolder folder;
};

}  // namespace

TEST_F(BoundariesTest, EachOf20000PointsOfTheRealNationHasOneStation) {
  if (!std::filesystem::exists(kReal)) GTEST_SKIP() << "no borders in " << kReal;
  auto borders = import_boundaries(kReal, folder);
  ASSERT_TRUE(borders) << borders.error().message;
  EXPECT_EQ(borders->size(), 514U);
  EXPECT_EQ(borders->whose(*geo_point(110.3553, -7.7166), 370'000)->code.value, "34.04") << "Sleman";
  EXPECT_EQ(borders->whose(*geo_point(106.8272, -6.1754), 370'000)->code.value, "31.71") << "Monas";
  std::mt19937 random(1);
  std::uniform_real_distribution<double> east(95.5, 140.5), north(-10.5, 5.5);
  std::map<geo::Whose::How, int> how;
  std::set<std::string> met;
  for (int i = 0; i < 20'000; ++i) {
    const auto point = *geo_point(east(random), north(random));
    const auto whose = borders->whose(point, 1'000'000);
    ASSERT_TRUE(whose) << longitude_deg(point) << " " << latitude_deg(point);
    ++how[whose->how];
    met.insert(whose->code.value);
  }
  EXPECT_GT(how[geo::Whose::How::inside], 4'000) << "a third of this box is land";
  EXPECT_GT(met.size(), 300U);
  auto again = imported_boundaries(folder);
  ASSERT_TRUE(again && *again);
  EXPECT_EQ((*again)->size(), 514U);
}

TEST_F(BoundariesTest, NothingImportedIsNoMistake) {
  auto none = imported_boundaries(folder);
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST_F(BoundariesTest, WhatIsNoBordersIsRefusedWithTheFeatureAndWhatIsWrong) {
  EXPECT_NE(refusal("{").find("cut short"), std::string::npos);
  EXPECT_EQ(refusal("[]"), "x.geojson: is no GeoJSON FeatureCollection");
  EXPECT_EQ(refusal(R"({"features":[3]})"), "x.geojson: feature 1: the feature is missing");
  EXPECT_EQ(refusal(R"({"features":[{"properties":{"nama":"x"}}]})"),
            "x.geojson: feature 1: properties.kode: a text of 1 to 80 bytes is missing");
  const std::string at = "x.geojson: feature 1, 34.04 Sleman";
  EXPECT_EQ(refusal(feature("[[[-7.7,110.3],[-7.8,110.3],[-7.8,110.4],[-7.7,110.3]]]")),
            at + ": [-7.7E0,1.103E2]: longitude and latitude are swapped");
  EXPECT_EQ(refusal(feature("[[[9.5,47.1],[9.6,47.1],[9.6,47.2],[9.5,47.1]]]")),
            at + ": [9.5E0,4.71E1]: is not in Indonesia");
  EXPECT_EQ(refusal(feature("[[[110.3,-7.7],[110.3,-7.8],[110.4,-7.8]]]")),
            at + ": a ring does not end where it begins");
  EXPECT_EQ(refusal(feature("[110.3,-7.7]", "Point")),
            at + ": geometry: a Polygon or MultiPolygon is needed, not \"Point\"");
  EXPECT_EQ(refusal(feature("[[110.3]]")), at + ": a position is [longitude, latitude]");
  EXPECT_NE(refusal(feature("[[[110.3,-7.7],[110.4,-7.8],[110.4,-7.7],[110.3,-7.8],[110.3,-7.7]]]"))
                .find("34.04 Sleman, polygon 1: Geometry has"),
            std::string::npos);
  auto none = import_boundaries(folder / "nothing", folder);
  EXPECT_EQ(none.error().code, "io");
}

}  // namespace sigap::geodata
