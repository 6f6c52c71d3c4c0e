// Every figure of a history equals brute force over the raw journal, whatever a nation of the simulator goes through,
// however the events are cut into batches, and however often the follower begins again between two of them; on both
// stores. SIGAP_SEED=N tries one seed.
#include "brute_force.h"

#include <cstdlib>
#include <random>

#include "codec/event_codec.h"
#include "runtime/followers/historian.h"
#include "sim/simulation.h"
#include "stores.h"

namespace sigap {
namespace {

using figures::Count;

std::vector<core::Event> journal_of(std::uint64_t seed) {
  std::vector<core::Event> events;
  codec::NoKeys none;
  sim::Watch watch;
  watch.replay = false;
  watch.trace = [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, none);
    ASSERT_TRUE(event) << event.error().message;
    events.push_back(std::move(*event));
  };
  const auto report = sim::simulate(sim::swarm(seed), {}, watch);
  EXPECT_EQ(report.violation, "") << "seed " << seed;
  return events;
}

std::vector<std::uint64_t> seeds() {
  if (const char* one = std::getenv("SIGAP_SEED")) return {std::strtoull(one, nullptr, 10)};
  return {1, 2, 3, 5, 8};
}

/// As a follower does it, with batches of any size; now and then it is another one, which knows the store alone.
void follow(const std::vector<core::Event>& events, Stores& stores, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto store = stores.store();
  ASSERT_TRUE(store->begin_anew());
  runtime::Historian historian;
  ASSERT_TRUE(historian.load(*store));
  for (std::size_t at = 0; at < events.size();) {
    const auto size = std::min<std::size_t>(1 + random() % (random() % 4 == 0 ? 5 : 900), events.size() - at);
    const std::vector<core::Event> batch(events.begin() + static_cast<std::ptrdiff_t>(at),
                                         events.begin() + static_cast<std::ptrdiff_t>(at + size));
    const auto before = static_cast<std::int64_t>(at);
    at += size;
    auto taken = store->take(historian.changes_of(batch), before, {static_cast<std::int64_t>(at), "hash"});
    ASSERT_TRUE(taken) << taken.error().message;
    if (random() % 5 != 0) continue;
    store = stores.store();
    historian = {};
    ASSERT_TRUE(historian.load(*store));
  }
}

/// Empty: the history says what brute force says; else the first figure that differs.
std::string difference(const std::vector<core::Event>& events, Stores& stores) {
  const auto expected = brute_force::Calculation(events).answer;
  auto reader = stores.reader();
  const ports::HistorySpan ever{-10'000, 1'000'000, {}};
  auto sums = reader->by_station(ever);
  if (!sums) return sums.error().message;
  std::set<StationCode> stations;
  for (const auto& [code, counts] : expected.counts) stations.insert(code);
  for (const auto& [code, its] : *sums) stations.insert(code);
  for (const auto& code : stations) {
    const auto counted = expected.counts.contains(code) ? expected.counts.at(code) : figures::Counts{};
    const auto its = figures::figures_of((*sums)[code]);
    for (std::size_t i = 0; i < figures::kCounts; ++i)
      if (its.counts[i] != counted[i])
        return code.value + " " + figures::kCountNames[i] + " is " + std::to_string(its.counts[i]) + ", not " +
               std::to_string(counted[i]);
    const auto offered = counted[static_cast<std::size_t>(Count::offered)];
    const auto in_time = counted[static_cast<std::size_t>(Count::within_10)];
    if (offered > 0 && its.within_10 != 1000 * in_time / offered) return code.value + " share within 10 s";
    for (std::size_t m = 0; m < figures::kMeasures; ++m) {
      const auto durations =
          expected.durations.contains(code) ? expected.durations.at(code)[m] : std::vector<Duration>{};
      if (its.times[m].median_s != brute_force::percentile_s(durations, 50) ||
          its.times[m].nine_of_ten_s != brute_force::percentile_s(durations, 90))
        return code.value + " times of " + figures::kMeasureNames[m];
    }
  }
  std::map<std::int64_t, figures::Counts> hours;
  for (const auto& [hour, counts] : expected.by_hour)
    for (std::size_t i = 0; i < figures::kCounts; ++i) hours[hour.second][i] += counts[i];
  auto by_hour = reader->by_hour(ever);
  if (!by_hour) return by_hour.error().message;
  std::erase_if(*by_hour, [](const auto& each) { return each.second == figures::Counts{}; });
  std::erase_if(hours, [](const auto& each) { return each.second == figures::Counts{}; });
  return *by_hour == hours ? "" : "hours of the day";
}

struct BruteForceTest : testing::TestWithParam<Kind> {};

TEST_P(BruteForceTest, EveryFigureEqualsBruteForce) {
  SIGAP_NEEDS_STORE(GetParam());
  figures::Counts seen{};
  for (const auto seed : seeds()) {
    Stores stores(GetParam());
    const auto events = journal_of(seed);
    follow(events, stores, seed);
    ASSERT_EQ(difference(events, stores), "") << "SIGAP_SEED=" << seed;
    const auto by_station = stores.reader()->by_station({-10'000, 1'000'000, {}});
    for (const auto& [code, sums] : *by_station)
      for (std::size_t i = 0; i < figures::kCounts; ++i) seen[i] += sums.counts[i];
  }
  if (std::getenv("SIGAP_SEED")) return;
  for (std::size_t i = 0; i < figures::kCounts; ++i)
    EXPECT_GT(seen[i], 0) << figures::kCountNames[i] << " had nothing to be compared with";
}

INSTANTIATE_TEST_SUITE_P(Stores, BruteForceTest, testing::Values(Kind::sqlite, Kind::postgres),
                         [](const auto& of) { return name_of(of.param); });

/// A history that makes one mistake is found out: what it was told is not what the journal says.
TEST(BruteForceMutantsTest, EachMistakeOfAHistoryIsSeen) {
  const auto events = journal_of(1);
  const auto without = [&](auto left_out) {
    std::vector<core::Event> some;
    for (const auto& event : events)
      if (!left_out(event)) some.push_back(event);
    return some;
  };
  // All of a kind: of one alone it depends on the run whether any figure differs by it.
  const auto none_of = [&]<class Kind>(Kind) {
    return without([](const core::Event& event) { return std::holds_alternative<Kind>(event.body); });
  };
  std::map<std::string, std::vector<core::Event>> mutants;
  mutants["whoever hangs up unanswered is left out"] = without([](const core::Event& event) {
    const auto* ended = std::get_if<calls::CallEnded>(&event.body);
    return ended && !ended->answered && ended->by == calls::CallEndedBy::caller;
  });
  mutants["an alert that runs out is no miss"] = without([](const core::Event& event) {
    const auto* ended = std::get_if<dispatch::AlertEnded>(&event.body);
    return ended && ended->how == dispatch::AlertEnd::expired;
  });
  mutants["arrivals of units are lost"] = without([](const core::Event& event) {
    const auto* moved = std::get_if<dispatch::AlertAdvanced>(&event.body);
    return moved && moved->status == dispatch::AlertStatus::on_scene;
  });
  mutants["answers are lost"] = none_of(calls::CallAccepted{});
  mutants["outcomes are lost"] = none_of(calls::OutcomeSet{});
  mutants["no operator was ever ready"] = none_of(people::OperatorReady{});
  mutants["answers are a second late"] = events;
  for (auto& event : mutants["answers are a second late"])
    if (std::holds_alternative<calls::CallAccepted>(event.body)) event.at = event.at + seconds(1);
  mutants["a call is counted twice"] = events;
  for (const auto& event : events)
    if (const auto* arrived = std::get_if<calls::CallArrived>(&event.body);
        arrived && arrived->kind == calls::CallKind::emergency) {
      auto& twice = mutants["a call is counted twice"];
      for (const auto& other : events) {
        auto copy = other;
        if (auto* a = std::get_if<calls::CallArrived>(&copy.body); a && a->call == arrived->call)
          a->call = {999'999};
        else if (auto* h = std::get_if<calls::CallHomed>(&copy.body); h && h->call == arrived->call)
          h->call = {999'999};
        else if (auto* e = std::get_if<calls::CallEnded>(&copy.body); e && e->call == arrived->call)
          e->call = {999'999};
        else
          continue;
        twice.push_back(copy);
      }
      break;
    }
  for (const auto& [name, told] : mutants) {
    Stores stores(Kind::sqlite);
    follow(told, stores, 1);
    EXPECT_NE(difference(events, stores), "") << "lives: " << name;
  }
}

}  // namespace
}  // namespace sigap
