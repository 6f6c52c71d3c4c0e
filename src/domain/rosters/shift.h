// Who sits where and when: a shift is a station's, from one moment to another, with the people who are to be there and
// the number of operators that the station needs besides or instead of names.
// Invariants: a person is in at most one shift at any moment; a shift lasts a day at most; what is over leaves the live
// state a day later. A shift tells who should be here; it signs nobody in or out and ends no call.
#pragma once
#include <cstdint>
#include <set>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::rosters {

/// Longer is a mistake of the form, or of the law: 12 hours and a handover are the longest duty known; own.
inline constexpr Duration kShiftMax = hours(24);
/// Nobody rosters further ahead than a year and its leap day; own.
inline constexpr Duration kAheadMax = hours(std::int64_t{24} * 366);
/// How long what is over is kept: who stayed on is known by it, and a sign-in lasts 13 hours (core/policy.h); own.
inline constexpr Duration kKeptAfterEnd = hours(24);
/// Kept at once: three shifts a day of 543 stations for twelve days, some 5 MB; own.
inline constexpr std::size_t kShiftsMax = 20'000;
/// In one shift. The largest room of the nation has fewer desks; own.
inline constexpr std::size_t kPeopleMax = 200;
/// Operators needed at one station at once: the nation as one needs fewer (docs/operating/staffing.md); own.
inline constexpr std::int64_t kNeededMax = 1'000;

struct Shift {
  ShiftId id;
  StationCode station;
  Instant from;
  Instant until;              ///< exclusive: at this moment the next one begins
  std::set<PersonId> people;  ///< who is to be there
  std::int64_t needed =
      0;  ///< operators that the station needs for it; those of shifts that overlap add up; 0: not said
  bool begun = false;
  bool ended = false;
};

}  // namespace sigap::rosters
