// Rosters: shifts are planned, changed and removed by supervisors (or brought in by the command line), and begin and
// end by the clock. Both change only what screens show: distribution asks who is ready, not who was planned.
#include "core/turn.h"

namespace sigap::core {
namespace {

/// Those who are new in it must be somebody who may sit there.
Verdict cannot_sit(const State& s, const std::set<PersonId>& people, const std::set<PersonId>& already) {
  for (const auto id : people) {
    if (already.contains(id)) continue;
    const auto* person = s.people.person(id);
    if (!person || person->disabled) return no("unknown", "no such person", "people");
    if (!people::takes_calls(person->role)) return no("invalid", "this role takes no calls", "people");
  }
  return {};
}

}  // namespace

Verdict plan_shift(Turn& t, const PlanShift& c) {
  if (!t.state.stations.find(c.station)) return no("unknown", "no such station", "station");
  if (auto wrong = cannot_sit(t.state, c.people, {})) return wrong;
  if (auto wrong = rosters::objection(t.state.rosters, {{}, c.station, c.from, c.until, c.people, c.needed}, t.now))
    return wrong;
  const ShiftId shift{t.state.next.shift};
  t.emit(rosters::ShiftPlanned{shift, c.station, c.from, c.until, c.people, c.needed, t.actor.person});
  if (c.from <= t.now) shift_begins(t, shift);  // at once: nothing that is due may wait behind what comes in
  return {};
}

Verdict change_shift(Turn& t, const ChangeShift& c) {
  const auto* shift = t.state.rosters.find(c.shift);
  if (!shift) return no("unknown", "no such shift", "shift");
  if (shift->ended) return no("over", "this shift is over", "shift");
  if (shift->begun && c.from != shift->from) return no("invalid", "it has begun: its beginning stays", "from");
  if (auto wrong = cannot_sit(t.state, c.people, shift->people)) return wrong;
  rosters::Shift fresh = *shift;
  fresh.from = c.from, fresh.until = c.until, fresh.people = c.people, fresh.needed = c.needed;
  if (auto wrong = rosters::objection(t.state.rosters, fresh, t.now)) return wrong;
  std::set<PersonId> left = shift->people;
  for (const auto id : c.people) left.erase(id);
  t.emit(rosters::ShiftChanged{c.shift, shift->station, c.from, c.until, c.people, std::move(left), c.needed,
                               t.actor.person});
  if (c.from <= t.now && !t.state.rosters.find(c.shift)->begun) shift_begins(t, c.shift);
  return {};
}

Verdict remove_shift(Turn& t, const RemoveShift& c) {
  const auto* shift = t.state.rosters.find(c.shift);
  if (!shift) return no("unknown", "no such shift", "shift");
  if (shift->ended) return no("over", "this shift is over", "shift");
  t.emit(rosters::ShiftRemoved{c.shift, shift->station, shift->people, t.actor.person});
  return {};
}

void shift_begins(Turn& t, ShiftId shift) {
  t.emit(rosters::ShiftBegan{shift, t.state.rosters.find(shift)->station});
}

void shift_ends(Turn& t, ShiftId shift) {
  t.emit(rosters::ShiftEnded{shift, t.state.rosters.find(shift)->station});
}

}  // namespace sigap::core
