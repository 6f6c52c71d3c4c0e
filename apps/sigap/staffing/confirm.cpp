#include "sigap/staffing/confirm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/simulation.h"

namespace sigap::cli::staffing {
namespace {

constexpr int kHoursOfDay = 24;
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

sim::Scenario scenario_of(const Study& s) {
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
    return s.plan.nation.operators[static_cast<std::size_t>(busiest_day(s) + hour)];
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
  const auto scenario = scenario_of(s);
  sim::Watch watch;
  watch.replay = false;
  watch.answered_within = {std::llround(1000 * s.question.goal.within_s)};
  const auto report = sim::simulate(scenario, {}, watch);
  const auto& n = report.results.nation;
  const auto of_all = [&](std::int64_t part) {
    return n.offered ? 100 * static_cast<double>(part) / static_cast<double>(n.offered) : 0;
  };
  std::string out = fmt::format(
      "\nSimulated on the real rules: the nation's busiest day, {} calls, {} to {} operators as one pool, answering a "
      "ring "
      "after 1 s on average\n  answered within {} s: {:.2f} % of all offered (goal {:.2f} %, Erlang-A says {:.2f} % in "
      "the "
      "busiest hour)\n  hung up before: {:.2f} % (at most {:.2f} %); mean wait {:.1f} s, longest {:.0f} s\n",
      n.offered,
      *std::min_element(s.plan.nation.operators.begin() + busiest_day(s),
                        s.plan.nation.operators.begin() + busiest_day(s) + kHoursOfDay),
      *std::max_element(s.plan.nation.operators.begin() + busiest_day(s),
                        s.plan.nation.operators.begin() + busiest_day(s) + kHoursOfDay),
      s.question.goal.within_s, of_all(n.within_goal), 100 * s.question.goal.share,
      100 * s.plan.nation.at_busiest.answered_within, of_all(n.lost), 100 * s.question.goal.abandoned,
      static_cast<double>(n.waited_ms) / 1000 / static_cast<double>(std::max<std::int64_t>(1, n.answered)),
      static_cast<double>(n.longest_ms) / 1000);
  const bool met =
      of_all(n.within_goal) >= 100 * s.question.goal.share && of_all(n.lost) <= 100 * s.question.goal.abandoned;
  out += met ? "  the goal is met\n" : "  the goal is NOT met: rings and wrap-up cost what Erlang-A does not know\n";
  if (!report.violation.empty()) out += "  a rule was broken: " + report.violation + "\n";
  return out;
}

}  // namespace sigap::cli::staffing
