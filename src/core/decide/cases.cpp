// Complaints. Each is answered by a level of the police, or goes one level up, where a person is told; the highest has
// it before it until it answers. Law: UU 25/2009 art. 40-50.
#include "core/decide/cases.h"

#include <algorithm>

#include "base/hash.h"
#include "base/phone_number.h"
#include "core/access/access.h"
#include "core/decide/calls.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

constexpr std::size_t kCaseTextMin_bytes = 10;  // what says anything; own

StationCode above(const State& s, const StationCode& station) {
  const auto* known = s.stations.find(station);
  return known && known->parent ? known->parent : s.stations.headquarters();
}

/// Somebody of the station may answer complaints.
bool has_supervisor(const State& s, const StationCode& station) {
  return std::ranges::any_of(s.people.people, [&](const auto& each) {
    const auto& person = each.second;
    return person.station == station && !person.disabled && person.role == people::Role::supervisor;
  });
}

/// Who answers for what belongs to this station: the station, or the next above it that has somebody for it. A station
/// that was closed has nobody.
StationCode answering_at(const State& s, StationCode station) {
  const auto top = s.stations.headquarters();
  if (!s.stations.find(station)) station = top;
  while (station != top && !has_supervisor(s, station)) station = above(s, station);
  return station;
}

/// Our own limit, but never after the law's while that lies ahead.
Instant due_of(const Decider& d, Instant limit) {
  const auto own = d.now + d.policy.case_answer_within;
  return limit > d.now ? std::min(own, limit) : own;
}

const cases::Case* own_case(const State& s, CaseId id, const std::string& code_hash) {
  const auto* found = find_case(s, id);
  return found && !found->code_hash.empty() && found->code_hash == code_hash ? found : nullptr;
}

Verdict text_objection(const std::string& text) {
  if (text.empty()) return no("invalid", "write something", "text");
  if (text.size() > cases::kTextMax_bytes) return no("too_long", "at most 4000 bytes", "text");
  return {};
}

/// By a message that says nothing of it: a telephone may be in other hands.
void tell_citizen(Decider& d, CaseId id, const std::string& what) {
  const auto* complaint = find_case(d.state, id);
  if (!complaint || !complaint->number.known()) return;
  const auto number = complaint->number;
  const auto text = "Polri 110: pengaduan " + cases::number_of(id, complaint->opened) + what;
  d.emit(cases::CaseMessageOrdered{{d.state.next.message}, id, number, personal(id, text)});
}

void task_over(Decider& d, CaseId id) {
  const auto* complaint = find_case(d.state, id);
  const auto task = complaint ? complaint->task : TaskId{};
  if (task && d.state.tasks.find(task)) d.emit(tasks::TaskClosed{task, d.actor.person, tasks::TaskReason::handled, {}});
}

/// It stands before whoever answers for it from now on; one that stands already has come along.
void task_for_late(Decider& d, CaseId id) {
  if (find_case(d.state, id)->task) return;
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::late_complaint;
  task.station = find_case(d.state, id)->station;
  task.complaint = id;
  open_task(d, std::move(task));
}

bool full(const State& s) {
  return s.cases && s.cases->cases.size() >= cases::kCasesMax;
}

/// With its limits, at who answers for it. `about` is known and, if it is about conduct, has somebody above it.
CaseId open_case(Decider& d, cases::CaseOpened opened) {
  opened.complaint = {d.state.cases ? d.state.cases->next : 1};
  const auto home = opened.about ? opened.about : d.state.stations.headquarters();
  opened.station = answering_at(d.state, opened.conduct && opened.about ? above(d.state, home) : home);
  opened.limit = d.now + d.policy.case_limit;
  opened.due = due_of(d, opened.limit);
  const auto id = opened.complaint;
  d.emit(std::move(opened));
  return id;
}

}  // namespace

Verdict define_case_categories(Decider& d, const DefineCaseCategories& in) {
  if (const auto wrong = cases::objection(in.categories)) return no("invalid", *wrong, "categories");
  if (d.state.cases && d.state.cases->categories == in.categories) return {};
  d.emit(cases::CategoriesDefined{in.categories});
  return {};
}

Verdict complain(Decider& d, const CaseArrives& in) {
  const auto& s = d.state;
  if (in.code_hash.empty()) return no("invalid", "16 letters", "code");
  if (s.cases && s.cases->of_code(in.code_hash)) return {};  // said again
  const auto* category = s.cases ? s.cases->category(in.category) : nullptr;
  if (!category) return no("invalid", "no such category", "category");
  if (in.station && !s.stations.find(in.station)) return no("invalid", "no such station", "station");
  if (in.text.size() < kCaseTextMin_bytes) return no("invalid", "at least 10 bytes", "text");
  if (auto wrong = text_objection(in.text)) return wrong;
  if (in.where.size() > cases::kWhereMax_bytes) return no("too_long", "at most 200 bytes", "where");
  if (in.number.size() > cases::kNumberMax_bytes) return no("too_long", "at most 32 bytes", "number");
  if (full(s)) return no("too_many", "too many complaints are open");
  // Of the headquarters' own people nobody of ours is the judge.
  if (category->conduct && in.station && in.station == s.stations.headquarters())
    return no("outside", "for whoever oversees the police: Kompolnas, Ombudsman RI", "station");
  cases::CaseOpened opened;
  opened.origin = cases::CaseOrigin::page;
  opened.category = in.category;
  opened.conduct = category->conduct;
  opened.about = in.station;
  opened.caller = in.caller;
  const CaseId id{s.cases->next};
  opened.number = {subject_of(id), in.number.empty() ? std::nullopt : std::optional(canonical_number(in.number))};
  opened.text = personal(id, in.text);
  opened.where = {subject_of(id), in.where.empty() ? std::nullopt : std::optional(in.where)};
  opened.code_hash = in.code_hash;
  open_case(d, std::move(opened));
  return {};
}

Verdict outcome_said(Decider& d, const SetOutcome& c, const std::string& fresh) {
  // What the call leaves behind is read before it goes.
  const auto* found = d.state.calls.find(c.call);
  const auto call = found ? std::optional(*found) : std::nullopt;
  const auto* incident = call ? d.state.incidents.find(call->incident) : nullptr;
  const auto notes = incident ? incident->notes.value : std::nullopt;
  if (auto refusal = set_outcome(d, c.call, c.outcome, false)) return refusal;
  if (c.outcome != calls::Outcome::complaint || !call || full(d.state)) return {};
  const auto code = cases::fresh_code(fresh);
  const CaseId id{d.state.cases ? d.state.cases->next : 1};
  cases::CaseOpened opened;
  opened.origin = cases::CaseOrigin::call;
  opened.call = call->id;
  // Nobody has judged yet what it is about: until somebody above has, it is kept from the station as one about its
  // people.
  if (call->home != d.state.stations.headquarters()) {
    opened.about = call->home;
    opened.conduct = true;
  }
  opened.caller = call->caller;
  // Who calls by a page is told there: the number that they wrote may be anybody's.
  const bool page = call->by_page();
  if (page)
    opened.number = personal(id, call->leg.value);
  else if (call->number.value)
    opened.number = {subject_of(id), canonical_number(*call->number.value)};
  else
    opened.number = {subject_of(id), std::nullopt};
  opened.text = {subject_of(id), notes};
  opened.where = {subject_of(id), std::nullopt};
  if (!code.empty()) opened.code_hash = sha256_hex(code);
  open_case(d, std::move(opened));
  if (find_case(d.state, id) && !code.empty())
    tell_citizen(d, id, " diterima. Kode: " + cases::shown_code(code) + ". Jawaban: " + d.policy.public_url + "/adu");
  return {};
}

Verdict answer_case(Decider& d, const AnswerCase& c) {
  const auto* complaint = find_case(d.state, c.complaint);
  if (!complaint) return no("unknown", "no such complaint", "complaint");
  if (complaint->closed) return no("closed", "this complaint is closed", "complaint");
  if (auto wrong = text_objection(c.text)) return wrong;
  if (!c.closes && complaint->entries.size() >= cases::kEntriesMax)
    return no("too_many", "close it by this answer", "complaint");
  // Between two answers no more time passes than the law leaves for the first.
  const auto due = d.now + (c.closes ? d.policy.case_contested_within : d.policy.case_limit);
  task_over(d, c.complaint);
  d.emit(cases::CaseAnswered{c.complaint, d.actor.person, personal(c.complaint, c.text), c.closes, due});
  tell_citizen(d, c.complaint, " dijawab. Baca dengan nomor dan kode Anda: " + d.policy.public_url + "/adu");
  return {};
}

Verdict note_case(Decider& d, const NoteCase& c) {
  const auto* complaint = find_case(d.state, c.complaint);
  if (!complaint) return no("unknown", "no such complaint", "complaint");
  if (auto wrong = text_objection(c.text)) return wrong;
  if (complaint->entries.size() >= cases::kEntriesMax) return no("too_many", "its timeline is full", "complaint");
  d.emit(cases::CaseNoted{c.complaint, d.actor.person, personal(c.complaint, c.text)});
  return {};
}

Verdict move_case(Decider& d, const MoveCase& c) {
  const auto* complaint = find_case(d.state, c.complaint);
  if (!complaint) return no("unknown", "no such complaint", "complaint");
  if (complaint->closed) return no("closed", "this complaint is closed", "complaint");
  const auto* category = d.state.cases->category(c.category);
  if (!category) return no("invalid", "no such category", "category");
  if (!d.state.stations.find(c.station)) return no("invalid", "no such station", "station");
  // What a citizen said is about conduct stays so; of a call it is only supposed.
  const bool supposed = complaint->origin == cases::CaseOrigin::call && complaint->category.empty();
  const bool conduct = category->conduct || (complaint->conduct && !supposed);
  if (conduct && complaint->about && !access::may_judge(d.state, c.station, complaint->about))
    return no("conduct", "about conduct there: for a station above it alone", "station");
  if (c.station != d.state.stations.headquarters() && !has_supervisor(d.state, c.station))
    return no("nobody", "nobody at that station may answer it", "station");
  if (complaint->entries.size() >= cases::kEntriesMax) return no("too_many", "its timeline is full", "complaint");
  // Moving it wins no time, unless its time is over and there was nobody above.
  const auto due = complaint->due > d.now ? complaint->due : d.now + d.policy.case_answer_within;
  d.emit(cases::CaseMoved{c.complaint, d.actor.person, c.station, c.category, conduct, due});
  return {};
}

Verdict complain(Decider& d, const CaseDisputed& in) {
  const auto* complaint = own_case(d.state, in.complaint, in.code_hash);
  if (!complaint) return no("unknown", "no such complaint", "number");
  if (!complaint->closed || complaint->contested) return no("gone", "not closed, or said before", "number");
  if (auto wrong = text_objection(in.text)) return wrong;
  const auto id = in.complaint;
  const auto limit = d.now + d.policy.case_limit;
  const auto station = answering_at(d.state, above(d.state, complaint->station));
  d.emit(cases::CaseContested{id, personal(id, in.text), station, limit, due_of(d, limit)});
  return {};
}

Verdict complain(Decider& d, const CaseMarked& in) {
  const auto* complaint = own_case(d.state, in.complaint, in.code_hash);
  if (!complaint) return no("unknown", "no such complaint", "number");
  if (in.mark < 1 || in.mark > cases::kMarkMost) return no("invalid", "1 to 5", "mark");
  if (!complaint->closed || complaint->mark) return no("gone", "not closed, or rated before", "number");
  d.emit(cases::CaseRated{in.complaint, in.mark});
  return {};
}

void case_due(Decider& d, CaseId id) {
  const auto* complaint = find_case(d.state, id);
  if (!complaint) return;
  if (complaint->closed) return d.emit(cases::CaseArchived{id});
  const auto limit = complaint->limit;
  if (complaint->station == d.state.stations.headquarters())
    d.emit(cases::CaseRaised{id, complaint->station, {}});
  else
    d.emit(cases::CaseRaised{id, answering_at(d.state, above(d.state, complaint->station)), due_of(d, limit)});
  task_for_late(d, id);
}

}  // namespace sigap::core
