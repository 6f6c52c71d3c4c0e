// The real journal and the real vault under the engine: killed with SIGKILL in the middle of calls, started again.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "codec/event_codec.h"
#include "codec/state_codec.h"
#include "runtime/engine.h"
#include "runtime/followers/checkpointer.h"
#include "runtime/vault_sealer.h"
#include "runtime/voice/leg_records.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr Instant kStart{1'767'225'600'000};

/// An engine on a folder, and what writes its checkpoints beside it, as the server has them.
struct Installation {
  std::unique_ptr<JournalSqlite> journal;
  std::unique_ptr<vault::VaultSodium> vault, checkpoint_vault;
  std::unique_ptr<runtime::VaultSealer> sealer, checkpoint_sealer;
  std::unique_ptr<runtime::Engine> engine;
  std::unique_ptr<runtime::Checkpointer> checkpointer;
  vault::EntropySodium entropy;
  runtime::Batch recovered;

  explicit Installation(const fs::path& folder, runtime::CheckpointLimits limits = {.every = 50}) {
    journal = std::move(
        *JournalSqlite::open(folder / "data", folder / "keys", Mode::write,
                             vault::journal_sealer(folder / "data", folder / "keys", vault::Use::owns, true)));
    vault = std::move(*vault::VaultSodium::unlock(folder / "data", folder / "keys", true));
    sealer = std::make_unique<runtime::VaultSealer>(*vault);
    checkpoint_vault =
        std::move(*vault::VaultSodium::unlock(folder / "data", folder / "keys", false, vault::Use::reads));
    checkpoint_sealer = std::make_unique<runtime::VaultSealer>(*checkpoint_vault);
    engine = std::make_unique<runtime::Engine>(runtime::EngineConfig{"nation", "test", {}}, *journal, *sealer,
                                               [this] { return entropy.hex(16); });
    checkpointer = std::make_unique<runtime::Checkpointer>(
        *journal, *checkpoint_sealer, [](const Refusal& why) { ADD_FAILURE() << why.message; }, limits);
    auto batch = engine->recover(kStart);
    if (batch)
      recovered = std::move(*batch);
    else
      ADD_FAILURE() << batch.error().message;
    checkpointer->begin(engine->state(), engine->head(), engine->checkpoint_position());
  }
  void arrive(std::int64_t n) {
    core::CallArrives in;
    in.leg = {"leg" + std::to_string(n)};
    in.number = "+62811220033" + std::to_string(n);
    in.caller = vault->caller_ref(in.number);
    in.signalling = "INVITE sip:110@polri Budi Santoso";
    auto batch = engine->run({in}, kStart + seconds(n));
    ASSERT_TRUE(batch);
    checkpointer->follow(std::move(batch->events), engine->head(), engine->state());
  }
};

class RecoveryTest : public testing::Test {
 protected:
  ScratchFolder folder_;
};

}  // namespace

TEST_F(RecoveryTest, AStartGivesTheSameStateFromACheckpointAndFromTheFirstLine) {
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 40; ++n) server.arrive(n);
    server.checkpointer->finish();
  }
  Installation again(folder_);
  EXPECT_GT(again.engine->checkpoint_position(), 40);
  codec::NoKeys none;
  const auto replayed = runtime::replay(*again.journal, none);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(sha256_hex(codec::hashable_text(*replayed)), again.engine->state_hash());
  EXPECT_EQ(again.engine->state().calls.waiting.size(), 40u) << "everybody waits on";
}

/// Of everything that is in the journal up to the checkpoint's place, whoever wrote it.
void expect_fold(ports::Journal& journal, const ports::Checkpoint& checkpoint) {
  core::State state;
  codec::NoKeys none;
  ASSERT_TRUE(journal.read(1, [&](const ports::JournalLine& line) {
    core::apply(state, *codec::read_event(line.body, none));
    return line.position < checkpoint.position;
  }));
  EXPECT_EQ(sha256_hex(codec::hashable_text(state)), checkpoint.state_hash);
}

TEST_F(RecoveryTest, ACheckpointWrittenBesideTheCoreIsTheFoldOfItsEvents) {
  Installation server(folder_);
  for (std::int64_t n = 1; n <= 200; ++n) server.arrive(n);
  server.checkpointer->finish();
  const auto newest = server.journal->newest_checkpoint();
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->position, server.engine->state().position);
  EXPECT_EQ(newest->state_hash, server.engine->state_hash());
  expect_fold(*server.journal, *newest);
}

TEST_F(RecoveryTest, ACheckpointerThatFallsBehindBeginsAnewFromTheState) {
  Installation server(folder_, {.every = 50, .behind_max = 0});  // each commit is too much
  for (std::int64_t n = 1; n <= 60; ++n) server.arrive(n);
  server.checkpointer->finish();
  const auto newest = server.journal->newest_checkpoint();
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->position, server.engine->state().position);
  expect_fold(*server.journal, *newest);
}

TEST_F(RecoveryTest, ARefusedCheckpointIsToldAndTriedAgainWhenTheNextIsDue) {
  struct FullDisk final : ports::Journal {
    Result<ports::JournalHead> append(std::vector<ports::JournalLine>) override { return head(); }
    ports::JournalHead head() const override { return {}; }
    Result<ports::JournalHead> read(std::int64_t, const std::function<bool(const ports::JournalLine&)>&) override {
      return head();
    }
    Result<bool> save(const ports::Checkpoint&) override {
      if (++asked == 1) return refuse("disk_full", "no room");
      return true;
    }
    std::optional<ports::Checkpoint> newest_checkpoint() override { return std::nullopt; }
    int asked = 0;
  } disk;
  Installation server(folder_);
  std::vector<std::string> told;
  codec::NoKeys none;
  runtime::Checkpointer beside(disk, none, [&](const Refusal& why) { told.push_back(why.code); }, {.every = 20});
  beside.begin(server.engine->state(), server.engine->head(), 0);
  for (std::int64_t n = 1; n <= 30; ++n) {
    core::CallArrives in;
    in.leg = {"leg" + std::to_string(n)};
    auto batch = server.engine->run({in}, kStart + seconds(n));
    ASSERT_TRUE(batch);
    beside.follow(std::move(batch->events), server.engine->head(), server.engine->state());
  }
  beside.finish();
  EXPECT_EQ(told, std::vector<std::string>{"disk_full"});
  EXPECT_GT(disk.asked, 2);
}

TEST_F(RecoveryTest, ADamagedCheckpointIsPassedOver) {
  std::string hash;
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 40; ++n) server.arrive(n);
    server.checkpointer->finish();
    auto newest = *server.journal->newest_checkpoint();
    newest.state.replace(newest.state.find("waiting"), 7, "wailing");
    ASSERT_TRUE(server.journal->save(newest));
  }
  Installation again(folder_);
  EXPECT_EQ(again.engine->state().calls.waiting.size(), 40u);
}

TEST_F(RecoveryTest, AJournalOfAnotherCellIsRefusedClearlyAndLeftAlone) {
  Installation server(folder_);
  server.arrive(1);
  server.checkpointer->finish();  // all of it: no line is left to be folded
  const auto head = server.engine->head();
  runtime::Engine other({"jogja", "test", {}}, *server.journal, *server.sealer, [] { return std::string(); });
  const auto refused = other.recover(kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "cell");
  EXPECT_NE(refused.error().message.find("\"nation\""), std::string::npos) << "whose it is";
  EXPECT_NE(refused.error().message.find("\"jogja\""), std::string::npos);
  EXPECT_EQ(server.journal->head().hash, head.hash);
}

TEST_F(RecoveryTest, TheSavedStateOfAnotherFoldOrANewerFormatIsPassedOver) {
  ports::Checkpoint saved;
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 5; ++n) server.arrive(n);
    server.checkpointer->finish();
    saved = *server.journal->newest_checkpoint();
  }
  const auto begins_with = [&](const std::string& fact, const std::string& other) {
    Installation server(folder_);
    auto state = *codec::read_state(saved.state, *server.sealer);
    auto changed = saved;
    const auto at = changed.state.find(fact);
    EXPECT_NE(at, std::string::npos);
    changed.state.replace(at, fact.size(), other);
    // As the other program would have hashed it.
    if (fact.starts_with("\"position")) state.fold = core::kFold + 1;
    if (fact.starts_with("\"format")) state.format = core::kFormat + 1;
    changed.state_hash = sha256_hex(codec::hashable_text(state));
    changed.position = server.engine->state().position;
    changed.journal_hash = server.engine->head().hash;
    EXPECT_TRUE(server.journal->save(changed));
  };
  begins_with("\"position\":", "\"fold\":" + std::to_string(core::kFold + 1) + ",\"position\":");
  EXPECT_EQ(Installation(folder_).engine->checkpoint_position(), 0);
  begins_with("\"format\":" + std::to_string(core::kFormat), "\"format\":" + std::to_string(core::kFormat + 1));
  EXPECT_EQ(Installation(folder_).engine->checkpoint_position(), 0);
}

TEST_F(RecoveryTest, AJournalOfANewerFormatIsRefusedClearlyAndLeftAlone) {
  ports::JournalHead head;
  {
    Installation server(folder_);
    const auto at = server.engine->state().position + 1;
    core::Event begun;
    begun.id = std::string(32, 'a');
    begun.stream = "nation";
    begun.epoch = begun.seq = at;
    begun.at = kStart;
    begun.body = core::EpochBegan{at, "9.0.0", core::kFormat + 1};
    ASSERT_TRUE(server.journal->append({{at, "nation", at, at, codec::write_event(begun, *server.sealer), {}}}));
    head = server.journal->head();
  }
  auto journal = std::move(*JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::write));
  codec::NoKeys none;
  runtime::Engine older(runtime::EngineConfig{"nation", "test", {}}, *journal, none, [] { return std::string(); });
  const auto refused = older.recover(kStart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "format");
  EXPECT_NE(refused.error().message.find("9.0.0"), std::string::npos);
  EXPECT_EQ(journal->head().hash, head.hash);
}

TEST_F(RecoveryTest, KilledInTheMiddleOfCallsEveryAcceptedCallerWaitsOn) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Installation server(folder_);
    for (std::int64_t n = 1; n < 100'000; ++n) {
      server.arrive(n);
      if (write(pipe_ends[1], &n, sizeof n) != sizeof n) _exit(1);  // from here on the caller hears us
    }
    _exit(0);
  }
  close(pipe_ends[1]);
  std::int64_t accepted = 0, n = 0;
  while (accepted < 60 && read(pipe_ends[0], &n, sizeof n) == sizeof n) accepted = n;
  kill(child, SIGKILL);
  while (read(pipe_ends[0], &n, sizeof n) == sizeof n) accepted = n;
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));

  Installation again(folder_);
  const auto& calls = again.engine->state().calls;
  EXPECT_GE(static_cast<std::int64_t>(calls.waiting.size()), accepted);
  for (const auto& [id, call] : calls.calls) EXPECT_TRUE(call.number.known()) << "its key was durable before it";
  const auto records = runtime::leg_records(again.engine->state(), *again.journal, *again.sealer);
  ASSERT_TRUE(records) << records.error().message;
  ASSERT_EQ(records->size(), calls.waiting.size());
  for (const auto& record : *records) EXPECT_EQ(record.invite, "INVITE sip:110@polri Budi Santoso");
  EXPECT_FALSE(again.recovered.effects.empty()) << "what was ordered and not reported is ordered again";
  const auto verified = again.journal->verify();
  ASSERT_TRUE(verified) << verified.error().message;
}

TEST_F(RecoveryTest, NothingOfACallerIsOnDiskInTheClear) {
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 60; ++n) server.arrive(n);
    server.checkpointer->finish();
  }
  bool whole_words = false;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    EXPECT_EQ(content.str().find("62811220033"), std::string::npos) << entry.path().filename();
    EXPECT_EQ(content.str().find("Budi Santoso"), std::string::npos) << entry.path().filename();
    whole_words |= content.str().find("CallArrived") != std::string::npos;
  }
  EXPECT_TRUE(whole_words) << "the search works";
}

TEST_F(RecoveryTest, AForgottenCallerIsUnknownAndTheStateHashIsTheSame) {
  std::string before;
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 3; ++n) server.arrive(n);
  }
  codec::NoKeys none;
  {
    auto journal = std::move(*JournalSqlite::open(folder_ / "data", folder_ / "keys", Mode::read));
    before = codec::hashable_text(*runtime::replay(*journal, none));
    auto vault = std::move(*vault::VaultSodium::unlock(folder_ / "data", folder_ / "keys", false));
    ASSERT_TRUE(vault->forget({"call:2"}));
    runtime::VaultSealer sealer(*vault);
    const auto state = runtime::replay(*journal, sealer);
    ASSERT_TRUE(state);
    EXPECT_TRUE(state->calls.find(CallId{1})->number.known());
    EXPECT_FALSE(state->calls.find(CallId{2})->number.known());
    EXPECT_EQ(codec::hashable_text(*state), before);
  }
}

TEST_F(RecoveryTest, WhatWasToBeForgottenWhenTheProcessDiedIsOrderedAgain) {
  const Records records{{{901}}, {}, {}};
  {
    Installation server(folder_);
    (void)server.vault->seal("call:901", "a", "x");
    auto batch = server.engine->run({core::RetentionOver{records}}, kStart + seconds(1));
    ASSERT_TRUE(batch);
    ASSERT_EQ(batch->effects.size(), 1u);
  }
  for (int start = 0; start < 2; ++start) {
    Installation again(folder_);
    ASSERT_EQ(again.recovered.effects.size(), 1u);
    const auto& effect = again.recovered.effects.front();
    ASSERT_TRUE(std::holds_alternative<core::ForgetRecords>(effect.body));
    EXPECT_EQ(std::get<core::ForgetRecords>(effect.body).records, records);
    if (start == 0) continue;
    ASSERT_TRUE(again.vault->forget(subjects_of(records)));
    ASSERT_TRUE(again.engine->run({core::EffectsReported{{{effect.id}}}}, kStart + seconds(2)));
  }
  EXPECT_TRUE(Installation(folder_).recovered.effects.empty());
}

}  // namespace sigap
