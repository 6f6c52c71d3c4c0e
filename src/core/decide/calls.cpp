// A call's life: arrival, home, joining of voices, return to the queue, end, outcome.
#include "core/decide/calls.h"

#include "core/decide/callers.h"
#include "core/decide/conversations.h"
#include "core/decide/distribution.h"
#include "core/decide/event_alerts.h"
#include "core/decide/guests.h"
#include "core/decide/incidents.h"
#include "core/decide/joining.h"
#include "core/decide/listening.h"
#include "core/decide/outgoing.h"
#include "core/decide/people.h"
#include "core/decide/quality.h"
#include "core/decide/recordings.h"
#include "core/decide/ring_back.h"
#include "core/decide/tasks.h"
#include "domain/calls/better_place.h"

namespace sigap::core {
namespace {

using calls::CallEndedBy;
using calls::HomeReason;

/// The farthest that a caller can be from every district station and still be in the country: its exclusive economic
/// zone, 200 nautical miles (UNCLOS art. 57).
constexpr std::int64_t kFarthest_m = 370'400;

/// Where the call says that it is.
struct Placed {
  std::optional<Location> location;  ///< if it can be: a point abroad would send the call to whoever is least far
  std::optional<NearestDistrict> nearest = {};
};

Placed placed(const State& s, const std::optional<Location>& location) {
  if (!location) return {};
  auto nearest = s.indexes.nearest_district(location->point);
  if (nearest && nearest->distance_m > kFarthest_m) return {};
  return {location, std::move(nearest)};
}

Personal<calls::Whereabouts> whereabouts(CallId call, const std::optional<Location>& at, const std::string& civic) {
  if (!at && civic.empty()) return {subject_of(call), std::nullopt};
  calls::Whereabouts where;
  if (at) {
    where.point = at->point;
    where.radius_m = at->radius_m;
  }
  if (!civic.empty()) where.civic = civic;
  return personal(call, std::move(where));
}

/// D2 (docs/rules.md). The reason is recorded, so that a replay needs no location.
template <class In>
std::optional<calls::CallHomed> home_by_place(const State& s, const In& in, const Placed& at, CallId call) {
  if (!at.location) return std::nullopt;
  if (s.stations.find(in.located_station)) {
    calls::CallHomed homed{call, in.located_station, HomeReason::location};
    if (!in.located_beside.empty()) homed.beside = in.located_beside;
    return homed;
  }
  if (at.nearest) return calls::CallHomed{call, at.nearest->code, HomeReason::nearest};
  return std::nullopt;
}

calls::CallHomed home_of(const State& s, const CallArrives& in, const Placed& at, CallId call) {
  if (auto home = home_by_place(s, in, at, call)) return *home;
  if (const auto* station = s.stations.find(in.trunk_station))
    return {call, station->code,
            station->level == stations::StationLevel::polda ? HomeReason::province_desk : HomeReason::trunk};
  return {call, s.stations.headquarters(), HomeReason::headquarters};
}

}  // namespace

std::optional<StationCode> station_at(const State& s, GeoPoint point) {
  const auto at = placed(s, Location{point, 0});
  return at.nearest ? std::optional(at.nearest->code) : std::nullopt;
}

StationCode station_for(const State& s, const CallArrives& in) {
  return home_of(s, in, placed(s, in.location), {}).station;
}

void call_arrives(Decider& d, const CallArrives& in) {
  if (d.state.calls.find(in.leg)) return;  // the hand told twice
  const CallId call{d.state.next.call};
  const bool test = in.kind == calls::CallKind::test;
  calls::CallArrived arrived;
  arrived.call = call;
  arrived.kind = in.kind;
  arrived.leg = in.leg;
  arrived.trunk = in.trunk;
  arrived.dialled = in.dialled;
  arrived.caller = in.caller;
  arrived.number = {subject_of(call), in.number.empty() ? std::nullopt : std::optional(in.number)};
  const auto at = placed(d.state, in.location);
  arrived.location = whereabouts(call, at.location, in.civic);
  arrived.location_note = in.location && !at.location ? "location is not in the country" : in.location_note;
  arrived.foreign_ids = personal(call, in.foreign_ids);
  arrived.signalling = personal(call, in.signalling);
  d.emit(std::move(arrived));
  if (!in.language.empty()) caller_speaks(d, call, in.language);
  d.emit(home_of(d.state, in, at, call));
  if (test) {
    d.emit(calls::CallAdmitted{call, in.leg, calls::Admission::loop});
    return;
  }
  d.emit(calls::CallAdmitted{call, in.leg, in.admission, in.refused});
  if (in.admission == calls::Admission::refused) {
    call_ends(d, call, CallEndedBy::system, in.refused ? "refused: " + in.refused->reason : "refused");
    return;
  }
  prioritise(d, call);
  distribute(d);
}

void caller_moves(Decider& d, const CallerMoves& in) {
  const auto* found = d.state.calls.find(in.leg);
  if (!found || found->kind != calls::CallKind::emergency || found->state == calls::CallState::ended) return;
  const auto before = *found;
  const CallId id = before.id;
  auto at = placed(d.state, in.location);
  if (at.location && !calls::is_better_place(before.location.value, *at.location)) at = {};
  const bool moved = at.location.has_value(), new_address = !in.civic.empty() && before.civic.value != in.civic;
  if (!moved && !new_address) return;
  // What is not new stays known: an address takes no point away. Of a caller who was forgotten nothing is left to keep.
  const auto civic = new_address ? in.civic : before.civic.value.value_or("");
  d.emit(calls::CallLocated{id, whereabouts(id, moved ? at.location : before.location.value, civic),
                            moved ? in.note : before.location_note});
  incident_follows(d, id, place_told(before));
  // Who talks goes on talking. A station that an operator chose stays chosen, and whom we called is at home where they
  // called from.
  if (before.state != calls::CallState::waiting || before.direction != calls::Direction::incoming ||
      before.home_reason == HomeReason::transferred)
    return;
  const auto home = home_by_place(d.state, in, at, id);
  if (!home || (home->station == before.home && home->beside == before.beside)) return;
  d.emit(*home);
  if (home->station == before.home) return;
  // A ring goes on: it may be answered this moment. The right station rings beside it, and need not wait for that.
  if (d.state.timers.due(TimerKind::second_ring, id.value)) d.emit(distribution::SecondRingOpened{id});
  distribute(d);
}

void call_ends(Decider& d, CallId id, CallEndedBy by, std::string cause) {
  if (d.state.calls.find(id)->guest) guest_leaves(d, id, calls::GuestEnd::call_ended);
  const auto call = *d.state.calls.find(id);
  if (call.awaits_callee()) return unreached(d, id, by, std::move(cause), tasks::CallbackEnd::given_up);
  if (call.state == calls::CallState::ringing_back)
    return unreached(d, id, by, std::move(cause), tasks::CallbackEnd::hung_up);
  const bool answered = call.state == calls::CallState::talking || call.state == calls::CallState::relayed;
  const bool short_ring = !answered && d.now - call.arrived < d.policy.short_ring;
  end_offers_of(d, id, distribution::OfferEnd::call_ended);
  d.emit(calls::CallEnded{id, call.leg, by, answered, short_ring, std::move(cause)});
  if (call.kind == calls::CallKind::test) {
    d.emit(calls::CallClosed{id, call.incident});
  } else if (!answered) {
    if (call.home_reason == HomeReason::rang_back && d.state.tasks.find(call.task)) {
      const auto how = by == CallEndedBy::caller ? tasks::CallbackEnd::hung_up : tasks::CallbackEnd::failed;
      d.emit(tasks::CallbackTried{call.task, id, {}, how});
      ring_back_failed(d, call, how);
    }
    const auto kind = call.admission == calls::Admission::refused ? tasks::TaskKind::refused_call
                      : by == CallEndedBy::caller                 ? tasks::TaskKind::callback
                                                                  : tasks::TaskKind::cut_off;
    open_callback(d, id, kind, short_ring);
    d.emit(calls::CallClosed{id, call.incident});
  } else if (by == CallEndedBy::system || by == CallEndedBy::network) {
    open_callback(d, id, tasks::TaskKind::cut_off, false);
  }
  // The operator may be gone by now, or have chosen one when they handed it over: nobody is left to choose an outcome.
  const auto* op = d.state.people.operator_of(call.operator_);
  if (answered && (!op || op->call != id)) d.emit(calls::CallClosed{id, call.incident});
  distribute(d);
}

void leg_ended(Decider& d, const LegEnded& in) {
  if (const auto* call = d.state.calls.find(in.leg)) {
    if (call->awaits_callee())
      unreached(d, call->id, CallEndedBy::network, in.cause, in.unreached.value_or(tasks::CallbackEnd::failed));
    else
      call_ends(d, call->id, in.by, in.cause);
  } else if (const auto* host = d.state.calls.of_guest(in.leg)) {
    guest_leg_ended(d, *host, in);
  }
  if (const auto* leg = d.state.calls.leg(in.leg)) d.emit(calls::LegClosed{leg->call, in.leg});
}

void voice_renegotiated(Decider& d, const VoiceRenegotiated& in) {
  const auto* leg = d.state.calls.leg(in.leg);
  if (!leg || leg->ending) return;
  d.emit(calls::CallRenegotiated{leg->call, in.leg, in.sdp, in.offered, personal(leg->call, in.signalling)});
}

void voice_lost(Decider& d, const VoiceLost& in) {
  const auto* call = d.state.calls.find(in.leg);
  if (!call || !d.state.calls.leg(in.leg)->voice) return;  // it is being opened, or never was
  const CallId id = call->id;
  if (call->kind == calls::CallKind::test) return call_ends(d, id, CallEndedBy::system, "media lost");
  if (call->state == calls::CallState::ringing_back) ring_back_queue(d, id, false);
  if (call->state == calls::CallState::relayed)
    return_call(d, id, calls::ReturnReason::relay_lost);
  else if (call->guest)
    guest_leaves(d, id, calls::GuestEnd::failed);
  d.emit(calls::CallVoiceLost{id, in.leg});
  distribute(d);
}

void return_call(Decider& d, CallId id, calls::ReturnReason reason) {
  const auto call = *d.state.calls.find(id);
  if (call.awaits_callee())  // nobody is there yet who could wait
    return unreached(d, id, CallEndedBy::system, "operator lost", tasks::CallbackEnd::given_up, true);
  if (call.guest && guest_may_take_over(d.state, *call.guest)) {
    guest_takes_over(d, id);  // who knows the call goes on with it
  } else {
    if (call.guest) guest_leaves(d, id, calls::GuestEnd::call_ended);
    d.emit(calls::CallReturned{id, call.leg, call.offer, call.operator_, reason});
  }
  if (const auto* op = d.state.people.operator_of(call.operator_); op && op->call == id) {
    const bool theirs = reason == calls::ReturnReason::media_failed || reason == calls::ReturnReason::relay_lost;
    if (theirs && d.state.people.session(op->session)->connected)
      d.emit(people::OperatorReady{op->person});
    else
      operator_lost(d, op->person, true);
  }
  distribute(d);
}

void bridge_reported(Decider& d, const BridgeReported& in) {
  if (listening_reported(d, in)) return;
  const auto it = d.state.offers.find(in.offer);
  if (it == d.state.offers.end()) return;
  const auto* call = d.state.calls.find(it->second.call);
  if (call && guest_reported(d, *call, in)) return;
  if (!call || call->state != calls::CallState::talking || call->offer != in.offer) return;  // a late report
  if (call->awaits_callee()) return;  // nobody to join has picked up: somebody else's report
  if (in.joined) {
    if (call->connected) return;
    const auto joined = *call;
    d.emit(calls::CallConnected{joined.id, in.offer});
    caller_served(d, joined);
    recording_begins(d, joined);
  } else {
    return_call(d, call->id, calls::ReturnReason::media_failed);
  }
}

Verdict not_mine(const Decider& d, CallId id) {
  const auto* call = d.state.calls.find(id);
  if (!call || call->state != calls::CallState::talking) return no("gone", "this call is over", "call");
  if (call->operator_ != d.actor.person) return no("not_allowed", "this call is somebody else's", "call");
  return {};
}

Verdict hold_call(Decider& d, const HoldCall& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto& call = *d.state.calls.find(c.call);
  if (!call.connected) return no("not_yet", "the voices are not joined", "call");
  if (call.asked) return no("busy", "the caller is being told what to press", "call");
  if (!call.held) d.emit(calls::CallHeld{call.id, call.leg, call.offer});
  return {};
}

Verdict resume_call(Decider& d, const ResumeCall& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto& call = *d.state.calls.find(c.call);
  if (call.held || call.asked) resume(d, c.call, false);
  return {};
}

void resume(Decider& d, CallId id, bool by_timeout) {
  const auto& call = *d.state.calls.find(id);
  d.emit(calls::CallResumed{id, call.leg, call.offer, by_timeout});
}

Verdict hang_up(Decider& d, const HangUp& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  call_ends(d, c.call, CallEndedBy::operator_, "hang-up");
  return {};
}

calls::Outcome outcome_by_timeout(const State& s, CallId id) {
  const auto* call = s.calls.find(id);
  const auto* incident = call ? s.incidents.find(call->incident) : nullptr;
  if (!incident) return calls::Outcome::information;
  const bool told = incident->type != incidents::IncidentType::unknown;
  const bool urgent = incident->priority == incidents::Priority::p1;
  const bool report = told || urgent || incident->into || help_sent(s, incident->id);
  return report ? calls::Outcome::genuine : calls::Outcome::information;
}

Verdict set_outcome(Decider& d, CallId id, calls::Outcome outcome, bool by_timeout) {
  const auto* found = d.state.calls.find(id);
  if (!found) return no("gone", "this call is closed", "call");
  const auto call = *found;
  if (!by_timeout && call.operator_ != d.actor.person) return no("not_allowed", "this call is somebody else's", "call");
  if (call.outcome_set) return no("gone", "this call has its outcome", "call");
  if (call.awaits_callee() || call.state == calls::CallState::waiting)
    return no("not_yet", "this call has not been answered", "call");
  if (call.state == calls::CallState::talking) call_ends(d, id, CallEndedBy::operator_, "hang-up");
  d.emit(calls::OutcomeSet{id, call.incident, call.operator_, outcome, by_timeout});
  draw_review(d, call, outcome);
  if (!by_timeout) judge_number(d, call, outcome);
  // What turned out to be nothing takes its draft along, unless help was sent for it.
  const auto* incident = d.state.incidents.find(call.incident);
  const bool help_sent = d.state.dispatch.tried.contains(call.incident);
  // Not so where others stand behind it, or it stands behind another: that event is closed with its root. A prank,
  // though, is nobody's report.
  if (outcome == calls::Outcome::prank && !by_timeout && incident && !incident->closed && incident->into && !help_sent)
    split_incident(d, call.incident);
  const bool alone = incident && d.state.incidents.event_of(call.incident).size() == 1;
  if (outcome != calls::Outcome::genuine && !by_timeout && alone && !incident->closed && !help_sent) {
    using incidents::Answer;
    close_incident(d, call.incident,
                   outcome == calls::Outcome::duplicate ? Answer::duplicate
                   : outcome == calls::Outcome::prank   ? Answer::false_report
                                                        : Answer::no_police_matter);
  }
  const auto* op = d.state.people.operator_of(call.operator_);
  if (op && op->state == people::OperatorState::wrap_up && op->call == id) {
    const bool here = d.state.people.session(op->session)->connected;
    if (!here)
      operator_lost(d, op->person, true);
    else if (by_timeout)
      d.emit(people::OperatorNotReady{op->person, people::NotReadyReason::missed});
    else
      d.emit(people::OperatorReady{op->person});
  }
  distribute(d);
  return {};
}

}  // namespace sigap::core
