#include "sim/checkers/floor.h"

#include <utility>

#include "base/overloaded.h"

namespace sigap::sim {

using people::OperatorState;

void Floor::count(const Operator& op, bool in) {
  if (!op.ready()) return;
  if (in) {
    ++ready_;
    ++*op.of_station;
  } else {
    --ready_;
    --*op.of_station;
  }
}

template <class Change>
void Floor::change(PersonId person, const Change& how) {
  const auto it = operators_.find(person);
  if (it == operators_.end()) return;
  count(it->second, false);
  how(it->second);
  count(it->second, true);
}

template <class Change>
void Floor::change(CallId call, const Change& how) {
  const auto it = waiting_.find(call);
  if (it == waiting_.end()) return;
  if (it->second.rings.empty()) unheard_.erase(place(call, it->second));
  how(it->second);
  if (it->second.rings.empty()) unheard_.insert(place(call, it->second));
}

std::size_t Floor::ready_at(const StationCode& station) const {
  const auto it = ready_at_.find(station);
  return it == ready_at_.end() ? 0 : it->second;
}

void Floor::event(const core::Event& event) {
  const auto state = [&](PersonId person, OperatorState to) { change(person, [&](Operator& op) { op.state = to; }); };
  const auto here = [&](PersonId person, SessionId session, bool now) {
    change(person, [&](Operator& op) {
      if (op.session == session) op.here = now;
    });
  };
  const auto no_longer_waiting = [&](CallId call) {
    change(call, [](Waiting& w) { w.rings = {OfferId{}}; });  // out of the line first
    waiting_.erase(call);
  };
  visit_some(Overloaded{
                 [&](const core::EpochBegan& e) {
                   if (std::exchange(epoch_, e.epoch) == e.epoch) return;  // the format was raised
                   for (auto& [person, op] : operators_) change(person, [](Operator& o) { o.here = false; });
                 },
                 [&](const people::PersonAdded& e) {
                   station_of_[e.person] = e.station;
                   takes_calls_[e.person] = people::takes_calls(e.role);
                 },
                 [&](const people::SessionOpened& e) {
                   if (!takes_calls_[e.person]) return;
                   const auto& station = station_of_[e.person];
                   operators_[e.person] = {.station = station, .session = e.session, .of_station = &ready_at_[station]};
                 },
                 [&](const people::SessionEnded& e) {
                   change(e.person, [](Operator& op) { op.here = false; });
                   operators_.erase(e.person);
                 },
                 [&](const people::BrowserConnected& e) { here(e.person, e.session, true); },
                 [&](const people::BrowserLost& e) { here(e.person, e.session, false); },
                 [&](const people::OperatorReady& e) { state(e.person, OperatorState::ready); },
                 [&](const people::OperatorNotReady& e) { state(e.person, OperatorState::not_ready); },
                 [&](const calls::CallArrived& e) {
                   if (e.kind != calls::CallKind::emergency) return;
                   waiting_[e.call].arrived = event.at;
                   change(e.call, [](Waiting&) {});
                 },
                 [&](const calls::CallHomed& e) {
                   change(e.call, [&](Waiting& w) { w.home = e.station; });
                   if (const auto it = talking_.find(e.call); it != talking_.end()) it->second.home = e.station;
                 },
                 [&](const calls::CallUrgent& e) {
                   change(e.call, [](Waiting& w) { w.urgent = true; });
                   if (const auto it = talking_.find(e.call); it != talking_.end()) it->second.urgent = true;
                 },
                 [&](const calls::CallDoubted& e) {
                   change(e.call, [&](Waiting& w) {
                     w.doubted = true;
                     w.for_standing = e.reason == calls::DoubtReason::standing;
                   });
                 },
                 [&](const calls::DoubtLifted& e) {  // of the number; that it calls twice at once stays
                   change(e.call, [](Waiting& w) { w.doubted = w.doubted && !w.for_standing; });
                 },
                 [&](const distribution::CallOffered& e) {
                   offers_[e.offer] = e.call;
                   change(e.call, [&](Waiting& w) { w.rings.insert(e.offer); });
                   state(e.person, OperatorState::offered);
                 },
                 [&](const distribution::OfferEnded& e) {
                   change(e.call, [&](Waiting& w) { w.rings.erase(e.offer); });
                   offers_.erase(e.offer);
                   change(e.person, [](Operator& op) {
                     if (op.state == OperatorState::offered) op.state = OperatorState::ready;
                   });
                 },
                 [&](const calls::CallAccepted& e) {
                   state(e.person, OperatorState::talking);
                   if (const auto it = waiting_.find(e.call); it != waiting_.end()) talking_[e.call] = it->second;
                   no_longer_waiting(e.call);
                 },
                 [&](const calls::CallPlaced& e) {  // theirs from the start
                   state(e.person, OperatorState::talking);
                   auto& call = talking_[e.call];
                   call.home = e.station;
                   call.arrived = event.at;
                 },
                 [&](const calls::GuestCame& e) { state(e.person, OperatorState::talking); },
                 [&](const calls::CallRelayed& e) { state(e.person, OperatorState::wrap_up); },
                 [&](const calls::RingBackPlaced& e) { talking_[e.call].home = e.station; },
                 [&](const calls::RingBackDeclined& e) { talking_.erase(e.call); },
                 [&](const calls::RingBackQueued& e) {
                   auto w = talking_[e.call];
                   talking_.erase(e.call);
                   w.urgent = true;
                   w.arrived = event.at;
                   waiting_[e.call] = w;
                   change(e.call, [](Waiting&) {});
                 },
                 [&](const calls::CallUnreached& e) { talking_.erase(e.call); },
                 [&](const calls::CallReturned& e) {
                   auto w = talking_[e.call];
                   talking_.erase(e.call);
                   w.rings.clear();
                   w.urgent = true;
                   waiting_[e.call] = w;
                   change(e.call, [](Waiting&) {});
                 },
                 [&](const calls::CallEnded& e) {
                   no_longer_waiting(e.call);
                   talking_.erase(e.call);
                 },
             },
             event.body);
}

}  // namespace sigap::sim
