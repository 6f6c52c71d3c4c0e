// The core's thread with the real engine on a journal in memory: when what hands did becomes part of the journal.
#include "runtime/core_thread.h"

#include <gtest/gtest.h>

#include <semaphore>

#include "codec/event_codec.h"
#include "sim/memory_journal.h"
#include "sim/server.h"

namespace sigap::runtime {
namespace {

constexpr Instant kStart{1'767'225'600'000};

/// Its hands do at once what they are told, and report it as hands do.
struct Running {
  sim::MemoryJournal journal;
  sim::OpenSealer sealer;
  std::int64_t ids = 0;
  std::counting_semaphore<> ticks{0};
  Engine engine{{"nation", "test", {}}, journal, sealer, [this] { return "id" + std::to_string(++ids); }};
  CoreThread core{engine, [] { return kStart; }};

  Running() {
    core.set_hooks({[this](const core::Effect& effect) { core.submit_lazily({effect.id}); },
                    [](const std::vector<core::Event>&) {}, [this](Instant) { ticks.release(); },
                    [](const Refusal& why) { ADD_FAILURE() << why.message; }});
    EXPECT_TRUE(core.recover());
  }
  void calls_arrive(int count) {
    for (int i = 1; i <= count; ++i) {
      core::CallArrives in;
      in.leg = {"leg" + std::to_string(i)};
      core.submit(std::move(in));
    }
  }
  /// How many effects each event settles.
  std::vector<std::size_t> settled() {
    std::vector<std::size_t> counts;
    EXPECT_TRUE(journal.read(1, [&](const ports::JournalLine& line) {
      const auto event = codec::read_event(line.body, sealer);
      if (const auto* done = std::get_if<core::EffectsDone>(&event->body)) counts.push_back(done->effects.size());
      return true;
    }));
    return counts;
  }
};

}  // namespace

TEST(CoreThreadTest, ReportsWaitForTheTickAndAreOneEvent) {
  Running server;
  server.calls_arrive(3);
  EXPECT_TRUE(server.core.turn());
  EXPECT_FALSE(server.core.turn()) << "nothing is due";
  EXPECT_EQ(server.engine.state().outstanding.size(), 3u);
  server.core.tick();
  EXPECT_TRUE(server.core.turn());
  EXPECT_EQ(server.settled(), std::vector<std::size_t>{3});
  EXPECT_TRUE(server.engine.state().outstanding.empty());
}

/// A start with thousands of callers orders thousands of effects in one turn.
TEST(CoreThreadTest, ManyReportsDoNotWaitAndNoEventHoldsMoreThanItsMost) {
  Running server;
  constexpr auto kMany = static_cast<int>(CoreThread::kReportsMax * 5 / 2);
  server.calls_arrive(kMany);
  EXPECT_TRUE(server.core.turn());
  EXPECT_TRUE(server.core.turn());
  const auto most = CoreThread::kReportsMax;
  EXPECT_EQ(server.settled(), (std::vector<std::size_t>{most, most, most / 2}));
  EXPECT_TRUE(server.engine.state().outstanding.empty());
}

TEST(CoreThreadTest, AProperEndWritesWhatWasGathered) {
  Running server;
  server.core.start();
  server.ticks.acquire();  // the next one is half a second away
  EXPECT_TRUE(server.core.post([&] { server.calls_arrive(2); }));
  server.core.stop();
  EXPECT_TRUE(server.engine.state().outstanding.empty());
}

/// A hand that does not come round: its time is given back when it is enough to matter, once.
TEST(CoreThreadTest, WhatWasLateIsGivenBack) {
  Running server;
  core::DefineStations nation;
  nation.stations = {
      {{"mabes"}, "Mabes", stations::StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}}};
  server.core.submit(nation);
  server.core.submit(core::CommandAsked{
      core::CommandLine{}, core::AddPerson{"op", "Op", people::Role::operator_, {"mabes"}, "", "hash", true}, "", ""});
  server.core.submit(core::SignIn{{1}, "token"});
  EXPECT_TRUE(server.core.turn());
  const auto due = [&] { return *server.engine.state().timers.due(core::TimerKind::browser, 1); };
  const auto before = due();
  server.core.was_late(seconds(1));
  EXPECT_FALSE(server.core.turn()) << "too little to matter";
  server.core.was_late(seconds(2));
  EXPECT_TRUE(server.core.turn());
  EXPECT_EQ(due(), before + seconds(3));
  EXPECT_FALSE(server.core.turn()) << "not twice";
  EXPECT_EQ(due(), before + seconds(3));
}

}  // namespace sigap::runtime
