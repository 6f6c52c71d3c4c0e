// The history: what calls, incidents, alerts and operators' work became, for questions about yesterday and last month.
// A store keeps rows (figures/tables.h); what they mean is decided in one place (figures/tally.h), so that every store
// answers the same.
// Invariants: rows and how far they were made of the journal are one transaction; take() goes on only from where the
// store is, so two writers, or a store restored from a copy, never count anything twice; nothing personal is in clear.
#pragma once
#include <functional>
#include <vector>

#include "base/result.h"
#include "figures/tables.h"
#include "ports/journal.h"

namespace sigap::ports {

/// What is to become durable together.
struct HistoryChanges {
  /// By table. Rows of one table have different keys. A row replaces the one with its key; in a table that adds, it is
  /// added to it.
  std::vector<figures::Row> rows[figures::kTables];
  std::vector<CallId> forgotten_calls;
  std::vector<IncidentId> forgotten_incidents;
};

/// Who writes. One thread at a time may use it.
class HistoryStore {
 public:
  virtual ~HistoryStore() = default;
  /// Any thread: whatever is waited for is over, for the end is near; from now on everything is refused with "away".
  virtual void interrupt() {}
  /// How far of the journal it has read. Refusals: "away" (no connection), "io".
  virtual Result<JournalHead> head() = 0;
  /// Empties it. Refusals as above.
  virtual Result<bool> begin_anew() = 0;
  /// Rows of a table of which more may become; all rows of one that does not open.
  virtual Result<std::vector<figures::Row>> live(figures::TableId table) = 0;
  /// From `before` on to `after`, all of it or nothing. Refusals: "moved" when the store is not at `before` (any more),
  /// "away", "disk_full", "io".
  virtual Result<bool> take(const HistoryChanges& changes, std::int64_t before, const JournalHead& after) = 0;
};

/// Days on the stations' own clocks, and whose.
struct HistorySpan {
  std::int64_t first_day = 0, last_day = 0;
  std::vector<StationCode> stations;  ///< none: all
};

/// Who asks. One thread at a time may use it, another than the writer's.
class HistoryReader {
 public:
  virtual ~HistoryReader() = default;
  /// As HistoryStore::interrupt.
  virtual void interrupt() {}
  /// Refusals of all: "away", "io".
  virtual Result<std::map<StationCode, figures::Sums>> by_station(const HistorySpan& span) = 0;
  /// Of all these stations together: the counts of each hour of the day; spreads are of days, and not asked for.
  virtual Result<std::map<std::int64_t, figures::Counts>> by_hour(const HistorySpan& span) = 0;
  /// Rows of a table whose first column (a moment in milliseconds, or a day) is from `from` on and before `until`, in
  /// the order of their keys, until `take` says false. Of stations and people: all.
  virtual Result<bool> rows(figures::TableId table, std::int64_t from, std::int64_t until,
                            const std::function<bool(const figures::Row&)>& take) = 0;
  virtual Result<JournalHead> head() = 0;
};

}  // namespace sigap::ports
