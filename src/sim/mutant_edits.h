// How a mutant breaks a decision: its events are changed before anybody sees them.
#pragma once
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "core/decide.h"
#include "runtime/engine.h"

namespace sigap::sim {

using core::Event;
using Events = std::vector<Event>;

/// Changes what was decided. `before` is the state it was decided on.
using Edit = std::function<void(Events& events, const core::State& before, const core::Input& input)>;

/// One key offers and accepts: half of that would be an answer to a ring that never was.
inline bool in_one_piece(const core::Input& input) {
  const auto* asks = std::get_if<core::CommandAsked>(&input);
  return asks && std::holds_alternative<core::TakeNext>(asks->command);
}

/// The decision is made on a copy; what is left of it after the edit is what happens.
inline runtime::Decide edited(Edit edit) {
  return [edit = std::move(edit)](core::State& state, const core::Positions& positions, const core::Policy& policy,
                                  const core::Input& input, Instant now) {
    auto copy = state;
    auto decision = core::decide(copy, positions, policy, input, now);
    if (!in_one_piece(input)) edit(decision.events, state, input);
    auto seq = state.position;
    for (auto& event : decision.events) {
      event.seq = ++seq;
      core::apply(state, event);
    }
    return decision;
  };
}

template <class Body>
const Body* as(const Event& event) {
  return std::get_if<Body>(&event.body);
}
template <class Body>
Body* as(Event& event) {
  return std::get_if<Body>(&event.body);
}

/// Without the events of a kind that `which` picks.
template <class Body>
runtime::Decide without(std::function<bool(const Body&)> which) {
  return edited([which = std::move(which)](Events& events, const core::State&, const core::Input&) {
    std::erase_if(events, [&](const Event& event) {
      const auto* body = as<Body>(event);
      return body && which(*body);
    });
  });
}

/// Without tasks of this kind, and without what the same decision plans for them.
inline runtime::Decide without_tasks(tasks::TaskKind kind) {
  return edited([kind](Events& events, const core::State&, const core::Input&) {
    std::set<TaskId> gone;
    std::erase_if(events, [&](const Event& event) {
      const auto* opened = as<tasks::TaskOpened>(event);
      const auto* planned = as<tasks::RingBackPlanned>(event);
      if (opened && opened->kind == kind) gone.insert(opened->task);
      return (opened && gone.count(opened->task)) || (planned && gone.count(planned->task));
    });
  });
}

inline void add(Events& events, const core::State& before, core::EventBody body) {
  Event event;
  if (events.empty()) {
    event.stream = core::kPolicy.cell;
    event.epoch = before.epoch;
    event.at = before.now;
    event.cause = "mutant";
  } else {
    event = events.back();
  }
  event.body = std::move(body);
  events.push_back(std::move(event));
}

}  // namespace sigap::sim
