// The complaints that are open, or were closed a short while ago.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/id_map.h"
#include "domain/cases/case_events.h"

namespace sigap::cases {

struct State {
  std::int64_t next = 1;
  std::vector<Category> categories;
  IdMap<CaseId, Case> cases;
  std::map<std::string, CaseId> by_code;            ///< hash: what is filed twice is one
  std::map<CallerRef, std::set<CaseId>> by_caller;  ///< of callers who have a reference

  void apply(const CategoriesDefined& e);
  void apply(const CaseOpened& e, Instant at);
  void apply(const CaseMoved& e, Instant at);
  void apply(const CaseRaised& e, Instant at);
  void apply(const CaseAnswered& e, Instant at);
  void apply(const CaseNoted& e, Instant at);
  void apply(const CaseContested& e, Instant at);
  void apply(const CaseRated& e, Instant at);
  void apply(const CaseArchived& e);
  /// This task stands for its being late; 0: none does any more.
  void stands_for(TaskId task, CaseId complaint);

  const Case* find(CaseId id) const;
  const Case* of_code(const std::string& code_hash) const;
  const Category* category(const std::string& code) const;
};

}  // namespace sigap::cases
