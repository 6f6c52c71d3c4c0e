// A start with callers waiting: journal and vault opened, the state folded, every dialog rebuilt, on the real parts.
// The limit to compare with: 10,000 callers in 3 s (a call's own patience is ten).
#include <benchmark/benchmark.h>

#include <filesystem>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/sip/sip_hand.h"
#include "adapters/vault/vault_sodium.h"
#include "base/check.h"
#include "runtime/engine.h"
#include "runtime/followers/checkpointer.h"
#include "runtime/vault_sealer.h"
#include "runtime/voice/leg_records.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

namespace fs = std::filesystem;

constexpr Instant kBegin{1'795'500'000'000};

std::string leg_name(std::int64_t n) {
  auto digits = std::to_string(n);
  return std::string(32 - digits.size(), '0') + digits;
}

/// As a trunk sends it, with a place.
std::string invite(std::int64_t n) {
  const auto number = "+62811" + std::to_string(1'000'000 + n);
  const std::string sdp =
      "v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\n"
      "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";
  const std::string body = "--b\r\nContent-Type: application/sdp\r\n\r\n" + sdp +
                           "\r\n--b\r\nContent-Type: application/pidf+xml\r\n\r\n" + std::string(900, ' ') +
                           "\r\n--b--\r\n";
  return "INVITE sip:110@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK" + std::to_string(n) +
         ";rport=5070\r\nRecord-Route: <sip:127.0.0.1:5070;lr>\r\nFrom: <sip:" + number +
         "@127.0.0.1>;tag=a\r\nTo: <sip:110@127.0.0.1>\r\nCall-ID: call-" + std::to_string(n) +
         "@trunk\r\nCSeq: 1 INVITE\r\nContact: <sip:c@127.0.0.1:5070>\r\nP-Asserted-Identity: <tel:" + number +
         ">\r\nMax-Forwards: 70\r\nContent-Type: multipart/mixed;boundary=b\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// The server's storage with its engine.
struct Server {
  std::unique_ptr<journal_sqlite::JournalSqlite> journal;
  std::unique_ptr<vault::VaultSodium> vault;
  std::unique_ptr<runtime::VaultSealer> sealer;
  std::unique_ptr<runtime::Engine> engine;
  vault::EntropySodium entropy;

  explicit Server(const fs::path& folder) {
    journal =
        std::move(*journal_sqlite::JournalSqlite::open(folder / "data", folder / "keys", journal_sqlite::Mode::write));
    vault = std::move(*vault::VaultSodium::unlock(folder / "data", folder / "keys", true));
    sealer = std::make_unique<runtime::VaultSealer>(*vault);
    engine = std::make_unique<runtime::Engine>(runtime::EngineConfig{"nation", "bench", {}}, *journal, *sealer,
                                               [this] { return entropy.hex(16); });
  }
  void run(const std::vector<core::Input>& inputs) { SIGAP_CHECK(engine->run(inputs, kBegin).has_value()); }
};

void fill(const fs::path& folder, std::int64_t callers) {
  constexpr std::int64_t kBatch = 200;
  Server server(folder);
  SIGAP_CHECK(server.engine->recover(kBegin).has_value());
  for (std::int64_t n = 1; n <= callers; n += kBatch) {
    std::vector<core::Input> arrive, answered;
    for (std::int64_t i = n; i < n + kBatch && i <= callers; ++i) {
      core::CallArrives in;
      in.leg = {leg_name(i)};
      in.number = "+62811" + std::to_string(1'000'000 + i);
      in.signalling = invite(i);
      arrive.emplace_back(std::move(in));
      answered.emplace_back(core::VoiceOpened{{leg_name(i)}, std::string(200, 's')});
      answered.emplace_back(core::LegConfirmed{{leg_name(i)}});
    }
    server.run(arrive);
    server.run(answered);
    core::EffectsReported done;
    for (const auto effect : server.engine->state().outstanding) done.reports.push_back({effect});
    server.run({done});
  }
  const auto& engine = *server.engine;
  SIGAP_CHECK(runtime::write_checkpoint(engine.state(), engine.head(), *server.journal, *server.sealer).has_value());
}

struct Nobody final : ports::TelephonyListener {
  void call_arrived(ports::IncomingCall) override {}
  void leg_confirmed(LegId) override {}
  void voice_described(LegId, ports::VoiceDescription) override {}
  void key_pressed(LegId, std::string) override {}
  void caller_moved(LegId, ports::CallerPlace) override {}
  void text_arrived(ports::IncomingText) override {}
  void door_reported(ports::DoorReport) override {}
  void callee_rings(LegId) override {}
  void callee_answered(LegId, ports::CalleeAnswer) override {}
  void leg_ended(LegId, ports::LegEndedBy, std::string) override {}
};

}  // namespace

void BM_StartWithCallersWaiting(benchmark::State& bench) {
  const ScratchFolder folder;
  fill(folder, bench.range(0));
  for (auto _ : bench) {
    Server server(folder);
    SIGAP_CHECK(server.engine->recover(kBegin + minutes(1)).has_value());
    auto records = runtime::leg_records(server.engine->state(), *server.journal, *server.sealer);
    SIGAP_CHECK(records.has_value());
    Nobody nobody;
    sip::SipHand hand;
    sip::SipConfig config;
    config.first_cseq = 1000;
    auto restored = hand.start(config, nobody, std::move(*records));
    SIGAP_CHECK(restored.has_value() && static_cast<std::int64_t>(restored->size()) == bench.range(0));
    hand.stop();
  }
  bench.counters["of the limit of 3 s"] =
      benchmark::Counter(3.0, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_StartWithCallersWaiting)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Iterations(3)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace sigap

BENCHMARK_MAIN();
