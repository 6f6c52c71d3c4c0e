#include "sim/checkers/distribution.h"

#include <utility>

#include "base/overloaded.h"
#include "core/decide.h"

namespace sigap::sim {
namespace {

using distribution::Tier;

/// What D5 allows somebody to be passed over by: the local bonus, and what doubt costs (ranking.h). Own numbers: a
/// rule that reads the constant it checks would follow any change of it.
constexpr Duration kPassedOverAtMost = seconds(3), kDoubtAtMost = seconds(20);
constexpr Duration kRings = seconds(10);  ///< D4: the promise
/// Of a ring, in true time, while a clock that was set forward makes the server's time hurry (forward_clock.h).
constexpr Duration kTimeToAnswer = milliseconds(4'990);

}  // namespace

void DistributionChecker::define(const stations::Station& station) {
  stations_[station.code] = station;
  if (station.parent) below_[station.parent].insert(station.code);
}

StationCode DistributionChecker::province_of(const StationCode& code) const {
  const auto it = stations_.find(code);
  if (it == stations_.end()) return {};
  if (it->second.level == stations::StationLevel::polres) return it->second.parent;
  return it->second.level == stations::StationLevel::polda ? code : StationCode{};
}

std::size_t DistributionChecker::ready_in(const StationCode& province) const {
  std::size_t ready = floor_.ready_at(province);
  if (const auto it = below_.find(province); it != below_.end())
    for (const auto& station : it->second) ready += floor_.ready_at(station);
  return ready;
}

StationCode DistributionChecker::station_of(PersonId person) const {
  const auto it = floor_.operators().find(person);
  return it == floor_.operators().end() ? StationCode{} : it->second.station;
}

void DistributionChecker::offered(const distribution::CallOffered& e, const core::Event& event, Instant truly) {
  rings_[e.offer] = Ring{truly, event.at, e.call, e.person, false};
  const auto op = floor_.operators().find(e.person);
  check(one_, op != floor_.operators().end() && op->second.ready(), "person", e.person.value);
  if (guests_.contains(e.offer)) return;
  const auto waiting = floor_.waiting().find(e.call);
  if (waiting == floor_.waiting().end()) return check(one_, false, "a call that does not wait:", e.call.value);
  const auto& call = waiting->second;
  check(two_, call.rings.size() < 2, "call", e.call.value);
  if (e.second_ring) return;

  // Who waits longest may stand behind the urgent, and behind a local one by a little.
  const auto& line = floor_.unheard();
  const auto first = line.begin();
  if (first != line.end() && std::get<2>(*first) != e.call) {
    const auto& ahead = floor_.waiting().at(std::get<2>(*first));
    // A doubted one stands behind by so much, and may be behind no more.
    const auto may = kPassedOverAtMost + (ahead.doubted && !call.doubted ? kDoubtAtMost : Duration{});
    const bool fair =
        (call.urgent && !ahead.urgent) || (call.urgent == ahead.urgent && call.arrived - ahead.arrived <= may);
    check(order_, fair, "call", e.call.value);
  } else {
    ++order_.tried;
  }

  // Enough operators for all: then none is sought farther away than need be.
  if (line.size() > floor_.ready()) return;
  const auto here = station_of(e.person);
  if (here == call.home) return void(++nearest_.tried);
  const auto province = province_of(call.home);
  const bool nearer = floor_.ready_at(call.home) > 0 ||
                      (province && here != province && floor_.ready_at(province) > 0) ||
                      (province && province_of(here) != province && ready_in(province) > 0);
  check(nearest_, !nearer, "call", e.call.value);
}

void DistributionChecker::ended(const distribution::OfferEnded& e, Instant truly) {
  const auto it = rings_.find(e.offer);
  if (it == rings_.end()) return;
  if (e.how == distribution::OfferEnd::missed)
    check(time_, truly - it->second.truly >= kTimeToAnswer, "offer", e.offer.value);
  rings_.erase(it);
}

void DistributionChecker::event(const core::Event& event, Instant truly) {
  visit_some(Overloaded{
                 [&](const stations::StationDefined& e) { define(e.station); },
                 [&](const calls::GuestInvited& e) { guests_.insert(e.offer); },
                 [&](const calls::GuestLeft& e) { guests_.erase(e.offer); },
                 [&](const distribution::CallOffered& e) { offered(e, event, truly); },
                 [&](const distribution::OfferEnded& e) { ended(e, truly); },
                 [&](const distribution::OfferRenewed& e) {
                   rings_[e.offer] = Ring{truly, event.at, e.call, e.person, false};
                 },
                 [&](const core::ServedLate& e) {
                   for (auto& [id, ring] : rings_) ring.at = ring.at + e.by;
                 },
                 [&](const core::EpochBegan& e) {
                   if (std::exchange(epoch_, e.epoch) == e.epoch) return;  // the format was raised
                   for (auto& [id, ring] : rings_) ring = {Instant{0}, event.at, ring.call, ring.person, true};
                 },
             },
             event.body);
  floor_.event(event);
}

void DistributionChecker::look(const core::State&) {
  for (const auto& [id, ring] : rings_) {
    const auto op = floor_.operators().find(ring.person);
    check(heard_, ring.restarted || (op != floor_.operators().end() && op->second.here), "offer", id.value);
  }
}

void DistributionChecker::step(const core::State& s, Instant core_time) {
  if (!floor_.unheard().empty())
    check(idle_, floor_.ready() == 0, "call", std::get<2>(*floor_.unheard().begin()).value);
  if (!s.indexes.second_ring.empty()) check(second_, floor_.ready() == 0, "of calls that ring once:", 1);
  const auto due = core::due_timer(s, core_time);
  check(timers_, !due, "timer", due ? due->id : 0);
  if (!rings_.empty()) {
    const auto& [id, ring] = *rings_.begin();  // the oldest offer
    check(ends_, core_time - ring.at <= kRings, "offer", id.value);
  }
}

}  // namespace sigap::sim
