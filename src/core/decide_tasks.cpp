// What a person must still close.
#include <algorithm>

#include "core/turn.h"

namespace sigap::core {
namespace {

constexpr std::size_t kNoteMax_bytes = 500;

/// A caller's task that this text belongs to: at whatever station, as they may have moved.
const tasks::Task* task_for(const State& s, const TextArrives& in, const StationCode& station) {
  for (const auto& [id, task] : s.tasks.tasks) {
    if (!task.texts) continue;
    const auto said = [&](const tasks::Text& text) { return text.name == in.name; };
    if (std::any_of(task.texts->begin(), task.texts->end(), said)) return &task;
  }
  return in.caller ? s.tasks.callback_of(in.caller, station) : nullptr;
}

}  // namespace

void open_task(Turn& t, tasks::TaskOpened task) {
  task.task = {t.state.next.task};
  t.emit(std::move(task));
}

void open_callback(Turn& t, CallId id, tasks::TaskKind kind, bool short_ring) {
  const auto call = *t.state.calls.find(id);
  if (t.state.tasks.find(call.task)) return;  // why we called them stands already
  // Who wrote and then called is called back as a caller is: by the system, too.
  const auto* open = t.state.tasks.callback_of(call.caller, call.home);
  if (open && open->kind != tasks::TaskKind::text) {
    t.emit(tasks::TaskMerged{open->id, id, short_ring});
    return;
  }
  tasks::TaskOpened task;
  task.kind = kind;
  task.station = call.home;
  task.call = id;
  task.incident = call.incident;
  task.caller = call.caller;
  const TaskId opened{t.state.next.task};
  task.number = retold(opened, call.number);
  task.short_ring = short_ring;
  task.trunk = call.trunk;
  if (call.location.known()) task.location = retold(opened, call.location);
  open_task(t, std::move(task));
  plan_ring_back(t, opened, call.leg);
}

void caller_served(Turn& t, const calls::Call& call) {
  const auto theirs = t.state.tasks.by_caller.find(call.caller);
  if (!call.caller || theirs == t.state.tasks.by_caller.end()) return;
  const auto open = theirs->second;  // closing changes the set
  for (const auto id : open) {
    // Why we called them is closed by who did; whom the system rings this moment, by what comes of it. What somebody
    // wrote was perhaps not said, and is read.
    const auto& task = *t.state.tasks.find(id);
    if (id == call.task || task.ringing_back || task.kind == tasks::TaskKind::text) continue;
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

Verdict text_arrives(Turn& t, const TextArrives& in) {
  CallArrives as_a_call;
  as_a_call.trunk_station = in.trunk_station;
  as_a_call.location = in.location;
  const auto station = station_for(t.state, as_a_call);
  const auto* open = task_for(t.state, in, station);
  if (open && open->texts) {
    const auto said = [&](const tasks::Text& text) { return text.name == in.name; };
    if (std::any_of(open->texts->begin(), open->texts->end(), said)) return {};  // the trunk says it again
    if (open->texts->size() >= tasks::kTextsMax) return no("too_many", "no more texts behind one task");
  }
  tasks::TextReceived received;
  received.name = in.name;
  if (open) {
    received.task = open->id;
    received.text = {subject_of(open->id), in.text};
  } else {
    received.task = {t.state.next.task};
    const auto subject = subject_of(received.task);
    tasks::TaskOpened task;
    task.kind = tasks::TaskKind::text;
    task.station = station;
    task.caller = in.caller;
    task.number = {subject, in.number.empty() ? std::nullopt : std::optional(in.number)};
    task.trunk = in.trunk;
    if (in.location) task.location = Personal<Location>{subject, in.location};
    received.text = {subject, in.text};
    open_task(t, std::move(task));
  }
  t.emit(std::move(received));
  return {};
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
  // The note may speak of the caller.
  Personal<std::string> note{subject_of(c.task), c.note.empty() ? std::nullopt : std::optional(c.note)};
  t.emit(tasks::TaskClosed{c.task, t.actor.person, c.reason, std::move(note)});
  return {};
}

}  // namespace sigap::core
