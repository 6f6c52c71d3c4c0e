#include "adapters/records_sqlite/records_sqlite.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "ports/journal_chain.h"
#include "scratch/scratch_folder.h"

namespace sigap::records_sqlite {
namespace {

using ports::RecordNote;
using What = RecordNote::What;

struct RecordsSqliteTest : testing::Test {
  ScratchFolder folder_;
  std::unique_ptr<RecordsSqlite> index_ = open();
  std::int64_t position_ = 0;

  std::unique_ptr<RecordsSqlite> open() {
    auto opened = RecordsSqlite::open(folder_);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  void take(std::vector<RecordNote> notes) {
    ++position_;
    ASSERT_TRUE(index_->take(notes, {position_, "hash" + std::to_string(position_)}));
  }
  static RecordNote call(std::int64_t id, std::int64_t at, CallerRef caller = {}, const char* station = "",
                         PersonId by = {}) {
    return {What::happened, RecordKind::call, id, {at}, caller, {}, {station}, by};
  }
  static RecordNote read(std::int64_t id, std::int64_t at, PersonId by) {
    return {What::read, RecordKind::call, id, {at}, {}, {}, {}, by};
  }
  static RecordNote forgotten(RecordKind kind, std::int64_t id) {
    return {What::forgotten, kind, id, {}, {}, {}, {}, {}};
  }
};

TEST_F(RecordsSqliteTest, ACallersRecordsAreFoundTheNewestFirstWithWhoReadThem) {
  take({call(1, 100, {7}), call(1, 110, {}, "polres-a"), call(2, 200, {8}), call(3, 300, {7}, "polres-b", {5})});
  take({{What::happened, RecordKind::incident, 4, {310}, {}, {3}, {"polres-b"}, {5}},
        read(1, 400, {6}),
        read(1, 500, {6}),
        read(99, 500, {6})});
  const auto found = index_->of_caller({7}, 10);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].kind, RecordKind::incident) << "its caller is that of its call";
  EXPECT_EQ(found[1].id, 3);
  EXPECT_EQ(found[2].id, 1);
  EXPECT_EQ(found[2].station.value, "polres-a");
  EXPECT_EQ(found[2].latest.ms, 110) << "reading is not working on it";
  ASSERT_EQ(found[2].readers.size(), 1u);
  EXPECT_EQ(found[2].readers[0].person.value, 6);
  EXPECT_EQ(found[2].readers[0].first.ms, 400);
  EXPECT_EQ(found[2].readers[0].last.ms, 500);
  EXPECT_FALSE(found[2].readers[0].worked);
  ASSERT_EQ(found[1].readers.size(), 1u);
  EXPECT_TRUE(found[1].readers[0].worked);
  EXPECT_EQ(index_->of_caller({7}, 2).size(), 2u);
  EXPECT_TRUE(index_->of_caller({}, 10).empty());
}

TEST_F(RecordsSqliteTest, WhatIsForgottenIsGoneAndTheLastOneLetsTheCallerGo) {
  take({call(1, 100, {7}), call(2, 200, {7}), read(1, 300, {6})});
  take({forgotten(RecordKind::call, 1)});
  EXPECT_EQ(index_->of_caller({7}, 10).size(), 1u);
  EXPECT_TRUE(index_->orphaned(10).empty()) << "something of theirs is left";
  take({forgotten(RecordKind::call, 2)});
  ASSERT_EQ(index_->orphaned(10), std::vector<CallerRef>{{7}});
  ASSERT_EQ(index_->orphaned(10), std::vector<CallerRef>{{7}}) << "until somebody said so";
  index_->unlinked({{7}});
  EXPECT_TRUE(index_->orphaned(10).empty());
}

TEST_F(RecordsSqliteTest, TheUntouchedAreToldInTurn) {
  take({call(1, 100), call(2, 50), call(3, 300), call(4, 120)});
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(index_->untouched(RecordKind::call, {200}, 2), (Ids{2, 1}));
  EXPECT_EQ(index_->untouched(RecordKind::call, {200}, 2), (Ids{4})) << "the others are still there and do not block";
  EXPECT_EQ(index_->untouched(RecordKind::call, {200}, 2), (Ids{2, 1})) << "from the beginning again";
  EXPECT_TRUE(index_->untouched(RecordKind::task, {200}, 2).empty());
}

TEST_F(RecordsSqliteTest, HowFarItReadIsKeptWithWhatItRead) {
  EXPECT_EQ(index_->head().position, 0);
  EXPECT_EQ(index_->head().hash, ports::kChainStart);
  take({call(1, 100, {7})});
  index_ = open();
  EXPECT_EQ(index_->head().position, 1);
  EXPECT_EQ(index_->head().hash, "hash1");
  EXPECT_EQ(index_->of_caller({7}, 10).size(), 1u);
  ASSERT_TRUE(index_->begin_anew());
  EXPECT_EQ(index_->head().position, 0);
  EXPECT_TRUE(index_->of_caller({7}, 10).empty());
}

TEST_F(RecordsSqliteTest, AFileOfAnotherProgramIsBegunAnew) {
  take({call(1, 100, {7})});
  index_.reset();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "records.sqlite").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "PRAGMA user_version=110", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  index_ = open();
  EXPECT_EQ(index_->head().position, 0);
  take({call(1, 100, {7})});
  index_ = open();
  EXPECT_EQ(index_->head().position, 2) << "and then it is ours";
}

TEST_F(RecordsSqliteTest, ADamagedFileIsBegunAnew) {
  take({call(1, 100, {7})});
  index_.reset();
  for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(folder_ / ("records.sqlite" + std::string(part)));
  std::ofstream(folder_ / "records.sqlite") << std::string(8192, 'x');
  index_ = open();
  EXPECT_EQ(index_->head().position, 0);
}

}  // namespace
}  // namespace sigap::records_sqlite
