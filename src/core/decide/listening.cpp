// Listening in. Nothing here touches the call: whatever becomes of a listener, its caller and its operator talk on.
#include "core/decide/listening.h"

#include "core/decide/guests.h"

namespace sigap::core {
namespace {

using calls::ListeningEnd;
using people::OperatorState;

void end(Decider& d, const calls::Listener& l, ListeningEnd how) {
  d.emit(calls::ListeningEnded{l.call, l.leg, l.offer, l.person, l.whisper_leg, l.desk_leg, how});
}

/// Why it cannot go on; nothing while it can.
std::optional<ListeningEnd> over(const State& s, const calls::Listener& l) {
  const auto* call = s.calls.find(l.call);
  if (!call || call->state == calls::CallState::ended) return ListeningEnd::call_ended;
  if (call->state != calls::CallState::talking || call->operator_ != l.operator_) return ListeningEnd::operator_changed;
  const auto* session = s.people.session(l.session);
  if (!session || (!session->connected && !s.timers.runs(TimerKind::browser, l.session.value)))
    return ListeningEnd::lost;
  const auto* op = s.people.operator_of(l.person);
  return op && op->state == OperatorState::talking ? std::optional(ListeningEnd::took_call) : std::nullopt;
}

}  // namespace

Verdict listen_in(Decider& d, const ListenIn& c, const std::string& fresh) {
  const auto* found = d.state.calls.find(c.call);
  if (!found || found->state != calls::CallState::talking) return no("gone", "this call is over", "call");
  const auto call = *found;
  if (call.operator_ == d.actor.person) return no("not_allowed", "your own call", "call");
  if (!call.connected) return no("not_yet", "the voices are not joined", "call");
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (op && op->state == OperatorState::talking) return no("busy", "in a call");
  if (const auto* before = d.state.calls.listener(d.actor.person)) {
    if (before->call == c.call) return {};
    end(d, calls::Listener{*before}, ListeningEnd::stopped);
  }
  if (d.state.calls.listeners_of(c.call).size() >= calls::kListenersMax)
    return no("too_many", "two listen to this call already", "call");
  const auto* desk = d.state.people.operator_of(call.operator_);
  if (!desk) return no("gone", "this call is over", "call");
  if (fresh.empty()) return no("invalid", "no name for the leg");
  const OfferId offer{d.state.next.offer}, whisper{offer.value + 1};
  const auto leg = leg_named(fresh);
  d.emit(calls::ListeningStarted{c.call,
                                 call.leg,
                                 offer,
                                 whisper,
                                 d.actor.person,
                                 d.actor.session,
                                 call.operator_,
                                 leg,
                                 {leg.value + "-desk"},
                                 desk->session});
  return {};
}

Verdict stop_listening(Decider& d, const StopListening& c) {
  const auto* l = d.state.calls.listener(d.actor.person);
  if (l && l->call == c.call) end(d, calls::Listener{*l}, ListeningEnd::stopped);
  return {};
}

Verdict whisper(Decider& d, const Whisper& c) {
  const auto* l = d.state.calls.listener(d.actor.person);
  if (!l || l->call != c.call) return no("gone", "you do not listen to this call", "call");
  if (l->whispers != c.speaks) d.emit(calls::Whispered{l->call, l->offer, l->person, c.speaks});
  return {};
}

bool listening_reported(Decider& d, const BridgeReported& in) {
  const auto* l = d.state.calls.listener(in.offer);
  if (!l) return false;
  if (!in.joined) end(d, calls::Listener{*l}, ListeningEnd::failed);
  return true;
}

void look_after_listeners(Decider& d) {
  if (!d.state.calls.listeners) return;
  for (const auto& each : std::vector<calls::Listener>(*d.state.calls.listeners))
    if (const auto why = over(d.state, each)) end(d, each, *why);
}

}  // namespace sigap::core
