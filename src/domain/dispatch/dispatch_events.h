// What happened to units and alerts.
#pragma once
#include "domain/dispatch/dispatch.h"

namespace sigap::dispatch {

struct UnitOnDuty {
  PersonId unit;
};

struct UnitOffDuty {
  PersonId unit;
};

/// What was recommended to a person; positions are those it was computed from, sealed.
struct UnitsRecommended {
  IncidentId incident;
  std::vector<Pick> picks;
  Personal<std::vector<PickPosition>> positions;
};

struct AlertRaised {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  PersonId by;  ///< who sent it; 0 = the chain moved on
  std::int64_t step = 1;
  std::int64_t distance_m = -1;
  Instant until;
};

/// Status of an alert moved forward.
struct AlertAdvanced {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  AlertStatus status = AlertStatus::delivered;
  Via via = Via::app;
  PersonId by;
};

struct AlertEnded {
  AlertId alert;
  IncidentId incident;
  PersonId unit;
  AlertEnd how = AlertEnd::expired;
};

/// Nobody is left to alert; a task stands for it.
struct ChainExhausted {
  IncidentId incident;
};

/// An officer asks for help: overrides everything else.
struct HelpRequested {
  PersonId unit;
  AlertId alert;  ///< what they were on, 0 = none
  Personal<GeoPoint> position;
};

}  // namespace sigap::dispatch
