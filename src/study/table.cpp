#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "study/report.h"

namespace sigap::study {
namespace {

constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string when(const Clock& clock, int utc_hour) {
  const int hour = clock.local(utc_hour);
  return fmt::format("{} {:02}:00 {}", kDays[hour / 24], hour % 24, clock.name);
}

std::string percent_text(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

std::string sum_line(const char* what, const rules::Week<int>& operators, const rules::Week<int>& alone) {
  const double saved = 1 - static_cast<double>(rules::operator_hours(operators)) /
                               std::max(1.0, static_cast<double>(rules::operator_hours(alone)));
  return fmt::format("{:<34}{:>10}{:>18}{:>10}\n", what, rules::most(operators), rules::operator_hours(operators),
                     &operators == &alone ? std::string("-") : percent_text(saved));
}

std::string provinces(const Study& s) {
  auto out = fmt::format("\n{:<34}{:>10}{:>10}{:>10}{:>10}{:>10}  {}\n", "province", "calls/h", "handling", "alone",
                         "pooled", "in time", "its busiest hour");
  for (const auto& p : s.plan.provinces) {
    const auto& n = p.pooled;
    out += fmt::format("{:<34}{:>10.1f}{:>8.0f} s{:>10}{:>10}{:>10}  {}\n", s.name(p.province),
                       n.traffic(n.busiest, 1).calls_per_hour, n.demand.handling_s, rules::most(p.alone), n.most(),
                       percent_text(n.at_busiest.answered_within), when(clock_of(s.tree, p.province), n.busiest));
  }
  return out;
}

std::string stations_with_calls(const Study& s) {
  auto out = fmt::format("\n{:<34}{:>10}{:>10}{:>10}{:>10}{:>10}  {}\n", "station, alone", "seen", "calls/h",
                         "handling", "operators", "in time", "its busiest hour");
  std::size_t quiet = 0;
  for (std::size_t i = 0; i < s.places.size(); ++i) {
    const auto& n = s.plan.stations[i];
    if (n.demand.seen == 0) {
      ++quiet;
      continue;
    }
    const auto& code = s.places[i].station;
    out += fmt::format("{:<34}{:>10.0f}{:>10.2f}{:>8.0f} s{:>10}{:>10}  {}\n", s.name(code), n.demand.seen,
                       n.traffic(n.busiest, 1).calls_per_hour, n.demand.handling_s, n.most(),
                       percent_text(n.at_busiest.answered_within), when(clock_of(s.tree, code), n.busiest));
  }
  if (quiet) out += fmt::format("{} stations had no call; what is expected of them is their province's.\n", quiet);
  return out;
}

std::string nation_by_hour(const Study& s) {
  const auto clock = clock_of(s.tree, s.tree.headquarters());
  auto out = fmt::format("\none nation, operators by hour ({})\n     ", clock.name);
  for (const char* day : kDays) out += fmt::format("{:>7}", day);
  for (int hour = 0; hour < 24; ++hour) {
    out += fmt::format("\n{:02}:00", hour);
    for (int day = 0; day < 7; ++day)
      out += fmt::format("{:>7}", s.plan.nation.operators[static_cast<std::size_t>(clock.utc(day * 24 + hour))]);
  }
  return out + "\n";
}

std::string helpful(const Study& s, const std::vector<Gain>& gains, const char* title) {
  auto out = fmt::format("\n{:<34}{:>10}{:>18}{:>18}\n", title, "has", "in time", "one more: calls/h");
  for (const auto& g : gains)
    out += fmt::format("{:<34}{:>10}{:>18}{:>18}  {}\n", s.name(g.place), g.operators, percent_text(g.answered_within),
                       fmt::format("{:+.2f}", g.more_calls_per_hour), when(clock_of(s.tree, g.place), g.hour));
  return out;
}

}  // namespace

std::string table(const Study& s) {
  const auto& goal = s.question.goal;
  auto out = fmt::format(
      "{} calls in {} days; {:.0f} s of handling on average\ngoal: of all offered {:.4g} % answered within {:.4g} "
      "s, at most "
      "{:.4g} % abandoned, operators busy at most {:.4g} %; patience {:.4g} s\n",
      s.calls, s.days(), s.plan.nation.demand.handling_s, 100 * goal.share, goal.within_s, 100 * goal.abandoned,
      100 * goal.occupancy, s.question.patience_s);
  if (s.unknown) out += fmt::format("{} calls of no station that still stands were left out\n", s.unknown);
  if (s.silence)
    out += fmt::format(
        "no call at all for {:.1f} hours from {:%Y-%m-%d %H:%M} UTC: is the data whole? A gap makes the need "
        "look smaller\n",
        static_cast<double>(s.silence->lasts.ms) / 3'600'000, fmt::gmtime(s.silence->from.ms / 1000));
  out += fmt::format("\n{:<34}{:>10}{:>18}{:>10}\n", "operators who answer for each other", "at most", "hours a week",
                     "saved");
  out += sum_line("stations, each alone", s.plan.alone, s.plan.alone);
  out += sum_line("provinces, each as one", s.plan.by_provinces, s.plan.alone);
  out += sum_line("the nation as one", s.plan.nation.operators, s.plan.alone);
  out += provinces(s) + stations_with_calls(s) + nation_by_hour(s);
  if (!s.province_gains.empty()) out += helpful(s, s.province_gains, "one more in a province, as one");
  if (!s.station_gains.empty()) out += helpful(s, s.station_gains, "one more at a station, alone");
  return out;
}

}  // namespace sigap::study
