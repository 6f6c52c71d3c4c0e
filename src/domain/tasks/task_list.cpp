#include "domain/tasks/task_list.h"

namespace sigap::tasks {

void TaskList::apply(const TaskOpened& e, Instant at) {
  Task t;
  t.id = e.task;
  t.kind = e.kind;
  t.station = e.station;
  t.call = e.call;
  t.incident = e.incident;
  t.unit = e.unit;
  t.caller = e.caller;
  t.number = e.number;
  t.short_ring = e.short_ring;
  t.place = e.place;
  t.helpers = e.helpers;
  t.opened = t.latest = at;
  tasks[e.task] = t;
}

void TaskList::apply(const TaskMerged& e, Instant at) {
  Task& t = tasks.at(e.task);
  t.latest = at;
  ++t.calls;
  t.short_ring = t.short_ring && e.short_ring;
}

void TaskList::apply(const TaskTaken& e) {
  tasks.at(e.task).taken_by = e.person;
}
void TaskList::apply(const TaskClosed& e) {
  tasks.erase(e.task);
}

const Task* TaskList::find(TaskId id) const {
  const auto it = tasks.find(id);
  return it == tasks.end() ? nullptr : &it->second;
}

const Task* TaskList::callback_of(CallerRef caller, const StationCode& station) const {
  if (!caller) return nullptr;
  for (const auto& [id, t] : tasks)
    if (t.caller == caller && t.station == station && (t.kind == TaskKind::callback || t.kind == TaskKind::cut_off))
      return &t;
  return nullptr;
}

}  // namespace sigap::tasks
