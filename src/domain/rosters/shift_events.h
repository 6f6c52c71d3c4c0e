// What happened to the rosters.
#pragma once
#include "domain/rosters/shift.h"

namespace sigap::rosters {

/// A shift was planned.
struct ShiftPlanned {
  ShiftId shift;
  StationCode station;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
  PersonId by;  ///< 0: the command line
};

/// A shift was changed: all of this replaces what was planned. The station of a shift never changes.
struct ShiftChanged {
  ShiftId shift;
  StationCode station;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::set<PersonId> left;  ///< who was in it before
  std::int64_t needed = 0;
  PersonId by;
};

/// A shift is planned no more.
struct ShiftRemoved {
  ShiftId shift;
  StationCode station;
  std::set<PersonId> left;
  PersonId by;
};

/// The shift began, by a timer.
struct ShiftBegan {
  ShiftId shift;
  StationCode station;
};

/// The shift is over, by a timer. People who are still here may go on, and calls do.
struct ShiftEnded {
  ShiftId shift;
  StationCode station;
};

}  // namespace sigap::rosters
