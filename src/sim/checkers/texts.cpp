#include "sim/checkers/texts.h"

#include "base/overloaded.h"

namespace sigap::sim {

void TextsChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const tasks::TaskOpened& e) {
                   texts_[e.task] = {};
                   if (e.kind == tasks::TaskKind::text) opened_.push_back(e.task);
                 },
                 [&](const tasks::TextReceived& e) {
                   const auto it = texts_.find(e.task);
                   check(lost_, it != texts_.end() && it->second.size() < tasks::kTextsMax, "task", e.task.value);
                   if (it != texts_.end()) check(once_, it->second.insert(e.name).second, "task", e.task.value);
                 },
                 [&](const tasks::TaskClosed& e) { texts_.erase(e.task); },
             },
             event.body);
}

void TextsChecker::step(const core::State& state, Instant) {
  for (const auto id : opened_) {
    const auto it = texts_.find(id);
    if (it == texts_.end()) continue;
    const auto* task = state.tasks.find(id);
    check(lost_, task && task->texts && task->texts->size() == it->second.size() && !it->second.empty(), "task",
          id.value);
  }
  opened_.clear();
}

}  // namespace sigap::sim
