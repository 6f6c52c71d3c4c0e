#include "sim/checkers/places.h"

#include <limits>

#include "base/overloaded.h"

namespace sigap::sim {

std::optional<StationCode> PlacesChecker::nearest(GeoPoint point) const {
  std::optional<StationCode> found;
  auto least = std::numeric_limits<std::int64_t>::max();
  for (const auto& [code, at] : districts_)
    if (const auto away = distance_m(point, at); away < least) {
      least = away;
      found = code;
    }
  return found;
}

void PlacesChecker::event(const core::Event& event, Instant) {
  const auto change = [&](CallId call, const auto& how) {
    if (const auto it = calls_.find(call); it != calls_.end()) how(it->second);
  };
  visit_some(Overloaded{
                 [&](const stations::StationDefined& e) {
                   if (e.station.level == stations::StationLevel::polres) districts_[e.station.code] = e.station.point;
                 },
                 [&](const calls::CallArrived& e) {
                   if (e.kind == calls::CallKind::emergency) calls_[e.call] = {};
                 },
                 [&](const calls::CallHomed& e) {
                   change(e.call, [&](Call& c) {
                     c.home = e.station;
                     c.chosen = e.reason == calls::HomeReason::transferred;
                     if (c.chosen) c.due.reset();
                   });
                 },
                 [&](const calls::CallLocated& e) {
                   change(e.call, [&](Call& c) {
                     const auto* where = e.location.reveal();
                     if (!where || !where->point || !c.waits || c.chosen) return;
                     c.due = nearest(*where->point);
                     told_.push_back(e.call);
                   });
                 },
                 [&](const calls::CallAccepted& e) { change(e.call, [](Call& c) { c.waits = false; }); },
                 [&](const calls::CallReturned& e) { change(e.call, [](Call& c) { c.waits = true; }); },
                 [&](const calls::CallEnded& e) { calls_.erase(e.call); },
             },
             event.body);
}

void PlacesChecker::step(const core::State&, Instant) {
  for (const auto id : told_)
    if (const auto it = calls_.find(id); it != calls_.end() && it->second.due) {
      check(home_, it->second.home == *it->second.due, "call", id.value);
      it->second.due.reset();
    }
  told_.clear();
}

}  // namespace sigap::sim
