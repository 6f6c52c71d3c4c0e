#include "sigapd/history.h"

#include <spdlog/spdlog.h>

#include "adapters/history_postgres/history_postgres.h"
#include "adapters/history_sqlite/history_sqlite.h"
#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "runtime/vault_sealer.h"

namespace sigap::sigapd {
namespace {

Result<std::unique_ptr<runtime::HistoryKeeper>> history_keeper(const config::Config& config,
                                                               std::function<void(const Refusal&)> refused) {
  auto beside = journal_sqlite::JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::read);
  if (!beside) return tl::unexpected(beside.error());
  auto keys = vault::VaultSodium::unlock(config.data, config.keys, false, vault::Use::reads);
  if (!keys) return tl::unexpected(keys.error());
  std::unique_ptr<ports::HistoryStore> store;
  std::unique_ptr<ports::HistoryReader> reader;
  if (!config.history_postgres.empty()) {
    store = std::make_unique<history_postgres::HistoryPostgres>(config.history_postgres);
    reader = std::make_unique<history_postgres::HistoryPostgresReader>(config.history_postgres);
  } else {
    auto opened = history_sqlite::HistorySqlite::open(config.data);
    if (!opened) return tl::unexpected(opened.error());
    store = std::move(*opened);
    reader = std::make_unique<history_sqlite::HistorySqliteReader>(config.data);
  }
  return std::make_unique<runtime::HistoryKeeper>(std::move(*beside),
                                                  std::make_unique<runtime::OwnVaultSealer>(std::move(*keys)),
                                                  std::move(store), std::move(reader), std::move(refused));
}

}  // namespace

std::unique_ptr<runtime::HistoryKeeper> start_history(const config::Config& config, runtime::Gateway& gateway,
                                                      std::int64_t journal_end) {
  const auto sorry = [](const Refusal& why) { spdlog::error("the history: {}", why.message); };
  auto made = history_keeper(config, sorry);
  if (!made) {
    sorry(made.error());
    return nullptr;
  }
  auto& keeper = **made;
  gateway.set_history(
      {[&keeper](auto question) { return keeper.ask(std::move(question)); }, [&keeper] { return keeper.behind(); }});
  keeper.start();
  keeper.wake(journal_end);
  return std::move(*made);
}

}  // namespace sigap::sigapd
