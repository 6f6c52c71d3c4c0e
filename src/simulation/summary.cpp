#include <fmt/format.h>

#include <algorithm>

#include "simulation/report.h"

namespace sigap::simulation {

std::vector<Province> provinces(const sim::Scenario& scenario, const sim::Report& report) {
  std::vector<Province> all;
  for (const auto& [code, service] : report.results.provinces) {
    const auto station = std::find_if(scenario.stations.begin(), scenario.stations.end(),
                                      [&code = code](const auto& s) { return s.code == code; });
    all.push_back({code, station == scenario.stations.end() ? code.value : station->name, service});
  }
  std::stable_sort(all.begin(), all.end(), [](const Province& a, const Province& b) {
    return share(a.service.within_10, a.service.offered) < share(b.service.within_10, b.service.offered);
  });
  return all;
}

Spread spread(const std::vector<Province>& provinces) {
  Spread s;
  for (const auto& p : provinces) {
    if (p.service.offered < kCallsToCompare) continue;
    const auto reached = share(p.service.within_10, p.service.offered);
    if (reached < s.least || s.least_name.empty()) s.least = reached, s.least_name = p.name;
    if (reached > s.greatest || s.greatest_name.empty()) s.greatest = reached, s.greatest_name = p.name;
  }
  return s;
}

std::string summary(const sim::Scenario& scenario, const sim::Report& report) {
  const auto& n = report.results.nation;
  std::string out = fmt::format("{} stations, {} seats, {} calls offered\n", scenario.stations.size(),
                                scenario.seats.size(), n.offered);
  out += fmt::format("answered, of all offered: {:.2f} % in 5 s, {:.2f} % in 10 s, {:.2f} % in 20 s, {:.2f} % at all\n",
                     100 * share(n.within_5, n.offered), 100 * share(n.within_10, n.offered),
                     100 * share(n.within_20, n.offered), 100 * share(n.answered, n.offered));
  out +=
      fmt::format("hung up before: {} ({:.2f} %), of them {} within 5 s; mean wait {:.1f} s, longest {:.0f} s\n",
                  n.lost, 100 * share(n.lost, n.offered), n.short_ring,
                  static_cast<double>(n.waited_ms) / 1000 / static_cast<double>(std::max<std::int64_t>(1, n.answered)),
                  static_cast<double>(n.longest_ms) / 1000);
  constexpr const char* kTiers[] = {"home", "province's desk", "province", "headquarters", "nation"};
  out += "answered at:";
  for (std::size_t i = 0; i < n.tier.size(); ++i)
    out += fmt::format(" {} {:.1f} %;", kTiers[i], 100 * share(n.tier[i], n.answered));
  out += fmt::format("\ncallers who needed help: {} of {} spoke with a person, in this try or a later one\n",
                     report.genuine_answered, report.genuine);
  out += fmt::format("tasks: {} opened, {} calls merged into them, {} left at the end\n", report.results.tasks_opened,
                     report.results.tasks_merged, report.results.tasks_left);
  out += fmt::format("incidents: {}; alerts: {}, acknowledged: {}\n", report.results.incidents, report.results.alerts,
                     report.results.acknowledged);
  const auto apart = spread(provinces(scenario, report));
  if (!apart.least_name.empty())
    out += fmt::format("answered in 10 s: least {} {:.2f} %, most {} {:.2f} %\n", apart.least_name, 100 * apart.least,
                       apart.greatest_name, 100 * apart.greatest);
  return out;
}

}  // namespace sigap::simulation
