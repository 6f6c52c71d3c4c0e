// The history beside a real journal, on both stores: exact whatever comes between (a crash, a database that is away,
// hangs, is full, or is yesterday's), and never in anybody's way.
#include "runtime/followers/history_keeper.h"

#include <atomic>
#include <future>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "line_of_journal.h"
#include "ports/journal_chain.h"
#include "runtime/screens/line_report.h"
#include "stores.h"

namespace sigap {
namespace {

using figures::Count;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBegan_ms = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
constexpr auto kPatience = std::chrono::seconds(60);

/// A journal that calls come to, one answered after three seconds, the next one hung up.
struct Line {
  ScratchFolder folder;
  std::unique_ptr<JournalSqlite> journal =
      std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::write));
  std::int64_t calls = 0;

  void write(Instant at, core::EventBody body) {
    codec::NoKeys none;
    ASSERT_TRUE(journal->append({line_of_journal(journal->head().position + 1, at, std::move(body), none)}));
  }
  void arrive(int more) {
    for (int i = 0; i < more; ++i) {
      const CallId id{++calls};
      const Instant at{kBegan_ms + calls * 1'000};
      calls::CallArrived arrived;
      arrived.call = id;
      arrived.caller = {id.value};
      write(at, arrived);
      write(at, calls::CallHomed{id, {"polres-a"}, {}});
      if (id.value % 2 == 0) {
        calls::CallEnded ended;
        ended.call = id;
        write(at + seconds(2), ended);
      } else {
        write(at + seconds(3), calls::CallAccepted{id, {}, {}, {5}, {}});
      }
    }
  }
  std::unique_ptr<JournalSqlite> beside() {
    return std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::read));
  }
};

struct HistoryKeeperTest : testing::TestWithParam<Kind> {
  void SetUp() override {
    SIGAP_NEEDS_STORE(GetParam());
    stores_ = std::make_unique<Stores>(GetParam());
  }
  std::unique_ptr<Stores> stores_;
  Line line_;
  std::unique_ptr<runtime::HistoryKeeper> keeper_;
  std::atomic<int> refused_ = 0;

  void start(std::unique_ptr<ports::HistoryStore> store = {}) {
    if (!store) store = stores_->store();
    keeper_ = std::make_unique<runtime::HistoryKeeper>(line_.beside(), nullptr, std::move(store), stores_->reader(),
                                                       [this](const Refusal&) { ++refused_; });
    keeper_->start();
    keeper_->wake(line_.journal->head().position);
  }
  /// Somebody asks, which has it look again at once.
  void ask() {
    std::promise<void> asked;
    if (keeper_->ask([&](auto&) { asked.set_value(); })) asked.get_future().wait();
  }
  void catch_up() {
    keeper_->wake(line_.journal->head().position);
    const auto until = Clock::now() + kPatience;
    while (keeper_->position() < line_.journal->head().position) {
      ASSERT_LT(Clock::now(), until) << keeper_->condition().problem;
      ask();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void expect_exact() {
    auto sums = stores_->reader()->by_station({0, 100'000, {}});
    ASSERT_TRUE(sums) << sums.error().message;
    const auto& station = (*sums)[{"polres-a"}];
    EXPECT_EQ(station.of(Count::offered), line_.calls);
    EXPECT_EQ(station.of(Count::answered), (line_.calls + 1) / 2);
    EXPECT_EQ(station.of(Count::hung_up), line_.calls / 2);
    EXPECT_EQ(station.of(Count::within_5), (line_.calls + 1) / 2);
  }
};

TEST_P(HistoryKeeperTest, ItIsExactOverRestarts) {
  line_.arrive(300);
  start();
  catch_up();
  keeper_.reset();
  line_.arrive(50);
  start();
  catch_up();
  expect_exact();
}

TEST_P(HistoryKeeperTest, TwoThatFollowCountNothingTwice) {
  line_.arrive(900);
  start();
  auto other = std::make_unique<runtime::HistoryKeeper>(line_.beside(), nullptr, stores_->store(), stores_->reader(),
                                                        [](const Refusal&) {});
  other->start();
  for (int i = 0; i < 20; ++i) {
    line_.arrive(5);
    keeper_->wake(line_.journal->head().position);
    other->wake(line_.journal->head().position);
  }
  catch_up();
  other->stop();
  catch_up();
  expect_exact();
}

/// What a store may do that is asked to write: refuse, or do it and not live to say so.
class Faulty final : public ports::HistoryStore {
 public:
  explicit Faulty(std::unique_ptr<ports::HistoryStore> store) : store_(std::move(store)) {}
  Result<ports::JournalHead> head() override { return store_->head(); }
  Result<bool> begin_anew() override { return store_->begin_anew(); }
  Result<std::vector<figures::Row>> live(figures::TableId table) override { return store_->live(table); }
  Result<bool> take(const ports::HistoryChanges& changes, std::int64_t before,
                    const ports::JournalHead& after) override {
    ++takes_;
    if (takes_ % 3 == 0) return refuse("disk_full", "planned fault");
    auto taken = store_->take(changes, before, after);
    if (taken && takes_ % 3 == 1) return refuse("io", "planned fault");
    return taken;
  }

 private:
  std::unique_ptr<ports::HistoryStore> store_;
  int takes_ = 0;
};

TEST_P(HistoryKeeperTest, AFullDiskAndAnAnswerThatWasLostCountNothingTwiceAndLeaveNothingOut) {
  line_.arrive(20);
  start(std::make_unique<Faulty>(stores_->store()));
  for (int i = 0; i < 8; ++i) {
    line_.arrive(7);
    catch_up();
  }
  EXPECT_GT(refused_, 0);
  expect_exact();
}

TEST_P(HistoryKeeperTest, OfAJournalThatIsBehindItBeginsAnew) {
  line_.arrive(10);
  start();
  catch_up();
  keeper_.reset();
  auto store = stores_->store();
  ASSERT_TRUE(store->take({}, line_.journal->head().position, {9'999, std::string(64, 'f')}));
  start();
  line_.arrive(2);
  catch_up();
  expect_exact();
}

TEST_P(HistoryKeeperTest, AReportOfTodaySaysWhatTheHistorySays) {
  line_.arrive(9);
  start();
  catch_up();
  runtime::ReportScope scope{{"polda-a"}, "Polda A", "Asia/Jakarta", {kBegan_ms + hours(1).ms}, {}};
  scope.parts.push_back({{"polda-a"}, "Polda A", {{"polda-a"}}});
  scope.parts.push_back({{"polres-a"}, "Polres A", {{"polres-a"}}});
  auto reader = stores_->reader();
  auto found = runtime::make_report(scope, {7, {"polda-a"}, core::ReportSpan::day, {}}, *reader);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, 7);
  EXPECT_EQ(found->day.offered, 9);
  EXPECT_EQ(found->month.within_5, 555);
  EXPECT_EQ(found->day.answer.median_s, 3);
  ASSERT_EQ(found->rows.size(), 2u);
  EXPECT_EQ(found->rows[0].figures.offered, 0);
  EXPECT_EQ(found->rows[1].figures.hung_up, 4);
  ASSERT_EQ(found->hours.size(), 1u);
  EXPECT_EQ(found->hours[0].offered, 9);
}

TEST(ReportSpanTest, ItHasTheDayInItAndEndsTodayAtTheLatest) {
  using core::ReportSpan;
  constexpr std::int64_t kToday = 20'600;  // 2026-05-27, a Wednesday
  const auto span = [](ReportSpan of, std::int64_t day) {
    const auto days = runtime::days_of(of, day, kToday);
    return std::pair(days.first_day - kToday, days.last_day - kToday);
  };
  EXPECT_EQ(span(ReportSpan::day, kToday), std::pair(0L, 0L));
  EXPECT_EQ(span(ReportSpan::week, kToday), std::pair(-2L, 0L));
  EXPECT_EQ(span(ReportSpan::month, kToday), std::pair(-26L, 0L));
  EXPECT_EQ(span(ReportSpan::week, kToday - 3), std::pair(-9L, -3L)) << "a Sunday ends its week";
  EXPECT_EQ(span(ReportSpan::month, kToday - 27), std::pair(-56L, -27L)) << "April";
  EXPECT_EQ(span(ReportSpan::day, kToday + 1), std::pair(0L, 0L)) << "tomorrow is not over";
  EXPECT_EQ(runtime::days_of(ReportSpan::week, INT64_MIN, kToday).last_day, 3) << "nor was there anything before 1970";
}

INSTANTIATE_TEST_SUITE_P(Stores, HistoryKeeperTest, testing::Values(Kind::sqlite, Kind::postgres),
                         [](const auto& of) { return name_of(of.param); });

// ---- a database that is a program of its own

struct DatabaseTest : HistoryKeeperTest {
  /// How long appends take, at the worst.
  Duration worst_append() {
    Duration worst;
    for (int i = 0; i < 200; ++i) {
      const auto began = Clock::now();
      line_.arrive(1);
      keeper_->wake(line_.journal->head().position);
      worst.ms = std::max<std::int64_t>(
          worst.ms, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count());
    }
    return worst;
  }
};

TEST_P(DatabaseTest, OneThatIsAwayDelaysNobodyIsSeenAndIsCaughtUpWith) {
  line_.arrive(10);
  start();
  catch_up();
  Stores::cluster()->stop();
  line_.arrive(1);
  keeper_->wake(line_.journal->head().position);
  const auto until = Clock::now() + kPatience;
  while (keeper_->condition().problem.empty() && Clock::now() < until) std::this_thread::yield();
  EXPECT_EQ(keeper_->condition().problem, "away");
  EXPECT_LT(worst_append().ms, 2'000) << "a start of the whole test machine, not a wait for the database";
  EXPECT_GE(keeper_->condition().behind, 600) << "it says how far behind it is";
  std::string why;
  ASSERT_TRUE(Stores::cluster()->run(why)) << why;
  catch_up();
  expect_exact();
  EXPECT_EQ(keeper_->condition().problem, "");
}

TEST_P(DatabaseTest, OneThatIsAwayAtTheStartIsFoundLater) {
  line_.arrive(10);
  Stores::cluster()->stop();
  start();
  ask();
  std::string why;
  ASSERT_TRUE(Stores::cluster()->run(why)) << why;
  catch_up();
  expect_exact();
}

TEST_P(DatabaseTest, OneThatHangsDelaysNeitherTheLineNorAStop) {
  line_.arrive(10);
  start();
  catch_up();
  Stores::cluster()->hang();
  EXPECT_LT(worst_append().ms, 2'000);
  ASSERT_TRUE(keeper_->ask([](auto& reader) { (void)reader.head(); }));
  const auto began = Clock::now();
  keeper_.reset();
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(20));
  Stores::cluster()->go_on();
  start();
  catch_up();
  expect_exact();
}

TEST_P(DatabaseTest, OneRestoredFromYesterdayGoesOnFromThere) {
  line_.arrive(40);
  start();
  catch_up();
  keeper_.reset();
  auto& cluster = *Stores::cluster();
  cluster.ask("DROP DATABASE IF EXISTS yesterday", "sigap", "template1");
  ASSERT_EQ(cluster.ask("CREATE DATABASE yesterday TEMPLATE postgres", "sigap", "template1"), "");
  line_.arrive(40);
  start();
  catch_up();
  keeper_.reset();
  start(std::make_unique<history_postgres::HistoryPostgres>(cluster.connection("yesterday")));
  catch_up();
  keeper_.reset();
  history_postgres::HistoryPostgresReader reader(cluster.connection("yesterday"));
  auto sums = reader.by_station({0, 100'000, {}});
  ASSERT_TRUE(sums) << sums.error().message;
  EXPECT_EQ((*sums)[{"polres-a"}].of(Count::offered), 80);
}

INSTANTIATE_TEST_SUITE_P(Postgres, DatabaseTest, testing::Values(Kind::postgres),
                         [](const auto& of) { return name_of(of.param); });

}  // namespace
}  // namespace sigap
