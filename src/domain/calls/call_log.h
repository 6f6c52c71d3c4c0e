// The live calls, by id and by leg.
#pragma once
#include <map>
#include <optional>

#include "domain/calls/call_events.h"

namespace sigap::calls {

struct CallLog {
  std::map<CallId, Call> calls;
  std::map<LegId, CallId> by_leg;     ///< of calls that have not ended
  std::map<CallId, Instant> waiting;  ///< emergency calls without an operator, by when the wait began

  void apply(const CallArrived& e, Instant at);
  void apply(const CallHomed& e);
  void apply(const CallAdmitted& e);
  void apply(const CallAccepted& e, Instant at);
  void apply(const CallConnected& e);
  void apply(const CallReturned& e, Instant at);
  void apply(const CallEnded& e, Instant at);
  void apply(const OutcomeSet& e);
  void apply(const CallClosed& e);
  void allow_second_ring(CallId call) { calls.at(call).second_ring = true; }
  void attach_incident(CallId call, IncidentId incident);

  const Call* find(CallId id) const;
  const Call* find(const LegId& leg) const;
};

}  // namespace sigap::calls
