// The third voice: who is asked, comes, leaves, or gets the call. The caller waits for nobody here: the operator stays
// until the guest has the call, and whatever fails leaves the two as they were.
#include "core/decide/guests.h"

#include <algorithm>

#include "core/decide/calls.h"
#include "core/decide/distribution.h"
#include "core/decide/incidents.h"
#include "core/decide/outgoing.h"
#include "core/decide/people.h"

namespace sigap::core {
namespace {

using calls::GuestEnd;
using calls::GuestKind;
using calls::GuestState;
using people::NotReadyReason;
using people::OperatorState;

/// Only who talks to the caller, who has picked up; and nobody is a guest yet.
Verdict no_room(const Decider& d, CallId id) {
  if (auto refusal = not_mine(d, id)) return refusal;
  const auto& call = *d.state.calls.find(id);
  if (call.awaits_callee()) return no("not_yet", "nobody has picked up yet", "call");
  if (call.guest) return no("busy", "somebody else is in this call, or rings", "call");
  return {};
}

/// A person of this station who can hear it at this moment.
bool supervisor_here(const State& s, const StationCode& station) {
  return std::ranges::any_of(s.people.sessions, [&](const auto& entry) {
    const auto& session = entry.second;
    const auto& person = *s.people.person(session.person);
    return session.connected && person.role == people::Role::supervisor && s.stations.within(station, person.station);
  });
}

calls::GuestInvited invitation(const Decider& d, CallId call, GuestKind kind) {
  calls::GuestInvited invited;
  invited.call = call;
  invited.offer = {d.state.next.offer};
  invited.kind = kind;
  return invited;
}

/// The guest, a person, is in the call: `fresh` names the way to the operator.
void comes(Decider& d, CallId id, SessionId session, const std::string& fresh) {
  const auto call = *d.state.calls.find(id);
  calls::GuestCame came;
  came.call = id;
  came.offer = call.guest->offer;
  came.kind = call.guest->kind;
  came.person = call.guest->person;
  came.session = session;
  came.leg = leg_named(fresh);
  came.desk_leg = {came.leg.value + "-desk"};
  came.desk = d.state.people.operator_of(call.operator_)->session;
  d.emit(came);
}

/// What a guest does next: what they did before.
void set_free(Decider& d, const calls::Guest& guest, GuestEnd how) {
  const auto* op = d.state.people.operator_of(guest.person);
  if (!op || op->state != OperatorState::talking) return;
  if (how == GuestEnd::lost)
    operator_lost(d, op->person, guest.was_ready);
  else if (guest.was_ready)
    d.emit(people::OperatorReady{op->person});
  else
    not_ready_again(d, op->person);
}

}  // namespace

bool is_guest(const State& s, CallId id, PersonId person) {
  const auto* call = s.calls.find(id);
  return call && call->guest && call->guest->person == person && call->operator_ != person;
}

bool guest_may_take_over(const State& s, const calls::Guest& guest) {
  const auto* session = s.people.session_of(guest.person);
  return guest.state == GuestState::joined && guest.kind != GuestKind::outside && session && session->connected;
}

Verdict ask_supervisor(Decider& d, const AskSupervisor& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto& call = *d.state.calls.find(c.call);
  if (call.help_asked.has_value() == c.wanted) return {};
  if (c.wanted && call.awaits_callee()) return no("not_yet", "nobody has picked up yet", "call");
  if (c.wanted && call.guest) return no("busy", "somebody else is in this call, or rings", "call");
  if (c.wanted && !supervisor_here(d.state, call.home) &&
      !supervisor_here(d.state, d.state.people.person(d.actor.person)->station))
    return no("nobody_ready", "no supervisor is here", "call");
  d.emit(calls::SupervisorAsked{c.call, d.actor.person, c.wanted});
  return {};
}

Verdict join_call(Decider& d, const JoinCall& c, const std::string& fresh) {
  if (auto refusal = not_free(d)) return refusal;
  const auto* call = d.state.calls.find(c.call);
  if (!call || call->state != calls::CallState::talking) return no("gone", "this call is over", "call");
  if (!call->help_asked || call->guest) return no("taken", "no supervisor is wanted in this call any more", "call");
  if (fresh.empty()) return no("invalid", "no name for the leg");
  auto invited = invitation(d, c.call, GuestKind::supervisor);
  invited.person = d.actor.person;
  invited.was_ready = d.state.people.operator_of(d.actor.person)->state == OperatorState::ready;
  d.emit(invited);
  comes(d, c.call, d.actor.session, fresh);
  return {};
}

Verdict invite_station(Decider& d, const InviteStation& c) {
  if (auto refusal = no_room(d, c.call)) return refusal;
  if (!d.state.stations.find(c.station)) return no("unknown", "no such station", "station");
  const auto there = d.state.indexes.ready.longest_idle(c.station);
  if (!there) return no("nobody_ready", "nobody is ready at that station", "station");
  auto invited = invitation(d, c.call, GuestKind::colleague);
  invited.person = *there;
  d.emit(invited);
  d.emit(distribution::CallOffered{invited.offer, c.call, *there, distribution::Tier::home, false,
                                   d.now + d.policy.offer_lasts});
  return {};
}

Verdict invite_line(Decider& d, const InviteLine& c, const std::string& fresh) {
  if (auto refusal = no_room(d, c.call)) return refusal;
  const auto line = d.policy.lines.find(c.line);
  if (line == d.policy.lines.end()) return no("unknown", "no such number in the configuration", "line");
  const auto trunk = way_out(d.policy, d.state.calls.find(c.call)->trunk);
  if (!trunk) return no("no_trunk", "no trunk takes calls of ours");
  if (fresh.empty()) return no("invalid", "no name for the leg");
  auto invited = invitation(d, c.call, GuestKind::outside);
  invited.line = c.line;
  invited.leg = leg_named(fresh);
  invited.number = line->second;
  invited.trunk = *trunk;
  d.emit(invited);
  return {};
}

Verdict drop_guest(Decider& d, const DropGuest& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  if (d.state.calls.find(c.call)->guest) guest_leaves(d, c.call, GuestEnd::dropped);
  distribute(d);
  return {};
}

Verdict leave_call(Decider& d, const LeaveCall& c) {
  if (!is_guest(d.state, c.call, d.actor.person)) return no("gone", "this call is over", "call");
  // It only rings: they decline it, and are set aside as everybody who declines.
  if (d.state.calls.find(c.call)->guest->state == GuestState::invited)
    return no("not_yet", "they are not in this call yet", "call");
  guest_leaves(d, c.call, GuestEnd::left);
  distribute(d);
  return {};
}

Verdict hand_over(Decider& d, const HandOver& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto call = *d.state.calls.find(c.call);
  if (!call.guest || call.guest->state != GuestState::joined)
    return no("not_yet", "nobody else is in this call", "call");
  if (call.guest->kind == GuestKind::outside) {
    if (!call.connected) return no("not_yet", "the voices are not joined", "call");
    d.emit(calls::CallRelayed{c.call, call.leg, call.offer, d.actor.person, call.guest->leg, call.guest->offer});
    return {};
  }
  if (!guest_may_take_over(d.state, *call.guest)) return no("not_yet", "they are away at this moment", "call");
  guest_takes_over(d, c.call);
  d.emit(people::OperatorReady{d.actor.person});
  distribute(d);
  return {};
}

void guest_takes_over(Decider& d, CallId id) {
  const auto call = *d.state.calls.find(id);
  const auto& guest = *call.guest;
  d.emit(calls::GuestLeft{id, guest.offer, guest.kind, guest.person, guest.leg, guest.desk_leg, GuestEnd::took_over});
  d.emit(calls::CallHandedOver{id,
                               call.leg,
                               {d.state.next.offer},
                               call.operator_,
                               guest.person,
                               d.state.people.operator_of(guest.person)->session});
  open_incident(d, id);  // they need one to write in, and it may have been closed
}

void guest_accepts(Decider& d, CallId call, OfferId offer, const std::string& fresh) {
  d.emit(distribution::OfferEnded{offer, call, d.actor.person, distribution::OfferEnd::accepted, d.actor.person});
  comes(d, call, d.actor.session, fresh);
}

void guest_leaves(Decider& d, CallId id, GuestEnd how) {
  const auto guest = *d.state.calls.find(id)->guest;
  d.emit(calls::GuestLeft{id, guest.offer, guest.kind, guest.person, guest.leg, guest.desk_leg, how});
  if (const auto offer = d.state.offers.find(guest.offer); offer != d.state.offers.end() && !offer->second.ended)
    d.emit(distribution::OfferEnded{guest.offer, id, guest.person, distribution::OfferEnd::call_ended, {}});
  if (guest.person) set_free(d, guest, how);
}

void guest_timer(Decider& d, CallId id) {
  const auto state = d.state.calls.find(id)->guest->state;
  if (state == GuestState::relaying) return return_call(d, id, calls::ReturnReason::relay_lost);
  guest_leaves(d, id, state == GuestState::invited ? GuestEnd::no_answer : GuestEnd::failed);
  distribute(d);
}

bool guest_reported(Decider& d, const calls::Call& call, const BridgeReported& in) {
  if (!call.guest || call.guest->offer != in.offer) return false;
  const auto state = call.guest->state;
  if (in.joined) {
    if (state == GuestState::joining || state == GuestState::relaying) d.emit(calls::GuestConnected{call.id, in.offer});
  } else if (call.state == calls::CallState::relayed) {
    return_call(d, call.id, calls::ReturnReason::relay_lost);
  } else if (state != GuestState::invited) {
    guest_leaves(d, call.id, GuestEnd::failed);
    distribute(d);
  }
  return true;
}

void guest_rings(Decider& d, const calls::Call& call) {
  if (call.guest && call.guest->state == GuestState::invited && !call.guest->rings)
    d.emit(calls::GuestRang{call.id, call.guest->offer, call.guest->leg});
}

void guest_answered(Decider& d, const calls::Call& found, const CalleeAnswered& in) {
  const auto call = found;
  const auto* op = d.state.people.operator_of(call.operator_);
  if (!call.guest || call.guest->state != GuestState::invited || !op) return;
  calls::GuestCame came;
  came.call = call.id;
  came.offer = call.guest->offer;
  came.kind = GuestKind::outside;
  came.leg = call.guest->leg;
  came.desk = op->session;
  came.sdp = in.our_sdp;
  came.signalling = personal(call.id, in.signalling);
  d.emit(came);
}

void guest_leg_ended(Decider& d, const calls::Call& found, const LegEnded& in) {
  const auto call = found;
  if (!call.guest || call.guest->leg != in.leg) return;
  if (call.state == calls::CallState::relayed) {
    // They talked and said good-bye: the conversation is over. Cut off, or gone before a word, the caller has nobody.
    const bool talked = call.guest->state == GuestState::alone;
    if (talked && in.by == calls::CallEndedBy::caller)
      return call_ends(d, call.id, calls::CallEndedBy::guest, in.cause);
    return return_call(d, call.id, calls::ReturnReason::relay_lost);
  }
  const auto how = in.unreached == tasks::CallbackEnd::busy        ? GuestEnd::busy
                   : in.unreached == tasks::CallbackEnd::no_answer ? GuestEnd::no_answer
                   : in.unreached == tasks::CallbackEnd::declined  ? GuestEnd::declined
                   : in.by == calls::CallEndedBy::caller           ? GuestEnd::left
                                                                   : GuestEnd::failed;
  guest_leaves(d, call.id, how);
}

}  // namespace sigap::core
