// From calls that were to calls that are to be expected: by station and hour of the week, with the mean handling time.
// A station with few calls tells little about itself, so it borrows: its level from the stations of its province, its
// hours from the province's week, the province from the nation (gamma-Poisson; how much is borrowed is measured, by the
// moments of Clayton and Kaldor 1987).
// Invariants: no expectation is 0, however quiet a station was; the nation's calls in all are those counted.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "staffing/week.h"

namespace sigap::staffing {

struct Place {
  StationCode station;
  StationCode province;  ///< whose stations are alike and answer for each other; headquarters are their own
};

/// One call that was offered, answered or not.
struct CallRecord {
  StationCode station;
  Instant at;
  std::optional<double> handling_s;  ///< that it took an operator; nothing when nobody answered
};

struct Demand {
  Week<double> calls_per_hour{};
  double handling_s = 0;  ///< mean
  double seen = 0;        ///< calls counted; what is expected is an estimate from these and the neighbours'
};

class CallTally {
 public:
  /// A station once; the order is kept by estimate().
  explicit CallTally(std::vector<Place> places);

  /// False when the station is not among the places: nothing is counted.
  bool add(const CallRecord& call);

  const std::vector<Place>& places() const { return places_; }
  std::int64_t calls() const { return calls_; }
  Instant first() const { return first_; }
  Instant last() const { return last_; }

  /// One a place. `handling_s` stands for the mean where no call at all says how long it took.
  /// Refusals: "empty" without a call, "no_handling" with field "handling_s".
  Result<std::vector<Demand>> estimate(std::optional<double> handling_s = {}) const;

 private:
  struct Counts {
    Week<double> calls{};
    double handled = 0, handling_s = 0;
  };

  /// How often each hour of the week lies between the first and the last call, the hours of both included.
  Week<double> hours_seen() const;

  std::vector<Place> places_;
  std::map<StationCode, std::size_t> index_;
  std::vector<Counts> counts_;
  std::int64_t calls_ = 0;
  Instant first_, last_;
};

}  // namespace sigap::staffing
