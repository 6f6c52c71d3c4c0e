#include "sim/checkers/ways_out.h"

namespace sigap::sim {

using core::TimerKind;
using people::OperatorState;

namespace {

/// As the one who has it, or as its guest.
bool in_call(const core::State& s, const people::Operator& op) {
  const auto* call = s.calls.find(op.call);
  if (!call) return false;
  const bool guest = call->guest && call->guest->person == op.person;
  return guest || (call->state == calls::CallState::talking && call->operator_ == op.person);
}

}  // namespace

void WaysOutChecker::look_at_guest(const core::State& s, const calls::Call& call) {
  using calls::GuestState;
  const auto& guest = *call.guest;
  const auto& timers = s.timers;
  const bool in_time = timers.runs(TimerKind::guest, call.id.value) ||
                       (guest.state == GuestState::invited && timers.runs(TimerKind::offer, guest.offer.value));
  const auto* leg = s.calls.leg(guest.leg);
  const bool there =
      guest.kind == calls::GuestKind::outside ? leg && !leg->ending : s.people.operator_of(guest.person) != nullptr;
  const bool settled = guest.state == GuestState::joined || guest.state == GuestState::alone;
  check(guest_, there && (settled || in_time), "call", call.id.value);
}

void WaysOutChecker::look(const core::State& s) {
  const auto& timers = s.timers;
  for (const auto& [id, op] : s.people.operators) {
    const bool stuck = (op.state == OperatorState::offered && !timers.runs(TimerKind::offer, op.offer.value)) ||
                       (op.state == OperatorState::wrap_up && !timers.runs(TimerKind::wrap_up, id.value)) ||
                       (op.state == OperatorState::talking && !in_call(s, op));
    check(way_, !stuck, "person", id.value);
  }
  for (const auto& [id, session] : s.people.sessions)
    check(way_, timers.runs(TimerKind::session, id.value), "session", id.value);
  for (const auto& [id, call] : s.calls.calls) {
    if (call.state == calls::CallState::ringing_back)
      check(way_, timers.runs(call.awaits_callee() ? TimerKind::callee : TimerKind::ring_back_key, id.value), "call",
            id.value);
    if (call.guest) look_at_guest(s, call);
    if (call.state == calls::CallState::relayed) check(relayed_, call.guest.has_value(), "call", id.value);
  }
  if (const auto connecting = timers.by_kind.find(TimerKind::connect); connecting != timers.by_kind.end())
    for (const auto& [id, due] : connecting->second) {
      const auto* call = s.calls.find({id});
      check(way_, call && call->state == calls::CallState::talking, "a way out that leads nowhere, call", id);
    }
  for (const auto& [id, call] : s.calls.calls)
    if (call.state == calls::CallState::talking && !call.connected)
      check(way_, timers.runs(call.awaits_callee() ? TimerKind::callee : TimerKind::connect, id.value), "call",
            id.value);
  for (const auto& [id, offer] : s.offers) {
    if (offer.ended) continue;
    const auto* op = s.people.operator_of(offer.person);
    check(seen_, op && op->state == OperatorState::offered && op->offer == id, "offer", id.value);
  }
}

void WaysOutChecker::derive(const core::State& s) {
  core::Indexes fresh;
  fresh.rebuild(s);
  check(index_, fresh == s.indexes, "event", s.position);
}

void WaysOutChecker::rest(const core::State& s) {
  check(rest_, s.calls.calls.empty(), "calls left:", static_cast<std::int64_t>(s.calls.calls.size()));
  check(rest_, s.calls.legs.empty(), "legs left:", static_cast<std::int64_t>(s.calls.legs.size()));
  check(settled_, s.outstanding.empty(), "effects left:", static_cast<std::int64_t>(s.outstanding.size()));
  check(rest_, s.offers.empty(), "offers left:", static_cast<std::int64_t>(s.offers.size()));
  for (const auto& [id, op] : s.people.operators)
    check(rest_, op.state == OperatorState::ready || op.state == OperatorState::not_ready, "person", id.value);
}

}  // namespace sigap::sim
