#include "adapters/deliveries_sqlite/deliveries_sqlite.h"

#include <gtest/gtest.h>

#include <fstream>

#include "ports/journal_chain.h"
#include "scratch/scratch_folder.h"

namespace sigap::deliveries_sqlite {
namespace {

using clients::Topic;
using ports::Delivery;
using Batch = ports::DeliveryStore::Batch;

struct DeliveriesSqliteTest : testing::Test {
  ScratchFolder folder_;
  std::unique_ptr<DeliveriesSqlite> store_ = open();
  std::int64_t position_ = 0;

  std::unique_ptr<DeliveriesSqlite> open() {
    auto opened = DeliveriesSqlite::open(folder_);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  static Delivery told(std::int64_t client, std::int64_t incident, const char* type = "alert.raised") {
    Delivery d;
    d.client = {client};
    d.topic = std::string_view(type).starts_with("alert") ? Topic::alert : Topic::incident;
    d.type = type;
    d.stands = "sent";
    d.incident = {incident};
    d.event = "ab";
    return d;
  }
  std::vector<Delivery> take(std::vector<Delivery> added, Instant now = {1'000}) {
    ++position_;
    Batch batch;
    batch.added = std::move(added);
    batch.now = now;
    auto dead = store_->take(batch, {position_, "hash" + std::to_string(position_)});
    EXPECT_TRUE(dead);
    return *dead;
  }
  std::vector<Delivery> due(std::int64_t client, std::int64_t now = 1'000) { return store_->due({client}, {now}, 100); }
};

}  // namespace

TEST_F(DeliveriesSqliteTest, OfEachIncidentTheOldestIsToldAndTheNextWhenItWas) {
  take({told(1, 7), told(1, 8), told(1, 7, "alert.changed"), told(2, 7)});
  const auto first = due(1);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].incident.value, 7);
  EXPECT_EQ(first[0].type, "alert.raised");
  EXPECT_EQ(first[1].incident.value, 8);
  ASSERT_TRUE(store_->delivered(first[0].id));
  const auto next = due(1);
  ASSERT_EQ(next.size(), 2u);
  EXPECT_EQ(next[1].type, "alert.changed");
  EXPECT_EQ(due(2).size(), 1u) << "of another client";
}

TEST_F(DeliveriesSqliteTest, WhatFailedWaitsAndHoldsUpItsIncidentAlone) {
  take({told(1, 7), told(1, 7, "alert.changed"), told(1, 8)});
  ASSERT_TRUE(store_->tried(due(1)[0].id, {5'000}));
  ASSERT_EQ(due(1).size(), 1u);
  EXPECT_EQ(due(1)[0].incident.value, 8);
  ASSERT_EQ(due(1, 5'000).size(), 2u);
  EXPECT_EQ(due(1, 5'000)[0].tries, 1);
}

TEST_F(DeliveriesSqliteTest, ItIsAllThereAfterAStart) {
  take({told(1, 7), told(3, 8)});
  store_.reset();
  store_ = open();
  EXPECT_EQ(store_->head().position, 1);
  EXPECT_EQ(store_->waiting(), (std::vector<ClientId>{{1}, {3}}));
  EXPECT_EQ(due(1)[0].event, "ab");
}

TEST_F(DeliveriesSqliteTest, ChangesThatNobodyWasToldOfAreOne) {
  take({told(1, 7, "incident.changed"), told(1, 7, "incident.changed")});
  take({told(1, 7, "incident.changed"), told(1, 8, "incident.changed")});
  ASSERT_EQ(due(1).size(), 2u);
  // It may have been made before this change: another follows.
  ASSERT_TRUE(store_->tried(due(1)[0].id, {1'000}));
  take({told(1, 7, "incident.changed")});
  ASSERT_TRUE(store_->delivered(due(1)[0].id));
  EXPECT_EQ(due(1).size(), 2u);
}

TEST_F(DeliveriesSqliteTest, WhatWasGivenUpIsToldAgainWhenSomebodyAsks) {
  take({told(1, 7), told(1, 7, "alert.changed")});
  EXPECT_TRUE(store_->older(Topic::alert, {1'000}, 10).empty());
  for (const auto& old : store_->older(Topic::alert, {1'001}, 10)) ASSERT_TRUE(store_->give_up(old.id));
  EXPECT_TRUE(due(1).empty());
  EXPECT_TRUE(store_->waiting().empty());
  Batch batch;
  batch.replayed = {{1}};
  batch.now = {9'000};
  ASSERT_TRUE(store_->take(batch, {++position_, "h"}));
  ASSERT_EQ(due(1, 9'000).size(), 1u);
  EXPECT_EQ(due(1, 9'000)[0].type, "alert.raised") << "in the order of then";
}

TEST_F(DeliveriesSqliteTest, WhoIsDisabledIsToldNothingMore) {
  take({told(1, 7), told(2, 7)});
  Batch batch;
  batch.emptied = {{1}};
  ASSERT_TRUE(store_->take(batch, {++position_, "h"}));
  EXPECT_TRUE(due(1).empty());
  EXPECT_EQ(due(2).size(), 1u);
}

TEST_F(DeliveriesSqliteTest, WhatDoesNotFitIsGivenUpAndSaid) {
  std::vector<Delivery> many;
  for (std::int64_t i = 1; i <= ports::DeliveryStore::kWaitingMost; ++i) many.push_back(told(1, i));
  EXPECT_TRUE(take(std::move(many)).empty());
  const auto dead = take({told(1, 99'999), told(2, 1)});
  ASSERT_EQ(dead.size(), 1u);
  EXPECT_EQ(dead[0].incident.value, 99'999);
  EXPECT_EQ(due(2).size(), 1u) << "another client's is not touched";
}

TEST_F(DeliveriesSqliteTest, AFileThatIsNoneIsBegunAnew) {
  store_.reset();
  std::ofstream(folder_ / "deliveries.sqlite") << "no database, whatever it was before; long enough for a header";
  store_ = open();
  EXPECT_EQ(store_->head().position, 0);
  EXPECT_EQ(store_->head().hash, ports::kChainStart);
}

}  // namespace sigap::deliveries_sqlite
