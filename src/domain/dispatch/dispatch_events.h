// What happened to units and alerts.
#pragma once
#include "domain/dispatch/dispatch.h"

namespace sigap::dispatch {

/// An officer came on duty and may be alerted.
struct UnitOnDuty {
  PersonId unit;
};

/// An officer is off duty.
struct UnitOffDuty {
  PersonId unit;
};

/// These units were recommended to a person. The positions are those that it was computed from, sealed.
struct UnitsRecommended {
  IncidentId incident;
  std::vector<Pick> picks;
  Personal<std::vector<PickPosition>> positions;
};

/// A unit is asked to go to an incident.
struct AlertRaised {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  PersonId by;  ///< who sent it; 0: the chain moved on by itself
  std::int64_t step = 1;
  std::int64_t distance_m = -1;
  Instant until;
};

/// An alert moved forward to this status.
struct AlertAdvanced {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  AlertStatus status = AlertStatus::delivered;
  Via via = Via::app;
  PersonId by;
};

/// An alert is over without being done.
struct AlertEnded {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  AlertEnd how = AlertEnd::expired;
};

/// No unit is left to alert for this incident; a task is open for it.
struct ChainExhausted {
  IncidentId incident;
};

/// An officer asks for help; this goes before everything else.
struct HelpRequested {
  PersonId unit;
  AlertId alert;  ///< the alert that they were on; 0: none
  Personal<GeoPoint> position;
};

}  // namespace sigap::dispatch
