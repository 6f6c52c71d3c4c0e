// Every figure of the line, defined once. A fact adds to the counts of one local hour of one station, and to the
// spreads of its day; figures of any span and any stations are sums of these, so none depends on how it is asked for.
//   facts -> tally_of -> (station, day, hour) counts, (station, day) spreads -> sums -> Figures
// The rule of each figure stands in docs/figures.md and in the comments here; sources there.
// Invariants: pure; whole numbers but for the shares at the very end; offered = answered + hung up + refused + cut off.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "base/land_clock.h"
#include "figures/facts.h"

namespace sigap::figures {

/// What is counted, in the order of the columns of the table `hours`.
enum class Count : std::size_t {
  offered,       ///< calls of citizens whose waiting is over, by the hour of their arrival
  answered,      ///< of these, an operator took it
  within_5,      ///< ... within 5 s
  within_10,     ///< ... within 10 s
  within_20,     ///< ... within 20 s
  hung_up,       ///< the caller gave up first: a miss
  short_rings,   ///< of these, within 5 s: a miss as well
  refused,       ///< turned away: a miss
  cut_off,       ///< ended by the network or the system: a miss
  transferred,   ///< given to another station
  incidents,     ///< opened
  dispatched,    ///< of these, a unit was alerted
  arrived,       ///< of these, a unit was on the scene
  alerts,        ///< that are acknowledged or missed
  acknowledged,  ///< of these
  missed,        ///< not answered, or declined: a miss
  handling_ms,   ///< operators on calls and in wrap-up
  ready_ms       ///< operators ready, or ringing
};
inline constexpr std::size_t kCounts = 18;
extern const std::array<const char*, kCounts> kCountNames;
extern const std::array<const char*, kCounts> kCountMeanings;

/// What is spread over time.
enum class Measure : std::size_t {
  answer,           ///< arrival to the operator, of answered calls
  handling,         ///< of a call that has its outcome
  dispatch,         ///< the call's arrival (or the opening) to the first alert
  acknowledgement,  ///< an alert to its acknowledgement
  arrival           ///< the call's arrival (or the opening) to the first unit on the scene
};
inline constexpr std::size_t kMeasures = 5;
extern const std::array<const char*, kMeasures> kMeasureNames;

/// A duration as it is kept in a spread, in seconds, never shorter than it was: whole seconds up to a minute, then
/// steps of 5 s to 5 min, 30 s to 30 min, 5 min to 4 h, and 4 h for all beyond. Own: a hundredth part, or better.
std::int64_t rounded_s(Duration duration);

using Counts = std::array<std::int64_t, kCounts>;
/// How many durations of each length (rounded_s).
using Spread = std::map<std::int64_t, std::int64_t>;

/// Sums over anything.
struct Sums {
  Counts counts{};
  std::array<Spread, kMeasures> spreads;
  bool operator==(const Sums&) const = default;
  std::int64_t of(Count count) const { return counts[static_cast<std::size_t>(count)]; }
};

struct HourKey {
  StationCode station;
  LocalHour hour;
  auto operator<=>(const HourKey&) const = default;
};
struct DayKey {
  StationCode station;
  std::int64_t day = 0;
  auto operator<=>(const DayKey&) const = default;
};
struct SpreadKey {
  StationCode station;
  std::int64_t day = 0;
  Measure measure = Measure::answer;
  std::int64_t seconds = 0;
  auto operator<=>(const SpreadKey&) const = default;
};

/// What some facts add to the sums of hours and days; or what a change of them adds, which may be negative.
struct Tally {
  std::map<HourKey, Counts> by_hour;
  std::map<SpreadKey, std::int64_t> by_day;

  void add(const CallFact& fact, std::int64_t times = 1);
  void add(const IncidentFact& fact, std::int64_t times = 1);
  void add(const AlertFact& fact, std::int64_t times = 1);
  void add(const WorkFact& fact, std::int64_t times = 1);
  /// The counts of whole days.
  std::map<DayKey, Counts> days() const;
  /// Without what has become nothing.
  void tidy();

 private:
  void count(const StationCode& station, LocalHour hour, Count what, std::int64_t times);
  void spread(const StationCode& station, std::int64_t day, Measure what, std::optional<Duration> how_long,
              std::int64_t times);
};

/// Nearest rank: the least duration that at least `percent` of all are not longer than. Nothing of nothing.
std::optional<std::int64_t> percentile_s(const Spread& spread, std::int64_t percent);

/// What people are told. Shares are in thousandths, rounded down: a goal is reached or it is not.
struct Figures {
  Counts counts{};
  std::optional<std::int64_t> within_5, within_10, within_20;  ///< of all offered
  std::optional<std::int64_t> acknowledged;                    ///< of alerts that were acknowledged or missed
  std::optional<std::int64_t> occupancy;                       ///< handling of handling and ready
  struct Times {
    std::optional<std::int64_t> median_s, nine_of_ten_s;
    bool operator==(const Times&) const = default;
  };
  std::array<Times, kMeasures> times;
  bool operator==(const Figures&) const = default;
};
Figures figures_of(const Sums& sums);

/// The goals of the line, in thousandths of all offered calls. Source: 5 s, Ofcom for 999; 10 s, Kapolri, January 2026.
inline constexpr std::int64_t kGoalWithin5 = 950, kGoalWithin10 = 990;

}  // namespace sigap::figures
