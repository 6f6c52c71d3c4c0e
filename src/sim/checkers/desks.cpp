#include "sim/checkers/desks.h"

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

void DesksChecker::look(const core::State&) {
  const auto waiting = static_cast<std::int64_t>(floor_.unheard().size());
  if (waiting == 0) return;
  for (const auto& [person, op] : floor_.operators()) {
    if (!op.here || op.state != OperatorState::not_ready) continue;
    const auto* screen = screens_.of(person);  // of a whole nation none are drawn
    if (!screen) continue;
    check(told_, screen->board && screen->board->unserved >= waiting && screen->board->unserved_since, "person",
          person.value);
  }
}

}  // namespace sigap::sim
