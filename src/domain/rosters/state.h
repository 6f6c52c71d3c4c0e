// The live shifts, and what may be planned.
// Invariants: at most kShiftsMax shifts (objection() keeps it); by_person, by_station and over are derived from shifts.
#pragma once
#include <map>
#include <optional>
#include <utility>

#include "base/id_map.h"
#include "base/result.h"
#include "domain/rosters/shift_events.h"

namespace sigap::rosters {

struct State {
  IdMap<ShiftId, Shift> shifts;
  IdMap<PersonId, std::set<ShiftId>> by_person;
  std::map<StationCode, std::set<ShiftId>> running;  ///< begun and not ended
  std::set<std::pair<Instant, ShiftId>> over;        ///< ended, by when

  void apply(const ShiftPlanned& e, Instant at);
  void apply(const ShiftChanged& e);
  void apply(const ShiftRemoved& e);
  void apply(const ShiftBegan& e);
  void apply(const ShiftEnded& e, Instant at);

  const Shift* find(ShiftId id) const;
  /// Those of a person, ended ones included.
  const std::set<ShiftId>& of(PersonId person) const;
  /// The one that a person is in now, or nothing.
  const Shift* running_of(PersonId person) const;

 private:
  void put(const Shift& shift);
  void take(ShiftId id);
  void forget(Instant at);
};

/// Whether there is a moment that is in both.
bool overlap(const Shift& a, const Shift& b);

/// Why a shift may not stand so, or nothing: its times, how many, and that nobody is in two places. `shift.id` is 0 for
/// a new one; of one that has begun, `from` is not looked at.
std::optional<Refusal> objection(const State& book, const Shift& shift, Instant now);

}  // namespace sigap::rosters
