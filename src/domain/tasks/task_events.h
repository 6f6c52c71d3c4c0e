// What happened to tasks.
#pragma once
#include "domain/tasks/task.h"

namespace sigap::tasks {

struct TaskOpened {
  TaskId task;
  TaskKind kind = TaskKind::callback;
  StationCode station;
  CallId call;
  IncidentId incident;
  PersonId unit;
  CallerRef caller;
  Personal<std::string> number;
  bool short_ring = false;
  Personal<GeoPoint> place;
  std::vector<PersonId> helpers;
  std::optional<TrunkName> trunk;
  std::optional<Personal<Location>> location;  ///< of the caller
};

/// The same caller tried again: one more call behind the same task.
struct TaskMerged {
  TaskId task;
  CallId call;
  bool short_ring = false;
};

/// The caller wrote: the task is open and theirs.
struct TextReceived {
  TaskId task;
  std::string name;
  Personal<std::string> text;
};

struct TaskTaken {
  TaskId task;
  PersonId person;
};

/// Unless a person takes the task before, the system calls them back.
struct RingBackPlanned {
  TaskId task;
  LegId leg;  ///< as it will be named
  Instant at;
};

/// From now on, as soon as somebody is free to talk to them.
struct RingBackDue {
  TaskId task;
};

/// It does not: they called again, or it cannot.
struct RingBackSkipped {
  TaskId task;
};

/// They were called back.
struct CallbackTried {
  TaskId task;
  CallId call;
  PersonId person;
  CallbackEnd end = CallbackEnd::reached;
};

struct TaskClosed {
  TaskId task;
  PersonId person;
  TaskReason reason = TaskReason::handled;
  Personal<std::string> note;
};

}  // namespace sigap::tasks
