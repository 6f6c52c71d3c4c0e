#include "runtime/screens/line_report.h"

#include <algorithm>
#include <chrono>

namespace sigap::runtime {
namespace {

using figures::Count;
using figures::Measure;

core::ReportFigures told(const figures::Sums& sums) {
  const auto f = figures::figures_of(sums);
  const auto of = [&](Count count) { return sums.of(count); };
  const auto times = [&](Measure measure) {
    const auto& t = f.times[static_cast<std::size_t>(measure)];
    return core::ReportTimes{t.median_s, t.nine_of_ten_s};
  };
  core::ReportFigures r;
  r.offered = of(Count::offered);
  r.answered = of(Count::answered);
  r.late = of(Count::answered) - of(Count::within_10);
  r.hung_up = of(Count::hung_up);
  r.short_rings = of(Count::short_rings);
  r.refused = of(Count::refused);
  r.cut_off = of(Count::cut_off);
  r.transferred = of(Count::transferred);
  r.incidents = of(Count::incidents);
  r.dispatched = of(Count::dispatched);
  r.arrived = of(Count::arrived);
  r.alerts = of(Count::alerts);
  r.acknowledged = of(Count::acknowledged);
  r.missed = of(Count::missed);
  r.within_5 = f.within_5;
  r.within_10 = f.within_10;
  r.within_20 = f.within_20;
  r.acknowledged_share = f.acknowledged;
  r.occupancy = f.occupancy;
  r.answer = times(Measure::answer);
  r.handling = times(Measure::handling);
  r.dispatch = times(Measure::dispatch);
  r.acknowledgement = times(Measure::acknowledgement);
  r.arrival = times(Measure::arrival);
  return r;
}

figures::Sums sum_of(const std::map<StationCode, figures::Sums>& all, const std::vector<StationCode>& stations) {
  figures::Sums sum;
  for (const auto& station : stations) {
    const auto found = all.find(station);
    if (found == all.end()) continue;
    for (std::size_t i = 0; i < figures::kCounts; ++i) sum.counts[i] += found->second.counts[i];
    for (std::size_t m = 0; m < figures::kMeasures; ++m)
      for (const auto& [seconds, times] : found->second.spreads[m]) sum.spreads[m][seconds] += times;
  }
  return sum;
}

}  // namespace

ReportScope report_scope(const stations::State& tree, const StationCode& station, Instant now) {
  ReportScope scope;
  scope.station = station;
  scope.now = now;
  const auto* top = tree.find(station);
  if (!top) return scope;
  scope.name = top->name;
  scope.time_zone = top->time_zone;
  std::map<StationCode, ReportScope::Part> below;
  for (const auto& [code, its] : tree.stations) {
    if (code == station || !tree.within(code, station)) continue;
    const auto* child = &its;
    while (child->parent != station) child = tree.find(child->parent);
    auto& part = below[child->code];
    part.station = child->code;
    part.name = child->name;
    part.stations.push_back(code);
  }
  scope.parts.push_back({station, top->name, {station}});
  for (auto& [code, part] : below) scope.parts.push_back(std::move(part));
  return scope;
}

ports::HistorySpan days_of(core::ReportSpan span, std::int64_t day, std::int64_t today) {
  namespace time = std::chrono;
  const time::sys_days within{time::days(std::clamp<std::int64_t>(day, 0, today))};
  auto first = within, last = within;
  if (span == core::ReportSpan::week) {
    first = within - (time::weekday(within) - time::Monday);
    last = first + time::days(6);
  }
  if (span == core::ReportSpan::month) {
    const time::year_month_day date(within);
    first = time::sys_days(date.year() / date.month() / 1);
    last = time::sys_days(date.year() / date.month() / time::last);
  }
  return {first.time_since_epoch().count(), std::min<std::int64_t>(last.time_since_epoch().count(), today), {}};
}

Result<core::ReportFound> make_report(const ReportScope& scope, const core::ReadReport& asked,
                                      ports::HistoryReader& reader) {
  const auto clock = land_clock(scope.time_zone);
  const auto today = local_hour(scope.now, clock ? clock->hours_east : 0).day;
  std::vector<StationCode> all;
  for (const auto& part : scope.parts) all.insert(all.end(), part.stations.begin(), part.stations.end());
  const auto about = days_of(asked.span, asked.day.value_or(today), today);
  core::ReportFound found;
  found.id = asked.id;
  found.station = scope.station;
  found.name = scope.name;
  found.time_zone = scope.time_zone;
  found.span = asked.span;
  found.today = today;
  found.first_day = about.first_day;
  found.last_day = about.last_day;
  found.goal_within_5 = figures::kGoalWithin5;
  found.goal_within_10 = figures::kGoalWithin10;
  using core::ReportSpan;
  const std::pair<ReportSpan, core::ReportFigures*> spans[] = {
      {ReportSpan::day, &found.day}, {ReportSpan::week, &found.week}, {ReportSpan::month, &found.month}};
  for (const auto& [span, into] : spans) {
    auto days = days_of(span, about.last_day, today);
    days.stations = all;
    auto sums = reader.by_station(days);
    if (!sums) return tl::unexpected(sums.error());
    *into = told(sum_of(*sums, all));
    if (span != asked.span) continue;
    for (const auto& part : scope.parts)
      found.rows.push_back({part.station, part.name, told(sum_of(*sums, part.stations))});
    auto hours = reader.by_hour(days);
    if (!hours) return tl::unexpected(hours.error());
    for (const auto& [hour, counts] : *hours)
      found.hours.push_back(
          {hour, counts[static_cast<std::size_t>(Count::offered)], counts[static_cast<std::size_t>(Count::within_10)]});
  }
  return found;
}

}  // namespace sigap::runtime
