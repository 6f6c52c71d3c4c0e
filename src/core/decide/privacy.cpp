// People's data: who read it is written down, and it is forgotten when somebody asks and two administrators agree, or
// when its time is over. What is still being worked on is never forgotten: somebody may be waiting for help.
// Law: UU 27/2022 art. 5-8, 16, 31.
#include "core/decide/privacy.h"

#include <algorithm>
#include <set>

#include "core/decide/approvals.h"
#include "core/decide/evidence.h"

namespace sigap::core {
namespace {

/// Of callbacks in journals of before: what is known of the caller was sealed as part of their call.
std::set<std::string> called_back_with(const State& s) {
  std::set<std::string> subjects;
  for (const auto& [id, task] : s.tasks.tasks) subjects.insert(task.number.subject.value);
  return subjects;
}

/// Without what is kept as evidence.
Records not_held(const State& s, Records records) {
  if (!s.holds || s.holds->empty()) return records;
  const auto held = privacy::held_by(*s.holds);
  const auto take_out = [](auto& ids, const auto& of) {
    std::erase_if(ids, [&](auto id) { return std::ranges::binary_search(of, id); });
  };
  take_out(records.calls, held.calls);
  take_out(records.incidents, held.incidents);
  take_out(records.tasks, held.tasks);  // a complaint is never held
  return records;
}

/// Those that are part of the state no more, and lend their key to nothing that is.
Records closed(const State& s, const Records& all) {
  Records left;
  const auto lent = called_back_with(s);
  std::ranges::copy_if(all.calls, std::back_inserter(left.calls),
                       [&](CallId id) { return !s.calls.find(id) && !lent.contains(subject_of(id).value); });
  std::ranges::copy_if(all.incidents, std::back_inserter(left.incidents),
                       [&](IncidentId id) { return !s.incidents.find(id); });
  std::ranges::copy_if(all.tasks, std::back_inserter(left.tasks), [&](TaskId id) { return !s.tasks.find(id); });
  std::vector<CaseId> over;
  std::ranges::copy_if(all.complaints(), std::back_inserter(over), [&](CaseId id) { return !find_case(s, id); });
  left.set_complaints(std::move(over));
  return left;
}

}  // namespace

Verdict look_up_caller(Decider& d, const std::optional<CallerRecords>& found) {
  if (!found) return no("unavailable", "the index of records cannot be read", "number");
  d.emit(privacy::CallerLookedUp{d.actor.session, d.actor.person, found->caller, found->records});
  return {};
}

Verdict forget_caller(Decider& d, const ForgetCaller& c, const std::optional<CallerRecords>& found) {
  if (!found) return no("unavailable", "the index of records cannot be read", "number");
  if (auto wrong = no_reason(c.reason)) return wrong;
  if (!found->caller || found->records.empty()) return no("unknown", "nothing is kept of this number", "number");
  if (closed(d.state, found->records) != found->records)
    return no("still_open", "something of this caller is open, or was closed a short while ago", "number");
  if (not_held(d.state, found->records) != found->records)
    return no("held", "something of this caller is kept as evidence: lift the hold first", "number");
  people::ApprovalAsked asked;
  asked.kind = people::ApprovalKind::erasure;
  asked.station = d.state.people.person(d.actor.person)->station;
  asked.erasure = people::Erasure{found->caller, found->records, personal(d.actor.person, c.reason)};
  if (waits_for_second(d)) return ask_second(d, std::move(asked));
  erase(d, *asked.erasure, d.actor.person);
  return {};
}

void erase(Decider& d, const people::Erasure& erasure, PersonId asked_by) {
  if (d.state.standing.numbers.contains(erasure.caller))
    d.emit(reputation::NumberCleared{erasure.caller, {}, asked_by, reputation::ClearReason::forgiven});
  auto records = not_held(d.state, closed(d.state, erasure.records));
  if (records.empty()) return;
  d.emit(
      privacy::RecordsForgotten{std::move(records), privacy::Basis::request, erasure.caller, asked_by, erasure.reason});
}

void records_shown(Decider& d, const RecordsShown& in) {
  if (!in.records.empty()) d.emit(privacy::RecordsRead{in.session, in.person, in.records});
}

void retention_over(Decider& d, const RetentionOver& in) {
  auto records = not_held(d.state, closed(d.state, in.records));
  if (records.empty()) return;
  privacy::RecordsForgotten forgotten;
  forgotten.records = std::move(records);
  d.emit(std::move(forgotten));
}

}  // namespace sigap::core
