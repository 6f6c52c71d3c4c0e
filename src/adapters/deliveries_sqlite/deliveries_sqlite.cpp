#include "adapters/deliveries_sqlite/deliveries_sqlite.h"

#include <algorithm>
#include <utility>

#include "ports/journal_chain.h"
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
  std::unique_ptr<DeliveriesSqlite> made(new DeliveriesSqlite(data_folder / "deliveries.sqlite"));
  if (auto opened = made->file_.open(); !opened) return tl::unexpected(opened.error());
  return made;
}

DeliveriesSqlite::DeliveriesSqlite(std::filesystem::path file)
    : file_(std::move(file), {"the outbox", kSchema, kForm}) {}

Result<bool> DeliveriesSqlite::begin_anew() {
  return file_.begin_anew();
}

ports::JournalHead DeliveriesSqlite::head() {
  const auto to = file_.read_to();
  return to ? ports::JournalHead{to->position, to->hash} : ports::JournalHead{0, ports::kChainStart};
}

Result<bool> DeliveriesSqlite::begin_behind(const ports::JournalHead& head) {
  if (!file_.put_read_to({head.position, head.hash})) return file_.failure("beginning");
  return true;
}

bool DeliveriesSqlite::add(const Delivery& d, Instant now, std::vector<Delivery>& dead) {
  if (d.type == "incident.changed") {
    Statement same(file_.db(),
                   "SELECT 1 FROM outbox WHERE client = ? AND incident = ? AND dead = 0 AND tries = 0 AND "
                   "type = 'incident.changed'");
    if (same.bind(1, d.client.value).bind(2, d.incident.value).step()) return true;
  }
  Statement count(file_.db(), "SELECT count(*) FROM outbox WHERE client = ? AND dead = 0");
  const bool full = count.bind(1, d.client.value).step() && count.integer(0) >= kWaitingMost;
  Statement put(file_.db(),
                "INSERT INTO outbox(client, topic, type, stands, incident, alert, unit, position, event, at, since, "
                "tries, due, dead) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?11, ?12)");
  put.bind(1, d.client.value).bind(2, static_cast<std::int64_t>(d.topic)).bind(3, d.type).bind(4, d.stands);
  put.bind(5, d.incident.value).bind(6, d.alert.value).bind(7, d.unit.value).bind(8, d.position).bind(9, d.event);
  put.bind(10, d.at.ms).bind(11, now.ms).bind(12, std::int64_t{full}).step();
  if (full) dead.push_back(d);
  return put.finished();
}

Result<std::vector<Delivery>> DeliveriesSqlite::take(const Batch& batch, const ports::JournalHead& head) {
  std::vector<Delivery> dead;
  const auto taken = file_.take({head.position, head.hash}, [&] {
    return std::ranges::all_of(batch.added, [&](const auto& each) { return add(each, batch.now, dead); }) &&
           std::ranges::all_of(batch.emptied, [&](ClientId client) { return drop_waiting(client); }) &&
           std::ranges::all_of(batch.replayed, [&](ClientId client) { return again(client, batch.now); });
  });
  if (!taken) return tl::unexpected(taken.error());
  return dead;
}

bool DeliveriesSqlite::drop_waiting(ClientId client) {
  Statement drop(file_.db(), "DELETE FROM outbox WHERE client = ? AND dead = 0");
  drop.bind(1, client.value).step();
  return drop.finished();
}

bool DeliveriesSqlite::again(ClientId client, Instant now) {
  Statement replay(file_.db(),
                   "UPDATE outbox SET dead = 0, tries = 0, due = ?2, since = ?2 WHERE client = ?1 AND dead = 1");
  replay.bind(1, client.value).bind(2, now.ms).step();
  return replay.finished();
}

std::vector<ClientId> DeliveriesSqlite::waiting() {
  std::vector<ClientId> all;
  if (!file_.db()) return all;
  Statement rows(file_.db(), "SELECT DISTINCT client FROM outbox WHERE dead = 0");
  while (rows.step()) all.push_back({rows.integer(0)});
  return all;
}

std::vector<Delivery> DeliveriesSqlite::due(ClientId client, Instant now, std::int64_t most) {
  std::vector<Delivery> all;
  if (!file_.db()) return all;
  Statement rows(file_.db(),
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
  if (!file_.db()) return all;
  Statement rows(file_.db(), "SELECT " SIGAP_DELIVERY_COLUMNS
                             " FROM outbox WHERE dead = 0 AND topic = ?1 AND since < ?2 ORDER BY since LIMIT ?3");
  rows.bind(1, static_cast<std::int64_t>(topic)).bind(2, since.ms).bind(3, most);
  while (rows.step()) all.push_back(delivery_in(rows));
  return all;
}

Result<bool> DeliveriesSqlite::change(const char* sql, std::int64_t id, std::int64_t value) {
  Statement step(file_.db(), sql);
  step.bind(1, id);
  if (value != 0) step.bind(2, value);
  step.step();
  if (!step.finished()) return file_.failure("writing");
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
