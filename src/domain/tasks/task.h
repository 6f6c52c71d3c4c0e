// What a person must still close: callers to ring back, alerts nobody answered, officers in danger, what they saw.
// Invariants: a task stays until a person closes it, with a reason or by doing what it asks for: whoever talks to the
// caller again closes the callbacks (called_again), a unit that accepts or whoever closes the incident its alarm
// (handled), whoever works on what an officer saw that one (handled); said_no: the caller did, by key, when the system
// rang back. Callbacks of one caller at one station are one task.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::tasks {

// Enumerations here are written to the journal: do not rename.
enum class TaskKind {
  callback,          ///< hung up before a person answered
  cut_off,           ///< we lost the call (restart, network)
  refused_call,      ///< turned away with 503
  unanswered_alarm,  ///< the alert chain ended without an acknowledgement
  officer_help,      ///< an officer asks for help
  text,              ///< somebody wrote to the line
  field_report,      ///< an officer saw something, and nobody at a desk has attended to it yet
  app_report,        ///< a citizen reported by another app, and nobody at a desk has attended to it yet
  late_complaint     ///< nobody answered a complaint in time; an answer closes it
};
/// It stands as an alarm until somebody at a desk works on what it tells.
inline bool awaits_desk(TaskKind kind) {
  return kind == TaskKind::field_report || kind == TaskKind::app_report;
}
/// What became of a call back.
enum class CallbackEnd {
  reached,  ///< they picked up
  busy,
  no_answer,
  declined,
  no_such_number,
  trunk_refused,  ///< not from us, or not that number
  failed,         ///< the network, or we
  given_up,       ///< by the operator, or with them
  hung_up         ///< when the system had called them: asked, or waiting for a person
};
enum class TaskReason { called_back, no_answer, called_again, handled, false_alarm, not_needed, said_no };

/// What somebody wrote to the line.
struct Text {
  Instant at;
  std::string name;  ///< of the message: one that is said twice is one
  Personal<std::string> text;
};
/// Behind one task: a telephone that sends more is asked to stop, and its owner is called back. Ours.
inline constexpr std::size_t kTextsMax = 10;

struct Task {
  TaskId id;
  TaskKind kind = TaskKind::callback;
  StationCode station;
  CallId call;
  IncidentId incident;
  PersonId unit;
  CallerRef caller;
  Personal<std::string> number;
  Instant opened;
  Instant latest;          ///< of the calls merged in
  std::int64_t calls = 1;  ///< how many calls stand behind it
  bool short_ring = false;
  PersonId taken_by;
  Personal<GeoPoint> place;                    ///< of an officer who asks for help
  std::vector<PersonId> helpers;               ///< units near, of whatever station: they hear the alarm, too
  std::optional<TrunkName> trunk;              ///< that the call came by: the way back
  std::optional<Personal<Location>> location;  ///< where the caller was
  std::int64_t tries = 0;                      ///< how often they were called back
  std::optional<CallbackEnd> tried;            ///< what became of the last time
  Instant tried_at;
  LegId ring_back_leg;                     ///< of the system's own call back, should it come to one
  CallId ringing_back;                     ///< ... which is under way
  std::optional<std::vector<Text>> texts;  ///< of the caller, in order; none: no text came
  std::optional<CaseId> complaint;         ///< that is late
};

}  // namespace sigap::tasks
