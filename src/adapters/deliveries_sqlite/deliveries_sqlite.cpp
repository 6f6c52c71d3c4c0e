#include "adapters/deliveries_sqlite/deliveries_sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "ports/journal_chain.h"
#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::deliveries_sqlite {
namespace {

using ports::Delivery;
using sqlite::Statement;

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT, client INTEGER NOT NULL, topic INTEGER NOT NULL, type TEXT NOT NULL,
  stands TEXT NOT NULL, incident INTEGER NOT NULL, alert INTEGER NOT NULL, unit INTEGER NOT NULL,
  position INTEGER NOT NULL, event TEXT NOT NULL, at INTEGER NOT NULL, since INTEGER NOT NULL, tries INTEGER NOT NULL,
  due INTEGER NOT NULL, dead INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS outbox_in_order ON outbox(client, incident, id) WHERE dead = 0;
CREATE INDEX IF NOT EXISTS outbox_by_age ON outbox(topic, since) WHERE dead = 0;
CREATE INDEX IF NOT EXISTS outbox_dead ON outbox(client, id) WHERE dead = 1;
CREATE TABLE IF NOT EXISTS read_to(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL, hash TEXT NOT NULL);
)";

/// Raised when other rows, or rows that mean something else, are made of the same events.
constexpr std::int64_t kForm = 1;

#define SIGAP_DELIVERY_COLUMNS \
  "id, client, topic, type, stands, incident, alert, unit, position, event, at, since, tries"

Delivery delivery_in(const Statement& row) {
  Delivery d;
  d.id = row.integer(0);
  d.client = {row.integer(1)};
  d.topic = static_cast<clients::Topic>(row.integer(2));
  d.type = row.text(3);
  d.stands = row.text(4);
  d.incident = {row.integer(5)};
  d.alert = {row.integer(6)};
  d.unit = {row.integer(7)};
  d.position = row.integer(8);
  d.event = row.text(9);
  d.at = {row.integer(10)};
  d.since = {row.integer(11)};
  d.tries = row.integer(12);
  return d;
}

}  // namespace

Result<std::unique_ptr<DeliveriesSqlite>> DeliveriesSqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<DeliveriesSqlite> store(new DeliveriesSqlite(data_folder / "deliveries.sqlite"));
  auto connected = store->connect();
  if (!connected && connected.error().code == "corrupt") connected = store->begin_anew();
  if (!connected) return tl::unexpected(connected.error());
  return store;
}

DeliveriesSqlite::~DeliveriesSqlite() {
  sqlite3_close(db_);
}

Result<bool> DeliveriesSqlite::connect() {
  auto refusal = refuse("corrupt", "the outbox is of another program");
  if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK && run(kSchema)) {
    if (head().position == 0) run(("PRAGMA user_version=" + std::to_string(kForm)).c_str());
    Statement form(db_, "PRAGMA user_version");
    if (form.step() && form.integer(0) == kForm) return true;
  } else {
    refusal = sqlite::failure(db_, "opening the outbox");
  }
  sqlite3_close(std::exchange(db_, nullptr));
  return refusal;
}

Result<bool> DeliveriesSqlite::begin_anew() {
  sqlite3_close(std::exchange(db_, nullptr));
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + part, ignored);
  return connect();
}

bool DeliveriesSqlite::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

ports::JournalHead DeliveriesSqlite::head() {
  Statement row(db_, "SELECT position, hash FROM read_to");
  if (row.step()) return {row.integer(0), row.text(1)};
  return {0, ports::kChainStart};
}

bool DeliveriesSqlite::put_head(const ports::JournalHead& head) {
  Statement to(db_, "INSERT OR REPLACE INTO read_to(one, position, hash) VALUES(1, ?, ?)");
  to.bind(1, head.position).bind(2, head.hash).step();
  return to.finished();
}

Result<bool> DeliveriesSqlite::begin_behind(const ports::JournalHead& head) {
  if (!db_ || !put_head(head)) return sqlite::failure(db_, "beginning the outbox");
  return true;
}

bool DeliveriesSqlite::add(const Delivery& d, Instant now, std::vector<Delivery>& dead) {
  if (d.type == "incident.changed") {
    Statement same(db_,
                   "SELECT 1 FROM outbox WHERE client = ? AND incident = ? AND dead = 0 AND tries = 0 AND "
                   "type = 'incident.changed'");
    if (same.bind(1, d.client.value).bind(2, d.incident.value).step()) return true;
  }
  Statement count(db_, "SELECT count(*) FROM outbox WHERE client = ? AND dead = 0");
  const bool full = count.bind(1, d.client.value).step() && count.integer(0) >= kWaitingMost;
  Statement put(db_,
                "INSERT INTO outbox(client, topic, type, stands, incident, alert, unit, position, event, at, since, "
                "tries, due, dead) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?11, ?12)");
  put.bind(1, d.client.value).bind(2, static_cast<std::int64_t>(d.topic)).bind(3, d.type).bind(4, d.stands);
  put.bind(5, d.incident.value).bind(6, d.alert.value).bind(7, d.unit.value).bind(8, d.position).bind(9, d.event);
  put.bind(10, d.at.ms).bind(11, now.ms).bind(12, std::int64_t{full}).step();
  if (full) dead.push_back(d);
  return put.finished();
}

Result<std::vector<Delivery>> DeliveriesSqlite::take(const Batch& batch, const ports::JournalHead& head) {
  if (!db_) return refuse("io", "the outbox cannot be opened");
  const auto fails = [this] {
    auto refusal = sqlite::failure(db_, "writing the outbox");
    run("ROLLBACK");
    return refusal;
  };
  if (!run("BEGIN IMMEDIATE")) return fails();
  std::vector<Delivery> dead;
  for (const auto& each : batch.added)
    if (!add(each, batch.now, dead)) return fails();
  for (const auto client : batch.emptied) {
    Statement drop(db_, "DELETE FROM outbox WHERE client = ? AND dead = 0");
    drop.bind(1, client.value).step();
    if (!drop.finished()) return fails();
  }
  for (const auto client : batch.replayed) {
    Statement again(db_, "UPDATE outbox SET dead = 0, tries = 0, due = ?2, since = ?2 WHERE client = ?1 AND dead = 1");
    again.bind(1, client.value).bind(2, batch.now.ms).step();
    if (!again.finished()) return fails();
  }
  if (!put_head(head) || !run("COMMIT")) return fails();
  return dead;
}

std::vector<ClientId> DeliveriesSqlite::waiting() {
  std::vector<ClientId> all;
  if (!db_) return all;
  Statement rows(db_, "SELECT DISTINCT client FROM outbox WHERE dead = 0");
  while (rows.step()) all.push_back({rows.integer(0)});
  return all;
}

std::vector<Delivery> DeliveriesSqlite::due(ClientId client, Instant now, std::int64_t most) {
  std::vector<Delivery> all;
  if (!db_) return all;
  Statement rows(db_,
                 "SELECT " SIGAP_DELIVERY_COLUMNS
                 " FROM outbox o WHERE client = ?1 AND dead = 0 AND due <= ?2 AND NOT EXISTS (SELECT 1 FROM outbox e "
                 "WHERE e.client = o.client AND e.incident = o.incident AND e.dead = 0 AND e.id < o.id) "
                 "ORDER BY id LIMIT ?3");
  rows.bind(1, client.value).bind(2, now.ms).bind(3, most);
  while (rows.step()) all.push_back(delivery_in(rows));
  return all;
}

std::vector<Delivery> DeliveriesSqlite::older(clients::Topic topic, Instant since, std::int64_t most) {
  std::vector<Delivery> all;
  if (!db_) return all;
  Statement rows(db_, "SELECT " SIGAP_DELIVERY_COLUMNS
                      " FROM outbox WHERE dead = 0 AND topic = ?1 AND since < ?2 ORDER BY since LIMIT ?3");
  rows.bind(1, static_cast<std::int64_t>(topic)).bind(2, since.ms).bind(3, most);
  while (rows.step()) all.push_back(delivery_in(rows));
  return all;
}

Result<bool> DeliveriesSqlite::change(const char* sql, std::int64_t id, std::int64_t value) {
  Statement step(db_, sql);
  step.bind(1, id);
  if (value != 0) step.bind(2, value);
  step.step();
  if (!step.finished()) return sqlite::failure(db_, "writing the outbox");
  return true;
}

Result<bool> DeliveriesSqlite::delivered(std::int64_t id) {
  return change("DELETE FROM outbox WHERE id = ?", id);
}

Result<bool> DeliveriesSqlite::tried(std::int64_t id, Instant again) {
  return change("UPDATE outbox SET tries = tries + 1, due = ?2 WHERE id = ?1", id, again.ms);
}

Result<bool> DeliveriesSqlite::give_up(std::int64_t id) {
  if (auto dead = change("UPDATE outbox SET dead = 1 WHERE id = ?", id); !dead) return dead;
  return change(
      "DELETE FROM outbox WHERE dead = 1 AND client = (SELECT client FROM outbox WHERE id = ?1) AND id <= "
      "(SELECT id FROM outbox WHERE dead = 1 AND client = (SELECT client FROM outbox WHERE id = ?1) "
      "ORDER BY id DESC LIMIT 1 OFFSET ?2)",
      id, kDeadMost);
}

}  // namespace sigap::deliveries_sqlite
