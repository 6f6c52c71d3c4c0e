// Synchronous streaming between two machines, and everything that can come between them.
#include "replication/machines.h"
#include "scratch/scratch_folder.h"

namespace sigap::replication {
namespace {

class ReplicationTest : public testing::Test {
 protected:
  void SetUp() override {
    start_witness(0);
    client_ = std::make_unique<WitnessClient>(Address{"127.0.0.1", witness_->port()}, kKey);
    ASSERT_TRUE(client_->ask({WitnessAsk::acquire, "a", 0, 0, "", true}));  // epoch 1 is a's
    a_ = std::make_unique<Machine>(folder_, "a");
    b_ = std::make_unique<Machine>(folder_, "b");
  }
  void TearDown() override {
    a_.reset();
    b_.reset();
    witness_.reset();
  }
  void start_witness(std::uint16_t port) {
    auto started = WitnessServer::start({"127.0.0.1", port}, folder_ / "witness", kKey, {});
    ASSERT_TRUE(started) << started.error().message;
    witness_ = std::move(*started);
  }
  WitnessRecord record() {
    auto shown = client_->ask({WitnessAsk::show, "test", 0, 0, "", false});
    return shown ? shown->record : WitnessRecord{};
  }
  void lead_in_sync() {
    a_->lead(*client_, 1, *b_);
    ASSERT_TRUE(until([&] { return a_->in_sync() && record().in_sync == "b"; }));
  }
  bool same() const { return a_->journal->head().hash == b_->journal->head().hash; }
  static std::chrono::milliseconds timed(const std::function<void()>& work) {
    const auto begun = SteadyClock::now();
    work();
    return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun);
  }

  ScratchFolder folder_;
  std::unique_ptr<WitnessServer> witness_;
  std::unique_ptr<WitnessClient> client_;
  std::unique_ptr<Machine> a_, b_;
};

}  // namespace

TEST_F(ReplicationTest, WhatIsAcknowledgedIsOnBothDisksWithItsKey) {
  lead_in_sync();
  for (int n = 0; n < 20; ++n) {
    const auto sealed = a_->seal("call:" + std::to_string(n));
    ASSERT_TRUE(a_->append("x"));
    ASSERT_TRUE(same());
    ASSERT_TRUE(b_->opens("call:" + std::to_string(n), sealed));
  }
  EXPECT_EQ(b_->verdict(), "whole");
}

TEST_F(ReplicationTest, AStandbyCatchesUpFromAnywhereWhileTheLeaderGoesOn) {
  a_->fill(1200);
  ASSERT_TRUE(b_->journal->append({Machine::line(1, "x", 1), Machine::line(2, "x", 1)}));  // the same first two
  const auto early = a_->seal("call:early");
  a_->fill(3000);
  a_->lead(*client_, 1, *b_);
  for (int n = 0; n < 200; ++n) ASSERT_TRUE(a_->append("y"));
  ASSERT_TRUE(until([&] { return a_->in_sync(); }));
  EXPECT_TRUE(same());
  EXPECT_TRUE(b_->opens("call:early", early));
  EXPECT_EQ(b_->told, "") << "nothing had to be moved aside";
  EXPECT_EQ(b_->verdict(), "whole");
}

TEST_F(ReplicationTest, AStandbyThatGoesIsMarkedAndMarkedAgainWhenItIsBack) {
  lead_in_sync();
  b_->server.reset();
  EXPECT_LT(timed([&] { ASSERT_TRUE(a_->append("alone")); }), 1s) << "a closed connection is not waited for";
  EXPECT_EQ(record().in_sync, "");
  EXPECT_FALSE(same());
  b_->listen();
  ASSERT_TRUE(until([&] { return a_->in_sync() && record().in_sync == "b"; }));
  EXPECT_TRUE(same());
}

TEST_F(ReplicationTest, AStandbyWhoseProgramCouldNotGoOnFromALineDoesNotCountAsOneWhoHasIt) {
  b_->standby = std::make_unique<Standby>(
      "b", *b_->journal, *b_->rows, *b_->epoch, nullptr, [](const ports::JournalLine& line) -> std::optional<Refusal> {
        if (line.body.find("raised") == std::string::npos) return std::nullopt;
        return Refusal{"format", "", "the journal is of format 2; this program reads up to format 1"};
      });
  lead_in_sync();
  ASSERT_TRUE(a_->append("x"));
  ASSERT_TRUE(same());
  ASSERT_TRUE(a_->append("raised")) << "callers are served all the same";
  EXPECT_EQ(b_->journal->head().position, 1);
  EXPECT_EQ(record().in_sync, "") << "b must not take over";
  ASSERT_TRUE(until([&] { return a_->why_not().find("reads up to format 1") != std::string::npos; })) << a_->why_not();
  EXPECT_EQ(a_->lost(), "");
  b_->server.reset();  // upgraded
  b_->standby = std::make_unique<Standby>("b", *b_->journal, *b_->rows, *b_->epoch, nullptr);
  b_->listen();
  ASSERT_TRUE(until([&] { return a_->in_sync() && same(); }));
}

TEST_F(ReplicationTest, ASilentStandbyIsWaitedForOneSecond) {
  lead_in_sync();
  b_->deaf = true;
  const auto took = timed([&] { ASSERT_TRUE(a_->append("alone")); });
  EXPECT_GE(took, 500ms);
  EXPECT_LT(took, 2500ms);
  EXPECT_EQ(record().in_sync, "");
  b_->deaf = false;
  ASSERT_TRUE(until([&] { return a_->in_sync(); }));
  EXPECT_TRUE(same());
}

TEST_F(ReplicationTest, AnIdleLeaderNoticesASilentStandby) {
  lead_in_sync();
  b_->server.reset();
  EXPECT_TRUE(until([&] { return record().in_sync.empty(); }, 3s));
}

TEST_F(ReplicationTest, WithoutAWitnessAStandbyIsEnoughAndWithoutBothNothingIsAcknowledged) {
  lead_in_sync();
  const auto port = witness_->port();
  witness_.reset();
  std::this_thread::sleep_for(Lease::kValid);
  ASSERT_FALSE(a_->lease->valid());
  ASSERT_TRUE(a_->append("with a standby"));
  EXPECT_TRUE(same());
  b_->server.reset();
  const auto refused = a_->append("with nobody");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "isolated");
  start_witness(port);
  EXPECT_EQ(record().in_sync, "b") << "so b may take over: it has all that was acknowledged";
}

TEST_F(ReplicationTest, AReplacedWitnessIsToldWhoLeadsAndWhoHasEverything) {
  lead_in_sync();
  const auto port = witness_->port();
  witness_.reset();
  fs::remove_all(folder_ / "witness");
  start_witness(port);
  EXPECT_TRUE(until([&] { return record().holder == "a" && record().in_sync == "b"; }));
  EXPECT_TRUE(a_->append("goes on"));
  EXPECT_TRUE(same());
}

TEST_F(ReplicationTest, AnOldLeaderIsFencedByTheStandbyThatLeads) {
  lead_in_sync();
  ASSERT_TRUE(a_->append("shared"));
  b_->lead(*client_, 2, *a_);  // as the witness would grant it; a does not know yet
  const auto refused = a_->append("too late");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "fenced");
  EXPECT_EQ(a_->lost(), "fenced");
  EXPECT_FALSE(a_->append("again")) << "once lost it stays lost";
  EXPECT_EQ(b_->journal->head().position, 1);
}

TEST_F(ReplicationTest, AnOldLeaderIsFencedAlsoWhenTheNewOneComesToIt) {
  a_->lead(*client_, 1, *b_);
  b_->epoch->raise(2).value();
  b_->server.reset();  // a cannot reach b; b reaches a
  b_->lead(*client_, 2, *a_);
  EXPECT_TRUE(until([&] { return a_->lost() == "fenced"; }));
}

TEST_F(ReplicationTest, AnEpochIsRememberedOverARestart) {
  b_->epoch->raise(5).value();
  b_.reset();
  b_ = std::make_unique<Machine>(folder_, "b");
  a_->lead(*client_, 1, *b_);
  EXPECT_TRUE(until([&] { return a_->lost() == "fenced"; }));
}

TEST_F(ReplicationTest, ATailThatNeverCountedIsMovedAsideWithItsKeys) {
  lead_in_sync();
  const auto shared = a_->seal("call:1");
  ASSERT_TRUE(a_->append("shared"));
  // a writes on without anybody; b leads
  a_->stop_leading();
  const auto lost = a_->seal("call:2");
  ASSERT_TRUE(a_->append("never counted"));
  ASSERT_TRUE(a_->append("never counted"));
  b_->lead(*client_, 2, *a_);
  const auto kept = b_->seal("call:2");
  b_->append("of b").value();
  // a comes back as a follower
  a_.reset();
  a_ = std::make_unique<Machine>(folder_, "a");
  b_->stop_leading();
  b_->lead(*client_, 3, *a_);
  ASSERT_TRUE(until([&] { return b_->in_sync(); }));
  EXPECT_TRUE(same());
  EXPECT_EQ(a_->verdict(), "whole");
  EXPECT_TRUE(a_->opens("call:1", shared));
  EXPECT_TRUE(a_->opens("call:2", kept));
  EXPECT_FALSE(a_->opens("call:2", lost));
  EXPECT_TRUE(fs::exists(a_->data / "aside-2-3.jsonl"));
  EXPECT_TRUE(fs::exists(a_->data / "aside-keys-2-2.txt"));
  EXPECT_NE(a_->told.find("2 lines"), std::string::npos) << a_->told;
}

TEST_F(ReplicationTest, AJournalOfAnotherOriginIsMovedAsideWhole) {
  b_->fill(30);
  (void)b_->seal("call:of-b");
  a_->fill(20);
  const auto sealed = a_->seal("call:of-a");
  ASSERT_TRUE(a_->append("differs"));
  b_->journal->move_aside_after(0).value();
  ASSERT_TRUE(b_->journal->append({Machine::line(1, "of b", 1)}));
  a_->lead(*client_, 1, *b_);
  ASSERT_TRUE(until([&] { return a_->in_sync(); }));
  EXPECT_TRUE(same());
  EXPECT_TRUE(b_->opens("call:of-a", sealed));
}

TEST_F(ReplicationTest, AThiefOfTheClusterKeyIsHeardByTheWitnessAndByNoMachine) {
  // As cluster.cpp has it: the two machines speak by a key of both keys, the witness by the cluster key.
  const auto cluster = kKey, master = *keys::read_key(folder_ / "master.key", "master key");
  b_.reset();
  b_ = std::make_unique<Machine>(folder_, "b", pair_key(cluster, master));
  Request forged;
  forged.ask = Ask::batch;
  forged.epoch = 99;
  forged.hash = b_->journal->head().hash;
  forged.changes = {{1, 99, ports::VaultTable::keys, "call:1", std::nullopt}};
  forged.lines = {Machine::line(1, "forged", 99)};
  const Address there{"127.0.0.1", b_->port};
  for (const auto& service : {kStandbyService, Service{"standby"}, kWitnessService}) {
    Requester thief(there, cluster, service);
    EXPECT_FALSE(thief.ask(write(forged), in(3s))) << service.magic;
  }
  EXPECT_EQ(b_->journal->head().position, 0);
  EXPECT_EQ(b_->rows->last().number, 0);
  EXPECT_EQ(b_->epoch->highest(), 0);
  Requester machine(there, pair_key(cluster, master), kStandbyService);
  ASSERT_TRUE(machine.ask(write(forged), in(3s)));
  EXPECT_EQ(b_->journal->head().position, 1) << "the batch is one that a leader could send";
  // What remains to the thief is the witness: docs/security.md says what that is.
  EXPECT_EQ(record().holder, "a") << "it is asked by the cluster key";
}

TEST_F(ReplicationTest, AMachineWhoseProgramIsOlderIsSaidToBeAndNotFollowed) {
  b_->server = std::make_unique<Server>(kKey, Service{"standby"}, [](const std::string&) { return std::string(); });
  ASSERT_TRUE(b_->server->start({"127.0.0.1", 0}));
  b_->port = b_->server->port();
  a_->lead(*client_, 1, *b_);
  ASSERT_TRUE(until([&] { return a_->why_not().find("Upgrading") != std::string::npos; })) << a_->why_not();
  EXPECT_TRUE(a_->append("alone, with the witness"));
}

TEST_F(ReplicationTest, AWrongClusterKeyNeverFollows) {
  b_.reset();
  b_ = std::make_unique<Machine>(folder_, "b", keys::derive({}, "another"));
  a_->lead(*client_, 1, *b_);
  std::this_thread::sleep_for(300ms);
  ASSERT_TRUE(a_->append("alone, with the witness"));
  EXPECT_FALSE(a_->in_sync());
  EXPECT_EQ(b_->journal->head().position, 0);
}

TEST_F(ReplicationTest, TheNewestCheckpointIsThereToo) {
  lead_in_sync();
  ASSERT_TRUE(a_->append("x"));
  ASSERT_TRUE(a_->replicated->save({1, std::string(3'000'000, 's'), "h", a_->journal->head().hash}));
  ASSERT_TRUE(until([&] { return b_->journal->newest_checkpoint().has_value(); }));
  ASSERT_TRUE(a_->append("the next append finds the same chain"));
  EXPECT_TRUE(same());
  EXPECT_EQ(b_->journal->newest_checkpoint()->position, 1);
}

TEST_F(ReplicationTest, ALeaderThatStartsWaitsASecondForTheStandbyOfItsLifeBefore) {
  lead_in_sync();
  ASSERT_TRUE(a_->append("x"));
  a_->stop_leading();
  a_->standby = std::make_unique<Standby>("a", *a_->journal, *a_->rows, *a_->epoch, nullptr);
  a_->lead(*client_, 1, *b_, true);
  ASSERT_TRUE(a_->append("first of the new life"));
  EXPECT_TRUE(a_->in_sync());
  EXPECT_TRUE(same());
  EXPECT_EQ(record().in_sync, "b");
}

TEST_F(ReplicationTest, AnAppendGoesOnAloneWhileTheOwnThreadStillWaitsForASlowStandby) {
  a_->fill(500);
  b_->quick = 1;  // says who it is, and then is slow: the own thread is in the middle of a question to it
  b_->deaf = true;
  a_->lead(*client_, 1, *b_, true);
  std::this_thread::sleep_for(ReplicatedJournal::kSilent);
  for (int n = 0; n < 20; ++n) {
    ASSERT_TRUE(a_->append("alone"));
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(a_->lost(), "");
  b_->deaf = false;
  ASSERT_TRUE(until([&] { return a_->in_sync(); }));
  EXPECT_TRUE(same());
}

TEST_F(ReplicationTest, AStandbyThatStopsWhenItHasNearlyCaughtUpIsNotWaitedForLonger) {
  a_->fill(50);
  b_->quick = 1;
  b_->deaf = true;
  a_->lead(*client_, 1, *b_);
  ASSERT_TRUE(until([&] { return a_->replicated->standby() == StandbyState::behind; }));
  std::this_thread::sleep_for(100ms);
  const auto took = timed([&] { ASSERT_TRUE(a_->append("alone")); });
  EXPECT_LT(took, ReplicatedJournal::kSilent + 500ms);
}

}  // namespace sigap::replication
