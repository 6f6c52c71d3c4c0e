// What a person must still close.
#include "core/turn.h"

namespace sigap::core {
namespace {

constexpr std::size_t kNoteMax_bytes = 500;

}  // namespace

void open_task(Turn& t, tasks::TaskOpened task) {
  task.task = {t.state.next.task};
  t.emit(std::move(task));
}

void open_callback(Turn& t, CallId id, tasks::TaskKind kind, bool short_ring) {
  const auto call = *t.state.calls.find(id);
  if (t.state.tasks.find(call.task)) return;  // why we called them stands already
  if (const auto* open = t.state.tasks.callback_of(call.caller, call.home)) {
    t.emit(tasks::TaskMerged{open->id, id, short_ring});
    return;
  }
  tasks::TaskOpened task;
  task.kind = kind;
  task.station = call.home;
  task.call = id;
  task.incident = call.incident;
  task.caller = call.caller;
  task.number = call.number;
  task.short_ring = short_ring;
  task.trunk = call.trunk;
  if (call.location.known()) task.location = call.location;
  const TaskId opened{t.state.next.task};
  open_task(t, std::move(task));
  plan_ring_back(t, opened, call.leg);
}

void caller_served(Turn& t, const calls::Call& call) {
  const auto theirs = t.state.tasks.by_caller.find(call.caller);
  if (!call.caller || theirs == t.state.tasks.by_caller.end()) return;
  const auto open = theirs->second;  // closing changes the set
  for (const auto id : open) {
    // Why we called them is closed by who did; whom the system rings this moment, by what comes of it.
    if (id == call.task || t.state.tasks.find(id)->ringing_back) continue;
    t.emit(tasks::TaskClosed{id, call.operator_, tasks::TaskReason::called_again, {}});
  }
}

void alarms_over(Turn& t, IncidentId of) {
  if (t.state.tasks.alarms.begin() == t.state.tasks.alarms.end()) return;
  for (const auto incident : t.state.incidents.event_of(of)) {
    const auto its = t.state.tasks.alarms.find(incident);
    if (its == t.state.tasks.alarms.end()) continue;
    const auto open = its->second;  // closing changes the set
    for (const auto id : open) t.emit(tasks::TaskClosed{id, t.actor.person, tasks::TaskReason::handled, {}});
  }
}

Verdict take_task(Turn& t, const TakeTask& c) {
  const auto* task = t.state.tasks.find(c.task);
  if (!task) return no("closed", "this task is closed", "task");
  if (task->taken_by && task->taken_by != t.actor.person) return no("taken", "somebody else has this task", "task");
  if (!task->taken_by) t.emit(tasks::TaskTaken{c.task, t.actor.person});
  return {};
}

Verdict close_task(Turn& t, const CloseTask& c) {
  const auto* task = t.state.tasks.find(c.task);
  if (!task) return no("closed", "this task is closed", "task");
  if (c.note.size() > kNoteMax_bytes) return no("too_long", "at most 500 bytes", "note");
  // The note may speak of the caller: it is sealed with the same key as the number.
  Personal<std::string> note{task->number.subject.value.empty() ? subject_of(t.actor.person) : task->number.subject,
                             c.note.empty() ? std::nullopt : std::optional(c.note)};
  t.emit(tasks::TaskClosed{c.task, t.actor.person, c.reason, std::move(note)});
  return {};
}

}  // namespace sigap::core
