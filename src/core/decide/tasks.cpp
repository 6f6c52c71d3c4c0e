// What a person must still close.
#include "core/decide/tasks.h"

#include <algorithm>

#include "core/decide/calls.h"
#include "core/decide/ring_back.h"

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

void open_task(Decider& d, tasks::TaskOpened task) {
  task.task = {d.state.next.task};
  d.emit(std::move(task));
}

void open_callback(Decider& d, CallId id, tasks::TaskKind kind, bool short_ring) {
  const auto call = *d.state.calls.find(id);
  if (d.state.tasks.find(call.task)) return;  // why we called them stands already
  // Who wrote and then called is called back as a caller is: by the system, too.
  const auto* open = d.state.tasks.callback_of(call.caller, call.home);
  if (open && open->kind != tasks::TaskKind::text) {
    d.emit(tasks::TaskMerged{open->id, id, short_ring});
    return;
  }
  tasks::TaskOpened task;
  task.kind = kind;
  task.station = call.home;
  task.call = id;
  task.incident = call.incident;
  task.caller = call.caller;
  const TaskId opened{d.state.next.task};
  task.number = retold(opened, call.number);
  task.short_ring = short_ring;
  task.trunk = call.trunk;
  if (call.location.known()) task.location = retold(opened, call.location);
  open_task(d, std::move(task));
  plan_ring_back(d, opened, call.leg);
}

void caller_served(Decider& d, const calls::Call& call) {
  const auto theirs = d.state.tasks.by_caller.find(call.caller);
  if (!call.caller || theirs == d.state.tasks.by_caller.end()) return;
  const auto open = theirs->second;  // closing changes the set
  for (const auto id : open) {
    // Why we called them is closed by who did; whom the system rings this moment, by what comes of it. What somebody
    // wrote was perhaps not said, and is read.
    const auto& task = *d.state.tasks.find(id);
    if (id == call.task || task.ringing_back || task.kind == tasks::TaskKind::text) continue;
    d.emit(tasks::TaskClosed{id, call.operator_, tasks::TaskReason::called_again, {}});
  }
}

void alarms_over(Decider& d, IncidentId of, PersonId by) {
  if (d.state.tasks.alarms.begin() == d.state.tasks.alarms.end()) return;
  for (const auto incident : d.state.incidents.event_of(of)) {
    const auto its = d.state.tasks.alarms.find(incident);
    if (its == d.state.tasks.alarms.end()) continue;
    const auto open = its->second;  // closing changes the set
    for (const auto id : open) d.emit(tasks::TaskClosed{id, by, tasks::TaskReason::handled, {}});
  }
}

void attended(Decider& d, IncidentId incident) {
  const auto its = d.state.tasks.alarms.find(incident);
  if (its == d.state.tasks.alarms.end()) return;
  const auto open = its->second;  // closing changes the set
  for (const auto id : open)
    if (const auto& task = *d.state.tasks.find(id); task.unit || tasks::awaits_desk(task.kind))
      d.emit(tasks::TaskClosed{id, d.actor.person, tasks::TaskReason::handled, {}});
}

void taker_gone(Decider& d, PersonId person) {
  std::vector<TaskId> theirs;
  for (const auto& [incident, alarms] : d.state.tasks.alarms)
    for (const auto id : alarms)
      if (const auto& task = *d.state.tasks.find(id);
          (task.unit || tasks::awaits_desk(task.kind)) && task.taken_by == person)
        theirs.push_back(id);
  for (const auto id : theirs) d.emit(tasks::TaskTaken{id, {}});
}

Verdict text_arrives(Decider& d, const TextArrives& in) {
  CallArrives as_a_call;
  as_a_call.trunk_station = in.trunk_station;
  as_a_call.location = in.location;
  const auto station = station_for(d.state, as_a_call);
  const auto* open = task_for(d.state, in, station);
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
    received.task = {d.state.next.task};
    const auto subject = subject_of(received.task);
    tasks::TaskOpened task;
    task.kind = tasks::TaskKind::text;
    task.station = station;
    task.caller = in.caller;
    task.number = {subject, in.number.empty() ? std::nullopt : std::optional(in.number)};
    task.trunk = in.trunk;
    if (in.location) task.location = Personal<Location>{subject, in.location};
    received.text = {subject, in.text};
    open_task(d, std::move(task));
  }
  d.emit(std::move(received));
  return {};
}

Verdict take_task(Decider& d, const TakeTask& c) {
  const auto* task = d.state.tasks.find(c.task);
  if (!task) return no("closed", "this task is closed", "task");
  if (task->taken_by && task->taken_by != d.actor.person) return no("taken", "somebody else has this task", "task");
  if (!task->taken_by) d.emit(tasks::TaskTaken{c.task, d.actor.person});
  return {};
}

Verdict close_task(Decider& d, const CloseTask& c) {
  const auto* task = d.state.tasks.find(c.task);
  if (!task) return no("closed", "this task is closed", "task");
  if (c.note.size() > kNoteMax_bytes) return no("too_long", "at most 500 bytes", "note");
  if (task->complaint) return no("open_case", "answer the complaint: that closes this task", "task");
  // The note may speak of the caller.
  Personal<std::string> note{subject_of(c.task), c.note.empty() ? std::nullopt : std::optional(c.note)};
  d.emit(tasks::TaskClosed{c.task, d.actor.person, c.reason, std::move(note)});
  return {};
}

}  // namespace sigap::core
