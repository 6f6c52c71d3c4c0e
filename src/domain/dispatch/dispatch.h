// Units and their alerts. A unit is one officer on duty with a phone. An alert asks a unit to go; acknowledged, it is
// that unit's assignment until done. Invariants: an incident has at most one unanswered alert chain at a time; an
// unanswered alert moves to the next unit when its time is up, and the end of the chain is a task on the station's
// screens; units are never sent by the system itself except as the next link of a chain a person started.
#pragma once
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::dispatch {

// Enumerations here are written to the journal: do not rename.
enum class AlertStatus { sent, delivered, acknowledged, en_route, on_scene, done };
enum class AlertEnd { expired, declined, cancelled, incident_closed, off_duty };
/// Who said so: the officer's own phone, somebody at the station after hearing it on the radio, or another app that the
/// officer has.
enum class Via { app, radio, client };
enum class PickReason { nearest, position_old, no_position };

struct Unit {
  PersonId person;
  Instant on_duty_since;
  AlertId alert;  ///< the live one, 0 = free
};

struct Alert {
  AlertId id;
  IncidentId incident;
  PersonId unit;
  AlertStatus status = AlertStatus::sent;
  Via via = Via::app;
  std::int64_t step = 1;  ///< place in the chain
  Instant raised;
  Instant until;  ///< unanswered by then: the next unit
  Instant since;  ///< of this status
};

/// A recommended unit and why.
struct Pick {
  PersonId unit;
  std::int64_t distance_m = -1;  ///< great circle to the incident; -1 = unknown
  PickReason reason = PickReason::nearest;
  auto operator<=>(const Pick&) const = default;
};

struct PickPosition {
  PersonId unit;
  GeoPoint point;
  auto operator<=>(const PickPosition&) const = default;
};

}  // namespace sigap::dispatch
