// Whoever can write the files and has no key appends, replaces, cuts and notes what they like: none of it is believed.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "base/hash.h"
#include "ports/journal_chain.h"
#include "scratch/scratch_folder.h"

namespace sigap::journal_sqlite {
namespace {

namespace fs = std::filesystem;

std::string body_of(std::int64_t n, const std::string& what = "ours") {
  const auto text = std::to_string(n);
  return R"({"id":")" + text + R"(","stream":"nation","epoch":1,"seq":)" + text + R"(,"at":1767225600000,"what":")" +
         what + "\"}";
}

ports::JournalLine line_of(std::int64_t n) {
  return {n, "nation", 1, n, body_of(n), {}};
}

/// A seal of `key`, as strong as the tests need.
ports::JournalSealMaker sealer(std::string key = "master") {
  return [key](bool) -> Result<ports::JournalSeal> {
    return ports::JournalSeal([key](std::initializer_list<std::string_view> parts) {
      std::string all = key;
      for (const auto part : parts) all += "|" + std::string(part);
      return sha256_hex(all).substr(0, 32);
    });
  };
}

class JournalProofTest : public testing::Test {
 protected:
  auto open(Mode mode = Mode::write, const ports::JournalSealMaker& with = sealer()) {
    return JournalSqlite::open(folder_ / "data", folder_ / "keys", mode, with);
  }
  /// One batch of up to `last`.
  void append_to(std::int64_t last, const ports::JournalSealMaker& with = sealer()) {
    auto journal = open(Mode::write, with);
    ASSERT_TRUE(journal) << journal.error().message;
    std::vector<ports::JournalLine> lines;
    for (auto n = (*journal)->head().position + 1; n <= last; ++n) lines.push_back(line_of(n));
    ASSERT_TRUE((*journal)->append(lines));
  }
  void sql(const std::string& text) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "data/journal.sqlite").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  std::string hash_of(std::int64_t position) { return *(*open(Mode::read))->hash_at(position); }
  /// As who has read docs/formats/journal.md and has no key: the chain is right.
  void forge(std::int64_t position) {
    const auto body = body_of(position, "PersonSignedIn");
    sql("INSERT INTO events(position, stream, epoch, seq, body, hash) VALUES(" + std::to_string(position) +
        ",'nation',1," + std::to_string(position) + ",'" + body + "','" +
        ports::next_hash(hash_of(position - 1), body) + "')");
  }
  std::string verdict(const ports::JournalSealMaker& with = sealer()) {
    auto verified = (*open(Mode::read, with))->verify();
    return verified ? "whole" : verified.error().code + ": " + verified.error().message;
  }
  /// What a server that starts is told.
  std::string start(const ports::JournalSealMaker& with = sealer()) {
    auto journal = open(Mode::write, with);
    return journal ? "serves" : journal.error().code + ": " + journal.error().message;
  }
  std::string note() {
    std::stringstream text;
    text << std::ifstream(folder_ / "keys/head").rdbuf();
    return text.str();
  }
  /// As who can write the data folder alone makes it look like one of before seals.
  void without_seals() {
    sql("CREATE TABLE bare AS SELECT position, stream, epoch, seq, body, hash FROM events; DROP TABLE events; "
        "ALTER TABLE bare RENAME TO events");
  }
  void write_note(const std::string& text) { std::ofstream(folder_ / "keys/head") << text << "\n"; }
  static bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

  ScratchFolder folder_;
};

}  // namespace

TEST_F(JournalProofTest, ATailOfSomebodyElseIsNotProvedAndNotServedFrom) {
  append_to(20);
  EXPECT_EQ(verdict(), "whole");
  const auto noted = note();
  forge(21);
  forge(22);
  EXPECT_TRUE(verdict().starts_with("unproved: 2 lines from position 21 on (the first says 2026-01-01T00:00:00Z)"))
      << verdict();
  for (int again = 0; again < 2; ++again) {
    EXPECT_TRUE(start().starts_with("unproved: 2 lines from position 21 on")) << start();
    EXPECT_EQ(note(), noted) << "whoever did not start has noted nothing";
  }
  EXPECT_EQ((*open(Mode::read))->head().position, 22) << "and nothing is lost";
  EXPECT_EQ(verdict({}), "whole") << "who has no key sees the chain alone";
}

TEST_F(JournalProofTest, ASealOfAnotherLineOrMadeUpProvesNothing) {
  append_to(19);
  append_to(20);
  forge(21);
  for (const char* seal :
       {"(SELECT seal FROM events WHERE position = 20)", "'00000000000000000000000000000000'", "''", "x'00'"}) {
    sql(std::string("UPDATE events SET seal = ") + seal + " WHERE position = 21");
    EXPECT_TRUE(verdict().starts_with("unproved: 1 lines from position 21 on")) << seal << ": " << verdict();
    EXPECT_TRUE(start().starts_with("unproved: ")) << seal;
  }
  // Of another installation.
  const auto other = (*sealer("another key")(false))({"line", "21", hash_of(21)});
  sql("UPDATE events SET seal = '" + other + "' WHERE position = 21");
  EXPECT_TRUE(start().starts_with("unproved: "));
}

TEST_F(JournalProofTest, LinesPutInThePlaceOfOursAreNotProved) {
  append_to(15);
  append_to(20);
  sql("DELETE FROM events WHERE position > 15");
  for (std::int64_t n = 16; n <= 20; ++n) forge(n);
  EXPECT_TRUE(start().starts_with("unproved: 5 lines from position 16 on")) << start();
  EXPECT_TRUE(verdict().starts_with("corrupt: position 20 is not the one that was noted")) << verdict();
}

TEST_F(JournalProofTest, ABatchCutInItsMiddleIsNotProved) {
  append_to(10);
  const auto before = note();
  append_to(20);
  write_note(before.substr(0, before.size() - 1));
  sql("DELETE FROM events WHERE position > 15");
  EXPECT_TRUE(start().starts_with("unproved: 5 lines from position 11 on")) << start();
}

TEST_F(JournalProofTest, KilledBeforeTheHeadWasNotedTheSealsProveTheEnd) {
  append_to(10);
  const auto before = note();
  append_to(20);
  append_to(30);
  write_note(before.substr(0, before.size() - 1));
  EXPECT_EQ(verdict(), "whole");
  EXPECT_EQ(start(), "serves");
}

TEST_F(JournalProofTest, WithoutANoteTheSealsProveWhoWroteAndACutCannotBeTold) {
  append_to(20);
  fs::remove(folder_ / "keys/head");
  EXPECT_TRUE(says(verdict(), "that none is missing at the end cannot be told")) << verdict();
  EXPECT_EQ(start(), "serves") << "as from a backup without it";
  EXPECT_EQ(verdict(), "whole") << "and noted again";
}

TEST_F(JournalProofTest, AnotherMasterKeyProvesNothing) {
  append_to(20);
  EXPECT_TRUE(start(sealer("another")).starts_with("unproved: 20 lines from position 1 on"));
}

TEST_F(JournalProofTest, AcceptedByAPersonItIsSealedAndGoesOn) {
  append_to(20);
  forge(21);
  forge(22);
  sql("UPDATE events SET seal = 'what somebody made up' WHERE position = 21");
  {
    auto journal = std::move(*open(Mode::settle));
    ASSERT_TRUE(journal->unproved());
    EXPECT_EQ(journal->unproved()->first, 21);
    EXPECT_EQ(journal->unproved()->last, 22);
    EXPECT_FALSE(journal->append({line_of(23)})) << "it is open for a decision, not for calls";
    ASSERT_TRUE(journal->accept_unproved());
  }
  EXPECT_EQ(verdict(), "whole");
  append_to(23);
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalProofTest, WhatIsNotEvenWholeCannotBeAccepted) {
  append_to(20);
  forge(21);
  forge(22);
  sql("UPDATE events SET body = replace(body, 'PersonSignedIn', 'x') WHERE position = 21");
  EXPECT_EQ((*open(Mode::settle))->accept_unproved().error().code, "corrupt");
  EXPECT_TRUE(start().starts_with("unproved: "));
}

TEST_F(JournalProofTest, SetAsideByAPersonItIsInAFileAndTheRestGoesOn) {
  append_to(20);
  forge(21);
  {
    auto journal = std::move(*open(Mode::settle));
    EXPECT_EQ(*journal->move_aside_after(journal->unproved()->first - 1), "aside-21-21.jsonl");
    EXPECT_FALSE(journal->unproved());
  }
  EXPECT_EQ(verdict(), "whole");
  append_to(21);
  EXPECT_EQ((*open(Mode::read))->head().position, 21);
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalProofTest, AJournalOfBeforeSealsIsProvedByItsNoteAndSealedFromThenOn) {
  append_to(20, {});
  ASSERT_TRUE((*open(Mode::write, {}))->save({20, "state", "h", hash_of(20)}));
  EXPECT_EQ(verdict(), "whole");
  append_to(21);
  EXPECT_EQ(verdict(), "whole");
  ASSERT_TRUE((*open())->newest_checkpoint()) << "a start after the upgrade takes no longer";
  EXPECT_EQ((*open())->newest_checkpoint()->state, "state");
  // "Once": a note without a seal counts no more, nor does one with a seal for what it does not name.
  forge(22);
  for (const auto& text : {"22 " + hash_of(22), "22 " + hash_of(22) + note().substr(note().rfind(' '), 33)}) {
    write_note(text);
    EXPECT_TRUE(start().starts_with("unproved: 1 lines from position 22 on")) << start();
    EXPECT_TRUE(verdict().starts_with("unproved: 1 lines from position 22 on")) << verdict();
  }
}

TEST_F(JournalProofTest, KilledBeforeTheUpgradeWhatWasNotNotedIsBelievedOnce) {
  append_to(20, {});
  const auto before = note();
  append_to(25, {});
  write_note(before.substr(0, before.size() - 1));
  ASSERT_TRUE((*open(Mode::write, {}))->save({24, "state", "h", hash_of(24)}));
  write_note(before.substr(0, before.size() - 1));
  EXPECT_TRUE(says(verdict(), "5 lines from position 21 on")) << verdict();
  EXPECT_TRUE(says(verdict(), "the first start believes that once")) << verdict();
  {
    auto journal = open();
    ASSERT_TRUE(journal) << journal.error().message;
    EXPECT_EQ((*journal)->believed(),
              "5 lines from position 21 on (the first says 2026-01-01T00:00:00Z) were not noted before the upgrade");
    EXPECT_EQ((*journal)->lost_tail(), "");
    ASSERT_TRUE((*journal)->newest_checkpoint()) << "and the start takes no longer";
  }
  EXPECT_EQ(verdict(), "whole");
  EXPECT_EQ(fs::status(folder_ / "keys/sealed").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ((*open())->believed(), "");
  // Once: not after the column was taken away, with whatever note.
  const auto good = note();
  without_seals();
  forge(26);
  for (const auto& text : {good, before, std::string()}) {
    write_note(text);
    EXPECT_TRUE(start().starts_with("unproved: ")) << text << start();
    EXPECT_FALSE(says(start(), "believes")) << start();
  }
  fs::remove(folder_ / "keys/head");
  EXPECT_TRUE(start().starts_with("unproved: 26 lines from position 1 on")) << start();
}

TEST_F(JournalProofTest, WithoutANoteTheFirstStartBelievesAJournalOfBeforeSealsOnce) {
  for (const bool empty : {true, false}) {  // a full disk used to leave it empty
    fs::remove_all(folder_ / "data");
    fs::remove_all(folder_ / "keys");
    append_to(20, {});
    fs::remove(folder_ / "keys/head");
    if (empty) std::ofstream(folder_ / "keys/head");
    auto journal = open();
    ASSERT_TRUE(journal) << journal.error().message;
    EXPECT_TRUE((*journal)->believed().starts_with("20 lines from position 1 on")) << (*journal)->believed();
    (*journal).reset();
    EXPECT_EQ(verdict(), "whole");
    fs::remove(folder_ / "keys/head");
    without_seals();
    EXPECT_TRUE(start().starts_with("unproved: 20 lines from position 1 on")) << start();
  }
}

TEST_F(JournalProofTest, ANoteOfAnotherChainIsNoReasonToBelieve) {
  append_to(20, {});
  write_note("20 " + std::string(64, 'a'));
  EXPECT_TRUE(start().starts_with("unproved: 20 lines from position 1 on")) << start();
}

TEST_F(JournalProofTest, AJournalSealedBeforeThereWasAMarkIsMarkedByItsNextStart) {
  append_to(20);
  fs::remove(folder_ / "keys/sealed");
  EXPECT_EQ(start(), "serves");
  EXPECT_TRUE(fs::exists(folder_ / "keys/sealed"));
}

TEST_F(JournalProofTest, ARestoredCopyOfBeforeSealsIsAcceptedWithItsStatesAndTheNoteIsKept) {
  append_to(15, {});
  ASSERT_TRUE((*open(Mode::write, {}))->save({15, "state", "h", hash_of(15)}));
  fs::copy(folder_ / "data", folder_ / "copy");
  append_to(20);
  const auto noted = note();
  fs::remove_all(folder_ / "data");
  fs::rename(folder_ / "copy", folder_ / "data");
  EXPECT_TRUE(start().starts_with("unproved: 15 lines from position 1 on")) << start();
  for (const auto& said : {start(), verdict()})
    EXPECT_TRUE(says(said,
                     "20 events were noted, 15 are here: this journal is of before seals, older than what was noted: a "
                     "restored copy? Then accept it"))
        << said;
  {
    auto journal = std::move(*open(Mode::settle));
    EXPECT_EQ(journal->unproved()->noted, 20);
    ASSERT_TRUE(journal->accept_unproved());
  }
  std::stringstream lost;
  lost << std::ifstream(folder_ / "keys/head.lost").rdbuf();
  EXPECT_EQ(lost.str(), noted);
  EXPECT_EQ(verdict(), "whole");
  auto journal = std::move(*open());
  ASSERT_TRUE(journal->newest_checkpoint()) << "the next start does not read it from its first line";
  EXPECT_EQ(journal->newest_checkpoint()->state, "state");
}

TEST_F(JournalProofTest, ACopyOfBeforeSealsRestoredWithANoteOfItsOwnKeepsItsStates) {
  append_to(15, {});
  ASSERT_TRUE((*open(Mode::write, {}))->save({15, "state", "h", hash_of(15)}));
  (*open(Mode::read))->note_head();  // as `sigap restore` does, with seals
  EXPECT_EQ(start(), "serves");
  ASSERT_TRUE((*open())->newest_checkpoint());
}

TEST_F(JournalProofTest, SetAsideBehindANoteOfBeforeSealsTheStatesStay) {
  append_to(20, {});
  ASSERT_TRUE((*open(Mode::write, {}))->save({20, "state", "h", hash_of(20)}));
  forge(21);
  EXPECT_EQ(*(*open(Mode::settle))->move_aside_after(20), "aside-21-21.jsonl");
  EXPECT_EQ(start(), "serves");
  ASSERT_TRUE((*open())->newest_checkpoint());
  EXPECT_TRUE(fs::exists(folder_ / "keys/sealed"));
}

TEST_F(JournalProofTest, ACutTailIsToldApartAndAcceptedWithItsNoteKept) {
  append_to(15);
  append_to(20);
  sql("DELETE FROM events WHERE position > 15");
  EXPECT_EQ(verdict(), "cut: the tail is cut: 20 events were noted, 15 are here");
  {
    auto journal = std::move(*open(Mode::settle));
    EXPECT_FALSE(journal->unproved());
    EXPECT_EQ(journal->lost_tail(), "20 events were noted, 15 are here, or others in their place");
    ASSERT_TRUE(journal->accept_unproved());
  }
  EXPECT_TRUE(fs::exists(folder_ / "keys/head.lost"));
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalProofTest, ASealedJournalWithoutAReadableNoteServesAndSaysSo) {
  append_to(20);
  for (const std::string text : {"", "nonsense", "0 x"}) {
    write_note(text);
    auto journal = std::move(*open());
    EXPECT_TRUE(says(journal->lost_tail(), "nothing is noted in the key folder")) << text;
  }
  EXPECT_EQ((*open())->lost_tail(), "") << "it was noted again";
  fs::remove_all(folder_ / "data");
  fs::remove(folder_ / "keys/head");
  EXPECT_EQ((*open())->lost_tail(), "") << "of an empty one nothing was noted";
}

TEST_F(JournalProofTest, WhatAnOlderProgramWroteOnASealedJournalWaitsForAPersonAndThenGoesOn) {
  append_to(20);
  append_to(25, {});  // an upgrade was taken back
  EXPECT_EQ(start({}), "serves");
  EXPECT_TRUE(start().starts_with("unproved: 5 lines from position 21 on")) << start();
  EXPECT_TRUE(says(start(), "a program from before seals may have written them")) << start();
  ASSERT_TRUE((*open(Mode::settle))->accept_unproved());
  append_to(30);
  EXPECT_EQ(verdict(), "whole");
  append_to(35, {});  // and again
  ASSERT_TRUE((*open(Mode::settle))->accept_unproved());
  EXPECT_EQ(start(), "serves");
}

TEST_F(JournalProofTest, ANoteThatSomebodyElseWroteIsFoundOut) {
  append_to(10);
  append_to(20);
  const auto good = note();
  // Of lines that are ours, so that a cut would not be seen: without a seal, with a line's, with another head's.
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "data/journal.sqlite").c_str(), &db), SQLITE_OK);
  sqlite3_stmt* row = nullptr;
  sqlite3_prepare_v2(db, "SELECT seal FROM events WHERE position = 10", -1, &row, nullptr);
  ASSERT_EQ(sqlite3_step(row), SQLITE_ROW);
  const std::string line_seal = reinterpret_cast<const char*>(sqlite3_column_text(row, 0));
  sqlite3_finalize(row);
  sqlite3_close(db);
  const auto ten = "10 " + hash_of(10);
  for (const auto& forged : {ten, ten + " " + line_seal, ten + good.substr(good.rfind(' '), 33)}) {
    write_note(forged);
    EXPECT_TRUE(says(verdict(), "is not sealed with this master key")) << forged << ": " << verdict();
    auto journal = std::move(*open());
    EXPECT_TRUE(says(journal->lost_tail(), "is not sealed with this master key")) << "served, but said";
    EXPECT_TRUE(fs::exists(folder_ / "keys/head.lost"));
  }
}

TEST_F(JournalProofTest, ANoteThatIsNotOursIsSettledByNotingTheHeadAgain) {
  append_to(20);
  write_note("20 " + hash_of(20));
  {
    auto journal = std::move(*open(Mode::settle));
    EXPECT_FALSE(journal->unproved());
    EXPECT_TRUE(says(journal->lost_tail(), "is not sealed with this master key"));
    journal->note_head();
  }
  EXPECT_EQ(verdict(), "whole");
}

TEST_F(JournalProofTest, AStateThatSomebodyElsePutBesideTheJournalIsPassedOver) {
  append_to(20);
  {
    auto journal = std::move(*open());
    ASSERT_TRUE(journal->save({20, "ours", "h", journal->head().hash}));
  }
  const auto at_checkpoints = [&](const std::string& text) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "data/checkpoints.sqlite").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  };
  EXPECT_EQ((*open())->newest_checkpoint()->state, "ours");
  at_checkpoints("UPDATE checkpoints SET state = 'with an administrator more'");
  EXPECT_FALSE((*open())->newest_checkpoint());
  at_checkpoints("UPDATE checkpoints SET seal = NULL");
  EXPECT_FALSE((*open(Mode::read))->newest_checkpoint());
  EXPECT_FALSE((*open())->newest_checkpoint());
  // Nor where the journal is made to look as if it were of before seals.
  at_checkpoints("INSERT INTO checkpoints(position, state, state_hash, journal_hash) VALUES(20,'theirs','h','" +
                 hash_of(20) + "')");
  without_seals();
  auto journal = open();
  ASSERT_TRUE(journal) << "its note proves these lines";
  EXPECT_FALSE((*journal)->newest_checkpoint());
}

TEST_F(JournalProofTest, WithoutSealsAForgedLineIsFoundByTheSealedNote) {
  append_to(20);
  without_seals();
  forge(21);
  EXPECT_TRUE(start().starts_with("unproved: 1 lines from position 21 on")) << start();
  fs::remove(folder_ / "keys/sealed");
  EXPECT_TRUE(start().starts_with("unproved: 1 lines from position 21 on")) << start();
}

TEST_F(JournalProofTest, ATailCutAwayForAnotherMachineEndsProved) {
  append_to(20);  // one batch, one seal: at 20
  {
    auto journal = std::move(*open());
    EXPECT_EQ(*journal->move_aside_after(12), "aside-13-20.jsonl");
  }
  fs::remove(folder_ / "keys/head");
  EXPECT_EQ(start(), "serves");
  EXPECT_EQ(verdict(), "whole");
}

}  // namespace sigap::journal_sqlite
