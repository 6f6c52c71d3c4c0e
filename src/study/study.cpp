#include "study/study.h"

#include <algorithm>
#include <set>

#include "base/land_clock.h"

namespace sigap::study {
namespace {

constexpr int kWeek = rules::kHoursOfWeek;

Gain gain(const StationCode& place, const rules::Need& need, int operators, const Question& question) {
  const auto traffic = need.traffic(need.busiest, question.patience_s);
  const double within = question.goal.within_s;
  return {place, need.busiest, operators, rules::service(traffic, operators, within).answered_within,
          rules::gain_of_one_more(traffic, operators, within)};
}

/// Own: what a person reads, and what would show as 0.00 calls an hour.
constexpr std::size_t kGainsShown = 10;
constexpr double kLeastGain = 0.005;

void most_helpful_first(std::vector<Gain>& gains) {
  std::stable_sort(gains.begin(), gains.end(),
                   [](const Gain& a, const Gain& b) { return a.more_calls_per_hour > b.more_calls_per_hour; });
  while (gains.size() > kGainsShown || (!gains.empty() && gains.back().more_calls_per_hour < kLeastGain))
    gains.pop_back();
}

}  // namespace

std::int64_t Study::days() const {
  constexpr std::int64_t kDay = 86'400'000;
  return std::max<std::int64_t>(1, ((last - first).ms + kDay / 2) / kDay);
}

int Clock::local(int utc_hour) const {
  return (utc_hour + hours_east + kWeek) % kWeek;
}

int Clock::utc(int local_hour) const {
  return (local_hour - hours_east + kWeek) % kWeek;
}

std::optional<Clock> clock_of(const std::string& time_zone) {
  const auto clock = land_clock(time_zone);
  return clock ? std::optional(Clock{clock->hours_east, clock->name}) : std::nullopt;
}

Clock clock_of(const stations::State& tree, const StationCode& station) {
  const auto* known = tree.find(station);
  return known ? clock_of(known->time_zone).value_or(Clock{}) : Clock{};
}

std::vector<rules::Place> places_of(const stations::State& tree, const std::vector<rules::CallRecord>& calls) {
  std::set<StationCode> called;
  for (const auto& call : calls) called.insert(call.station);
  std::vector<rules::Place> places;
  for (const auto& [code, station] : tree.stations) {
    if (station.level != stations::StationLevel::polres && !called.contains(code)) continue;
    const auto& province = tree.province_of(code);
    places.push_back({code, province ? province : code});
  }
  return places;
}

std::optional<Silence> missing_part(const std::vector<rules::CallRecord>& calls) {
  constexpr double kCallsMissed = 40;
  constexpr Duration kShortest = hours(2);
  std::vector<Instant> at;
  at.reserve(calls.size());
  for (const auto& call : calls) at.push_back(call.at);
  std::sort(at.begin(), at.end());
  Silence longest{};
  for (std::size_t i = 1; i < at.size(); ++i)
    if (at[i] - at[i - 1] > longest.lasts) longest = {at[i - 1], at[i] - at[i - 1]};
  if (longest.lasts < kShortest) return std::nullopt;
  const auto heard = (at.back() - at.front()).ms - longest.lasts.ms;
  const double missed = static_cast<double>(at.size()) * static_cast<double>(longest.lasts.ms);
  return missed > kCallsMissed * static_cast<double>(heard) ? std::optional(longest) : std::nullopt;
}

Result<Study> study(const Question& question, const stations::State& tree, const rules::CallTally& tally) {
  Study s;
  s.question = question;
  s.tree = tree;
  s.places = tally.places();
  s.calls = tally.calls();
  s.first = tally.first();
  s.last = tally.last();
  auto demand = tally.estimate(question.handling_s);
  if (!demand) return tl::unexpected(demand.error());
  auto plan = rules::plan(s.places, *demand, question.patience_s, question.goal);
  if (!plan) return tl::unexpected(plan.error());
  s.plan = std::move(*plan);

  std::map<StationCode, int> in_province;
  const bool today = !question.operators.empty();
  for (std::size_t i = 0; i < s.places.size(); ++i) {
    const auto& code = s.places[i].station;
    const auto sits = question.operators.find(code);
    const int here = !today ? s.plan.stations[i].most() : sits != question.operators.end() ? sits->second : 0;
    in_province[s.places[i].province] += here;
    s.station_gains.push_back(gain(code, s.plan.stations[i], here, question));
  }
  for (const auto& p : s.plan.provinces)
    s.province_gains.push_back(gain(p.province, p.pooled, today ? in_province[p.province] : p.pooled.most(), question));
  most_helpful_first(s.station_gains);
  most_helpful_first(s.province_gains);
  return s;
}

}  // namespace sigap::study
