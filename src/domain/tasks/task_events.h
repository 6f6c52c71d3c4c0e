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

struct TaskTaken {
  TaskId task;
  PersonId person;
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
