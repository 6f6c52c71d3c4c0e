// How the events of complaints change the state: their subject's fold, and when each has to be answered.
#pragma once
#include "base/overloaded.h"
#include "core/state.h"

namespace sigap::core {

template <class E>
concept OfCases =
    OneOf<E, cases::CategoriesDefined, cases::CaseOpened, cases::CaseMoved, cases::CaseRaised, cases::CaseAnswered,
          cases::CaseNoted, cases::CaseContested, cases::CaseRated, cases::CaseMessageOrdered, cases::CaseArchived>;

inline void case_timer(State& s, CaseId id, std::optional<Instant> at) {
  if (at)
    s.timers.set(TimerKind::complaint, id.value, *at);
  else
    s.timers.clear(TimerKind::complaint, id.value);
}

/// The task that stands for its being late goes where the complaint goes, and is nobody's there.
inline void take_task_along(State& s, CaseId id) {
  const auto* complaint = s.cases->find(id);
  const auto task = complaint ? s.tasks.tasks.find(complaint->task) : s.tasks.tasks.end();
  if (task == s.tasks.tasks.end() || task->second.station == complaint->station) return;
  task->second.station = complaint->station;
  task->second.taken_by = {};
}

template <OfCases E>
void fold_case(State& s, const E& e, Instant at) {
  if (!s.cases) s.cases.emplace();
  // Of one that is late with nobody above, a task stands until somebody answers: no timer.
  if constexpr (requires { e.due; }) case_timer(s, e.complaint, e.due);
  if constexpr (std::is_same_v<E, cases::CaseMessageOrdered>)
    s.next.message = e.message.value + 1;
  else if constexpr (requires { s.cases->apply(e, at); })
    s.cases->apply(e, at);
  else
    s.cases->apply(e);
  if constexpr (requires { e.station; }) take_task_along(s, e.complaint);
  if constexpr (std::is_same_v<E, cases::CaseArchived>) case_timer(s, e.complaint, {});
}

/// From now on this task stands for the complaint's being late; 0: none.
inline void task_of_case(State& s, const std::optional<CaseId>& complaint, TaskId task) {
  if (complaint && s.cases) s.cases->stands_for(task, *complaint);
}

}  // namespace sigap::core
