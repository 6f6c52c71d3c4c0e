#include <gtest/gtest.h>

#include "domain/rosters/state.h"

namespace sigap::rosters {
namespace {

constexpr Instant kNow{1'700'000'000'000};

Shift shift(std::int64_t from_hours, std::int64_t until_hours, std::set<PersonId> people = {{1}}) {
  return {{}, {"polres-a"}, kNow + hours(from_hours), kNow + hours(until_hours), std::move(people), 2, false, false};
}

struct Book : State {
  std::int64_t next = 1;
  ShiftId plan(const Shift& s, Instant at = kNow) {
    const ShiftId id{next++};
    apply(ShiftPlanned{id, s.station, s.from, s.until, s.people, s.needed, {9}}, at);
    return id;
  }
  std::string refused(const Shift& s) const {
    const auto refusal = objection(*this, s, kNow);
    return refusal ? refusal->code + " " + refusal->field + ": " + refusal->message : "";
  }
};

}  // namespace

TEST(RostersTest, WhatMayNotStandIsRefusedWithItsFieldAndReason) {
  Book b;
  EXPECT_EQ(b.refused(shift(1, 9)), "");
  EXPECT_EQ(b.refused(shift(-2, 6)), "") << "one that runs already may still be written down";
  EXPECT_EQ(b.refused(shift(1, 25)), "");
  EXPECT_EQ(b.refused(shift(1, 26)), "invalid until: longer than 24 hours");
  EXPECT_EQ(b.refused(shift(9, 1)), "invalid until: not after its beginning");
  EXPECT_EQ(b.refused(shift(9, 9)), "invalid until: not after its beginning");
  EXPECT_EQ(b.refused(shift(-9, 0)), "invalid until: in the past");
  EXPECT_EQ(b.refused(shift(24 * 366, 24 * 366 + 8)), "invalid until: more than 366 days ahead");
  EXPECT_EQ(b.refused(shift(1, 9, {})), "") << "a need without names";
  auto empty = shift(1, 9, {});
  empty.needed = 0;
  EXPECT_EQ(b.refused(empty), "invalid people: nobody is in it, and nobody is needed");
  auto many = shift(1, 9);
  many.needed = kNeededMax + 1;
  EXPECT_EQ(b.refused(many), "invalid needed: 0 to 1,000");
  many.needed = -1;
  EXPECT_EQ(b.refused(many), "invalid needed: 0 to 1,000");
  auto crowd = shift(1, 9);
  for (std::int64_t i = 1; i <= 201; ++i) crowd.people.insert({i});
  EXPECT_EQ(b.refused(crowd), "invalid people: at most 200");
}

TEST(RostersTest, NoNumberThatIsSentOverflows) {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();
  Book b;
  for (const auto from : {kLeast, std::int64_t{0}, kMost})
    for (const auto until : {kLeast, std::int64_t{0}, kNow.ms, kMost}) {
      auto s = shift(0, 0);
      s.from = {from}, s.until = {until};
      EXPECT_NE(b.refused(s), "") << from << " " << until;
    }
}

TEST(RostersTest, NobodyIsInTwoShiftsAtOnce) {
  Book b;
  const auto first = b.plan(shift(8, 16));
  EXPECT_EQ(b.refused(shift(15, 23)), "overlap people: person 1 is in shift 1 then");
  EXPECT_EQ(b.refused(shift(16, 24)), "") << "the next one begins when the one before ends";
  EXPECT_EQ(b.refused(shift(0, 8)), "");
  EXPECT_EQ(b.refused(shift(15, 23, {{2}})), "");
  auto longer = shift(8, 17);
  longer.id = first;
  EXPECT_EQ(b.refused(longer), "") << "not with itself";
}

TEST(RostersTest, BeginsEndsAndLeavesADayLater) {
  Book b;
  const auto id = b.plan(shift(1, 9, {{1}, {2}}));
  EXPECT_EQ(b.running_of({1}), nullptr);
  b.apply(ShiftBegan{id, {"polres-a"}});
  ASSERT_NE(b.running_of({1}), nullptr);
  EXPECT_EQ(b.running.at({"polres-a"}).size(), 1u);
  b.apply(ShiftChanged{id, {"polres-a"}, kNow + hours(1), kNow + hours(10), {{2}}, {{1}}, 3, {9}});
  EXPECT_EQ(b.running_of({1}), nullptr);
  EXPECT_EQ(b.running_of({2})->needed, 3);
  b.apply(ShiftEnded{id, {"polres-a"}}, kNow + hours(10));
  EXPECT_TRUE(b.running.empty());
  EXPECT_EQ(b.running_of({2}), nullptr);
  EXPECT_EQ(b.of({2}).size(), 1u) << "who was here is still known";
  b.plan(shift(40, 48, {{3}}), kNow + hours(33));
  EXPECT_NE(b.find(id), nullptr);
  b.plan(shift(48, 56, {{3}}), kNow + hours(34));
  EXPECT_EQ(b.find(id), nullptr);
  EXPECT_TRUE(b.of({2}).empty());
  EXPECT_TRUE(b.over.empty());
}

TEST(RostersTest, ARemovedOneLeavesNothing) {
  Book b;
  const auto id = b.plan(shift(1, 9));
  b.apply(ShiftBegan{id, {"polres-a"}});
  b.apply(ShiftRemoved{id, {"polres-a"}, {{1}}, {9}});
  EXPECT_TRUE(b.shifts.empty());
  EXPECT_TRUE(b.by_person.empty());
  EXPECT_TRUE(b.running.empty());
}

TEST(RostersTest, OneMoreThanTheMostIsRefused) {
  Book b;
  while (b.shifts.size() < kShiftsMax) b.plan(shift(1, 9, {}));
  EXPECT_EQ(b.refused(shift(10, 18)), "too_many : 20,000 shifts are planned: remove some, or plan fewer days");
  auto change = shift(2, 10);
  change.id = {1};
  EXPECT_EQ(b.refused(change), "");
}

}  // namespace sigap::rosters
