#include "core/views/attendance.h"

#include <algorithm>

namespace sigap::core {

bool is_here(const Indexes& indexes, PersonId person) {
  return indexes.here_at.contains(person);
}

const rosters::Shift* beyond(const Facts& facts, const Indexes& indexes, PersonId person) {
  if (!is_here(indexes, person) || facts.rosters.running_of(person)) return nullptr;
  const auto opened = facts.people.session_of(person)->opened;
  const rosters::Shift* last = nullptr;
  for (const auto id : facts.rosters.of(person)) {
    const auto& shift = *facts.rosters.find(id);
    if (shift.ended && opened < shift.until && (!last || last->until < shift.until)) last = &shift;
  }
  return last;
}

Attendance attendance(const Facts& facts, const Indexes& indexes, const StationCode& station) {
  Attendance a;
  std::set<PersonId> here;
  if (const auto it = indexes.here.find(station); it != indexes.here.end()) here = it->second;
  for (const auto person : here)
    if (beyond(facts, indexes, person)) a.beyond.insert(person);
  if (const auto it = facts.rosters.running.find(station); it != facts.rosters.running.end())
    for (const auto id : it->second) {
      const auto& shift = *facts.rosters.find(id);
      a.needed += shift.needed;
      for (const auto person : shift.people) {
        a.rostered.insert(person);
        (is_here(indexes, person) ? here : a.missing).insert(person);
      }
    }
  a.here = static_cast<std::int64_t>(here.size());
  a.gap = std::max<std::int64_t>(a.needed - a.here, 0);
  return a;
}

}  // namespace sigap::core
