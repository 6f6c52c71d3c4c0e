#include "domain/rosters/state.h"

namespace sigap::rosters {
namespace {

Refusal wrong(const char* field, std::string message) {
  return {"invalid", field, std::move(message)};
}

}  // namespace

bool overlap(const Shift& a, const Shift& b) {
  return a.from < b.until && b.from < a.until;
}

void State::put(const Shift& shift) {
  for (const auto person : shift.people) by_person[person].insert(shift.id);
  shifts[shift.id] = shift;
}

void State::take(ShiftId id) {
  const auto it = shifts.find(id);
  for (const auto person : it->second.people) {
    const auto theirs = by_person.find(person);
    theirs->second.erase(id);
    if (theirs->second.empty()) by_person.erase(theirs);
  }
  if (const auto there = running.find(it->second.station); there != running.end()) {
    there->second.erase(id);
    if (there->second.empty()) running.erase(there);
  }
  shifts.erase(it);
}

void State::forget(Instant at) {
  while (!over.empty() && over.begin()->first + kKeptAfterEnd <= at) {
    const auto id = over.begin()->second;
    over.erase(over.begin());
    take(id);
  }
}

void State::apply(const ShiftPlanned& e, Instant at) {
  forget(at);
  put({e.shift, e.station, e.from, e.until, e.people, e.needed, false, false});
}

void State::apply(const ShiftChanged& e) {
  Shift shift = shifts.at(e.shift);
  take(e.shift);
  shift.from = e.from;
  shift.until = e.until;
  shift.people = e.people;
  shift.needed = e.needed;
  put(shift);
  if (shift.begun) running[shift.station].insert(shift.id);
}

void State::apply(const ShiftRemoved& e) {
  take(e.shift);
}

void State::apply(const ShiftBegan& e) {
  Shift& shift = shifts.at(e.shift);
  shift.begun = true;
  running[shift.station].insert(shift.id);
}

void State::apply(const ShiftEnded& e, Instant at) {
  Shift shift = shifts.at(e.shift);
  take(e.shift);
  shift.ended = true;
  put(shift);
  over.insert({shift.until, shift.id});
  forget(at);
}

const Shift* State::find(ShiftId id) const {
  const auto it = shifts.find(id);
  return it == shifts.end() ? nullptr : &it->second;
}

const std::set<ShiftId>& State::of(PersonId person) const {
  static const std::set<ShiftId> kNone;
  const auto it = by_person.find(person);
  return it == by_person.end() ? kNone : it->second;
}

const Shift* State::running_of(PersonId person) const {
  for (const auto id : of(person))
    if (const auto& shift = shifts.at(id); shift.begun && !shift.ended) return &shift;
  return nullptr;
}

std::optional<Refusal> objection(const State& book, const Shift& shift, Instant now) {
  // First the bounds, so that no sum below can run over, whatever was sent.
  if (shift.until <= now) return wrong("until", "in the past");
  if (shift.until > now + kAheadMax) return wrong("until", "more than 366 days ahead");
  if (shift.from >= shift.until) return wrong("until", "not after its beginning");
  if (shift.from < shift.until - kShiftMax) return wrong("until", "longer than 24 hours");
  if (shift.needed < 0 || shift.needed > kNeededMax) return wrong("needed", "0 to 1,000");
  if (shift.people.size() > kPeopleMax) return wrong("people", "at most 200");
  if (shift.people.empty() && shift.needed == 0) return wrong("people", "nobody is in it, and nobody is needed");
  if (!shift.id && book.shifts.size() >= kShiftsMax)
    return Refusal{"too_many", "", "20,000 shifts are planned: remove some, or plan fewer days"};
  for (const auto person : shift.people)
    for (const auto id : book.of(person))
      if (const auto& other = book.shifts.at(id); id != shift.id && overlap(shift, other))
        return Refusal{"overlap", "people",
                       "person " + std::to_string(person.value) + " is in shift " + std::to_string(id.value) + " then"};
  return std::nullopt;
}

}  // namespace sigap::rosters
