// What a second machine costs an append, and how long a takeover reads. Ratios, not seconds: docs/performance.md.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <thread>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/replication/replicated_journal.h"
#include "adapters/replication/server.h"
#include "adapters/replication/standby.h"
#include "adapters/vault/vault_rows.h"
#include "adapters/vault/vault_sodium.h"
#include "base/check.h"
#include "runtime/engine.h"
#include "runtime/followers/checkpointer.h"
#include "runtime/vault_sealer.h"
#include "scratch/scratch_folder.h"

namespace sigap::replication {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;
using vault::VaultRowsSqlite;

constexpr std::size_t kEventBytes = 600;  // as in core_bench
const ClusterKey kKey;

std::unique_ptr<JournalSqlite> journal_in(const fs::path& folder, Mode mode, bool sealed = true) {
  const auto keys = folder.string() + ".keys";
  auto opened = JournalSqlite::open(
      folder, keys, mode,
      sealed ? vault::journal_sealer(folder, keys, mode == Mode::write ? vault::Use::owns : vault::Use::reads, true)
             : ports::JournalSealMaker());
  SIGAP_CHECK(opened.has_value());
  return std::move(*opened);
}

void append_all(benchmark::State& bench, ports::Journal& journal) {
  std::int64_t position = journal.head().position;
  const auto before = position;
  for (auto _ : bench) {
    std::vector<ports::JournalLine> lines;
    for (std::int64_t i = 0; i < bench.range(0); ++i) {
      ++position;
      lines.push_back({position, "nation", 1, position, std::string(kEventBytes, 'e'), {}});
    }
    SIGAP_CHECK(journal.append(lines).has_value());
  }
  bench.counters["events/s"] = benchmark::Counter(static_cast<double>(position - before), benchmark::Counter::kIsRate);
}

/// An installation on which `calls` callers came, hung up, and became tasks: about seven events each.
std::int64_t run_calls(const fs::path& folder, std::int64_t calls, bool checkpoint) {
  auto journal = journal_in(folder, Mode::write);
  auto vault = std::move(*vault::VaultSodium::unlock(folder, folder.string() + ".keys", true));
  runtime::VaultSealer sealer(*vault);
  vault::EntropySodium entropy;
  runtime::Engine engine({"nation", "bench", {}}, *journal, sealer, [&] { return entropy.hex(16); });
  Instant now{1'767'225'600'000};
  SIGAP_CHECK(engine.recover(now).has_value());
  constexpr std::int64_t kAtOnce = 50;
  for (std::int64_t n = 0; n < calls; n += kAtOnce) {
    std::vector<core::Input> inputs;
    for (std::int64_t i = n; i < n + kAtOnce; ++i) {
      core::CallArrives in;
      in.leg = {"leg" + std::to_string(i)};
      in.number = "+62811" + std::to_string(i);
      in.signalling = std::string(1200, 'x');  // an INVITE
      inputs.emplace_back(in);
      inputs.emplace_back(core::LegEnded{in.leg, calls::CallEndedBy::caller, "BYE"});
    }
    now = now + seconds(1);
    SIGAP_CHECK(engine.run(inputs, now).has_value());
  }
  if (checkpoint) SIGAP_CHECK(runtime::write_checkpoint(engine.state(), engine.head(), *journal, sealer).has_value());
  return journal->head().position;
}

}  // namespace

void BM_AppendHere(benchmark::State& bench) {
  const ScratchFolder scratch;
  append_all(bench, *journal_in(scratch / "a", Mode::write));
}
BENCHMARK(BM_AppendHere)->Arg(1)->Arg(10)->Arg(100)->UseRealTime();

/// As programs of before seals did.
void BM_AppendHereUnsealed(benchmark::State& bench) {
  const ScratchFolder scratch;
  append_all(bench, *journal_in(scratch / "a", Mode::write, false));
}
BENCHMARK(BM_AppendHereUnsealed)->Arg(1)->Arg(10)->Arg(100)->UseRealTime();

/// Sealed, acknowledged by a standby on the same machine: both disks are one, both processors are shared.
void BM_AppendHereAndThere(benchmark::State& bench) {
  const ScratchFolder scratch;
  const auto a = scratch / "a", b = scratch / "b";
  auto local = journal_in(a, Mode::write), there = journal_in(b, Mode::write);
  auto reader = journal_in(a, Mode::read);
  auto rows = std::move(*VaultRowsSqlite::open(a)), rows_there = std::move(*VaultRowsSqlite::open(b));
  EpochFile epoch(b);
  Standby standby("b", *there, *rows_there, epoch, {});
  Server server(kKey, kStandbyService, [&](const std::string& message) { return standby.handle(message); });
  SIGAP_CHECK(server.start({"127.0.0.1", 0}).has_value());
  auto witness = std::move(*WitnessServer::start({"127.0.0.1", 0}, scratch / "m", kKey, {}));
  WitnessClient client({"127.0.0.1", witness->port()}, kKey);
  SIGAP_CHECK(client.ask({WitnessAsk::acquire, "a", 0, 0, "", true}).has_value());
  Lease lease(client, "a", 1, SteadyClock::now());
  lease.keep([](const Refusal&) {});
  ReplicatedJournal journal({*local, *reader, *rows, lease}, {"127.0.0.1", server.port()}, kKey, false,
                            [](const Refusal&) { SIGAP_CHECK(false); });
  journal.start();
  while (journal.standby() != StandbyState::in_sync) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  append_all(bench, journal);
  SIGAP_CHECK(journal.standby() == StandbyState::in_sync);
  SIGAP_CHECK(there->head().hash == local->head().hash);
  lease.stop();
}
BENCHMARK(BM_AppendHereAndThere)->Arg(1)->Arg(10)->Arg(100)->UseRealTime();

/// What a standby does when it takes over, after about 100,000 events: from the first line, or from a checkpoint.
void BM_TakeoverReads(benchmark::State& bench) {
  const ScratchFolder scratch;
  const auto folder = scratch / "a";
  const auto events = run_calls(folder, bench.range(0), bench.range(1) != 0);
  for (auto _ : bench) {
    auto journal = journal_in(folder, Mode::read);
    auto vault = std::move(*vault::VaultSodium::unlock(folder, folder.string() + ".keys", false));
    runtime::VaultSealer sealer(*vault);
    runtime::Engine engine({"nation", "bench", {}}, *journal, sealer, [] { return std::string(32, '0'); });
    // The last step of it, the new epoch's own append, is refused here: the journal is open for reading.
    SIGAP_CHECK(engine.recover({1'777'225'600'000}).error().message == "opened for reading");
  }
  bench.counters["events"] = static_cast<double>(events);
}
BENCHMARK(BM_TakeoverReads)->Args({15'000, 0})->Args({15'000, 1})->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace sigap::replication

BENCHMARK_MAIN();
