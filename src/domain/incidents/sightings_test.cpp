#include "domain/incidents/sightings.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace sigap::incidents {
namespace {

const StationCode kJava{"polda-jabar"}, kBali{"polda-bali"};

Sighting seen(std::int64_t id, std::int64_t latest_ms) {
  return {{id}, IncidentType::unknown, {}, Instant{latest_ms}};
}
std::vector<std::int64_t> ids(const Sightings& all, const StationCode& province) {
  std::vector<std::int64_t> found;
  if (const auto* line = all.of(province))
    for (const auto& s : *line) found.push_back(s.incident.value);
  return found;
}

}  // namespace

TEST(SightingsTest, InTheOrderOfTheirLastReport) {
  Sightings all;
  all.put(kJava, seen(1, 30));
  all.put(kJava, seen(2, 10));
  all.put(kJava, seen(3, 10));
  EXPECT_EQ(ids(all, kJava), (std::vector<std::int64_t>{2, 3, 1}));
  all.put(kJava, seen(2, 40));
  EXPECT_EQ(ids(all, kJava), (std::vector<std::int64_t>{3, 1, 2})) << "reported again";
  auto told = seen(1, 30);
  told.type = IncidentType::fire;
  all.put(kJava, told);
  EXPECT_EQ(ids(all, kJava), (std::vector<std::int64_t>{3, 1, 2}));
  EXPECT_EQ((*all.of(kJava))[1].type, IncidentType::fire) << "edited where it stands";
}

TEST(SightingsTest, WhatGoesToAnotherProvinceOrIsRemovedLeavesNothingBehind) {
  Sightings all;
  all.put(kJava, seen(1, 10));
  all.put(kBali, seen(1, 10));
  EXPECT_EQ(all.of(kJava), nullptr);
  EXPECT_EQ(ids(all, kBali), std::vector<std::int64_t>{1});
  all.remove({1});
  all.remove({1});
  EXPECT_EQ(all, Sightings{});
}

TEST(SightingsTest, TheSameAsAnOrderedSet) {
  std::mt19937 random(7);
  Sightings all;
  std::map<std::int64_t, std::int64_t> latest;
  for (int i = 0; i < 5'000; ++i) {
    const std::int64_t id = random() % 300;
    if (random() % 3 == 0) {
      all.remove({id});
      latest.erase(id);
    } else {
      latest[id] = random() % 50;
      all.put(kJava, seen(id, latest[id]));
    }
  }
  std::set<std::pair<std::int64_t, std::int64_t>> order;
  for (const auto& [id, at] : latest) order.insert({at, id});
  std::vector<std::int64_t> expected;
  for (const auto& [at, id] : order) expected.push_back(id);
  EXPECT_EQ(ids(all, kJava), expected);
}

}  // namespace sigap::incidents
