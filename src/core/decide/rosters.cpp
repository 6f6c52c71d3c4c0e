// Rosters: shifts are planned, changed and removed by supervisors (or brought in by the command line), and begin and
// end by the clock. Both change only what screens show: distribution asks who is ready, not who was planned.
#include "core/decide/rosters.h"

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

Verdict plan_shift(Decider& d, const PlanShift& c) {
  if (!d.state.stations.find(c.station)) return no("unknown", "no such station", "station");
  if (auto wrong = cannot_sit(d.state, c.people, {})) return wrong;
  if (auto wrong = rosters::objection(d.state.rosters, {{}, c.station, c.from, c.until, c.people, c.needed}, d.now))
    return wrong;
  const ShiftId shift{d.state.next.shift};
  d.emit(rosters::ShiftPlanned{shift, c.station, c.from, c.until, c.people, c.needed, d.actor.person});
  if (c.from <= d.now) shift_begins(d, shift);  // at once: nothing that is due may wait behind what comes in
  return {};
}

Verdict change_shift(Decider& d, const ChangeShift& c) {
  const auto* shift = d.state.rosters.find(c.shift);
  if (!shift) return no("unknown", "no such shift", "shift");
  if (shift->ended) return no("over", "this shift is over", "shift");
  if (shift->begun && c.from != shift->from) return no("invalid", "it has begun: its beginning stays", "from");
  if (auto wrong = cannot_sit(d.state, c.people, shift->people)) return wrong;
  rosters::Shift fresh = *shift;
  fresh.from = c.from, fresh.until = c.until, fresh.people = c.people, fresh.needed = c.needed;
  if (auto wrong = rosters::objection(d.state.rosters, fresh, d.now)) return wrong;
  std::set<PersonId> left = shift->people;
  for (const auto id : c.people) left.erase(id);
  d.emit(rosters::ShiftChanged{c.shift, shift->station, c.from, c.until, c.people, std::move(left), c.needed,
                               d.actor.person});
  if (c.from <= d.now && !d.state.rosters.find(c.shift)->begun) shift_begins(d, c.shift);
  return {};
}

Verdict remove_shift(Decider& d, const RemoveShift& c) {
  const auto* shift = d.state.rosters.find(c.shift);
  if (!shift) return no("unknown", "no such shift", "shift");
  if (shift->ended) return no("over", "this shift is over", "shift");
  d.emit(rosters::ShiftRemoved{c.shift, shift->station, shift->people, d.actor.person});
  return {};
}

void shift_begins(Decider& d, ShiftId shift) {
  d.emit(rosters::ShiftBegan{shift, d.state.rosters.find(shift)->station});
}

void shift_ends(Decider& d, ShiftId shift) {
  d.emit(rosters::ShiftEnded{shift, d.state.rosters.find(shift)->station});
}

}  // namespace sigap::core
