#include "staffing/plan.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sigap::staffing {
namespace {

void add(Week<int>& sum, const Week<int>& part) {
  for (int h = 0; h < kHoursOfWeek; ++h) sum[h] += part[h];
}

}  // namespace

Traffic Need::traffic(int hour, double patience_s) const {
  return {demand.calls_per_hour[static_cast<std::size_t>(hour)], demand.handling_s, patience_s};
}

Demand pooled(const std::vector<const Demand*>& parts) {
  Demand sum;
  double busy_s = 0, calls = 0;
  for (const auto* part : parts) {
    sum.seen += part->seen;
    for (int h = 0; h < kHoursOfWeek; ++h) {
      sum.calls_per_hour[h] += part->calls_per_hour[h];
      busy_s += part->calls_per_hour[h] * part->handling_s;
      calls += part->calls_per_hour[h];
    }
  }
  sum.handling_s = calls > 0 ? busy_s / calls : 0;
  return sum;
}

Result<Need> need(const Demand& demand, double patience_s, const Goal& goal) {
  Need result{demand, {}, 0, {}};
  for (int h = 0; h < kHoursOfWeek; ++h) {
    auto n = operators_needed(result.traffic(h, patience_s), goal);
    if (!n) return tl::unexpected(n.error());
    result.operators[h] = *n;
    const auto rank = [&](int hour) { return std::tuple(result.operators[hour], demand.calls_per_hour[hour]); };
    if (rank(h) > rank(result.busiest)) result.busiest = h;
  }
  result.at_busiest = service(result.traffic(result.busiest, patience_s), result.most(), goal.within_s);
  return result;
}

Result<Plan> plan(const std::vector<Place>& places, const std::vector<Demand>& demand, double patience_s,
                  const Goal& goal) {
  Plan result;
  std::map<StationCode, std::vector<std::size_t>> members;
  std::vector<const Demand*> all;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto alone = need(demand[i], patience_s, goal);
    if (!alone) return tl::unexpected(alone.error());
    add(result.alone, alone->operators);
    result.stations.push_back(*alone);
    members[places[i].province].push_back(i);
    all.push_back(&demand[i]);
  }
  for (const auto& [code, indices] : members) {
    std::vector<const Demand*> parts;
    ProvinceNeed province{code, {}, {}};
    for (const auto i : indices) {
      parts.push_back(&demand[i]);
      add(province.alone, result.stations[i].operators);
    }
    auto together = need(pooled(parts), patience_s, goal);
    if (!together) return tl::unexpected(together.error());
    province.pooled = *together;
    add(result.by_provinces, province.pooled.operators);
    result.provinces.push_back(std::move(province));
  }
  auto nation = need(pooled(all), patience_s, goal);
  if (!nation) return tl::unexpected(nation.error());
  result.nation = *nation;
  return result;
}

double gain_of_one_more(const Traffic& traffic, int n, double within_s) {
  const auto answered = [&](int operators) { return service(traffic, operators, within_s).answered_within; };
  return traffic.calls_per_hour * (answered(n + 1) - answered(n));
}

int most(const Week<int>& operators) {
  return *std::max_element(operators.begin(), operators.end());
}

std::int64_t operator_hours(const Week<int>& operators) {
  return std::accumulate(operators.begin(), operators.end(), std::int64_t{0});
}

}  // namespace sigap::staffing
