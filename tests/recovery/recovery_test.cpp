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
#include "runtime/leg_records.h"
#include "runtime/vault_sealer.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr Instant kStart{1'767'225'600'000};

/// An engine on a folder, as the server has it.
struct Installation {
  std::unique_ptr<JournalSqlite> journal;
  std::unique_ptr<vault::VaultSodium> vault;
  std::unique_ptr<runtime::VaultSealer> sealer;
  std::unique_ptr<runtime::Engine> engine;
  vault::EntropySodium entropy;
  runtime::Batch recovered;

  explicit Installation(const fs::path& folder, std::int64_t checkpoint_every = 50) {
    journal = std::move(*JournalSqlite::open(folder / "data", folder / "keys", Mode::write));
    vault = std::move(*vault::VaultSodium::unlock(folder / "data", folder / "keys", true));
    sealer = std::make_unique<runtime::VaultSealer>(*vault);
    engine = std::make_unique<runtime::Engine>(runtime::EngineConfig{"nation", "test", checkpoint_every, {}}, *journal,
                                               *sealer, [this] { return entropy.hex(16); });
    auto batch = engine->recover(kStart);
    if (batch)
      recovered = std::move(*batch);
    else
      ADD_FAILURE() << batch.error().message;
  }
  void arrive(std::int64_t n) {
    core::CallArrives in;
    in.leg = {"leg" + std::to_string(n)};
    in.number = "+62811220033" + std::to_string(n);
    in.caller = vault->caller_ref(in.number);
    in.signalling = "INVITE sip:110@polri Budi Santoso";
    ASSERT_TRUE(engine->run({in}, kStart + seconds(n)));
    ASSERT_TRUE(engine->checkpoint_if_due());
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
  }
  Installation again(folder_);
  EXPECT_TRUE(again.journal->newest_checkpoint());
  codec::NoKeys none;
  const auto replayed = runtime::replay(*again.journal, none);
  ASSERT_TRUE(replayed);
  EXPECT_EQ(sha256_hex(codec::hashable_text(*replayed)), again.engine->state_hash());
  EXPECT_EQ(again.engine->state().calls.waiting.size(), 40u) << "everybody waits on";
}

TEST_F(RecoveryTest, ADamagedCheckpointIsPassedOver) {
  std::string hash;
  {
    Installation server(folder_);
    for (std::int64_t n = 1; n <= 40; ++n) server.arrive(n);
    ASSERT_TRUE(server.engine->checkpoint_if_due(true));
    auto newest = *server.journal->newest_checkpoint();
    newest.state.replace(newest.state.find("waiting"), 7, "wailing");
    ASSERT_TRUE(server.journal->save(newest));
  }
  Installation again(folder_);
  EXPECT_EQ(again.engine->state().calls.waiting.size(), 40u);
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
  runtime::Engine older(runtime::EngineConfig{"nation", "test", 50, {}}, *journal, none, [] { return std::string(); });
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
    ASSERT_TRUE(server.engine->checkpoint_if_due(true));
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
    vault->forget("call:2");
    runtime::VaultSealer sealer(*vault);
    const auto state = runtime::replay(*journal, sealer);
    ASSERT_TRUE(state);
    EXPECT_TRUE(state->calls.find(CallId{1})->number.known());
    EXPECT_FALSE(state->calls.find(CallId{2})->number.known());
    EXPECT_EQ(codec::hashable_text(*state), before);
  }
}

}  // namespace sigap
