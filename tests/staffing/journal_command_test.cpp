// `sigap staffing --data`: a journal on disk, two weeks of calls in it, and no key folder anywhere.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "codec/event_codec.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;

constexpr Instant kStart{1'767'571'200'000};  // 2026-01-05T00:00:00Z, a Monday

class JournalCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    journal_ = std::move(
        *journal_sqlite::JournalSqlite::open(folder_ / "data", folder_ / "keys", journal_sqlite::Mode::write));
  }

  void note(Instant at, core::EventBody body) {
    core::Event event;
    event.id = std::string(32, '0');
    event.stream = "nation";
    event.epoch = 1;
    event.seq = ++position_;
    event.at = at;
    event.body = std::move(body);
    lines_.push_back({position_, "nation", 1, position_, codec::write_event(event, none_), ""});
  }
  void station(const char* code, stations::StationLevel level, const char* parent) {
    note(kStart, stations::StationDefined{{{code}, code, level, {parent}, {}, "Asia/Makassar", {}}});
  }
  void call(Instant at, std::int64_t id, const char* home) {
    calls::CallArrived arrived;
    arrived.call = {id};
    note(at, arrived);
    note(at, calls::CallHomed{{id}, {home}});
    note(at + seconds(3), calls::CallAccepted{{id}, {}, {id}, {1}, {1}});
    note(at + seconds(63), calls::CallEnded{{id}, {}, calls::CallEndedBy::caller, true, false, "BYE"});
    note(at + seconds(73), calls::OutcomeSet{{id}, {}, {1}});
  }

  ScratchFolder folder_;
  std::unique_ptr<journal_sqlite::JournalSqlite> journal_;
  std::vector<ports::JournalLine> lines_;
  std::int64_t position_ = 0;
  codec::NoKeys none_;
};

TEST_F(JournalCommandTest, TheJournalsOwnStationsAndCallsMakeTheTable) {
  station("mabes", stations::StationLevel::mabes, "");
  station("polda", stations::StationLevel::polda, "mabes");
  station("north", stations::StationLevel::polres, "polda");
  station("south", stations::StationLevel::polres, "polda");
  std::int64_t id = 0;
  for (int hour = 0; hour < 14 * 24; ++hour)
    for (int minute = 0; minute < 60; minute += 5)
      call(kStart + hours(hour) + minutes(minute), ++id, minute % 2 ? "north" : "south");
  ASSERT_TRUE(journal_->append(lines_));
  journal_.reset();
  fs::remove_all(folder_ / "keys");

  const auto command = std::string(SIGAP_PROGRAM) + " staffing --data " + (folder_ / "data").string() + " 2>&1";
  FILE* out = popen(command.c_str(), "r");
  ASSERT_TRUE(out);
  std::string said;
  for (std::array<char, 4096> part{}; fgets(part.data(), part.size(), out);) said += part.data();
  EXPECT_EQ(WEXITSTATUS(pclose(out)), 0) << said;
  EXPECT_NE(said.find("4032 calls in 14 days; 70 s of handling"), said.npos) << said;
  EXPECT_NE(said.find("WITA"), said.npos) << "the stations' own clock: " << said;
  // 12 calls an hour of 70 s: 0.23 Erlang together, 0.12 each.
  EXPECT_NE(said.find("stations, each alone                       4"), said.npos) << said;
  EXPECT_NE(said.find("provinces, each as one                     2"), said.npos) << said;
}

}  // namespace
}  // namespace sigap
