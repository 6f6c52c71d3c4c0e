// What happened to tasks.
#pragma once
#include "domain/tasks/task.h"

namespace sigap::tasks {

/// There is something that a person must close.
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
  std::optional<Personal<Location>> location;  ///< where the caller was
  std::optional<CaseId> complaint = {};        ///< that is late
};

/// The same caller called again: one more call stands behind the same task.
struct TaskMerged {
  TaskId task;
  CallId call;
  bool short_ring = false;
};

/// The caller of this open task wrote a text.
struct TextReceived {
  TaskId task;
  std::string name;
  Personal<std::string> text;
};

/// A person has the task.
struct TaskTaken {
  TaskId task;
  PersonId person;  ///< 0: nobody has it any more, whoever had it has gone
};

/// The system will call the task's caller back at this moment, unless a person takes the task before.
struct RingBackPlanned {
  TaskId task;
  LegId leg;  ///< the name that its leg will have
  Instant at;
};

/// The system may call the task's caller back as soon as an operator is free to talk to them.
struct RingBackDue {
  TaskId task;
};

/// The system does not call the task's caller back: they called again, or they cannot be called.
struct RingBackSkipped {
  TaskId task;
};

/// The task's caller was called back; `end` says what became of it.
struct CallbackTried {
  TaskId task;
  CallId call;
  PersonId person;
  CallbackEnd end = CallbackEnd::reached;
};

/// A task is closed.
struct TaskClosed {
  TaskId task;
  PersonId person;
  TaskReason reason = TaskReason::handled;
  Personal<std::string> note;
};

}  // namespace sigap::tasks
