#include "sim/statistics.h"

#include <algorithm>

#include "base/overloaded.h"

namespace sigap::sim {

Minute& Statistics::minute_of(Instant at) {
  const auto n = static_cast<std::size_t>(std::max<std::int64_t>(0, (at - began_).ms / 60'000));
  if (results_.minutes.size() <= n) results_.minutes.resize(n + 1);
  return results_.minutes[n];
}

void Statistics::waits(const Call& call, Instant until) {
  const auto waited = (until - call.arrived).ms;
  const auto longest = [&](std::int64_t& so_far) { so_far = std::max(so_far, waited); };
  longest(results_.nation.longest_ms);
  longest(minute_of(until).longest_ms);
  if (call.province) longest(results_.provinces[call.province].longest_ms);
}

void Statistics::answered(const calls::CallAccepted& e, const core::Event& event, const core::State& state) {
  const auto it = calls_.find(e.call);
  if (it == calls_.end() || std::exchange(it->second.answered, true)) return;
  const auto waited = (event.at - it->second.arrived).ms;
  const auto offer = state.offers.find(e.offer);
  const auto tier = offer == state.offers.end() ? std::size_t{0} : static_cast<std::size_t>(offer->second.tier);
  for (auto* s : {&results_.nation, &results_.provinces[it->second.province]}) {
    ++s->answered;
    s->within_5 += waited <= 5'000;
    s->within_10 += waited <= 10'000;
    s->within_20 += waited <= 20'000;
    s->within_goal += waited <= goal_.ms;
    s->waited_ms += waited;
    ++s->tier[tier];
  }
  waits(it->second, event.at);
  ++minute_of(event.at).answered;
}

void Statistics::ended(const calls::CallEnded& e, const core::Event& event) {
  const auto it = calls_.find(e.call);
  if (it == calls_.end()) return;
  if (!it->second.answered) {
    for (auto* s : {&results_.nation, &results_.provinces[it->second.province]}) {
      ++s->lost;
      s->short_ring += e.short_ring;
    }
    waits(it->second, event.at);
    ++minute_of(event.at).lost;
  }
  calls_.erase(it);
}

void Statistics::event(const core::Event& event, const core::State& state) {
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   if (e.kind == calls::CallKind::emergency) calls_[e.call].arrived = event.at;
                 },
                 [&](const calls::CallHomed& e) {
                   const auto it = calls_.find(e.call);
                   if (it == calls_.end() || e.reason == calls::HomeReason::transferred || it->second.province) return;
                   const auto& province = state.stations.province_of(e.station);
                   it->second.province = province ? province : e.station;
                   ++results_.nation.offered;
                   ++results_.provinces[it->second.province].offered;
                   ++minute_of(event.at).offered;
                 },
                 [&](const calls::CallAccepted& e) { answered(e, event, state); },
                 [&](const calls::CallEnded& e) { ended(e, event); },
                 [&](const tasks::TaskOpened&) { ++results_.tasks_opened; },
                 [&](const tasks::TaskMerged&) { ++results_.tasks_merged; },
                 [&](const incidents::IncidentOpened&) { ++results_.incidents; },
                 [&](const dispatch::AlertRaised&) { ++results_.alerts; },
                 [&](const dispatch::AlertAdvanced& e) {
                   results_.acknowledged += e.status == dispatch::AlertStatus::acknowledged;
                 },
             },
             event.body);
}

void Statistics::minute(const core::State& state) {
  auto& m = minute_of(state.now);
  m.waiting = static_cast<std::int64_t>(state.calls.waiting.size());
  m.ready = static_cast<std::int64_t>(state.indexes.ready.size());
  m.operators = static_cast<std::int64_t>(state.people.operators.size());
  for (const auto& [id, since] : state.calls.waiting) {
    const auto it = calls_.find(id);
    if (it != calls_.end()) waits(it->second, state.now);
  }
}

Results Statistics::take(const core::State& state) {
  results_.tasks_left = static_cast<std::int64_t>(state.tasks.tasks.size());
  return results_;
}

}  // namespace sigap::sim
