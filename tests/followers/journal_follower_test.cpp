// A follower beside a real journal: nothing is missed or taken twice, whatever it refuses, and the writer never waits.
#include "runtime/followers/journal_follower.h"

#include <gtest/gtest.h>

#include <future>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "line_of_journal.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;
using runtime::JournalFollower;

/// Keeps what it took, as a store would that outlives its process.
struct Store {
  ports::JournalHead head;
  std::vector<std::int64_t> calls;
};

class Calls final : public ports::Follower {
 public:
  explicit Calls(Store& store) : store_(store) {}
  ports::JournalHead head() override { return store_.head; }
  Result<bool> begin_anew() override {
    store_ = {};
    return true;
  }
  Result<bool> take(const std::vector<core::Event>& events, const ports::JournalHead& head) override {
    if (stuck.valid()) stuck.wait();
    if (refusing) return refuse("io", "the store is full");
    for (const auto& event : events)
      if (const auto* call = std::get_if<calls::CallArrived>(&event.body)) store_.calls.push_back(call->call.value);
    store_.head = head;
    return true;
  }

  std::shared_future<void> stuck;  ///< take() does not come back before
  std::atomic<bool> refusing = false;

 private:
  Store& store_;
};

struct Line {
  ScratchFolder folder;
  std::unique_ptr<JournalSqlite> journal;
  Store store;
  Calls calls{store};
  std::unique_ptr<JournalFollower> follower;
  std::atomic<int> refused = 0;

  Line() { journal = std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::write)); }
  void start() {
    follower = std::make_unique<JournalFollower>(
        "calls", std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::read)), calls,
        [this](const Refusal&) { ++refused; });
    follower->start();
    follower->wake(journal->head().position);
  }
  void arrive(std::int64_t first, std::int64_t last) {
    std::vector<ports::JournalLine> lines;
    codec::NoKeys none;
    for (auto n = first; n <= last; ++n) {
      calls::CallArrived arrived;
      arrived.call = {n};
      lines.push_back(line_of_journal(n, {1'767'225'600'000}, arrived, none));
    }
    ASSERT_TRUE(journal->append(std::move(lines)));
    if (follower) follower->wake(journal->head().position);
  }
  /// What is asked of the follower's thread is answered when it has looked at the journal.
  void look() {
    std::promise<void> looked;
    ASSERT_TRUE(follower->post([&] { looked.set_value(); }));
    looked.get_future().wait();
  }
  void catch_up() {
    while (follower->position() < journal->head().position) look();
  }
};

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> all;
  for (auto n = first; n <= last; ++n) all.push_back(n);
  return all;
}

}  // namespace

TEST(JournalFollowerTest, ItTakesEachEventOnceThroughBatchesAndRestarts) {
  Line line;
  line.arrive(1, JournalFollower::kBatch + 7);
  line.start();
  line.catch_up();
  line.follower.reset();
  line.arrive(JournalFollower::kBatch + 8, JournalFollower::kBatch + 9);
  line.start();
  line.catch_up();
  EXPECT_EQ(line.store.calls, numbers(1, JournalFollower::kBatch + 9));
  EXPECT_EQ(line.follower->condition().behind, 0);
}

TEST(JournalFollowerTest, WhatItRefusesIsGivenAgainAndItsProblemIsSeen) {
  Line line;
  line.calls.refusing = true;
  line.start();
  line.arrive(1, 3);
  while (line.refused == 0) line.look();
  EXPECT_EQ(line.follower->position(), 0);
  EXPECT_EQ(line.follower->condition().problem, "io");
  line.calls.refusing = false;  // a question has it look again before its minute is over
  line.catch_up();
  EXPECT_EQ(line.store.calls, numbers(1, 3));
  EXPECT_EQ(line.follower->condition().problem, "");
}

TEST(JournalFollowerTest, WhileItIsStuckTheJournalGoesOnAndItSaysHowFarBehindItIs) {
  Line line;
  std::promise<void> free;
  line.calls.stuck = free.get_future().share();
  line.start();
  line.arrive(1, 1);
  line.arrive(2, 50);
  EXPECT_EQ(line.journal->head().position, 50) << "whoever writes does not wait";
  EXPECT_EQ(line.follower->condition().behind, 50);
  // What is asked meanwhile waits, up to a limit that is told.
  std::size_t waiting = 0;
  while (line.follower->post([] {})) ++waiting;
  EXPECT_LE(waiting, JournalFollower::kJobsMax + 1);
  free.set_value();
  while (line.follower->position() < 50) std::this_thread::yield();
  EXPECT_EQ(line.store.calls, numbers(1, 50));
}

TEST(JournalFollowerTest, OfAnotherJournalItBeginsAnew) {
  Line line;
  line.store.head = {2, std::string(64, '0')};
  line.store.calls = {77, 78};
  line.arrive(1, 3);
  line.start();
  line.catch_up();
  EXPECT_EQ(line.store.calls, numbers(1, 3));
}

}  // namespace sigap
