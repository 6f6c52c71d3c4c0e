#include "figures/tally.h"

#include <algorithm>

namespace sigap::figures {
namespace {

constexpr std::int64_t kMinute_s = 60, kHour_s = 3600;
constexpr std::int64_t kWhole = 1000, kHundred = 100;

struct Steps {
  std::int64_t until_s, step_s;
};
constexpr Steps kSteps[] = {{kMinute_s, 1}, {5 * kMinute_s, 5}, {30 * kMinute_s, 30}, {4 * kHour_s, 5 * kMinute_s}};

std::optional<std::int64_t> share(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return part * kWhole / whole;
}

}  // namespace

const std::array<const char*, kCounts> kCountNames = {
    "offered",     "answered", "within_5",     "within_10",   "within_20",   "hung_up",
    "short_rings", "refused",  "cut_off",      "transferred", "incidents",   "dispatched",
    "arrived",     "alerts",   "acknowledged", "missed",      "handling_ms", "ready_ms"};
const std::array<const char*, kCounts> kCountMeanings = {
    "calls of citizens whose waiting is over, by the hour of their arrival",
    "of these, an operator took it",
    "of these, within 5 s of the arrival",
    "of these, within 10 s of the arrival",
    "of these, within 20 s of the arrival",
    "offered, and the caller gave up first",
    "of these, within 5 s of the arrival",
    "offered, and turned away",
    "offered, and ended by the network or the system first",
    "offered, and given to another station later",
    "incidents opened",
    "of these, a unit was alerted",
    "of these, a unit was on the scene",
    "alerts that were acknowledged or missed, by the hour in which they were raised",
    "of these, acknowledged",
    "of these, not answered or declined",
    "milliseconds that operators were on calls or in wrap-up",
    "milliseconds that operators were ready or ringing"};
const std::array<const char*, kMeasures> kMeasureNames = {"answer", "handling", "dispatch", "acknowledgement",
                                                          "arrival"};

Cell cell_of(GeoPoint point) {
  constexpr std::int64_t kCell_e7 = 100'000;  // a hundredth of a degree
  const auto nearest = [](std::int64_t e7) {
    const auto shifted = e7 + kCell_e7 / 2;
    return shifted / kCell_e7 - (shifted % kCell_e7 < 0);
  };
  return {nearest(point.latitude_e7), nearest(point.longitude_e7)};
}

std::int64_t rounded_s(Duration duration) {
  constexpr std::int64_t kSecond = 1000;
  const auto seconds = std::max<std::int64_t>((duration.ms + kSecond - 1) / kSecond, 0);
  for (const auto& [until_s, step_s] : kSteps)
    if (seconds <= until_s) return (seconds + step_s - 1) / step_s * step_s;
  return kSteps[std::size(kSteps) - 1].until_s;
}

void Tally::count(const StationCode& station, LocalHour hour, Count what, std::int64_t times) {
  if (times != 0) by_hour[{station, hour}][static_cast<std::size_t>(what)] += times;
}

void Tally::spread(const StationCode& station, std::int64_t day, Measure what, std::optional<Duration> how_long,
                   std::int64_t times) {
  if (how_long) by_day[{station, day, what, rounded_s(*how_long)}] += times;
}

void Tally::add(const CallFact& fact, std::int64_t times) {
  if (fact.result == CallResult::waiting) return;
  const auto hour = local_hour(fact.arrived, fact.hours_east);
  const auto counts = [&](Count what, bool holds) { count(fact.station, hour, what, holds ? times : 0); };
  const auto within = [&](Duration limit) { return fact.answered && *fact.answered <= limit; };
  counts(Count::offered, true);
  counts(Count::answered, fact.result == CallResult::answered);
  counts(Count::within_5, within(seconds(5)));
  counts(Count::within_10, within(seconds(10)));
  counts(Count::within_20, within(seconds(20)));
  counts(Count::hung_up, fact.result == CallResult::hung_up);
  counts(Count::short_rings, fact.result == CallResult::hung_up && fact.short_ring);
  counts(Count::refused, fact.result == CallResult::refused);
  counts(Count::cut_off, fact.result == CallResult::cut_off);
  counts(Count::transferred, fact.transferred);
  spread(fact.station, hour.day, Measure::answer, fact.answered, times);
  if (!fact.outcome.empty()) spread(fact.station, hour.day, Measure::handling, fact.handled, times);
}

void Tally::add(const IncidentFact& fact, std::int64_t times) {
  const auto hour = local_hour(fact.opened, fact.hours_east);
  count(fact.station, hour, Count::incidents, times);
  count(fact.station, hour, Count::dispatched, fact.dispatched ? times : 0);
  count(fact.station, hour, Count::arrived, fact.arrived ? times : 0);
  spread(fact.station, hour.day, Measure::dispatch, fact.dispatched, times);
  spread(fact.station, hour.day, Measure::arrival, fact.arrived, times);
}

void Tally::add(const AlertFact& fact, std::int64_t times) {
  const bool acknowledged = fact.result == AlertResult::acknowledged;
  const bool missed = fact.result == AlertResult::missed || fact.result == AlertResult::declined;
  if (!acknowledged && !missed) return;
  const auto hour = local_hour(fact.raised, fact.hours_east);
  count(fact.station, hour, Count::alerts, times);
  count(fact.station, hour, Count::acknowledged, acknowledged ? times : 0);
  count(fact.station, hour, Count::missed, missed ? times : 0);
  spread(fact.station, hour.day, Measure::acknowledgement, fact.acknowledged, times);
}

void Tally::add(const WorkFact& fact, std::int64_t times) {
  if (!fact.until) return;
  const auto what = fact.kind == WorkKind::handling ? Count::handling_ms : Count::ready_ms;
  for (auto from = fact.from; from < *fact.until;) {
    const auto into_hour = (from.ms % hours(1).ms + hours(1).ms) % hours(1).ms;
    const auto until = std::min(*fact.until, from + Duration{hours(1).ms - into_hour});
    count(fact.station, local_hour(from, fact.hours_east), what, times * (until - from).ms);
    from = until;
  }
}

std::map<DayKey, Counts> Tally::days() const {
  std::map<DayKey, Counts> days;
  for (const auto& [key, counts] : by_hour) {
    auto& day = days[{key.station, key.hour.day}];
    for (std::size_t i = 0; i < kCounts; ++i) day[i] += counts[i];
  }
  return days;
}

void Tally::tidy() {
  std::erase_if(by_hour, [](const auto& each) {
    return std::all_of(each.second.begin(), each.second.end(), [](auto n) { return n == 0; });
  });
  std::erase_if(by_day, [](const auto& each) { return each.second == 0; });
}

std::optional<std::int64_t> percentile_s(const Spread& spread, std::int64_t percent) {
  std::int64_t all = 0;
  for (const auto& [seconds, times] : spread) all += times;
  if (all <= 0) return std::nullopt;
  const auto rank = std::max<std::int64_t>((all * percent + kHundred - 1) / kHundred, 1);
  std::int64_t so_far = 0;
  for (const auto& [seconds, times] : spread)
    if ((so_far += times) >= rank) return seconds;
  return spread.rbegin()->first;
}

Figures figures_of(const Sums& sums) {
  constexpr std::int64_t kMedian = 50, kNineOfTen = 90;
  Figures f;
  f.counts = sums.counts;
  f.within_5 = share(sums.of(Count::within_5), sums.of(Count::offered));
  f.within_10 = share(sums.of(Count::within_10), sums.of(Count::offered));
  f.within_20 = share(sums.of(Count::within_20), sums.of(Count::offered));
  f.acknowledged = share(sums.of(Count::acknowledged), sums.of(Count::alerts));
  f.occupancy = share(sums.of(Count::handling_ms), sums.of(Count::handling_ms) + sums.of(Count::ready_ms));
  for (std::size_t m = 0; m < kMeasures; ++m)
    f.times[m] = {percentile_s(sums.spreads[m], kMedian), percentile_s(sums.spreads[m], kNineOfTen)};
  return f;
}

}  // namespace sigap::figures
