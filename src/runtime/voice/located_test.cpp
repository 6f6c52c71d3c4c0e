// A caller's place becomes a station, by borders.
#include "runtime/voice/located.h"

#include <gtest/gtest.h>

namespace sigap::runtime {
namespace {

GeoPoint at(double longitude, double latitude) {
  return *geo_point(longitude, latitude);
}

geo::Area square(const char* code, double west, double east) {
  return {{code}, code, {{{at(west, -8), at(east, -8), at(east, -7), at(west, -7)}, {}}}};
}

class LocatedTest : public testing::Test {
 protected:
  void SetUp() override {
    stations.apply({{{"polres-sleman"}, "Polres Sleman", {}, {}, at(110.5, -7.5), "Asia/Jakarta", {{"34.04"}}}});
    stations.apply({{{"polres-kota"}, "Polres Kota", {}, {}, at(111.5, -7.5), "Asia/Jakarta", {{"34.02"}, {"34.03"}}}});
    auto made = geo::Borders::make(
        {square("34.04", 110, 111), square("34.02", 111, 112), square("34.03", 112, 113), square("34.99", 113, 114)});
    ASSERT_TRUE(made) << made.error().message;
    borders.emplace(std::move(*made));
  }
  Located find(double longitude, double latitude, std::int32_t radius_m) {
    return located(&*borders, stations, Location{at(longitude, latitude), radius_m});
  }
  stations::State stations;
  std::optional<geo::Borders> borders;
};

using Codes = std::vector<StationCode>;

}  // namespace

TEST_F(LocatedTest, TheStationThatServesTheRegency) {
  EXPECT_EQ(find(110.9, -7.9, 10).station.value, "polres-sleman");
  EXPECT_EQ(find(112.5, -7.1, 10).station.value, "polres-kota");
  EXPECT_EQ(find(110.5, -8.5, 10).station.value, "polres-sleman") << "at sea, nearest border";
}

TEST_F(LocatedTest, ACircleOverTheBorderOfTwoStationsNamesBoth) {
  const auto both = find(110.999, -7.5, 200);
  EXPECT_EQ(both.station.value, "polres-sleman");
  EXPECT_EQ(both.beside, (Codes{{"polres-kota"}}));
  EXPECT_TRUE(find(111.999, -7.5, 200).beside.empty()) << "the border lies within one station's jurisdiction";
}

TEST_F(LocatedTest, WhereNobodyServesOrNothingIsKnownNoStationIsNamed) {
  EXPECT_EQ(find(113.5, -7.5, 10).station, StationCode{});
  EXPECT_EQ(find(90, 10, 10).station, StationCode{});
  EXPECT_EQ(located(nullptr, stations, Location{at(110.5, -7.5), 1}).station, StationCode{});
  EXPECT_EQ(located(&*borders, stations, std::nullopt).station, StationCode{});
}

TEST_F(LocatedTest, AVagueCircleNamesTheNeighboursAndNotTheNation) {
  const auto vague = find(110.5, -7.5, 900'000);
  EXPECT_EQ(vague.station.value, "polres-sleman");
  EXPECT_TRUE(vague.beside.empty()) << "the border is 55 km off";
}

}  // namespace sigap::runtime
