// The history in PostgreSQL 15 (libpqxx): for a nation's years, and for people's own tools beside it.
// Invariants: connects when it is asked, so a database that is away keeps no server from starting; a question has a
// limit of time; after any failure the connection is made anew. Without `init` there is nothing to write to, and it
// says so ("uninitialised"). The connection string may hold a password: it stands in no message.
#pragma once
#include <memory>
#include <set>
#include <string>

#include "ports/history.h"

namespace sigap::history_postgres {

/// One connection, made when it is needed.
class Link;

/// Schema, views, role: what is missing is made, what is there stays. Refusals: "away", "not_allowed", "io".
Result<bool> init(const std::string& connection);

class HistoryPostgres final : public ports::HistoryStore {
 public:
  explicit HistoryPostgres(std::string connection);
  ~HistoryPostgres() override;
  void interrupt() override;

  Result<ports::JournalHead> head() override;
  Result<bool> begin_anew() override;
  Result<std::vector<figures::Row>> live(figures::TableId table) override;
  Result<bool> take(const ports::HistoryChanges& changes, std::int64_t before,
                    const ports::JournalHead& after) override;

 private:
  std::unique_ptr<Link> link_;
  std::set<std::string> parts_;  ///< that are there
};

class HistoryPostgresReader final : public ports::HistoryReader {
 public:
  explicit HistoryPostgresReader(std::string connection);
  ~HistoryPostgresReader() override;
  void interrupt() override;
  Result<std::map<StationCode, figures::Sums>> by_station(const ports::HistorySpan& span) override;
  Result<std::map<std::int64_t, figures::Counts>> by_hour(const ports::HistorySpan& span) override;
  Result<bool> rows(figures::TableId table, std::int64_t from, std::int64_t until,
                    const std::function<bool(const figures::Row&)>& take) override;
  Result<ports::JournalHead> head() override;

 private:
  std::unique_ptr<Link> link_;
};

}  // namespace sigap::history_postgres
