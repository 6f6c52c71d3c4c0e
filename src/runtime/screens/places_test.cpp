// The nation's own place names, as an operator types them.
#include "runtime/screens/places.h"

#include <gtest/gtest.h>

namespace sigap::runtime {
namespace {

class PlacesTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path file = std::string(SIGAP_SOURCE_DIR) + "/build/assets/places.tsv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no place names: tools/build_assets.sh places makes them";
    auto loaded = Places::load(file);
    ASSERT_TRUE(loaded) << loaded.error().message;
    places = std::move(*loaded);
  }
  std::string first(std::string_view text, GeoPoint near = *geo_point(110.35, -7.71)) {
    const auto found = places.find(text, near, 8);
    return found.empty() ? "" : found[0].text.substr(0, found[0].text.find(", Provinsi"));
  }
  Places places;
};

}  // namespace

TEST_F(PlacesTest, WhatIsNamedJustSoComesFirstTheGreaterBeforeTheSmaller) {
  EXPECT_EQ(first("gambir", *geo_point(106.8, -6.17)), "Kec. Gambir, Kota Jakarta Pusat");
  EXPECT_TRUE(first("bandung").ends_with("Bandung")) << first("bandung");
  EXPECT_TRUE(first("jayapura").ends_with("Jayapura")) << first("jayapura");
}

TEST_F(PlacesTest, WordsInAnyOrderAndTheKindAsPeopleSayIt) {
  EXPECT_EQ(first("jakarta pusat gambir"), "Kec. Gambir, Kota Jakarta Pusat");
  EXPECT_EQ(first("kelurahan gambir jakarta"), "Kel. Gambir, Kec. Gambir, Kota Jakarta Pusat");
  EXPECT_EQ(first("Kota Bandung"), "Kota Bandung");
  EXPECT_EQ(first("Sinduadi Mlati"), "Desa Sinduadi, Kec. Mlati, Kab. Sleman");
}

TEST_F(PlacesTest, AVillageHasAPointOfItsOwnAndADistrictTheMiddleOfItsVillages) {
  const auto village = places.find("kelurahan gambir jakarta", {}, 1);
  ASSERT_EQ(village.size(), 1U);
  EXPECT_LT(distance_m(village[0].point, *geo_point(106.8272, -6.1754)), 2000) << "Monas";
  EXPECT_EQ(village[0].radius_m, 2000);
  const auto regency = places.find("kab. sleman", {}, 1);
  ASSERT_EQ(regency.size(), 1U);
  EXPECT_GT(regency[0].radius_m, 10'000);
}

TEST_F(PlacesTest, OfThoseThatBeginSoTheNearestComesFirst) {
  EXPECT_NE(first("caturt").find("Caturtunggal, Kec. Depok, Kab. Sleman"), std::string::npos) << first("caturt");
  EXPECT_TRUE(places.find("x", {}, 8).empty());
  EXPECT_TRUE(places.find("  ", {}, 8).empty());
}

}  // namespace sigap::runtime
