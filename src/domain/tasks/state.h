// The open tasks.
#pragma once
#include <map>
#include <set>
#include <utility>

#include "base/id_map.h"
#include "domain/tasks/task_events.h"

namespace sigap::tasks {

struct State {
  IdMap<TaskId, Task> tasks;
  std::map<std::pair<CallerRef, StationCode>, TaskId> callbacks;  ///< of callers who have a reference
  std::set<std::pair<Instant, TaskId>> ring_backs;                ///< due, in the order of their first call
  std::map<CallerRef, std::set<TaskId>> by_caller;                ///< of callers who have a reference
  IdMap<IncidentId, std::set<TaskId>> alarms;  ///< of an incident: nobody answered, or nobody attends

  void apply(const TaskOpened& e, Instant at);
  void apply(const TaskMerged& e, Instant at);
  void apply(const TextReceived& e, Instant at);
  void apply(const RingBackPlanned& e);
  void apply(const RingBackDue& e);
  void apply(const RingBackSkipped& e);
  /// The system calls them; 0: it has.
  void rings_back(TaskId task, CallId call);
  void apply(const TaskTaken& e);
  void apply(const CallbackTried& e, Instant at);
  void apply(const TaskClosed& e);

  const Task* find(TaskId id) const;
  /// The open callback of this caller at this station. A caller without a reference (no number) is never merged.
  const Task* callback_of(CallerRef caller, const StationCode& station) const;
  /// How many unanswered calls of this caller stand behind one open callback, at whatever station: the most.
  std::int64_t unanswered_of(CallerRef caller) const;
};

}  // namespace sigap::tasks
