#include "sigap/staffing_confirm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/simulation.h"

namespace sigap::study {
namespace {

constexpr int kHoursOfDay = 24;
constexpr int kMostPercent = 200;                    ///< of the plan's operators, to be tried; own
constexpr double kWrapUp = 0.15;                     ///< of the handling, after the voices; own
constexpr Duration kReaction = milliseconds(1'000);  ///< mean, of an operator at a ring; own

/// The day of the nation's busiest hour: its first hour of the week, UTC.
int busiest_day(const Study& s) {
  return s.plan.nation.busiest / kHoursOfDay * kHoursOfDay;
}

/// Seats in the order in which they are filled: however many are, they are spread as calls are.
std::vector<StationCode> seats_in_order(const Study& s, int count) {
  std::vector<std::pair<double, StationCode>> order;
  double all = 0;
  const auto day_of = [&](const rules::Need& need) {
    double calls = 0;
    for (int h = 0; h < kHoursOfDay; ++h)
      calls += need.demand.calls_per_hour[static_cast<std::size_t>(busiest_day(s) + h)];
    return calls;
  };
  for (const auto& need : s.plan.stations) all += day_of(need);
  for (std::size_t i = 0; i < s.places.size(); ++i) {
    const double share = day_of(s.plan.stations[i]) / all;
    for (int k = 0; share > 0 && (k + 0.5) / share < 1.5 * count + 1 / share; ++k)
      order.emplace_back((k + 0.5) / share, s.places[i].station);
  }
  std::sort(order.begin(), order.end());
  std::vector<StationCode> seats;
  for (const auto& [place, station] : order)
    if (static_cast<int>(seats.size()) < count) seats.push_back(station);
  return seats;
}

/// `percent` of the plan's operators.
sim::Scenario scenario_of(const Study& s, int percent) {
  sim::Scenario scenario;
  scenario.name = "staffing";
  scenario.thorough = false;
  scenario.lasts = hours(kHoursOfDay);
  scenario.officers_per_station = 0;
  for (const auto level :
       {stations::StationLevel::mabes, stations::StationLevel::polda, stations::StationLevel::polres})
    for (const auto& [code, station] : s.tree.stations)
      if (station.level == level) scenario.stations.push_back(station);
  for (std::size_t i = 0; i < s.places.size(); ++i) {
    auto& rates = scenario.rates[s.places[i].station];
    for (int h = 0; h < kHoursOfDay; ++h)
      rates.push_back(
          std::llround(1000 * s.plan.stations[i].demand.calls_per_hour[static_cast<std::size_t>(busiest_day(s) + h)]));
  }
  const auto operators = [&](int hour) {
    return (s.plan.nation.operators[static_cast<std::size_t>(busiest_day(s) + hour)] * percent + 99) / 100;
  };
  int most = 0;
  for (int h = 0; h < kHoursOfDay; ++h) most = std::max(most, operators(h));
  const auto seats = seats_in_order(s, most);
  for (int seat = 0; seat < static_cast<int>(seats.size()); ++seat)
    for (int h = 0; h < kHoursOfDay;) {
      int end = h;
      while (end < kHoursOfDay && operators(end) > seat) ++end;
      if (end > h) scenario.seats.push_back({seats[static_cast<std::size_t>(seat)], hours(h), hours(end - h)});
      h = std::max(end, h) + 1;
    }
  const double handling_ms = 1000 * s.plan.nation.demand.handling_s;
  scenario.mix = {100, 0, 0, 0};
  scenario.talk = {std::llround(handling_ms * (1 - kWrapUp))};
  scenario.wrap_up = {std::llround(handling_ms * kWrapUp)};
  scenario.patience = {std::llround(1000 * s.question.patience_s)};
  scenario.reaction = kReaction;
  scenario.inattentive = 0;
  scenario.redial = 0;  // those who call again are in the counts already
  scenario.dispatches = false;
  return scenario;
}

}  // namespace

std::string confirm(const Study& s) {
  const auto day = s.plan.nation.operators.begin() + busiest_day(s);
  const auto goal = 100 * s.question.goal.share, lost_most = 100 * s.question.goal.abandoned;
  std::string out = fmt::format(
      "\nSimulated on the real rules: the nation's busiest day, {} to {} operators as one pool, who answer a ring "
      "after 1 s on "
      "average. Goal: {:.2f} % within {} s, at most {:.2f} % hang up. Erlang-A promises {:.2f} % in the busiest hour.\n"
      "  operators   calls   answered in time   hung up   mean wait   longest\n",
      *std::min_element(day, day + kHoursOfDay), *std::max_element(day, day + kHoursOfDay), goal,
      s.question.goal.within_s, lost_most, 100 * s.plan.nation.at_busiest.answered_within);
  for (int percent = 100; percent <= kMostPercent; percent += 10) {
    sim::Watch watch;
    watch.replay = false;
    watch.answered_within = {std::llround(1000 * s.question.goal.within_s)};
    const auto report = sim::simulate(scenario_of(s, percent), {}, watch);
    if (!report.violation.empty()) return out + "  a rule was broken: " + report.violation + "\n";
    const auto& n = report.results.nation;
    const auto of_all = [&](std::int64_t part) {
      return 100 * static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, n.offered));
    };
    out += fmt::format(
        "  {:>7} %  {:>7}   {:>13.2f} %  {:>7.2f} %   {:>7.1f} s   {:>5.0f} s\n", percent, n.offered,
        of_all(n.within_goal), of_all(n.lost),
        static_cast<double>(n.waited_ms) / 1000 / static_cast<double>(std::max<std::int64_t>(1, n.answered)),
        static_cast<double>(n.longest_ms) / 1000);
    if (of_all(n.within_goal) >= goal && of_all(n.lost) <= lost_most)
      return out +
             (percent == 100
                  ? "  The plan holds.\n"
                  : fmt::format("  The plan needs {} % more: rings and wrap-up cost what Erlang-A does not know.\n",
                                percent - 100));
  }
  return out +
         fmt::format("  Not even {} % of the plan's operators meet it: the goal leaves no time to answer a ring.\n",
                     kMostPercent);
}

}  // namespace sigap::study
