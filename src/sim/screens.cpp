#include "sim/screens.h"

namespace sigap::sim {
namespace {

template <class Id, class Card>
void put(std::map<Id, Card>& into, const std::vector<Card>& cards, Id Card::*id) {
  for (const auto& card : cards) into[card.*id] = card;
}

}  // namespace

void Mirror::apply(const core::Update& u) {
  gap |= u.seq != seq + 1;
  seq = u.seq;
  if (u.full) {
    const auto kept_gap = gap;
    *this = {};
    seq = u.seq;
    gap = kept_gap;
  }
  if (u.self) self = u.self;
  if (u.board) board = u.board;
  put(calls, u.calls, &core::CallCard::call);
  put(incidents, u.incidents, &core::IncidentCard::incident);
  put(units, u.units, &core::UnitCard::unit);
  put(alerts, u.alerts, &core::AlertCard::alert);
  put(tasks, u.tasks, &core::TaskCard::task);
  put(people, u.people, &core::PersonCard::person);
  put(shifts, u.shifts, &core::ShiftCard::shift);
  put(staff, u.staff, &core::StaffCard::person);
  put(cases, u.cases, &core::CaseCard::complaint);
  for (const auto& gone : u.removed) {
    if (gone.kind == "call") calls.erase({gone.id});
    if (gone.kind == "incident") incidents.erase({gone.id});
    if (gone.kind == "unit") units.erase({gone.id});
    if (gone.kind == "alert") alerts.erase({gone.id});
    if (gone.kind == "task") tasks.erase({gone.id});
    if (gone.kind == "person") people.erase({gone.id});
    if (gone.kind == "shift") shifts.erase({gone.id});
    if (gone.kind == "staff") staff.erase({gone.id});
    if (gone.kind == "case") cases.erase({gone.id});
  }
}

std::string Mirror::differs_in(const Mirror& o) const {
  if (self != o.self) return "self";
  const auto differ = [](const char* kind, const auto& mine, const auto& other) -> std::string {
    // Of so many, which ones are shown depends on who came first.
    if (other.size() > core::views::kCardsMax / 2) return {};
    for (const auto& [id, card] : mine)
      if (const auto it = other.find(id); it == other.end() || it->second != card)
        return std::string(kind) + ' ' + std::to_string(id.value) + (it == other.end() ? " (lacks)" : " (old)");
    for (const auto& [id, card] : other)
      if (!mine.contains(id)) return std::string(kind) + ' ' + std::to_string(id.value) + " (too many)";
    return {};
  };
  for (const auto& found :
       {differ("call", calls, o.calls), differ("incident", incidents, o.incidents), differ("unit", units, o.units),
        differ("alert", alerts, o.alerts), differ("task", tasks, o.tasks), differ("person", people, o.people),
        differ("shift", shifts, o.shifts), differ("staff", staff, o.staff), differ("case", cases, o.cases)})
    if (!found.empty()) return found;
  return {};
}

std::string Screens::follow(const core::State& state, const std::vector<core::Event>& events) {
  constexpr std::int64_t kCompareEvery = 8;  // batches: a comparison draws one screen anew, that of the next in turn
  const auto touched = touched_by_(state, events);
  core::views::Boards boards(state);
  PersonId in_turn;
  if (++batches_ % kCompareEvery == 0 && !screens_.empty()) {
    const auto next = screens_.upper_bound(last_compared_);
    in_turn = last_compared_ = next == screens_.end() ? screens_.begin()->first : next->first;
  }
  const core::Positions nowhere;
  for (const auto& [id, person] : state.people.people) {
    const auto* session = state.people.session_of(id);
    if (!session) {
      screens_.erase(id);
      continue;
    }
    const core::views::View view{state, nowhere, core::kPolicy, person};
    const auto found = screens_.find(id);
    if (found == screens_.end() || found->second.session != session->id) {
      auto& screen =
          screens_.insert_or_assign(id, Screen{session->id, core::views::Picture(session->id), {}}).first->second;
      screen.mirror.apply(screen.picture.complete(view));
      continue;
    }
    auto& screen = found->second;
    if (const auto update = screen.picture.changes(view, touched)) screen.mirror.apply(*update);
    if (touched.board)
      if (const auto update = screen.picture.board(view, boards)) screen.mirror.apply(*update);
    if (screen.mirror.gap) return "person " + std::to_string(id.value) + " missed an update";
    if (id != in_turn) continue;
    Mirror fresh;
    core::views::Picture picture(session->id);
    fresh.apply(picture.complete(view));
    ++compared_;
    if (const auto kind = fresh.differs_in(screen.mirror); !kind.empty())
      return "person " + std::to_string(id.value) + ": " + kind + " at event " + std::to_string(state.position);
  }
  return {};
}

const Mirror* Screens::of(PersonId person) const {
  const auto it = screens_.find(person);
  return it == screens_.end() ? nullptr : &it->second.mirror;
}

}  // namespace sigap::sim
