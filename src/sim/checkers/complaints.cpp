#include "sim/checkers/complaints.h"

#include "base/overloaded.h"

namespace sigap::sim {
namespace {

// The world's minutes stand for days: five of each level, fourteen by law, as complainants.h says it in other words.
constexpr Duration kLevel = minutes(2), kLaw = minutes(6);
constexpr Duration kSlack = seconds(1);  ///< what is due is served before anything else of its batch

}  // namespace

bool ComplaintsChecker::above(const StationCode& station, const StationCode& about) const {
  for (auto it = parents_.find(about); it != parents_.end() && it->second; it = parents_.find(it->second))
    if (it->second == station) return true;
  return false;
}

void ComplaintsChecker::look(CaseId id, const Known& known, Instant at, Duration most) {
  check(silent_, known.due <= at + most, "complaint", id.value);
  if (known.conduct && known.about) check(conduct_, above(known.station, known.about), "complaint", id.value);
}

void ComplaintsChecker::event(const core::Event& event, Instant) {
  const auto at = event.at;
  visit_some(Overloaded{
                 [&](const stations::StationDefined& e) { parents_[e.station.code] = e.station.parent; },
                 [&](const cases::CaseOpened& e) {
                   auto& known = known_[e.complaint] = {e.station, e.about, e.conduct, e.due};
                   look(e.complaint, known, at, kLevel);
                 },
                 [&](const cases::CaseMoved& e) {
                   auto& known = known_[e.complaint];
                   const auto before = known.due;
                   known.station = e.station;
                   known.conduct = e.conduct;
                   known.due = e.due;
                   look(e.complaint, known, at, std::max(kLevel, before - at));
                 },
                 [&](const cases::CaseRaised& e) {
                   auto& known = known_[e.complaint];
                   known.station = e.station;
                   known.late = true;
                   known.due = e.due.value_or(at);
                   look(e.complaint, known, at, kLevel);
                   check(silent_, e.due || !parents_[e.station], "somebody is above complaint", e.complaint.value);
                 },
                 [&](const cases::CaseAnswered& e) {
                   auto& known = known_[e.complaint];
                   known.closed = e.closes;
                   known.late = false;
                   known.due = e.due;
                   look(e.complaint, known, at, kLaw);
                 },
                 [&](const cases::CaseContested& e) {
                   auto& known = known_[e.complaint];
                   known.closed = false;
                   known.station = e.station;
                   known.due = e.due;
                   look(e.complaint, known, at, kLevel);
                 },
                 [&](const cases::CaseArchived& e) {
                   check(answered_, known_[e.complaint].closed, "complaint", e.complaint.value);
                   known_.erase(e.complaint);
                 },
                 [&](const tasks::TaskOpened& e) {
                   if (!e.complaint) return;
                   tasks_[e.task] = *e.complaint;
                   auto& known = known_[*e.complaint];
                   known.stands = e.station == known.station;
                 },
                 [&](const tasks::TaskClosed& e) {
                   if (const auto of = tasks_.extract(e.task)) known_[of.mapped()].stands = false;
                 },
             },
             event.body);
}

void ComplaintsChecker::step(const core::State&, Instant core_time) {
  for (const auto& [id, known] : known_) {
    if (known.closed) continue;
    check(silent_, known.late ? known.stands : core_time <= known.due + kSlack, "complaint", id.value);
  }
}

}  // namespace sigap::sim
