#include "sim/scenario.h"

#include "sim/random.h"

namespace sigap::sim {
namespace {

std::vector<stations::Station> two_provinces() {
  using stations::StationLevel;
  std::vector<stations::Station> all = {
      {{"mabes"}, "Mabes Polri", StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}},
      {{"polda-a"}, "Polda A", StationLevel::polda, {"mabes"}, *geo_point(110.4, -7.7), "Asia/Jakarta", {}},
      {{"polda-b"}, "Polda B", StationLevel::polda, {"mabes"}, *geo_point(119.4, -5.1), "Asia/Makassar", {}}};
  for (int i = 0; i < 3; ++i) {
    const auto n = std::to_string(i);
    all.push_back({{"polres-a" + n},
                   "Polres A" + n,
                   StationLevel::polres,
                   {"polda-a"},
                   *geo_point(110.1 + 0.2 * i, -7.8),
                   "Asia/Jakarta",
                   {}});
    all.push_back({{"polres-b" + n},
                   "Polres B" + n,
                   StationLevel::polres,
                   {"polda-b"},
                   *geo_point(119.2 + 0.2 * i, -5.2),
                   "Asia/Makassar",
                   {}});
  }
  return all;
}

}  // namespace

const char* name_of(Fault fault) {
  constexpr const char* kNames[kFaults] = {"crash_before_append",
                                           "crash_after_append",
                                           "disk_full",
                                           "clock_jump",
                                           "slow",
                                           "late",
                                           "doubled",
                                           "lost",
                                           "browser_dies",
                                           "media_dies",
                                           "media_fails",
                                           "trunk_flaps",
                                           "province_cut",
                                           "starved",
                                           "forgets"};
  return kNames[static_cast<int>(fault)];
}

std::array<std::int64_t, 24> usual_hours() {
  return {42, 34, 27, 22, 20, 22, 30, 40, 47, 49, 50, 52, 53, 54, 56, 60, 63, 65, 63, 62, 60, 58, 54, 48};
}

Scenario swarm(std::uint64_t seed) {
  Random random(seed * 0x9e3779b97f4a7c15 + 110);
  Scenario s;
  s.seed = seed;
  s.stations = two_provinces();
  s.officers_per_station = 1;
  const auto operators = 1 + random.below(9);
  for (std::int64_t i = 0; i < operators; ++i)
    s.seats.push_back(
        {s.stations[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(s.stations.size())))].code,
         {},
         hours(24)});
  s.hours.fill(1);
  s.calls_a_day = 24 * 60 * (2 + random.below(18));  // 2 to 20 a minute
  s.talk = seconds(20 + random.below(60));
  s.nuisance_talk = seconds(5);
  s.wrap_up = seconds(4);
  s.patience = seconds(20 + random.below(100));
  s.inattentive = random.below(25);
  s.restless = random.below(30);
  s.ring_back = random.chance(50);
  if (random.chance(30)) s.surges.push_back({{}, minutes(5), minutes(5), 2 + random.below(20), random.chance(50)});
  if (random.chance(15)) s.floods.push_back({s.stations[3].code, minutes(3), minutes(6), 30 + random.below(90)});
  for (int fault = 0; fault < static_cast<int>(Fault::starved); ++fault)
    if (random.chance(50)) s.faults[static_cast<Fault>(fault)] = seconds(20 + random.below(400));
  // By a chance of its own: a world without it is what it was before there was this fault.
  Random slowness(seed * 0x9e3779b97f4a7c15 + 111);
  if (slowness.chance(40)) s.faults[Fault::starved] = seconds(20 + slowness.below(200));
  Random retention(seed * 0x9e3779b97f4a7c15 + 112);
  if (retention.chance(40)) s.faults[Fault::forgets] = seconds(10 + retention.below(100));
  Random pages(seed * 0x9e3779b97f4a7c15 + 114);
  if (pages.chance(40)) s.pages = seconds(3 + pages.below(30));
  Random without_call(seed * 0x9e3779b97f4a7c15 + 113);
  if (without_call.chance(40)) s.without_call = seconds(15 + without_call.below(200));
  return s;
}

}  // namespace sigap::sim
