// One staffing study: what was asked, what was counted, what is needed, and where one operator more would help most.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "domain/stations/state.h"
#include "staffing/plan.h"

namespace sigap::study {

namespace rules = sigap::staffing;

struct Question {
  rules::Goal goal;
  double patience_s = 60;
  std::optional<double> handling_s;      ///< where no call says how long it took
  std::map<StationCode, int> operators;  ///< who sits there today; empty: as many as the plan says
};

/// A clock on a wall: a time zone without summer time, as all of Indonesia's are.
struct Clock {
  int hours_east = 0;
  std::string name = "UTC";
  /// Hour of the week on this clock, 0 = Monday 00:00.
  int local(int utc_hour) const;
  int utc(int local_hour) const;
};

/// WIB, WITA, WIT of an IANA name; nothing for another.
std::optional<Clock> clock_of(const std::string& time_zone);
/// Of a station; others are shown in UTC.
Clock clock_of(const stations::State& tree, const StationCode& station);

/// One operator more, in the busiest hour of a place whose operators answer for each other.
struct Gain {
  StationCode place;
  int hour = 0;       ///< of the week, UTC
  int operators = 0;  ///< before
  double answered_within = 0, more_calls_per_hour = 0;
};

/// A stretch without a single call in the nation.
struct Silence {
  Instant from;
  Duration lasts;
};

struct Study {
  Question question;
  stations::State tree;
  std::vector<rules::Place> places;
  std::int64_t calls = 0, unknown = 0;  ///< counted; and left out, of stations that are not in the tree
  Instant first, last;
  std::optional<Silence> silence;  ///< too long for chance: a part of the data is missing
  rules::Plan plan;
  std::vector<Gain> station_gains, province_gains;  ///< the most helpful first, as many as are worth a line

  /// From the first call to the last, rounded, at least 1.
  std::int64_t days() const;
  const std::string& name(const StationCode& code) const { return tree.find(code)->name; }
};

/// All district stations; the desk of a Polda or of the Mabes where it was the home of a call, for it serves no
/// district of its own that could be quiet.
std::vector<rules::Place> places_of(const stations::State& tree, const std::vector<rules::CallRecord>& calls);

/// The longest, when it is too long for chance: two hours in which 40 calls were to be expected, so that even at night,
/// with a fifth of the day's calls, it happens once in three thousand. Own; shorter ones change little.
std::optional<Silence> missing_part(const std::vector<rules::CallRecord>& calls);

/// Refusals: "empty", "no_handling", those of the search.
Result<Study> study(const Question& question, const stations::State& tree, const rules::CallTally& tally);

}  // namespace sigap::study
