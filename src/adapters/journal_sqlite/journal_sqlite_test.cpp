#include "adapters/journal_sqlite/journal_sqlite.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "scratch/scratch_folder.h"
#include "sqlite/copy.h"

namespace sigap::journal_sqlite {
namespace {

ports::JournalLine line(std::int64_t n, std::int64_t epoch = 1) {
  const auto text = std::to_string(n);
  return {n,
          "nation",
          epoch,
          n,
          "{\"id\":\"" + text + "\",\"stream\":\"nation\",\"epoch\":" + std::to_string(epoch) + ",\"seq\":" + text +
              ",\"x\":1}",
          {}};
}

class JournalSqliteTest : public testing::Test {
 protected:
  std::unique_ptr<JournalSqlite> open(Mode mode = Mode::write) {
    auto opened = JournalSqlite::open(folder_ / "data", folder_ / "keys", mode);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }
  void fill(std::int64_t count) {
    auto journal = open();
    for (std::int64_t n = journal->head().position + 1; n <= count; ++n) ASSERT_TRUE(journal->append({line(n)}));
  }
  void damage(const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "data" / "journal.sqlite").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  std::string verdict() {
    auto verified = open(Mode::read)->verify();
    return verified ? "whole" : verified.error().message;
  }

  std::string note() {
    std::string text;
    std::ifstream file(folder_ / "keys" / "head");
    std::getline(file, text);
    return text;
  }

  ScratchFolder folder_;
};

}  // namespace

TEST_F(JournalSqliteTest, WhatIsAppendedIsReadBackInOrder) {
  fill(5);
  std::vector<std::int64_t> seen;
  auto head = open(Mode::read)->read(3, [&](const ports::JournalLine& l) { return seen.push_back(l.position), true; });
  ASSERT_TRUE(head);
  EXPECT_EQ(seen, (std::vector<std::int64_t>{3, 4, 5}));
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalSqliteTest, VerifyFindsOneFlippedByte) {
  fill(20);
  damage("UPDATE events SET body = replace(body, '\"x\":1', '\"x\":3') WHERE position = 11");
  EXPECT_EQ(verdict(), "position 11 does not match the chain");
}

TEST_F(JournalSqliteTest, VerifyFindsADeletedRow) {
  fill(20);
  damage("DELETE FROM events WHERE position = 7");
  EXPECT_EQ(verdict(), "position 7 is missing");
}

TEST_F(JournalSqliteTest, VerifyFindsASwap) {
  fill(20);
  damage(
      "UPDATE events SET position = 1000 WHERE position = 4; UPDATE events SET position = 4 WHERE position = 5;"
      "UPDATE events SET position = 5 WHERE position = 1000");
  EXPECT_EQ(verdict(), "position 4 does not match the chain");
}

TEST_F(JournalSqliteTest, VerifyFindsACutTail) {
  fill(20);
  damage("DELETE FROM events WHERE position > 15");
  EXPECT_EQ(verdict(), "the tail is cut: 20 events were noted, 15 are here");
}

TEST_F(JournalSqliteTest, WithoutANotedHeadACutTailCannotBeTold) {
  fill(20);
  std::filesystem::remove(folder_ / "keys" / "head");
  EXPECT_NE(verdict().find("cannot be told"), std::string::npos) << verdict();
}

TEST_F(JournalSqliteTest, AWriterThatFindsACutTailSaysSoAndKeepsTheNote) {
  fill(20);
  damage("DELETE FROM events WHERE position > 15");
  EXPECT_EQ(open()->lost_tail(), "20 events were noted, 15 are here, or others in their place");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "keys" / "head.lost"));
}

TEST_F(JournalSqliteTest, AFullKeyFolderKeepsTheOldNoteAndLeavesNothingElse) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  fill(20);
  auto journal = open();
  const auto noted = note();
  EXPECT_TRUE(noted.starts_with("20 ")) << noted;
  ASSERT_TRUE(journal->append({line(21)}));
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t room : {0, 10}) {
    const rlimit limit{room, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto kept = note();
    journal->note_head();
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_EQ(note(), kept);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "keys" / "head.new"));
  }
  std::signal(SIGXFSZ, handler);
  journal->note_head();
  EXPECT_TRUE(note().starts_with("21 ")) << note();
}

TEST_F(JournalSqliteTest, ANoteLeftHalfWrittenIsNotInTheWayNorWrittenThrough) {
  fill(20);
  auto journal = open();
  std::ofstream(folder_ / "other") << "another's";
  std::filesystem::create_symlink(folder_ / "other", folder_ / "keys" / "head.new");
  ASSERT_TRUE(journal->append({line(21)}));
  journal->note_head();
  EXPECT_TRUE(note().starts_with("21 ")) << note();
  EXPECT_FALSE(std::filesystem::is_symlink(folder_ / "keys" / "head"));
  std::string other;
  std::getline(std::ifstream(folder_ / "other"), other);
  EXPECT_EQ(other, "another's");
}

TEST_F(JournalSqliteTest, VerifyFindsAChangedColumn) {
  fill(20);
  damage("UPDATE events SET epoch = 9 WHERE position = 2");
  EXPECT_EQ(verdict(), "position 2: its columns are not its body's");
  damage("UPDATE events SET epoch = 1, stream = 'other' WHERE position = 2");
  EXPECT_EQ(verdict(), "position 2: its columns are not its body's");
}

TEST_F(JournalSqliteTest, ABatchIsAppendedWholeOrNotAtAll) {
  fill(3);
  auto journal = open();
  EXPECT_FALSE(journal->append({line(4), line(6)}));
  EXPECT_EQ(journal->head().position, 3);
  EXPECT_TRUE(journal->append({line(4)}));
}

TEST_F(JournalSqliteTest, ASecondWriterIsRefused) {
  auto journal = open();
  auto second = JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "locked");
}

TEST_F(JournalSqliteTest, ACheckpointOffTheChainIsPassedOver) {
  fill(10);
  auto journal = open();
  ASSERT_TRUE(journal->save({10, "good", "h", journal->head().hash}));
  ASSERT_TRUE(journal->save({9, "off the chain", "h", "not the hash"}));
  EXPECT_EQ(journal->newest_checkpoint()->state, "good");
}

TEST_F(JournalSqliteTest, CheckpointsThatCannotBeReadAreBegunAnew) {
  fill(10);
  std::ofstream(folder_ / "data" / "checkpoints.sqlite")
      << "no database, but longer than the head of one is: a hundred "
         "bytes and some more, so that SQLite looks at it";
  EXPECT_FALSE(open(Mode::read)->newest_checkpoint()) << "a reader leaves it alone";
  auto journal = open();
  EXPECT_FALSE(journal->newest_checkpoint());
  ASSERT_TRUE(journal->save({10, "state", "h", journal->head().hash}));
  EXPECT_EQ(open(Mode::read)->newest_checkpoint()->state, "state");
}

TEST_F(JournalSqliteTest, CheckpointsOfAnotherJournalDoNotStandInTheWayOfOurs) {
  fill(10);
  for (const std::int64_t position : {100, 101, 102}) ASSERT_TRUE(open()->save({position, "another's", "h", "hash"}));
  auto journal = open();
  ASSERT_TRUE(journal->save({10, "ours", "h", journal->head().hash}));
  ASSERT_TRUE(journal->newest_checkpoint());
  EXPECT_EQ(journal->newest_checkpoint()->state, "ours");
}

TEST_F(JournalSqliteTest, CheckpointsDamagedInTheMiddleAreBegunAnewByTheNext) {
  fill(10);
  for (const std::int64_t position : {8, 9, 10})
    ASSERT_TRUE(open()->save({position, std::string(200'000, 's'), "h", *open(Mode::read)->hash_at(position)}));
  {
    std::fstream file(folder_ / "data" / "checkpoints.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 1; page < 150; ++page)
      file.seekp(page * 4096).write(std::string(4096, 'x').data(), 4096);
  }
  auto journal = open();
  ASSERT_TRUE(journal->append({line(11)}));
  const auto saved = journal->save({11, "new", "h", journal->head().hash});
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(journal->newest_checkpoint()->state, "new");
}

TEST_F(JournalSqliteTest, ACheckpointIsSavedWhileAnotherThreadAppends) {
  auto journal = open();
  ASSERT_TRUE(journal->append({line(1)}));
  const auto first = journal->head();
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(journal->save({1, std::string(1'000'000, 's'), "h", first.hash}));
  });
  for (std::int64_t n = 2; n <= 400; ++n) EXPECT_TRUE(journal->append({line(n)}));
  writer.join();
  EXPECT_EQ(journal->newest_checkpoint()->state.size(), 1'000'000u);
  journal.reset();
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalSqliteTest, ABackupIsTheJournal) {
  fill(10);
  std::filesystem::create_directories(folder_ / "copy");
  ASSERT_TRUE(sqlite::copy_database(folder_ / "data" / "journal.sqlite", folder_ / "copy" / "journal.sqlite"));
  auto copy = JournalSqlite::open(folder_ / "copy", folder_ / "keys", Mode::read);
  ASSERT_TRUE(copy);
  auto head = (*copy)->verify();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->position, 10);
}

TEST_F(JournalSqliteTest, ATailMovedAsideIsInAFileAndTheRestIsWhole) {
  fill(20);
  std::string file;
  {
    auto journal = open();
    ASSERT_TRUE(journal->save({18, "of the tail", "h", *journal->hash_at(18)}));
    EXPECT_EQ(*journal->move_aside_after(20), "");
    file = *journal->move_aside_after(15);
    EXPECT_EQ(file, "aside-16-20.jsonl");
    EXPECT_EQ(journal->head().position, 15);
    EXPECT_EQ(journal->head().hash, *journal->hash_at(15));
    EXPECT_FALSE(journal->newest_checkpoint());
    EXPECT_FALSE(journal->hash_at(16));
    EXPECT_TRUE(journal->append({line(16)}));
  }
  EXPECT_EQ(verdict(), "whole");
  std::ifstream aside(folder_ / "data" / file);
  std::string text;
  int lines = 0;
  while (std::getline(aside, text)) lines += text.find("\"x\":1") != std::string::npos;
  EXPECT_EQ(lines, 5);
}

TEST_F(JournalSqliteTest, KilledInTheMiddleEveryAcknowledgedEventIsThere) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto journal = JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::write);
    if (!journal) _exit(1);
    for (std::int64_t n = 1; n < 100'000; ++n) {
      if (!(*journal)->append({line(n)})) _exit(1);
      if (write(pipe_ends[1], &n, sizeof n) != sizeof n) _exit(1);
    }
    _exit(0);
  }
  close(pipe_ends[1]);
  std::int64_t acknowledged = 0;
  while (acknowledged < 200 && read(pipe_ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
  }
  kill(child, SIGKILL);
  std::int64_t later = 0;
  while (read(pipe_ends[0], &later, sizeof later) == sizeof later) acknowledged = later;
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
  auto head = open()->verify();
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_GE(head->position, acknowledged);
}

/// A file may not grow: the kernel takes the part of a write that still fits and refuses the rest.
TEST_F(JournalSqliteTest, AWriteTornByAFullDiskIsRefusedAndWhatWasAcknowledgedIsThere) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  auto journal = open();
  const rlimit room{100'001, before.rlim_max};  // bytes: in the middle of a page
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &room), 0);
  std::int64_t acknowledged = 0;
  while (acknowledged < 10'000 && journal->append({line(acknowledged + 1)})) ++acknowledged;
  const bool refused_again = !journal->append({line(acknowledged + 1)});
  journal.reset();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(refused_again);
  EXPECT_GT(acknowledged, 0);
  EXPECT_LT(acknowledged, 10'000) << "the disk was never full";
  journal = open();
  EXPECT_EQ(journal->head().position, acknowledged);
  EXPECT_TRUE(journal->append({line(acknowledged + 1)}));
  journal.reset();
  EXPECT_EQ(verdict(), "whole");
}

}  // namespace sigap::journal_sqlite
