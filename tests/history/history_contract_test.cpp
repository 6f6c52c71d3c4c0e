// What a history's store promises, for each that there is (ports/history.h).
#include "ports/journal_chain.h"
#include "stores.h"

namespace sigap {
namespace {

using figures::Count;
using figures::TableId;

constexpr std::int64_t kDay_ms = 86'400'000, kDay = 20'600;  // 2026-05-27

struct HistoryContractTest : testing::TestWithParam<Kind> {
  void SetUp() override {
    SIGAP_NEEDS_STORE(GetParam());
    stores_ = std::make_unique<Stores>(GetParam());
    store_ = stores_->store();
  }
  std::unique_ptr<Stores> stores_;
  std::unique_ptr<ports::HistoryStore> store_;
  std::int64_t position_ = 0;

  Result<bool> take(const ports::HistoryChanges& changes) {
    const auto before = position_++;
    return store_->take(changes, before, {position_, "hash" + std::to_string(position_)});
  }
  static std::vector<figures::Row>& rows(ports::HistoryChanges& changes, TableId table) {
    return changes.rows[static_cast<std::size_t>(table)];
  }
  static figures::CallFact call(std::int64_t id, std::int64_t day, bool closed) {
    figures::CallFact fact;
    fact.call = {id};
    fact.arrived = {day * kDay_ms};
    fact.station = {"polres-a"};
    fact.result = figures::CallResult::answered;
    fact.answered = seconds(3);
    fact.caller = {70 + id};
    fact.cell = figures::Cell{-779, 11'037};
    fact.closed = closed;
    return fact;
  }
  static figures::Row day(std::int64_t day, const char* station, std::int64_t offered) {
    figures::Counts counts{};
    counts[static_cast<std::size_t>(Count::offered)] = offered;
    return figures::row_of(figures::DayKey{{station}, day}, counts);
  }
  std::vector<figures::CallFact> calls(std::int64_t from_day, std::int64_t until_day) {
    std::vector<figures::CallFact> all;
    auto read = stores_->reader()->rows(TableId::calls, from_day * kDay_ms, until_day * kDay_ms, [&](const auto& row) {
      all.push_back(figures::call_of(row));
      return true;
    });
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    return all;
  }
};

TEST_P(HistoryContractTest, PositionAndRowsAreOneAndAnotherWriterIsTold) {
  EXPECT_EQ(store_->head()->position, 0);
  EXPECT_EQ(store_->head()->hash, ports::kChainStart);
  ports::HistoryChanges changes;
  rows(changes, TableId::calls) = {row_of(call(1, kDay, false))};
  ASSERT_TRUE(take(changes));
  auto other = stores_->store();
  EXPECT_EQ(other->head()->position, 1);
  EXPECT_EQ(other->head()->hash, "hash1");
  rows(changes, TableId::calls) = {row_of(call(2, kDay, false))};
  const auto stale = other->take(changes, 0, {5, "x"});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, "moved");
  EXPECT_EQ(calls(kDay, kDay + 1).size(), 1u) << "nothing of what was refused";
  ASSERT_TRUE(other->take(changes, 1, {2, "hash2"}));
  EXPECT_EQ(take({}).error().code, "moved") << "it goes on where the store is, not where it was";
}

TEST_P(HistoryContractTest, RowsReplaceAndSumsAdd) {
  ports::HistoryChanges changes;
  rows(changes, TableId::calls) = {row_of(call(1, kDay, false))};
  rows(changes, TableId::days) = {day(kDay, "polres-a", 3), day(kDay, "polres-b", 5), day(kDay + 1, "polres-a", 7)};
  figures::Counts at_eight{};
  at_eight[static_cast<std::size_t>(Count::offered)] = 3;
  rows(changes, TableId::hours) = {figures::row_of(figures::HourKey{{"polres-a"}, {kDay, 8}}, at_eight)};
  rows(changes, TableId::spreads) = {
      figures::row_of(figures::SpreadKey{{"polres-a"}, kDay, figures::Measure::answer, 3}, 2),
      figures::row_of(figures::SpreadKey{{"polres-a"}, kDay, figures::Measure::answer, 9}, 1)};
  ASSERT_TRUE(take(changes));
  rows(changes, TableId::calls) = {row_of(call(1, kDay, true))};
  rows(changes, TableId::days) = {day(kDay, "polres-a", -1)};
  rows(changes,
       TableId::spreads) = {figures::row_of(figures::SpreadKey{{"polres-a"}, kDay, figures::Measure::answer, 9}, -1)};
  ASSERT_TRUE(take(changes));
  const auto found = calls(kDay, kDay + 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], call(1, kDay, true));
  auto reader = stores_->reader();
  auto one_day = reader->by_station({kDay, kDay, {}});
  ASSERT_TRUE(one_day);
  EXPECT_EQ(one_day->at({"polres-a"}).of(Count::offered), 2);
  EXPECT_EQ(one_day->at({"polres-b"}).of(Count::offered), 5);
  EXPECT_EQ(one_day->at({"polres-a"}).spreads[0], (figures::Spread{{3, 2}})) << "what became nothing is not there";
  auto both = reader->by_station({kDay, kDay + 1, {{"polres-a"}}});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->size(), 1u);
  EXPECT_EQ(both->at({"polres-a"}).of(Count::offered), 9);
  auto hours = reader->by_hour({kDay, kDay, {{"polres-a"}}});
  ASSERT_TRUE(hours);
  EXPECT_EQ((*hours)[8][static_cast<std::size_t>(Count::offered)], 6) << "added twice";
}

TEST_P(HistoryContractTest, WhatIsStillOpenIsGivenBackAsItWas) {
  ports::HistoryChanges changes;
  rows(changes, TableId::calls) = {row_of(call(1, kDay, false)), row_of(call(2, kDay + 40, true))};
  rows(changes, TableId::people) = {figures::row_of(figures::PersonFact{{4}, {"polres-a"}})};
  rows(changes, TableId::stations) = {
      figures::row_of(figures::StationFact{{"polres-a"}, "Polres \"A\", \\ {O'A}", "polres", {}, "Asia/Jakarta"})};
  figures::WorkFact work{{4}, {kDay * kDay_ms}, std::nullopt, {"polres-a"}, 7, figures::WorkKind::handling};
  rows(changes, TableId::work) = {row_of(work)};
  ASSERT_TRUE(take(changes));
  auto open = stores_->store()->live(TableId::calls);
  ASSERT_TRUE(open);
  ASSERT_EQ(open->size(), 1u);
  EXPECT_EQ(figures::call_of((*open)[0]), call(1, kDay, false));
  EXPECT_EQ(figures::work_of(store_->live(TableId::work)->at(0)), work);
  EXPECT_EQ(figures::person_of(store_->live(TableId::people)->at(0)).station.value, "polres-a");
  EXPECT_EQ(figures::station_of(store_->live(TableId::stations)->at(0)).name, "Polres \"A\", \\ {O'A}");
}

TEST_P(HistoryContractTest, WhatIsForgottenLosesPlaceAndCallerAndStaysCounted) {
  ports::HistoryChanges changes;
  figures::IncidentFact incident;
  incident.incident = {5};
  incident.opened = {kDay * kDay_ms};
  incident.cell = figures::Cell{-1, 2};
  rows(changes, TableId::calls) = {row_of(call(1, kDay, true)), row_of(call(2, kDay, true))};
  rows(changes, TableId::incidents) = {row_of(incident)};
  ASSERT_TRUE(take(changes));
  ports::HistoryChanges gone;
  gone.forgotten_calls = {{1}, {99}};
  gone.forgotten_incidents = {{5}};
  ASSERT_TRUE(take(gone));
  const auto found = calls(kDay, kDay + 1);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_FALSE(found[0].caller);
  EXPECT_FALSE(found[0].cell);
  EXPECT_EQ(found[0].answered, seconds(3));
  EXPECT_EQ(found[1].caller.value, 72);
  bool seen = false;
  ASSERT_TRUE(stores_->reader()->rows(TableId::incidents, 0, kDay_ms * (kDay + 1), [&](const auto& row) {
    seen = true;
    EXPECT_FALSE(figures::incident_of(row).cell);
    return true;
  }));
  EXPECT_TRUE(seen);
}

TEST_P(HistoryContractTest, RowsAreReadInOrderOfTheirTimeOverMonthsUntilEnough) {
  ports::HistoryChanges changes;
  for (const std::int64_t n : {3, 1, 2}) rows(changes, TableId::calls).push_back(row_of(call(n, kDay + n * 30, true)));
  ASSERT_TRUE(take(changes));
  const auto all = calls(kDay, kDay + 1'000);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].call.value, 1);
  EXPECT_EQ(all[2].call.value, 3);
  EXPECT_EQ(calls(kDay + 30, kDay + 60).size(), 1u) << "the end is not part of it";
  int taken = 0;
  ASSERT_TRUE(stores_->reader()->rows(TableId::calls, 0, kDay_ms * 99'999, [&](const auto&) { return ++taken < 2; }));
  EXPECT_EQ(taken, 2);
}

TEST_P(HistoryContractTest, BegunAnewItIsEmptyForEverybody) {
  ports::HistoryChanges changes;
  rows(changes, TableId::days) = {day(kDay, "polres-a", 3)};
  ASSERT_TRUE(take(changes));
  auto reader = stores_->reader();
  EXPECT_EQ(reader->by_station({kDay, kDay, {}})->size(), 1u);
  ASSERT_TRUE(store_->begin_anew());
  EXPECT_EQ(store_->head()->position, 0);
  EXPECT_EQ(reader->by_station({kDay, kDay, {}})->size(), 0u);
  EXPECT_EQ(reader->head()->position, 0);
  position_ = 0;
  EXPECT_TRUE(take(changes));
}

INSTANTIATE_TEST_SUITE_P(Stores, HistoryContractTest, testing::Values(Kind::sqlite, Kind::postgres),
                         [](const auto& of) { return name_of(of.param); });

// ---- what only PostgreSQL has

TEST(HistoryPostgresTest, WithoutInitItSaysSoAndWithItPeopleOnlyReadTheViews) {
  SIGAP_NEEDS_STORE(Kind::postgres);
  auto& cluster = *Stores::cluster();
  cluster.ask("DROP SCHEMA IF EXISTS sigap CASCADE; DROP SCHEMA IF EXISTS sigap_store CASCADE");
  history_postgres::HistoryPostgres bare(Stores::connection());
  EXPECT_EQ(bare.head().error().code, "uninitialised");
  Stores stores(Kind::postgres);
  EXPECT_TRUE(history_postgres::init(Stores::connection())) << "a second time changes nothing";
  EXPECT_EQ(bare.head()->position, 0) << "the same connection's owner goes on";
  ports::HistoryChanges changes;
  figures::CallFact fact;
  fact.call = {1};
  fact.arrived = {kDay * kDay_ms};
  changes.rows[static_cast<std::size_t>(TableId::calls)] = {row_of(fact)};
  ASSERT_TRUE(stores.store()->take(changes, 0, {1, "h"}));
  cluster.ask("CREATE ROLE looks LOGIN IN ROLE sigap_reader");
  EXPECT_EQ(cluster.ask("SELECT arrived AT TIME ZONE 'UTC' FROM sigap.calls", "looks"), "2026-05-27 00:00:00");
  EXPECT_NE(cluster.ask("SELECT 1 FROM sigap_store.calls", "looks").find("permission denied"), std::string::npos);
  EXPECT_NE(cluster.ask("DELETE FROM sigap.calls", "looks").find("permission denied"), std::string::npos);
  EXPECT_EQ(cluster.ask("SELECT count(*) FROM pg_inherits WHERE inhparent = 'sigap_store.calls'::regclass"), "1");
  EXPECT_EQ(cluster.ask("SELECT count(*) > 50, count(col_description(attrelid, attnum)) - count(*) FROM pg_attribute "
                        "WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = "
                        "'sigap'::regnamespace AND relkind = 'v')"),
            "t|0")
      << "every column is described";
}

}  // namespace
}  // namespace sigap
