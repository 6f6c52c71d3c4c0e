// What operators are doing and who waits, as the events alone tell it: the model of the checkers of distribution.
#pragma once
#include <set>

#include "base/code_map.h"
#include "base/id_map.h"
#include "core/state.h"

namespace sigap::sim {

class Floor {
 public:
  struct Operator {
    StationCode station;
    SessionId session;
    people::OperatorState state = people::OperatorState::not_ready;
    bool here = false;                  ///< the browser
    std::size_t* of_station = nullptr;  ///< how many are ready at theirs
    bool ready() const { return here && state == people::OperatorState::ready; }
  };
  struct Waiting {
    StationCode home;
    Instant arrived;
    bool urgent = false, doubted = false, for_standing = false;
    std::set<OfferId> rings;
  };
  void event(const core::Event& event);

  const IdMap<PersonId, Operator>& operators() const { return operators_; }
  const IdMap<CallId, Waiting>& waiting() const { return waiting_; }
  std::size_t ready() const { return ready_; }
  std::size_t ready_at(const StationCode& station) const;
  /// Waiting calls that ring nowhere, most urgent and oldest first.
  const std::set<std::tuple<bool, Instant, CallId>>& unheard() const { return unheard_; }

 private:
  template <class Change>
  void change(PersonId person, const Change& how);
  template <class Change>
  void change(CallId call, const Change& how);
  void count(const Operator& op, bool in);
  std::tuple<bool, Instant, CallId> place(CallId id, const Waiting& w) const { return {!w.urgent, w.arrived, id}; }

  IdMap<PersonId, StationCode> station_of_;
  IdMap<PersonId, bool> takes_calls_;
  IdMap<PersonId, Operator> operators_;
  std::int64_t epoch_ = 0;
  IdMap<SessionId, PersonId> session_;
  CodeMap<StationCode, std::size_t> ready_at_;
  std::size_t ready_ = 0;
  IdMap<CallId, Waiting> waiting_;
  IdMap<CallId, Waiting> talking_;  ///< may come back
  IdMap<OfferId, CallId> offers_;
  std::set<std::tuple<bool, Instant, CallId>> unheard_;
};

}  // namespace sigap::sim
