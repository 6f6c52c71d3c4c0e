// The tables that a history is kept in, described once: every store makes them of this, `sigap history export` writes
// them, docs/history.md lists them. A row is what a fact, or a sum, looks like in them.
// Invariants: the first `keys` columns name a row; a table that adds has numbers behind its keys, and a row is added to
// what stands there; moments are milliseconds since 1970 (UTC); what may be forgotten is marked, and has no key's
// place.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "figures/tally.h"

namespace sigap::figures {

using Value = std::variant<std::monostate, std::int64_t, std::string>;
using Row = std::vector<Value>;

enum class ColumnKind { integer, moment, text };

struct Column {
  const char* name;
  ColumnKind kind;
  const char* about;
  bool erasable = false;  ///< nothing after the record was forgotten
};

enum class TableId : std::size_t { stations, people, calls, incidents, alerts, work, hours, days, spreads };
inline constexpr std::size_t kTables = 9;

struct Table {
  const char* name;
  const char* about;
  std::size_t keys = 0;
  bool adds = false;
  bool by_month = false;  ///< a store may part it by its first column, a moment
  bool opens = false;     ///< its last column is 1 while more may become of the row
  std::vector<Column> columns;
};
const Table& table(TableId id);

/// What the history knows of a station and of a person: as they were told last.
struct StationFact {
  StationCode station;
  std::string name, level;
  StationCode parent;
  std::string zone;
  bool operator==(const StationFact&) const = default;
};
struct PersonFact {
  PersonId person;
  StationCode station;
  bool operator==(const PersonFact&) const = default;
};

Row row_of(const StationFact& fact);
Row row_of(const PersonFact& fact);
Row row_of(const CallFact& fact);
Row row_of(const IncidentFact& fact);
Row row_of(const AlertFact& fact);
Row row_of(const WorkFact& fact);
Row row_of(const HourKey& key, const Counts& counts);
Row row_of(const DayKey& key, const Counts& counts);
Row row_of(const SpreadKey& key, std::int64_t times);

// The way back, of a row that row_of made.
StationFact station_of(const Row& row);
PersonFact person_of(const Row& row);
CallFact call_of(const Row& row);
IncidentFact incident_of(const Row& row);
AlertFact alert_of(const Row& row);
WorkFact work_of(const Row& row);

}  // namespace sigap::figures
