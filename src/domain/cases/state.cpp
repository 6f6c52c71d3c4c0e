#include "domain/cases/state.h"

#include <algorithm>

namespace sigap::cases {
namespace {

/// Of a journal that holds the event the case is always there; a mutant's may not be.
Case* in(IdMap<CaseId, Case>& cases, CaseId id) {
  const auto it = cases.find(id);
  return it == cases.end() ? nullptr : &it->second;
}

}  // namespace

void State::apply(const CategoriesDefined& e) {
  categories = e.categories;
}

void State::apply(const CaseOpened& e, Instant at) {
  Case c;
  c.id = e.complaint;
  c.origin = e.origin;
  c.call = e.call;
  c.category = e.category;
  c.conduct = e.conduct;
  c.about = e.about;
  c.station = e.station;
  c.caller = e.caller;
  c.number = e.number;
  c.text = e.text;
  c.where = e.where;
  c.code_hash = e.code_hash;
  c.opened = at;
  c.limit = e.limit;
  c.due = e.due;
  c.entries.push_back({EntryKind::opened, at, {}, e.station, {}, {}});
  if (!e.code_hash.empty()) by_code[e.code_hash] = e.complaint;
  if (e.caller) by_caller[e.caller].insert(e.complaint);
  next = e.complaint.value + 1;
  cases[e.complaint] = std::move(c);
}

void State::apply(const CaseMoved& e, Instant at) {
  auto* c = in(cases, e.complaint);
  if (!c) return;
  c->station = e.station;
  c->category = e.category;
  c->conduct = e.conduct;
  c->due = e.due;
  c->entries.push_back({EntryKind::moved, at, e.person, e.station, {}, {}});
}

void State::apply(const CaseRaised& e, Instant at) {
  auto* c = in(cases, e.complaint);
  if (!c) return;
  c->late = true;
  c->station = e.station;
  if (e.due) c->due = *e.due;
  c->entries.push_back({e.due ? EntryKind::raised : EntryKind::late, at, {}, e.station, {}, {}});
}

void State::apply(const CaseAnswered& e, Instant at) {
  auto* c = in(cases, e.complaint);
  if (!c) return;
  c->heard = true;
  c->late = false;
  if (e.closes) {
    c->closed = at;
    c->until = e.due;
  } else {
    c->due = e.due;
  }
  c->entries.push_back({e.closes ? EntryKind::closed : EntryKind::answered, at, e.person, c->station, e.text, {}});
}

void State::apply(const CaseNoted& e, Instant at) {
  if (auto* c = in(cases, e.complaint)) c->entries.push_back({EntryKind::noted, at, e.person, c->station, e.text, {}});
}

void State::apply(const CaseContested& e, Instant at) {
  auto* c = in(cases, e.complaint);
  if (!c) return;
  c->contested = true;
  c->closed.reset();
  c->mark.reset();
  c->heard = false;
  c->station = e.station;
  c->limit = e.limit;
  c->due = e.due;
  c->entries.push_back({EntryKind::not_solved, at, {}, e.station, e.text, {}});
}

void State::apply(const CaseRated& e, Instant at) {
  auto* c = in(cases, e.complaint);
  if (!c) return;
  c->mark = e.mark;
  c->entries.push_back({EntryKind::rated, at, {}, c->station, {}, e.mark});
}

void State::apply(const CaseArchived& e) {
  const auto it = cases.find(e.complaint);
  if (it == cases.end()) return;
  by_code.erase(it->second.code_hash);
  if (const auto theirs = by_caller.find(it->second.caller);
      theirs != by_caller.end() && theirs->second.erase(e.complaint) && theirs->second.empty())
    by_caller.erase(theirs);
  cases.erase(it);
}

void State::stands_for(TaskId task, CaseId complaint) {
  if (auto* c = in(cases, complaint)) c->task = task;
}

const Case* State::find(CaseId id) const {
  const auto it = cases.find(id);
  return it == cases.end() ? nullptr : &it->second;
}

const Case* State::of_code(const std::string& code_hash) const {
  const auto it = by_code.find(code_hash);
  return it == by_code.end() ? nullptr : find(it->second);
}

const Category* State::category(const std::string& code) const {
  const auto it = std::ranges::find(categories, code, &Category::code);
  return it == categories.end() ? nullptr : &*it;
}

}  // namespace sigap::cases
