#include "sim/checkers/desks.h"

#include <algorithm>

#include "base/overloaded.h"

namespace sigap::sim {

using people::OperatorState;

void DesksChecker::event(const core::Event& event, Instant) {
  const auto decided = [&](PersonId person) {
    were_ready_.erase(person);
    came_back_.erase(person);
  };
  visit_some(Overloaded{
                 [&](const people::OperatorNotReady& e) {
                   const auto before = floor_.operators().find(e.person);
                   const bool was_ready =
                       before != floor_.operators().end() && before->second.state == OperatorState::ready;
                   decided(e.person);
                   if (e.reason == people::NotReadyReason::lost && was_ready) were_ready_.insert(e.person);
                 },
                 [&](const people::SessionEnded& e) { decided(e.person); },
                 [&](const people::BrowserConnected& e) {
                   if (were_ready_.erase(e.person)) came_back_.insert(e.person);
                 },
             },
             event.body);
  floor_.event(event);
}

void DesksChecker::step(const core::State&, Instant) {
  for (const auto person : came_back_) {
    const auto op = floor_.operators().find(person);
    check(returns_, op != floor_.operators().end() && op->second.state != OperatorState::not_ready, "person",
          person.value);
  }
  came_back_.clear();
}

void DesksChecker::look(const core::State& s) {
  // Of the state and not of the events: whom a crash lost is the matter of another rule.
  std::set<CallId> ring;
  for (const auto& [id, offer] : s.offers)
    if (!offer.ended) ring.insert(offer.call);
  const auto waiting =
      std::ranges::count_if(s.calls.waiting, [&](const auto& call) { return !ring.contains(call.first); });
  if (waiting == 0) return;
  for (const auto& [person, op] : s.people.operators) {
    if (op.state != OperatorState::not_ready || !s.people.session(op.session)->connected) continue;
    if (s.people.person(person)->temporary_until) continue;  // is shown nothing before they chose a password
    const auto* screen = screens_.of(person);                // of a whole nation none are drawn
    if (!screen) continue;
    check(told_, screen->board && screen->board->unserved >= waiting && screen->board->unserved_since, "person",
          person.value);
  }
}

}  // namespace sigap::sim
