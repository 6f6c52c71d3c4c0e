// What is known of one call, incident, alert, or stretch of an operator's work: small, and nothing personal in clear.
// A place is a cell of a grid, a caller is the erasable reference of their number; both are gone when the record is
// forgotten. Durations count from `arrived`, `opened` or `raised`. Source of the words: docs/figures.md.
#pragma once
#include <optional>
#include <string>

#include "base/geo.h"
#include "base/ids.h"
#include "base/time.h"

namespace sigap::figures {

/// A hundredth of a degree: 1.1 km on the equator, which runs through Indonesia. Own.
struct Cell {
  std::int64_t latitude_e2 = 0, longitude_e2 = 0;
  auto operator<=>(const Cell&) const = default;
};
/// The cell whose middle is nearest.
Cell cell_of(GeoPoint point);

/// How the waiting of a call that a citizen made went out.
enum class CallResult {
  waiting,
  answered,  ///< an operator took it
  hung_up,   ///< the caller gave up before that
  refused,   ///< turned away, because there was no room or no voice was possible
  cut_off    ///< the network or the system ended it before that
};

struct CallFact {
  CallId call;
  Instant arrived;
  StationCode station;  ///< its home when the waiting was over; before that, its home now
  int hours_east = 0;   ///< of that station's clock
  CallResult result = CallResult::waiting;
  std::optional<Duration> answered;   ///< an operator took it
  std::optional<Duration> connected;  ///< both voices were joined
  std::optional<Duration> ended;      ///< the caller's leg was over
  Duration handled;                   ///< operators were on it or had yet to say how it went
  std::optional<Instant> taken;       ///< since when an operator is on it
  bool short_ring = false;            ///< hung up within 5 s
  bool urgent = false;
  std::int64_t returns = 0;  ///< came back to the queue so often
  bool transferred = false;  ///< to another station
  std::string outcome;       ///< as its operator saw it; empty: none yet
  bool closed = false;       ///< nothing of it is outstanding
  CallerRef caller;          ///< 0: unknown, or forgotten
  std::optional<Cell> cell;  ///< where the caller was
  bool operator==(const CallFact&) const = default;
};

struct IncidentFact {
  IncidentId incident;
  Instant opened;
  CallId call;    ///< 0: nobody called
  Instant began;  ///< when that call arrived; else `opened`
  StationCode station;
  int hours_east = 0;
  std::string incident_type, priority;
  std::optional<Duration> dispatched;  ///< from `began`: the first alert was raised
  std::optional<Duration> arrived;     ///< from `began`: the first unit was on the scene
  std::optional<Duration> closed;      ///< from `opened`
  std::string answer;
  bool archived = false;
  std::optional<Cell> cell;
  bool operator==(const IncidentFact&) const = default;
};

/// How an alert went out.
enum class AlertResult {
  open,
  acknowledged,
  missed,     ///< nobody answered, or the unit went off duty meanwhile
  declined,   ///< the unit said no
  called_off  ///< not needed any more before anybody had answered
};

struct AlertFact {
  AlertId alert;
  Instant raised;
  IncidentId incident;
  StationCode station;  ///< of the incident
  int hours_east = 0;
  PersonId unit;
  std::int64_t step = 1;
  AlertResult result = AlertResult::open;
  std::optional<Duration> acknowledged, on_scene, done;
  bool over = false;
  bool operator==(const AlertFact&) const = default;
};

enum class WorkKind {
  ready,    ///< takes calls; ringing is part of it
  handling  ///< on a call, or after it until its outcome
};

/// One stretch of one operator in one state.
struct WorkFact {
  PersonId person;
  Instant from;
  std::optional<Instant> until;
  StationCode station;
  int hours_east = 0;
  WorkKind kind = WorkKind::ready;
  bool operator==(const WorkFact&) const = default;
};

}  // namespace sigap::figures
