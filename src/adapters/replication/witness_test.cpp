// Who may lead: the rules on a clock of the test, then the witness with its disk and its door.
#include <gtest/gtest.h>

#include "adapters/replication/lease.h"
#include "adapters/replication/messages.h"
#include "scratch/scratch_folder.h"

namespace sigap::replication {
namespace {

class WitnessRulesTest : public testing::Test {
 protected:
  std::string acquire(const std::string& node, bool force = false) {
    return rules_.decide({WitnessAsk::acquire, node, 0, 0, "", force}, now_).code;
  }
  std::string renew(const std::string& node, std::int64_t epoch) {
    return rules_.decide({WitnessAsk::renew, node, epoch, 0, "", false}, now_).code;
  }
  std::string mark(const std::string& node, std::int64_t epoch, std::int64_t number, const std::string& in_sync) {
    return rules_.decide({WitnessAsk::mark, node, epoch, number, in_sync, false}, now_).code;
  }
  std::int64_t now_ = 1'000'000;
  WitnessRules rules_{{}, now_};
};

}  // namespace

TEST_F(WitnessRulesTest, TheFirstLeaderIsAPersonsChoice) {
  EXPECT_EQ(acquire("a"), "nobody");
  EXPECT_EQ(acquire("a", true), "");
  EXPECT_EQ(acquire("b"), "leased");
}

TEST_F(WitnessRulesTest, OnlyAMachineWithEverythingTakesOverAndOnlyAfterTheLease) {
  EXPECT_EQ(acquire("a", true), "");
  now_ += WitnessRules::kLease_ms;
  EXPECT_EQ(acquire("b"), "behind");
  EXPECT_EQ(renew("a", 1), "") << "nobody else was granted";
  EXPECT_EQ(mark("a", 1, 1, "b"), "");
  EXPECT_EQ(acquire("b"), "leased");
  now_ += WitnessRules::kLease_ms;
  EXPECT_EQ(acquire("c"), "behind");
  EXPECT_EQ(acquire("b"), "");
  EXPECT_EQ(rules_.record().epoch, 2);
  EXPECT_EQ(rules_.record().in_sync, "") << "nobody has everything of the new leader yet";
  EXPECT_EQ(renew("a", 1), "fenced");
  EXPECT_EQ(mark("a", 1, 2, ""), "fenced");
}

TEST_F(WitnessRulesTest, AForcedTakeoverWaitsForTheLeaseToo) {
  EXPECT_EQ(acquire("a", true), "");
  EXPECT_EQ(acquire("b", true), "leased");
  now_ += WitnessRules::kLease_ms;
  EXPECT_EQ(acquire("b", true), "");
}

TEST_F(WitnessRulesTest, AnOldMarkDoesNotOvertakeANewerOne) {
  EXPECT_EQ(acquire("a", true), "");
  EXPECT_EQ(mark("a", 1, 2, ""), "");
  EXPECT_EQ(mark("a", 1, 1, "b"), "stale");
  EXPECT_EQ(rules_.record().in_sync, "");
}

TEST_F(WitnessRulesTest, ALeaderComesBackAtOnceButNotAgainAndAgain) {
  EXPECT_EQ(acquire("a", true), "");
  now_ += WitnessRules::kReturn_ms;
  EXPECT_EQ(mark("a", 1, 1, "b"), "");
  EXPECT_EQ(acquire("a"), "");
  EXPECT_EQ(rules_.record().in_sync, "b") << "the standby has everything of the life before";
  now_ += 500;
  EXPECT_EQ(acquire("a"), "leased");
  now_ += WitnessRules::kLease_ms;
  EXPECT_EQ(acquire("a"), "leased") << "the other one's chance";
  EXPECT_EQ(acquire("b"), "");
}

TEST_F(WitnessRulesTest, AWitnessThatLostItsMemoryLearnsWhoLeads) {
  EXPECT_EQ(renew("b", 7), "");
  EXPECT_EQ(rules_.record().holder, "b");
  EXPECT_EQ(renew("a", 6), "fenced");
  now_ += WitnessRules::kLease_ms;
  EXPECT_EQ(acquire("a"), "behind");
}

TEST_F(WitnessRulesTest, AWitnessThatLostItsMemoryBeginsAboveTheEpochsThatTheMachinesHaveSeen) {
  EXPECT_EQ(acquire("a", true), "") << "a person says so before any machine is up";
  EXPECT_EQ(rules_.decide({WitnessAsk::acquire, "a", 40, 0, "", false}, now_).code, "");
  EXPECT_EQ(rules_.record().epoch, 41) << "a lower one would be refused by the other machine";
  EXPECT_EQ(renew("a", 41), "");
}

TEST(WitnessTest, WhatWasGrantedOutlivesTheWitness) {
  const ScratchFolder folder;
  const ClusterKey key;
  std::uint16_t port = 0;
  {
    auto witness = WitnessServer::start({"127.0.0.1", 0}, folder, key, {});
    ASSERT_TRUE(witness) << witness.error().message;
    port = (*witness)->port();
    WitnessClient client({"127.0.0.1", port}, key);
    ASSERT_TRUE(client.ask({WitnessAsk::acquire, "a", 0, 0, "", true}));
    Lease lease(client, "a", 1, SteadyClock::now());
    ASSERT_TRUE(lease.mark("b"));
  }
  auto witness = WitnessServer::start({"127.0.0.1", port}, folder, key, {});
  ASSERT_TRUE(witness) << witness.error().message;
  WitnessClient client({"127.0.0.1", port}, key);
  const auto shown = client.ask({WitnessAsk::show, "b", 0, 0, "", false});
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(shown->record.epoch, 1);
  EXPECT_EQ(shown->record.holder, "a");
  EXPECT_EQ(shown->record.in_sync, "b");
  EXPECT_GT(shown->lease_left_ms, WitnessRules::kLease_ms / 2) << "a lease counts as just renewed";
}

TEST(LeaseTest, EndsByItselfWhenTheWitnessIsGone) {
  WitnessClient nobody({"127.0.0.1", 1}, ClusterKey());
  Lease lease(nobody, "a", 1, SteadyClock::now() - Lease::kValid + std::chrono::milliseconds(300));
  EXPECT_TRUE(lease.valid());
  std::mutex mutex;
  std::condition_variable told;
  std::string code;
  lease.keep([&](const Refusal& why) {
    const std::lock_guard lock(mutex);
    code = why.code;
    told.notify_all();
  });
  std::unique_lock lock(mutex);
  told.wait_for(lock, std::chrono::seconds(5), [&] { return !code.empty(); });
  EXPECT_EQ(code, "isolated");
  EXPECT_FALSE(lease.valid());
}

TEST(MessagesTest, AreReadAsTheyWereWrittenAndNeverBeyondTheirEnd) {
  Request request;
  request.ask = Ask::batch;
  request.epoch = 3;
  request.position = 41;
  request.hash = "h";
  request.changes = {{1, 3, ports::VaultTable::keys, "call:1", std::string("\0\xff", 2)},
                     {2, 3, ports::VaultTable::callers, "9", std::nullopt}};
  request.lines = {{42, "nation", 2, 42, "{}", {}}};
  request.checkpoint = ports::Checkpoint{41, "state", "sh", "jh"};
  const auto bytes = write(request);
  const auto back = read_request(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(write(*back), bytes);
  EXPECT_EQ(back->changes[0].value->size(), 2u);
  EXPECT_FALSE(back->changes[1].value);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(read_request(bytes.substr(0, size)));
  EXPECT_FALSE(read_request(bytes + "x"));
  EXPECT_FALSE(read_answer(bytes));
}

}  // namespace sigap::replication
