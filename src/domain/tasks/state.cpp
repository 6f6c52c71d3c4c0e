#include "domain/tasks/state.h"

#include <algorithm>

namespace sigap::tasks {
namespace {

bool is_callback(TaskKind kind) {
  return kind == TaskKind::callback || kind == TaskKind::cut_off || kind == TaskKind::text;
}

}  // namespace

void State::apply(const TaskOpened& e, Instant at) {
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
  t.trunk = e.trunk;
  t.location = e.location;
  t.complaint = e.complaint;
  t.opened = t.latest = at;
  if (e.kind == TaskKind::text) t.calls = 0;
  tasks[e.task] = t;
  if (e.caller && is_callback(e.kind)) callbacks[{e.caller, e.station}] = e.task;
  if (e.caller) by_caller[e.caller].insert(e.task);
  if (e.kind == TaskKind::unanswered_alarm || awaits_desk(e.kind)) alarms[e.incident].insert(e.task);
}

void State::apply(const TaskMerged& e, Instant at) {
  Task& t = tasks.at(e.task);
  t.latest = at;
  ++t.calls;
  t.short_ring = t.short_ring && e.short_ring;
}

void State::apply(const TextReceived& e, Instant at) {
  Task& t = tasks.at(e.task);
  t.latest = at;
  if (!t.texts) t.texts.emplace();
  t.texts->push_back({at, e.name, e.text});
}

void State::apply(const RingBackPlanned& e) {
  tasks.at(e.task).ring_back_leg = e.leg;
}
void State::apply(const RingBackDue& e) {
  const Task& t = tasks.at(e.task);
  if (!t.taken_by) ring_backs.insert({t.opened, e.task});
}
void State::apply(const RingBackSkipped& e) {
  ring_backs.erase({tasks.at(e.task).opened, e.task});
}
void State::rings_back(TaskId task, CallId call) {
  const auto it = tasks.find(task);
  if (it == tasks.end()) return;
  it->second.ringing_back = call;
  ring_backs.erase({it->second.opened, task});
}
void State::apply(const TaskTaken& e) {
  Task& t = tasks.at(e.task);
  t.taken_by = e.person;
  ring_backs.erase({t.opened, e.task});
}
void State::apply(const CallbackTried& e, Instant at) {
  Task& t = tasks.at(e.task);
  ++t.tries;
  t.tried = e.end;
  t.tried_at = at;
}
void State::apply(const TaskClosed& e) {
  const auto it = tasks.find(e.task);
  const auto callback = callbacks.find({it->second.caller, it->second.station});
  if (callback != callbacks.end() && callback->second == e.task) callbacks.erase(callback);
  ring_backs.erase({it->second.opened, e.task});
  if (const auto theirs = by_caller.find(it->second.caller);
      theirs != by_caller.end() && theirs->second.erase(e.task) && theirs->second.empty())
    by_caller.erase(theirs);
  if (const auto its = alarms.find(it->second.incident);
      its != alarms.end() && its->second.erase(e.task) && its->second.empty())
    alarms.erase(its);
  tasks.erase(it);
}

const Task* State::find(TaskId id) const {
  const auto it = tasks.find(id);
  return it == tasks.end() ? nullptr : &it->second;
}

const Task* State::callback_of(CallerRef caller, const StationCode& station) const {
  const auto it = callbacks.find({caller, station});
  return it == callbacks.end() ? nullptr : find(it->second);
}

std::int64_t State::unanswered_of(CallerRef caller) const {
  std::int64_t most = 0;
  for (auto it = callbacks.lower_bound({caller, StationCode{}}); it != callbacks.end() && it->first.first == caller;
       ++it) {
    const Task& task = tasks.at(it->second);
    if (task.kind == TaskKind::callback) most = std::max(most, task.calls);
  }
  return most;
}

}  // namespace sigap::tasks
