// What happened to the rosters.
#pragma once
#include "domain/rosters/shift.h"

namespace sigap::rosters {

struct ShiftPlanned {
  ShiftId shift;
  StationCode station;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
  PersonId by;  ///< 0: by the command line
};

/// All that may change: the whole of it replaces what was planned. A station stays.
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

struct ShiftRemoved {
  ShiftId shift;
  StationCode station;
  std::set<PersonId> left;
  PersonId by;
};

/// Its time came. Caused by a timer.
struct ShiftBegan {
  ShiftId shift;
  StationCode station;
};

/// Its time is over. Whoever is still here may go on; calls do. Caused by a timer.
struct ShiftEnded {
  ShiftId shift;
  StationCode station;
};

}  // namespace sigap::rosters
