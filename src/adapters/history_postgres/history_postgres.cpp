#include "adapters/history_postgres/history_postgres.h"

#include "adapters/history_postgres/link.h"

namespace sigap::history_postgres {
namespace {

using figures::TableId;

/// Two writers that make the schema at once would trip over each other; a number of our own.
constexpr const char* kLock = "SELECT pg_advisory_xact_lock(110)";

/// What is lost with a crash of the database is made of the journal again, position and rows alike. Own.
constexpr const char* kWriter = "SET synchronous_commit = off; SET statement_timeout = '60s'; SET lock_timeout = '30s'";

template <class Id>
std::vector<std::int64_t> numbers_of(const std::vector<Id>& ids) {
  std::vector<std::int64_t> all;
  for (const auto id : ids) all.push_back(id.value);
  return all;
}

void forget_rows(pqxx::work& work, const figures::Table& table, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  std::string sets;
  for (const auto& column : table.columns)
    if (column.erasable) sets += (sets.empty() ? "" : ", ") + std::string(column.name) + " = NULL";
  exec_with(work,
            "UPDATE sigap_store." + std::string(table.name) + " SET " + sets + " WHERE " + table.columns[1].name +
                " = ANY($1::bigint[])",
            std::vector<std::string>{array_of(ids)});
}

}  // namespace

Result<bool> init(const std::string& connection) {
  Link link(connection, "SET client_min_messages = warning");
  return link.within<bool>([](pqxx::work& work) -> Result<bool> {
    work.exec(kLock);
    for (const auto& sql : schema_sql()) work.exec(sql);
    work.exec("INSERT INTO sigap_store.read_to VALUES(1, " + std::to_string(kForm) + ", 0, '" + ports::kChainStart +
              "') ON CONFLICT DO NOTHING");
    return true;
  });
}

HistoryPostgres::HistoryPostgres(std::string connection) : link_(std::make_unique<Link>(connection, kWriter)) {}
HistoryPostgres::~HistoryPostgres() = default;
void HistoryPostgres::interrupt() {
  link_->interrupt();
}

Result<ports::JournalHead> HistoryPostgres::head() {
  return link_->within<ports::JournalHead>([](pqxx::work& work) -> Result<ports::JournalHead> {
    const auto form = work.exec("SELECT form FROM sigap_store.read_to");
    // Rows of another program mean something else: made anew, by find_place.
    if (!form.empty() && form[0][0].as<std::int64_t>() != kForm)
      return ports::JournalHead{read_to(work).position, std::string()};
    return read_to(work);
  });
}

Result<bool> HistoryPostgres::begin_anew() {
  return link_->within<bool>([](pqxx::work& work) -> Result<bool> {
    read_to(work, " FOR UPDATE");
    std::string tables;
    for (std::size_t t = 0; t < figures::kTables; ++t)
      tables += (t ? ", sigap_store." : "sigap_store.") + std::string(figures::table(TableId{t}).name);
    work.exec("TRUNCATE " + tables);
    work.exec("DELETE FROM sigap_store.read_to");
    work.exec("INSERT INTO sigap_store.read_to VALUES(1, " + std::to_string(kForm) + ", 0, '" + ports::kChainStart +
              "')");
    return true;
  });
}

Result<std::vector<figures::Row>> HistoryPostgres::live(TableId id) {
  return link_->within<std::vector<figures::Row>>([&](pqxx::work& work) -> Result<std::vector<figures::Row>> {
    const auto& table = figures::table(id);
    std::vector<figures::Row> rows;
    for (const auto& row :
         work.exec("SELECT * FROM sigap_store." + std::string(table.name) + (table.opens ? " WHERE open = 1" : "")))
      rows.push_back(row_from(table, row));
    return rows;
  });
}

Result<bool> HistoryPostgres::take(const ports::HistoryChanges& changes, std::int64_t before,
                                   const ports::JournalHead& after) {
  std::set<std::string> made;
  auto taken = link_->within<bool>([&](pqxx::work& work) -> Result<bool> {
    const auto there = read_to(work, " FOR UPDATE");
    if (there.position != before) return refuse("moved", "the history is at " + std::to_string(there.position));
    for (std::size_t t = 0; t < figures::kTables; ++t) {
      const auto& table = figures::table(TableId{t});
      const auto& rows = changes.rows[t];
      if (rows.empty()) continue;
      if (table.by_month)
        for (const auto& row : rows) {
          const auto part = part_of(table, std::get<std::int64_t>(row[0]));
          if (parts_.contains(part.name) || !made.insert(part.name).second) continue;
          work.exec("SET LOCAL client_min_messages = warning");
          work.exec(part.sql);
        }
      exec_with(work, put_sql(table), arrays_of(table, rows));
    }
    forget_rows(work, figures::table(TableId::calls), numbers_of(changes.forgotten_calls));
    forget_rows(work, figures::table(TableId::incidents), numbers_of(changes.forgotten_incidents));
    exec_with(work, "UPDATE sigap_store.read_to SET position = $1, hash = $2",
              std::vector<std::string>{std::to_string(after.position), after.hash});
    return true;
  });
  if (taken)
    parts_.merge(made);
  else
    parts_.clear();  // somebody else may have made the schema anew
  return taken;
}

}  // namespace sigap::history_postgres
