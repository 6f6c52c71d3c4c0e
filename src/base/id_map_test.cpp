#include "base/id_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace sigap {
namespace {

template <class T>
void expect_same(const IdMap<CallId, T>& mine, const std::map<CallId, T>& tree) {
  ASSERT_EQ(mine.size(), tree.size());
  ASSERT_TRUE(std::equal(mine.begin(), mine.end(), tree.begin(), tree.end()));
  ASSERT_TRUE(std::equal(mine.rbegin(), mine.rend(), tree.rbegin(), tree.rend()));
}

/// Ids handed out in order; most are done with soon, some stay, some come back.
template <class T>
void lives_as_a_tree_does(std::uint64_t seed, T (*make)(std::int64_t)) {
  std::mt19937_64 random(seed);
  IdMap<CallId, T> mine;
  std::map<CallId, T> tree;
  std::map<CallId, const T*> addresses;
  std::int64_t next = static_cast<std::int64_t>(1 + random() % 1000);
  const auto some_id = [&] {
    return CallId{std::max<std::int64_t>(0, next - static_cast<std::int64_t>(random() % 600))};
  };
  for (int step = 0; step < 4000; ++step) {
    const auto id = some_id();
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
        next += static_cast<std::int64_t>(random() % 3);
        mine[{next}] = make(next);
        tree[{next}] = make(next);
        break;
      case 3:
        ASSERT_EQ(mine.emplace(id, make(step)).second, tree.emplace(id, make(step)).second);
        break;
      case 4:
        for (int i = 0; i < 40; ++i) {
          const auto out = some_id();
          ASSERT_EQ(mine.erase(out), tree.erase(out));
          addresses.erase(out);
        }
        break;
      case 5:
        ASSERT_EQ(mine.contains(id), tree.contains(id));
        ASSERT_EQ(mine.lower_bound(id) == mine.end(), tree.lower_bound(id) == tree.end());
        if (tree.lower_bound(id) != tree.end()) {
          ASSERT_EQ(*mine.lower_bound(id), *tree.lower_bound(id));
        }
        ASSERT_EQ(mine.upper_bound(id) == mine.end(), tree.upper_bound(id) == tree.end());
        break;
      case 6:
        if (random() % 50) break;
        erase_if(mine, [&](const auto& entry) { return entry.first.value % 3 != 0; });
        std::erase_if(tree, [&](const auto& entry) { return entry.first.value % 3 != 0; });
        std::erase_if(addresses, [&](const auto& entry) { return entry.first.value % 3 != 0; });
        break;
      default:
        if (random() % 200 == 0) {
          mine.clear();
          tree.clear();
          addresses.clear();
        }
    }
    for (const auto& [there, address] : addresses) ASSERT_EQ(&mine.at(there), address);
    if (step % 64 == 0) {
      for (const auto& [there, value] : mine) addresses[there] = &value;
      expect_same(mine, tree);
    }
  }
  const auto copy = mine;
  EXPECT_EQ(copy, mine);
  auto moved = std::move(mine);
  EXPECT_EQ(copy, moved);
  expect_same(moved, tree);
}

}  // namespace

TEST(IdMapTest, LivesAsATreeDoes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    lives_as_a_tree_does<std::int64_t>(seed, [](std::int64_t n) { return n; });
    lives_as_a_tree_does<std::string>(seed, [](std::int64_t n) { return std::string(40, 'a') + std::to_string(n); });
  }
}

TEST(IdMapTest, WhatComesBackFromBeforeTheFirstIsFound) {
  IdMap<CallId, std::string> map;
  map[{100'000}] = "late";
  map[{3}] = "early";
  EXPECT_EQ(map.begin()->second, "early");
  EXPECT_EQ(map.rbegin()->second, "late");
  EXPECT_EQ(map.at({100'000}), "late");
}

TEST(IdMapTest, NobodyIsFoundUnderAnIdThatWasNeverHandedOut) {
  IdMap<CallId, int> map;
  map[{5}] = 1;
  for (const auto id : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{6}, std::int64_t{1} << 53,
                        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_FALSE(map.contains({id}));
    EXPECT_EQ(map.find({id}), map.end());
    EXPECT_EQ(map.erase({id}), 0U);
  }
}

TEST(IdMapTest, AnIdFarAwayDoesNotFit) {
  IdMap<CallId, int> map;
  EXPECT_TRUE(map.fits({std::int64_t{1} << 53}));
  map[{5}] = 1;
  EXPECT_TRUE(map.fits({1'000'000}));
  EXPECT_FALSE(map.fits({std::int64_t{1} << 53}));
  EXPECT_FALSE(map.fits({-1}));
  map.clear();
  map[{std::int64_t{1} << 53}] = 1;
  EXPECT_FALSE(map.fits({5}));
}

TEST(IdMapTest, OneThatStaysKeepsLittleOfWhatWentAway) {
  struct Counted {
    int* live;
    explicit Counted(int* count) : live(count) { ++*live; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --*live; }
  };
  int live = 0;
  {
    IdMap<CallId, Counted> map;
    map.emplace({1}, &live);
    for (std::int64_t id = 2; id < 10'000; ++id) {
      map.emplace({id}, &live);
      map.erase({id});
    }
    EXPECT_EQ(live, 1);
    EXPECT_EQ(map.size(), 1U);
  }
  EXPECT_EQ(live, 0);
}

}  // namespace sigap
