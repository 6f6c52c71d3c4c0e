#include <algorithm>

#include "adapters/history_postgres/history_postgres.h"
#include "adapters/history_postgres/link.h"

namespace sigap::history_postgres {
namespace {

using figures::TableId;

/// Rows that are asked for at once: a few megabytes; own.
constexpr const char* kFetch = "FETCH 5000 FROM all_rows";
constexpr const char* kReader = "SET default_transaction_read_only = on; SET statement_timeout = '10s'";
constexpr const char* kOfSpan =
    " WHERE day BETWEEN $1::bigint AND $2::bigint AND ($3::text[] = '{}' OR station = ANY($3::text[]))";

std::string sums_in(const figures::Table& table) {
  std::string sql;
  for (auto i = table.keys; i < table.columns.size(); ++i)
    sql += ", sum(" + std::string(table.columns[i].name) + ")::bigint";
  return sql;
}

std::vector<std::string> params_of(const ports::HistorySpan& span) {
  return {std::to_string(span.first_day), std::to_string(span.last_day), array_of(span.stations)};
}

void read_counts(const pqxx::row& row, figures::Counts& counts) {
  for (std::size_t i = 0; i < figures::kCounts; ++i) counts[i] = row[static_cast<int>(i) + 1].as<std::int64_t>();
}

}  // namespace

HistoryPostgresReader::HistoryPostgresReader(std::string connection)
    : link_(std::make_unique<Link>(connection, kReader)) {}
HistoryPostgresReader::~HistoryPostgresReader() = default;
void HistoryPostgresReader::interrupt() {
  link_->interrupt();
}

Result<ports::JournalHead> HistoryPostgresReader::head() {
  return link_->within<ports::JournalHead>(
      [](pqxx::work& work) -> Result<ports::JournalHead> { return read_to(work); });
}

Result<std::map<StationCode, figures::Sums>> HistoryPostgresReader::by_station(const ports::HistorySpan& span) {
  using All = std::map<StationCode, figures::Sums>;
  return link_->within<All>([&](pqxx::work& work) -> Result<All> {
    All all;
    const auto params = params_of(span);
    const auto counts = "SELECT station" + sums_in(figures::table(TableId::days)) + " FROM sigap_store.days" + kOfSpan +
                        " GROUP BY station";
    for (const auto& row : exec_with(work, counts, params)) read_counts(row, all[{row[0].as<std::string>()}].counts);
    const auto spreads = "SELECT station, measure, seconds, sum(times)::bigint FROM sigap_store.spreads" +
                         std::string(kOfSpan) + " GROUP BY station, measure, seconds";
    for (const auto& row : exec_with(work, spreads, params)) {
      const auto measure = std::ranges::find(figures::kMeasureNames, row[1].as<std::string>());
      const auto times = row[3].as<std::int64_t>();
      if (measure == figures::kMeasureNames.end() || times == 0) continue;
      const auto index = static_cast<std::size_t>(measure - figures::kMeasureNames.begin());
      all[{row[0].as<std::string>()}].spreads[index][row[2].as<std::int64_t>()] = times;
    }
    return all;
  });
}

Result<std::map<std::int64_t, figures::Counts>> HistoryPostgresReader::by_hour(const ports::HistorySpan& span) {
  using All = std::map<std::int64_t, figures::Counts>;
  return link_->within<All>([&](pqxx::work& work) -> Result<All> {
    All all;
    const auto sql = "SELECT hour" + sums_in(figures::table(TableId::hours)) + " FROM sigap_store.hours" + kOfSpan +
                     " GROUP BY hour";
    for (const auto& row : exec_with(work, sql, params_of(span))) read_counts(row, all[row[0].as<std::int64_t>()]);
    return all;
  });
}

Result<bool> HistoryPostgresReader::rows(TableId id, std::int64_t from, std::int64_t until,
                                         const std::function<bool(const figures::Row&)>& take) {
  return link_->within<bool>([&](pqxx::work& work) -> Result<bool> {
    const auto& table = figures::table(id);
    const std::string first = table.columns[0].name;
    std::string keys;
    for (std::size_t i = 0; i < table.keys; ++i) keys += (i ? ", " : "") + std::string(table.columns[i].name);
    const bool spans = table.columns[0].kind != figures::ColumnKind::text && id != TableId::people;
    work.exec("DECLARE all_rows NO SCROLL CURSOR FOR SELECT * FROM sigap_store." + std::string(table.name) +
              (spans
                   ? " WHERE " + first + " >= " + std::to_string(from) + " AND " + first + " < " + std::to_string(until)
                   : "") +
              " ORDER BY " + keys);
    while (true) {
      const auto some = work.exec(kFetch);
      if (some.empty()) return true;
      for (const auto& row : some)
        if (!take(row_from(table, row))) return true;
    }
  });
}

}  // namespace sigap::history_postgres
