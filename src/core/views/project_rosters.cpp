// Rosters as their viewers see them.
#include "core/views/attendance.h"
#include "core/views/project.h"

namespace sigap::core::views {
namespace {

using access::Field;
using access::Relation;

/// A supervisor sees the shifts of all the reach, an operator those of the own station, nobody else any.
Relation relation_to_shift(const View& v, const rosters::Shift& shift) {
  const bool plans = access::may(v.viewer.role, RemoveShift{});
  const bool colleague = v.viewer.role == people::Role::operator_ && shift.station == v.viewer.station;
  return plans       ? access::relation_to_station(v.state, v.viewer, shift.station)
         : colleague ? Relation::reach
                     : Relation::outside;
}

/// Who is in a shift of mine is told to me, wherever they come from.
std::optional<std::string> name(const View& v, const people::Person& person, Relation relation) {
  return access::may_see(v.viewer.role, Field::staff_name, relation) ? person.name.value : std::nullopt;
}

}  // namespace

std::optional<ShiftCard> card(const View& v, ShiftId id) {
  const State& s = v.state;
  const auto* shift = s.rosters.find(id);
  if (!shift) return std::nullopt;
  const auto relation = relation_to_shift(v, *shift);
  if (relation == Relation::outside) return std::nullopt;
  ShiftCard c{id, shift->station, shift->from, shift->until, shift->needed, shift->begun, shift->ended, {}, 0, 0};
  bool stays = false;
  for (const auto each : shift->people) {
    const bool after = shift->ended && beyond(s, s.indexes, each) == shift;
    c.people.push_back({each, name(v, *s.people.person(each), relation), is_here(s.indexes, each), after});
    stays |= after;
  }
  if (shift->ended && !stays) return std::nullopt;
  if (shift->begun && !shift->ended) {
    const auto there = attendance(s, s.indexes, shift->station);
    c.here = there.here;
    c.gap = there.gap;
  }
  return c;
}

std::optional<StaffCard> staff_card(const View& v, PersonId id) {
  const auto* person = v.state.people.person(id);
  if (!person || person->disabled || !people::takes_calls(person->role)) return std::nullopt;
  if (!access::may(v.viewer.role, PlanShift{})) return std::nullopt;
  const auto relation = access::relation_to_station(v.state, v.viewer, person->station);
  if (relation == Relation::outside) return std::nullopt;
  return StaffCard{id,           person->login,   name(v, *person, relation),
                   person->role, person->station, is_here(v.state.indexes, id)};
}

}  // namespace sigap::core::views
