#include "domain/distribution/call_queue.h"

#include <gtest/gtest.h>

#include "domain/distribution/ready_operators.h"

namespace sigap::distribution {
namespace {

/// SplitMix64: the same numbers on every machine.
struct Numbers {
  std::uint64_t state;
  std::int64_t below(std::int64_t n) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(n));
  }
};

StationCode station(std::int64_t n) {
  return {"station-" + std::to_string(n)};
}

}  // namespace

TEST(WaitingLineTest, SaysWhatTheRuleSaysOverAllOfThem) {
  Numbers random{110};
  CallQueue line;
  std::map<CallId, std::pair<Waiting, StationCode>> all;
  for (int step = 0; step < 20'000; ++step) {
    const CallId call{1 + random.below(60)};
    if (random.below(3) == 0) {
      line.remove(call);
      all.erase(call);
    } else {
      Waiting w;
      w.call = call;
      w.urgent = random.below(5) == 0;
      w.since = {random.below(40'000)};
      w.doubted = random.below(3) == 0;
      const auto home = station(random.below(4));
      line.put(w, home);
      all[call] = {w, home};
    }
    const auto asking = station(random.below(5));
    std::vector<Waiting> as_seen;
    for (auto [id, entry] : all) {
      entry.first.local = entry.second == asking;
      as_seen.push_back(entry.first);
    }
    ASSERT_EQ(line.next(asking), next_call(as_seen)) << "step " << step;
    ASSERT_EQ(line.size(), all.size());
  }
}

TEST(ReadyBoardTest, KnowsTheLongestIdleOfAllAndOfEachStation) {
  Numbers random{911};
  ReadyOperators board;
  std::map<PersonId, std::pair<StationCode, Instant>> all;
  for (int step = 0; step < 10'000; ++step) {
    const PersonId person{1 + random.below(30)};
    if (random.below(3) == 0) {
      board.remove(person);
      all.erase(person);
    } else {
      all[person] = {station(random.below(4)), {random.below(50)}};
      board.put(person, all[person].first, {}, all[person].second);
    }
    ASSERT_EQ(board.size(), all.size());
    const auto asked = station(random.below(4));
    std::optional<std::pair<Instant, PersonId>> longest, there;
    for (const auto& [id, place] : all) {
      const std::pair candidate{place.second, id};
      if (!longest || candidate < *longest) longest = candidate;
      if (place.first == asked && (!there || candidate < *there)) there = candidate;
    }
    if (longest) {
      ASSERT_EQ(board.longest_idle(), longest->second);
    }
    ASSERT_EQ(board.longest_idle(asked), there ? std::optional(there->second) : std::nullopt);
    if (step % 100 == 0) {  // what was there before is forgotten, but for the room it had
      ReadyOperators anew;
      for (const auto& [id, place] : all) anew.put(id, place.first, {}, place.second);
      ASSERT_EQ(board, anew);
      if (all.empty()) continue;
      auto other = anew;
      other.move(all.begin()->second.first, GeoPoint{1, 1});
      EXPECT_NE(board, other);
      other = anew;
      other.remove(all.begin()->first);
      EXPECT_NE(board, other);
    }
  }
}

}  // namespace sigap::distribution
