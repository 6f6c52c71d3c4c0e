// A report of a station and all below it, made of a history's answers. It lives on the history's reader's thread, and
// knows of the state only what it was given.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/state.h"
#include "core/views/wire.h"
#include "ports/history.h"

namespace sigap::runtime {

/// What a report is about, taken from the state when it is asked for.
struct ReportScope {
  StationCode station;
  std::string name, time_zone;
  Instant now;
  /// The station itself, then what stands right below it, each with the stations that it stands for.
  struct Part {
    StationCode station;
    std::string name;
    std::vector<StationCode> stations;
  };
  std::vector<Part> parts;
};
ReportScope report_scope(const stations::State& tree, const StationCode& station, Instant now);

/// The span that has `day` in it, as far as today: weeks begin on Monday (ISO 8601), months with their first day.
ports::HistorySpan days_of(core::ReportSpan span, std::int64_t day, std::int64_t today);

/// Refusals: the reader's.
Result<core::ReportFound> make_report(const ReportScope& scope, const core::ReadReport& asked,
                                      ports::HistoryReader& reader);

}  // namespace sigap::runtime
