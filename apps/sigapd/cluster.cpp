#include "sigapd/cluster.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdlib>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/replication/replicated_journal.h"
#include "adapters/replication/server.h"
#include "adapters/replication/standby.h"
#include "adapters/vault/vault_rows.h"
#include "adapters/vault/vault_sodium.h"
#include "codec/event_codec.h"
#include "sigapd/shell.h"

namespace sigap::sigapd {
namespace {

using replication::Address;
using replication::Deadline;
using replication::Lease;
using replication::ReplicatedJournal;
using replication::StandbyState;
using replication::SteadyClock;

// A leader pings four times a second; the witness has the last word anyhow, so asking early costs nothing. Own.
constexpr std::chrono::milliseconds kLeaderSilent{1500}, kAskEvery{250};
constexpr int kExitLeadLost = 75;  // EX_TEMPFAIL: the supervisor starts us again, as a follower

void warn(const std::string& what) {
  spdlog::warn("{}", what);
}

/// Of another cell, or of a format that this program does not read.
std::optional<Refusal> objection(const ports::JournalLine& line, const std::string& cell) {
  if (line.stream != cell)
    return Refusal{"cell", "", "the journal is of the cell \"" + line.stream + "\", this machine of \"" + cell + '"'};
  if (line.body.find("\"type\":\"EpochBegan\"") == std::string::npos) return std::nullopt;  // where a format begins
  codec::NoKeys none;
  const auto event = codec::read_event(line.body, none);
  return event ? std::nullopt : std::optional(event.error());
}

Address address(const config::HostPort& place) {
  return {place.host, place.port};
}

}  // namespace

struct Cluster::Parts {
  explicit Parts(const config::Config& c) : config(c.cluster), cell(c.cell), data(c.data), keys(c.keys) {}

  Result<bool> open(ports::ReplicaJournal& journal) {
    const auto cluster_key = replication::load_cluster_key(keys);
    if (!cluster_key) return tl::unexpected(cluster_key.error());
    const auto master = keys::read_key(keys / "master.key", "master key");
    if (!master) return tl::unexpected(master.error());
    key = replication::pair_key(*cluster_key, *master);
    auto opened = vault::VaultRowsSqlite::open(data);
    if (!opened) return tl::unexpected(opened.error());
    rows = std::move(*opened);
    auto second = journal_sqlite::JournalSqlite::open(data, keys, journal_sqlite::Mode::read,
                                                      vault::journal_sealer(data, keys, vault::Use::reads));
    if (!second) return tl::unexpected(second.error());
    reader = std::move(*second);
    local = &journal;
    epoch = std::make_unique<replication::EpochFile>(data);
    witness = std::make_unique<replication::WitnessClient>(address(config.witness), *cluster_key);
    standby = std::make_unique<replication::Standby>(
        config.node, journal, *rows, *epoch, warn,
        [this](const ports::JournalLine& line) { return objection(line, cell); });
    server = std::make_unique<replication::Server>(
        key, replication::kStandbyService, [this](const auto& m) { return standby->handle(m); }, warn);
    return server->start(address(config.listen));
  }

  /// True when granted; logs each new reason why not.
  std::optional<replication::WitnessRecord> ask_for_the_lead() {
    auto answer = witness->ask({replication::WitnessAsk::acquire, config.node, standby->epoch_seen(), 0, "", false});
    if (answer) return answer->record;
    if (std::exchange(why_not, answer.error().message) != why_not)
      spdlog::info("{} does not lead: {}", config.node, why_not);
    return std::nullopt;
  }

  Result<bool> begin(const replication::WitnessRecord& record, Deadline asked) {
    if (auto ours = standby->lead(record.epoch, [this](const Refusal& why) { lost(why); }); !ours) return ours;
    if (auto begun = rows->begin_epoch(record.epoch); !begun) return begun;
    lease = std::make_unique<Lease>(*witness, config.node, record.epoch, asked);
    replicated = std::make_unique<ReplicatedJournal>(ReplicatedJournal::Parts{*local, *reader, *rows, *lease, warn},
                                                     address(config.peer), key, !record.in_sync.empty(),
                                                     [this](const Refusal& why) { lost(why); });
    replicated->start();
    lease->keep([this](const Refusal& why) {
      if (why.code == "fenced" || replicated->standby() != StandbyState::in_sync) lost(why);
    });
    spdlog::info("{} leads, epoch {}, from position {}", config.node, record.epoch, local->head().position);
    if (!run_in_shell(config.lead_command)) spdlog::critical("lead_command failed: callers may not find this machine");
    return true;
  }

  void follow() const {
    if (!run_in_shell(config.follow_command)) spdlog::warn("follow_command failed: is there nothing to take down?");
  }

  /// Nothing may be said or done any more: not even a tidy end.
  [[noreturn]] void lost(const Refusal& why) {
    while (losing.exchange(true)) ::pause();  // several may notice: one ends the process
    spdlog::critical("the lead is lost ({}): {}", why.code, why.message);
    follow();
    std::_Exit(kExitLeadLost);
  }

  config::ClusterConfig config;
  std::string cell;  ///< whose journal it is
  std::filesystem::path data, keys;
  replication::ClusterKey key;  ///< of the pair
  ports::ReplicaJournal* local = nullptr;
  std::unique_ptr<journal_sqlite::JournalSqlite> reader;
  std::unique_ptr<vault::VaultRowsSqlite> rows;
  std::unique_ptr<replication::EpochFile> epoch;
  std::unique_ptr<replication::WitnessClient> witness;
  std::unique_ptr<replication::Standby> standby;
  std::unique_ptr<replication::Server> server;
  std::unique_ptr<Lease> lease;
  std::unique_ptr<ReplicatedJournal> replicated;
  std::string why_not;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  std::atomic<bool> losing = false;
};

Cluster::Cluster(const config::Config& config) : parts_(std::make_unique<Parts>(config)) {}

Cluster::~Cluster() {
  auto& p = *parts_;
  if (p.lease) p.lease->stop();
  p.replicated.reset();
  p.server.reset();
  if (p.lease) p.follow();
}

void Cluster::follow() const {
  parts_->follow();
}

Result<bool> Cluster::lead(ports::ReplicaJournal& journal) {
  auto& p = *parts_;
  if (auto opened = p.open(journal); !opened) return opened;
  spdlog::info("{} follows, from position {}", p.config.node, journal.head().position);
  while (true) {
    if (p.standby->silence() > kLeaderSilent) {
      const auto asked = SteadyClock::now();
      if (const auto granted = p.ask_for_the_lead()) return p.begin(*granted, asked);
    }
    std::unique_lock lock(p.mutex);
    p.changed.wait_for(lock, kAskEvery, [&p] { return p.stopping; });
    if (p.stopping) return refuse("stopped", "asked to stop while following");
  }
}

void Cluster::stop() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->stopping = true;
  }
  parts_->changed.notify_all();
}

void Cluster::give_up(const Refusal& why) {
  parts_->lost(why);
}

ports::Journal& Cluster::journal() {
  return *parts_->replicated;
}

runtime::ClusterCondition Cluster::condition() const {
  const auto& r = *parts_->replicated;
  const auto state = r.standby();
  return {parts_->lease->epoch(),
          state == StandbyState::in_sync  ? "in_sync"
          : state == StandbyState::behind ? "behind"
                                          : "none",
          r.head().position - r.acknowledged()};
}

}  // namespace sigap::sigapd
