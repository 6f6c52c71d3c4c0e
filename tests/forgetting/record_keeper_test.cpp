// The record index beside a real journal: it follows, answers, says what is kept too long, and is made anew of another
// journal.
#include "runtime/followers/record_keeper.h"

#include <gtest/gtest.h>

#include <future>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/records_sqlite/records_sqlite.h"
#include "line_of_journal.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;
using runtime::CallersRecords;
using runtime::RecordKeeper;

constexpr Instant kDay1{1'767'225'600'000};

struct Kept {
  std::filesystem::path folder;
  std::unique_ptr<JournalSqlite> journal;
  std::unique_ptr<RecordKeeper> keeper;
  std::promise<Records> over;
  std::promise<std::vector<CallerRef>> orphaned;
  bool over_told = false, orphaned_told = false;

  explicit Kept(std::filesystem::path where) : folder(std::move(where)) {
    journal = std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::write));
  }
  void keep(Instant now, privacy::Terms terms = {}) {
    RecordKeeper::Hooks hooks;
    hooks.over = [this](Records records) {
      if (!std::exchange(over_told, true)) over.set_value(std::move(records));
    };
    hooks.orphaned = [this](std::vector<CallerRef> callers) {
      if (!std::exchange(orphaned_told, true)) orphaned.set_value(std::move(callers));
    };
    hooks.refused = [](const Refusal& why) { ADD_FAILURE() << why.message; };
    keeper = std::make_unique<RecordKeeper>(
        std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::read)),
        std::move(*records_sqlite::RecordsSqlite::open(folder / "data")), terms, [now] { return now; },
        std::move(hooks));
    keeper->start();
    keeper->wake(journal->head().position);
  }
  void happen(core::EventBody body, Instant at = kDay1) {
    codec::NoKeys none;
    ASSERT_TRUE(journal->append({line_of_journal(journal->head().position + 1, at, std::move(body), none)}));
    if (keeper) keeper->wake(journal->head().position);
  }
  void call(std::int64_t id, CallerRef caller) {
    calls::CallArrived arrived;
    arrived.call = {id};
    arrived.caller = caller;
    happen(arrived);
    happen(calls::CallHomed{{id}, {"polres-sleman"}, calls::HomeReason::trunk});
  }
  /// Of all that is in the journal by now: an index that has not read it all says so.
  CallersRecords find(CallerRef caller) {
    while (true) {
      std::promise<CallersRecords> found;
      EXPECT_TRUE(keeper->find(caller, [&](CallersRecords all) { found.set_value(std::move(all)); }));
      auto all = found.get_future().get();
      if (keeper->position() >= journal->head().position) return all;
      std::this_thread::yield();
    }
  }
};

}  // namespace

TEST(RecordKeeperTest, ItFollowsTheJournalAndGoesOnWhereItWas) {
  ScratchFolder scratch;
  Kept kept(scratch);
  kept.call(1, {7});
  kept.keep(kDay1);
  EXPECT_EQ(kept.find({7}).records.size(), 1u) << "what was there before it";
  kept.call(2, {7});
  kept.happen(privacy::RecordsRead{{3}, {4}, {{{2}}, {}, {}}});
  const auto found = kept.find({7});
  EXPECT_FALSE(found.behind);
  ASSERT_EQ(found.records.size(), 2u);
  kept.keeper.reset();
  kept.call(3, {7});
  kept.keep(kDay1);
  const auto again = kept.find({7});
  ASSERT_EQ(again.records.size(), 3u);
  EXPECT_EQ(again.records[0].station.value, "polres-sleman");
}

TEST(RecordKeeperTest, WhatIsKeptTooLongIsToldAndWhoeverIsLeftByAllTheirRecords) {
  ScratchFolder scratch;
  Kept kept(scratch);
  kept.call(1, {7});
  kept.call(2, {8});
  kept.happen(calls::CallClosed{{2}, {}}, kDay1 + hours(24 * 20));
  kept.keep(kDay1 + hours(24 * 31), {30, 30, 30});
  EXPECT_EQ(kept.over.get_future().get(), (Records{{{1}}, {}, {}}));
  kept.keeper.reset();
  kept.happen(privacy::RecordsForgotten{{{{1}}, {}, {}}, privacy::Basis::retention, {}, {}, {}});
  kept.keep(kDay1 + hours(24 * 31), {30, 30, 30});
  EXPECT_EQ(kept.orphaned.get_future().get(), std::vector<CallerRef>{{7}});
  EXPECT_TRUE(kept.find({7}).records.empty());
  EXPECT_EQ(kept.find({8}).records.size(), 1u);
}

TEST(RecordKeeperTest, OfAnotherJournalItIsMadeAnew) {
  ScratchFolder scratch;
  {
    Kept kept(scratch);
    kept.call(1, {7});
    kept.keep(kDay1);
    EXPECT_EQ(kept.find({7}).records.size(), 1u);
  }
  for (const char* part : {"", "-wal", "-shm"})
    std::filesystem::remove(scratch / "data" / (std::string("journal.sqlite") + part));
  std::filesystem::remove(scratch / "keys/head");
  Kept kept(scratch);
  kept.call(9, {8});
  kept.call(10, {8});
  kept.keep(kDay1);
  EXPECT_TRUE(kept.find({7}).records.empty());
  EXPECT_EQ(kept.find({8}).records.size(), 2u);
}

}  // namespace sigap
