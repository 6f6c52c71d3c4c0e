// Which things' cards an event may have changed, for anybody. Invariant: whoever refreshes just these has the same
// picture as who draws everything anew (picture_test).
#pragma once
#include <set>

#include "core/state.h"

namespace sigap::core::views {

struct Touched {
  bool everything = false;  ///< a name or a station changed: rare, so all is drawn anew
  bool board = false;
  std::set<CallId> calls;
  std::set<IncidentId> incidents;
  std::set<AlertId> alerts;
  std::set<TaskId> tasks;
  std::set<PersonId> units;
  std::set<ShiftId> shifts;
  std::set<ReviewId> reviews;
  std::set<ApprovalId> approvals;
  std::set<SignInRefusalId> refused_sign_ins;
  std::set<ClientId> clients;
  std::set<CaseId> cases;
  std::set<PersonId> people;  ///< their own card and, for administrators and planners, their record

  bool nothing() const;
};

/// `state` is the one after all of `events`.
Touched touched_by(const State& state, const std::vector<Event>& events);

}  // namespace sigap::core::views
