// Who should be at a station now, who is, and how many are missing: rosters against sign-ins.
// A person is here while signed in, until their browser has been away for longer than the grace (core/policy.h). Nobody
// is signed out because a shift ends, and no call ends: whoever goes on is shown as being here beyond their shift.
#pragma once
#include <set>

#include "core/state.h"

namespace sigap::core {

struct Attendance {
  std::set<PersonId> rostered;  ///< in the shifts that run there
  std::set<PersonId> missing;   ///< of these, who is not here
  std::set<PersonId> beyond;    ///< of the station, here, and in no shift any more
  std::int64_t needed = 0;      ///< operators, by the shifts that run; 0: not said
  std::int64_t here = 0;        ///< operators of the station who are here, and who was lent to it
  std::int64_t gap = 0;         ///< how many more are needed; never negative
};

Attendance attendance(const Facts& facts, const Indexes& indexes, const StationCode& station);

/// Takes calls and is here.
bool is_here(const Indexes& indexes, PersonId person);
/// The shift that somebody who is here has gone on after, the last one; nothing while another of theirs runs.
const rosters::Shift* beyond(const Facts& facts, const Indexes& indexes, PersonId person);

}  // namespace sigap::core
