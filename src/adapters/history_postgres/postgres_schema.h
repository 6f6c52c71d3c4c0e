// What the history looks like in PostgreSQL: schema sigap_store holds the tables of figures/tables.h, parted by month
// where they say so; schema sigap holds a view of each for people's tools (Grafana, Metabase), with moments and days as
// PostgreSQL knows them and every column described; the role sigap_reader may read these views and nothing else.
// Source: postgresql.org/docs/15, ddl-partitioning, sql-createview.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "figures/tables.h"

namespace sigap::history_postgres {

/// Raised when other rows, or rows that mean something else, are made of the same events.
inline constexpr std::int64_t kForm = 1;

/// Statements that make what is missing, in order; what is there stays.
std::vector<std::string> schema_sql();
/// Of a table that is parted: the name and the statement of the part for this moment.
struct Part {
  std::string name, sql;
};
Part part_of(const figures::Table& table, std::int64_t moment_ms);
/// "INSERT ... SELECT * FROM unnest(...) ON CONFLICT ...", with an array for each column.
std::string put_sql(const figures::Table& table);
/// Those arrays.
std::vector<std::string> arrays_of(const figures::Table& table, const std::vector<figures::Row>& rows);
std::string array_of(const std::vector<StationCode>& stations);
std::string array_of(const std::vector<std::int64_t>& numbers);
/// The same connection string, with our limits: nobody waits for a database for ever.
std::string with_limits(const std::string& connection);

}  // namespace sigap::history_postgres
