#include "staffing/demand.h"

#include <numeric>

#include "staffing/shrinkage.h"

namespace sigap::staffing {
namespace {

double total(const Week<double>& week) {
  return std::accumulate(week.begin(), week.end(), 0.0);
}

/// Scaled so that `hours` of it hold as many calls as one an hour would.
void normalise(Week<double>& profile, const Week<double>& hours) {
  double calls = 0;
  for (int h = 0; h < kHoursOfWeek; ++h) calls += profile[h] * hours[h];
  for (double& p : profile) p *= total(hours) / calls;
}

/// A province, or the nation: what its stations are compared with.
struct Group {
  std::vector<std::size_t> members;
  Week<double> calls{};
  double handled = 0, handling_s = 0;
  double level = 0;        ///< calls an hour of one member, on average over the week
  Week<double> profile{};  ///< times the level: calls an hour; 1 on average
  double mean_handling_s = 0;
};

/// A week's shape from the group's counts and the larger group's shape.
void shape_week(Group& group, const Week<double>& hours, const Week<double>& larger, double shape) {
  const double level = group.level * static_cast<double>(group.members.size());
  for (int h = 0; h < kHoursOfWeek; ++h)
    group.profile[h] = shrunk(group.calls[h], hours[h], level * larger[h], shape) / level;
  normalise(group.profile, hours);
}

}  // namespace

CallTally::CallTally(std::vector<Place> places) : places_(std::move(places)), counts_(places_.size()) {
  for (std::size_t i = 0; i < places_.size(); ++i) index_[places_[i].station] = i;
}

bool CallTally::add(const CallRecord& call) {
  const auto found = index_.find(call.station);
  if (found == index_.end()) return false;
  auto& counts = counts_[found->second];
  ++counts.calls[hour_of_week(call.at)];
  if (call.handling_s) {
    ++counts.handled;
    counts.handling_s += *call.handling_s;
  }
  first_ = calls_ == 0 ? call.at : std::min(first_, call.at);
  last_ = calls_ == 0 ? call.at : std::max(last_, call.at);
  ++calls_;
  return true;
}

Week<double> CallTally::hours_seen() const {
  constexpr std::int64_t kHour = hours(1).ms;
  const auto start_of_hour = [](Instant at) { return at.ms - (at.ms % kHour + kHour) % kHour; };
  const std::int64_t count = (start_of_hour(last_) - start_of_hour(first_)) / kHour + 1;
  Week<double> seen;
  const std::int64_t weeks = count / kHoursOfWeek;
  seen.fill(static_cast<double>(weeks));
  for (std::int64_t i = 0; i < count % kHoursOfWeek; ++i) ++seen[(hour_of_week(first_) + i) % kHoursOfWeek];
  return seen;
}

Result<std::vector<Demand>> CallTally::estimate(std::optional<double> handling_s) const {
  if (calls_ == 0) return refuse("empty", "there is no call to learn from");
  const auto hours = hours_seen();
  const double span = total(hours);

  Group nation;
  std::map<StationCode, Group> provinces;
  for (std::size_t i = 0; i < places_.size(); ++i)
    for (Group* group : {&nation, &provinces[places_[i].province]}) {
      group->members.push_back(i);
      for (int h = 0; h < kHoursOfWeek; ++h) group->calls[h] += counts_[i].calls[h];
      group->handled += counts_[i].handled;
      group->handling_s += counts_[i].handling_s;
    }
  if (nation.handled == 0 && !handling_s)
    return refuse("no_handling", "no call says how long it took an operator", "handling_s");
  nation.mean_handling_s = nation.handled > 0 ? nation.handling_s / nation.handled : *handling_s;

  // The nation's week leans on a flat one, as if it had seen one call for each hour of the week.
  nation.level = total(nation.calls) / span / static_cast<double>(nation.members.size());
  Week<double> flat;
  flat.fill(1);
  shape_week(nation, hours, flat, 1);

  ShapeEstimate of_provinces, of_provinces_weeks;
  for (const auto& [code, province] : provinces) {
    const double stations = static_cast<double>(province.members.size()), calls = total(province.calls);
    of_provinces.add(calls, span * stations * nation.level);
    for (int h = 0; h < kHoursOfWeek; ++h)
      of_provinces_weeks.add(province.calls[h], calls / span * hours[h] * nation.profile[h]);
  }
  ShapeEstimate of_stations;
  for (auto& [code, province] : provinces) {
    const double stations = static_cast<double>(province.members.size());
    province.level = shrunk(total(province.calls), span * stations, nation.level, of_provinces.shape());
    shape_week(province, hours, nation.profile, of_provinces_weeks.shape());
    province.mean_handling_s = shrunk_mean(province.handling_s, province.handled, nation.mean_handling_s);
    for (const auto i : province.members) of_stations.add(total(counts_[i].calls), span * province.level);
  }

  std::vector<double> level(places_.size());
  ShapeEstimate of_stations_weeks;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto& province = provinces[places_[i].province];
    level[i] = shrunk(total(counts_[i].calls), span, province.level, of_stations.shape());
    for (int h = 0; h < kHoursOfWeek; ++h)
      of_stations_weeks.add(counts_[i].calls[h], level[i] * hours[h] * province.profile[h]);
  }

  std::vector<Demand> demand(places_.size());
  double expected = 0;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto& province = provinces[places_[i].province];
    demand[i].seen = total(counts_[i].calls);
    demand[i].handling_s = shrunk_mean(counts_[i].handling_s, counts_[i].handled, province.mean_handling_s);
    for (int h = 0; h < kHoursOfWeek; ++h) {
      auto& rate = demand[i].calls_per_hour[h];
      rate = shrunk(counts_[i].calls[h], hours[h], level[i] * province.profile[h], of_stations_weeks.shape());
      expected += rate * hours[h];
    }
  }
  for (auto& d : demand)
    for (double& rate : d.calls_per_hour) rate *= static_cast<double>(calls_) / expected;
  return demand;
}

}  // namespace sigap::staffing
