#include "adapters/history_postgres/postgres_schema.h"

#include <chrono>
#include <cstdio>

#include "base/overloaded.h"

namespace sigap::history_postgres {
namespace {

using figures::ColumnKind;
using figures::TableId;

const char* type_of(const figures::Column& column) {
  return column.kind == ColumnKind::text ? "text" : "bigint";
}

std::string keys_of(const figures::Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.keys; ++i) text += (i ? ", " : "") + std::string(table.columns[i].name);
  return text;
}

std::string quoted(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? "''" : std::string(1, c);
  return all + "'";
}

std::string table_sql(const figures::Table& table) {
  std::string sql = "CREATE TABLE IF NOT EXISTS sigap_store." + std::string(table.name) + "(";
  for (const auto& column : table.columns) sql += std::string(column.name) + " " + type_of(column) + ", ";
  sql += "PRIMARY KEY(" + keys_of(table) + "))";
  if (table.by_month) sql += " PARTITION BY RANGE (" + std::string(table.columns[0].name) + ")";
  return sql;
}

/// A day and a moment as PostgreSQL knows them.
std::string view_column(const figures::Column& column) {
  const std::string name = column.name;
  if (column.kind == ColumnKind::moment) return "to_timestamp(" + name + " / 1000.0) AS " + name;
  if (name == "day") return "date '1970-01-01' + day::integer AS day";
  return name;
}

std::string escaped(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    if (c != '\0') all += c;
  }
  return all + "\"";
}

template <class Values, class Write>
std::string array(const Values& values, const Write& write) {
  std::string text = "{";
  for (const auto& value : values) text += (text.size() > 1 ? "," : "") + write(value);
  return text + "}";
}

}  // namespace

std::vector<std::string> schema_sql() {
  std::vector<std::string> all = {
      "CREATE SCHEMA IF NOT EXISTS sigap_store", "CREATE SCHEMA IF NOT EXISTS sigap",
      "CREATE TABLE IF NOT EXISTS sigap_store.read_to(one integer PRIMARY KEY CHECK(one = 1), form bigint NOT NULL, "
      "position bigint NOT NULL, hash text NOT NULL)",
      "DO $$ BEGIN IF NOT EXISTS(SELECT FROM pg_roles WHERE rolname = 'sigap_reader') THEN CREATE ROLE sigap_reader "
      "NOLOGIN; END IF; END $$",
      "GRANT USAGE ON SCHEMA sigap TO sigap_reader"};
  for (std::size_t t = 0; t < figures::kTables; ++t) {
    const auto& table = figures::table(TableId{t});
    const std::string name = table.name;
    all.push_back(table_sql(table));
    if (table.opens) {
      all.push_back("CREATE INDEX IF NOT EXISTS " + name + "_open ON sigap_store." + name + "(open) WHERE open = 1");
      all.push_back("CREATE INDEX IF NOT EXISTS " + name + "_number ON sigap_store." + name + "(" +
                    table.columns[1].name + ")");
    }
    std::string columns;
    for (const auto& column : table.columns) columns += (columns.empty() ? "" : ", ") + view_column(column);
    all.push_back("CREATE OR REPLACE VIEW sigap." + name + " AS SELECT " + columns + " FROM sigap_store." + name);
    all.push_back("COMMENT ON VIEW sigap." + name + " IS " + quoted(table.about));
    for (const auto& column : table.columns)
      all.push_back("COMMENT ON COLUMN sigap." + name + "." + column.name + " IS " + quoted(column.about));
    all.push_back("GRANT SELECT ON sigap." + name + " TO sigap_reader");
  }
  return all;
}

Part part_of(const figures::Table& table, std::int64_t moment_ms) {
  namespace time = std::chrono;
  const time::sys_time<time::milliseconds> moment{time::milliseconds(moment_ms)};
  const time::year_month_day day{time::floor<time::days>(moment)};
  const auto month = day.year() / day.month();
  const auto start = [](time::year_month of) {
    const auto since = time::sys_days(of / 1).time_since_epoch();
    return std::to_string(time::duration_cast<time::milliseconds>(since).count());
  };
  char suffix[32];
  std::snprintf(suffix, sizeof suffix, "_%04d_%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  const auto name = std::string(table.name) + suffix;
  return {name, "CREATE TABLE IF NOT EXISTS sigap_store." + name + " PARTITION OF sigap_store." + table.name +
                    " FOR VALUES FROM (" + start(month) + ") TO (" + start(month + time::months(1)) + ")"};
}

std::string put_sql(const figures::Table& table) {
  std::string arrays;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    arrays += (i ? ", $" : "$") + std::to_string(i + 1) + "::" + type_of(table.columns[i]) + "[]";
  std::string sql = "INSERT INTO sigap_store." + std::string(table.name) + " AS t SELECT * FROM unnest(" + arrays +
                    ") ON CONFLICT (" + keys_of(table) + ") DO UPDATE SET ";
  for (auto i = table.keys; i < table.columns.size(); ++i) {
    const std::string name = table.columns[i].name;
    sql += (i == table.keys ? "" : ", ") + name + " = " + (table.adds ? "t." + name + " + " : "") + "excluded." + name;
  }
  return sql;
}

std::vector<std::string> arrays_of(const figures::Table& table, const std::vector<figures::Row>& rows) {
  std::vector<std::string> arrays;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    arrays.push_back(array(rows, [&](const figures::Row& row) {
      return std::visit(Overloaded{[](std::monostate) { return std::string("NULL"); },
                                   [](std::int64_t n) { return std::to_string(n); },
                                   [](const std::string& text) { return escaped(text); }},
                        row[i]);
    }));
  return arrays;
}

std::string array_of(const std::vector<StationCode>& stations) {
  return array(stations, [](const StationCode& station) { return escaped(station.value); });
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
  return array(numbers, [](std::int64_t n) { return std::to_string(n); });
}

std::string with_limits(const std::string& connection) {
  // Seconds to connect, and until a silent network is a broken one; own: a follower may wait, but not a stop of the
  // server behind it.
  constexpr std::pair<const char*, const char*> kLimits[] = {{"connect_timeout", "5"},
                                                             {"keepalives_idle", "10"},
                                                             {"keepalives_interval", "5"},
                                                             {"keepalives_count", "2"},
                                                             {"tcp_user_timeout", "15000"}};
  const bool address = connection.find("://") != std::string::npos;
  auto all = connection;
  for (const auto& [name, value] : kLimits) {
    const char between = !address ? ' ' : all.find('?') == std::string::npos ? '?' : '&';
    all += between + std::string(name) + "=" + value;
  }
  return all;
}

}  // namespace sigap::history_postgres
