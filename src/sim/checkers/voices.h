// Who talks to whom. Idea: whoever answers names the offer, so a late answer is refused and not misread.
#pragma once
#include <set>

#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class VoicesChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  struct Offer {
    CallId call;
    PersonId person;
  };
  void accepted(const calls::CallAccepted& e);
  void over(CallId call);
  void guest_came(const calls::GuestCame& e);
  void guest_left(const calls::GuestLeft& e);

  Rule& one_operator_ = rule("never two operators on a call");
  Rule& one_call_ = rule("never two calls at an operator");
  Rule& one_guest_ = rule("a call has one guest at most");
  Rule& names_ = rule("who answers names a ring of their own");
  Rule& incident_ = rule("a call keeps its incident");
  Rule& asked_ = rule("who was asked to press a key hears the operator again");
  Rule& silent_ = rule("who cannot speak goes before others");
  Rule& held_ = rule("nobody is forgotten on hold");
  IdMap<CallId, PersonId> on_call_;
  IdMap<CallId, OfferId> guests_;  ///< invited or there
  IdMap<PersonId, CallId> talks_;
  IdMap<OfferId, Offer> offers_;  ///< live
  std::set<CallId> silent_calls_, urgent_calls_;
  IdMap<CallId, IncidentId> incidents_;
  std::set<IncidentId> open_incidents_;
  IdMap<CallId, Instant> held_since_, asked_since_;
};

}  // namespace sigap::sim
