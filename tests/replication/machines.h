// Two machines and a witness in one process, over loopback, on the real journal and the real vault.
#pragma once
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/replication/replicated_journal.h"
#include "adapters/replication/server.h"
#include "adapters/replication/standby.h"
#include "adapters/vault/vault_rows.h"
#include "adapters/vault/vault_sodium.h"

namespace sigap::replication {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;
using namespace std::chrono_literals;

inline const ClusterKey kKey = keys::derive({}, "cluster");  ///< any

inline bool until(const std::function<bool()>& condition, std::chrono::milliseconds patience = 10s) {
  for (const auto end = in(patience); SteadyClock::now() < end; std::this_thread::sleep_for(5ms))
    if (condition()) return true;
  return condition();
}

/// One machine: its storage, its door for a leader, and, when it leads, its replicated journal.
struct Machine {
  Machine(const fs::path& top, const std::string& its_name, const ClusterKey& its_key = kKey)
      : name(its_name), key(its_key), data(top / name), keys(top / (name + ".keys")) {
    // One master key for all, as the administrator installs it.
    fs::create_directories(keys);
    if (fs::exists(top / "master.key") && !fs::exists(keys / "master.key"))
      fs::copy_file(top / "master.key", keys / "master.key");
    journal = std::move(
        *JournalSqlite::open(data, keys, Mode::write, vault::journal_sealer(data, keys, vault::Use::owns, true)));
    vault = std::move(*vault::VaultSodium::unlock(data, keys, true));
    if (!fs::exists(top / "master.key")) fs::copy_file(keys / "master.key", top / "master.key");
    rows = std::move(*vault::VaultRowsSqlite::open(data));
    reader = std::move(*JournalSqlite::open(data, keys, Mode::read, sealer()));
    epoch = std::make_unique<EpochFile>(data);
    standby = std::make_unique<Standby>(name, *journal, *rows, *epoch, [this](const std::string& t) { told += t; });
    listen();
  }
  ~Machine() {
    stop_leading();
    server.reset();
  }
  void listen() {
    server = std::make_unique<Server>(key, kStandbyService, [this](const std::string& message) {
      if (deaf && quick-- <= 0) std::this_thread::sleep_for(2s);
      return standby->handle(message);
    });
    ASSERT_TRUE(server->start({"127.0.0.1", port}));
    port = server->port();
  }
  /// As if the witness had granted `number`.
  void lead(WitnessClient& witness, std::int64_t number, const Machine& other, bool in_sync = false) {
    ASSERT_TRUE(standby->lead(number, [this](const Refusal& why) { lose(why); }));
    ASSERT_TRUE(rows->begin_epoch(number));
    lease = std::make_unique<Lease>(witness, name, number, SteadyClock::now());
    replicated = std::make_unique<ReplicatedJournal>(ReplicatedJournal::Parts{*journal, *reader, *rows, *lease,
                                                                              [this](const std::string& why) {
                                                                                const std::lock_guard lock(mutex_);
                                                                                why_not_ = why;
                                                                              }},
                                                     Address{"127.0.0.1", other.port}, key, in_sync,
                                                     [this](const Refusal& why) { lose(why); });
    replicated->start();
    lease->keep([](const Refusal&) {});
  }
  void stop_leading() {
    if (lease) lease->stop();
    replicated.reset();
    lease.reset();
  }
  /// Why the lead was lost; empty: it was not.
  std::string lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
  }
  /// Why the other one does not follow, as the log says.
  std::string why_not() const {
    const std::lock_guard lock(mutex_);
    return why_not_;
  }
  bool in_sync() const { return replicated->standby() == StandbyState::in_sync; }

  static ports::JournalLine line(std::int64_t n, const std::string& what, std::int64_t its_epoch) {
    const auto text = std::to_string(n);
    return {n,
            "nation",
            its_epoch,
            n,
            R"({"id":")" + text + R"(","stream":"nation","epoch":)" + std::to_string(its_epoch) + R"(,"seq":)" + text +
                R"(,"what":")" + what + "\"}",
            {}};
  }
  /// One line through the replicated journal, or past it.
  Result<ports::JournalHead> append(const std::string& what) {
    const std::vector<ports::JournalLine> lines{line(journal->head().position + 1, what, epoch->highest())};
    return replicated ? replicated->append(lines) : journal->append(lines);
  }
  void fill(std::int64_t count) {
    std::vector<ports::JournalLine> lines;
    for (auto n = journal->head().position + 1; static_cast<std::int64_t>(lines.size()) < count; ++n)
      lines.push_back(line(n, "x", 1));
    ASSERT_TRUE(journal->append(lines));
  }
  std::string seal(const std::string& subject) {
    auto text = vault->seal(subject, "place", "plain");
    EXPECT_TRUE(vault->flush());
    return text;
  }
  /// With what is on the disk, not in a cache.
  bool opens(const std::string& subject, const std::string& sealed) const {
    auto fresh = vault::VaultSodium::unlock(data, keys, false);
    return (*fresh)->open(subject, "place", sealed) == "plain";
  }
  ports::JournalSealMaker sealer() const { return vault::journal_sealer(data, keys, vault::Use::reads); }
  /// With the seals: a line that somebody else put there is not whole.
  std::string verdict() const {
    auto verified = (*JournalSqlite::open(data, keys, Mode::read, sealer()))->verify();
    return verified ? "whole" : verified.error().message;
  }

  std::string name;
  ClusterKey key;
  fs::path data, keys;
  std::unique_ptr<JournalSqlite> journal, reader;
  std::unique_ptr<vault::VaultSodium> vault;
  std::unique_ptr<vault::VaultRowsSqlite> rows;
  std::unique_ptr<EpochFile> epoch;
  std::unique_ptr<Standby> standby;
  std::unique_ptr<Server> server;
  std::uint16_t port = 0;
  std::atomic<bool> deaf = false;  ///< answers too late
  std::atomic<int> quick = 0;      ///< ... but so many questions in time
  std::unique_ptr<Lease> lease;
  std::unique_ptr<ReplicatedJournal> replicated;
  std::string told;

 private:
  void lose(const Refusal& why) {
    const std::lock_guard lock(mutex_);
    lost_ = why.code;
  }
  mutable std::mutex mutex_;
  std::string lost_, why_not_;
};

}  // namespace sigap::replication
