#include "domain/calls/call_log.h"

namespace sigap::calls {

void CallLog::apply(const CallArrived& e, Instant at) {
  Call c;
  c.id = e.call;
  c.kind = e.kind;
  c.leg = e.leg;
  c.trunk = e.trunk;
  c.caller = e.caller;
  c.number = e.number;
  c.location = e.location;
  c.location_note = e.location_note;
  c.arrived = c.waiting_since = at;
  calls[e.call] = c;
  by_leg[e.leg] = e.call;
  if (e.kind == CallKind::emergency) waiting[e.call] = at;
}

void CallLog::apply(const CallHomed& e) {
  Call& c = calls.at(e.call);
  c.home = e.station;
  c.home_reason = e.reason;
}

void CallLog::apply(const CallAdmitted& e) {
  calls.at(e.call).admission = e.how;
}

void CallLog::apply(const CallAccepted& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::talking;
  c.operator_ = e.person;
  c.offer = e.offer;
  c.accepted = at;
  c.connected = false;
  waiting.erase(e.call);
}

void CallLog::apply(const CallConnected& e) {
  calls.at(e.call).connected = true;
}

void CallLog::apply(const CallReturned& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::waiting;
  c.waiting_since = at;
  c.connected = false;
  c.offer = {};
  c.operator_ = {};
  ++c.returns;
  waiting[e.call] = at;
}

void CallLog::apply(const CallEnded& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::ended;
  c.ended = at;
  c.ended_by = e.by;
  waiting.erase(e.call);
  by_leg.erase(e.leg);
}

void CallLog::apply(const OutcomeSet& e) {
  calls.erase(e.call);
}
void CallLog::apply(const CallClosed& e) {
  calls.erase(e.call);
}
void CallLog::attach_incident(CallId call, IncidentId incident) {
  const auto it = calls.find(call);
  if (it != calls.end()) it->second.incident = incident;
}

const Call* CallLog::find(CallId id) const {
  const auto it = calls.find(id);
  return it == calls.end() ? nullptr : &it->second;
}

const Call* CallLog::find(const LegId& leg) const {
  const auto it = by_leg.find(leg);
  return it == by_leg.end() ? nullptr : find(it->second);
}

}  // namespace sigap::calls
