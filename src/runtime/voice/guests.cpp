// The third voice in a call, and calls that go on without an operator.
#include <algorithm>

#include "core/decide/decider.h"
#include "core/decide/outgoing.h"
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {

using core::EffectOutcome;

void Switchboard::bridge_guest(EffectId effect, const core::BridgeGuest& order) {
  auto* outside = find(order.leg);
  if (outside && outside->bridge && outside->bridge->offer == order.offer && outside->bridge->joined)
    return report(effect, EffectOutcome::done);  // before a restart, which only the report of it did not outlive
  if (outside) {                                 // whoever picked up: their voice is open once they are answered
    outside->guest = outside->desk = true;
    outside->bridge = Bridge{order.call, order.offer, order.desk, effect, {}, false, false, false};
    return answer_callee(order.leg);
  }
  if (!order.desk_leg) return report(effect, EffectOutcome::done);  // they hung up meanwhile
  if (!room_for(2)) {                                               // callers come first
    report(effect, EffectOutcome::failed, "no media");
    return core_.submit(core::BridgeReported{order.offer, false, "no media"});
  }
  auto& guest = legs_[order.leg];
  guest.bridge = Bridge{order.call, order.offer, order.session, effect, {}, false, false, false};
  auto& desk = legs_[order.desk_leg];
  desk.bridge = Bridge{order.call, order.offer, order.desk, {}, {}, false, false, false};
  desk.desk = true;
  for (auto* half : {&guest, &desk}) {
    half->guest = true;
    half->voice = Voice::opening;
    ++voices_;
  }
  link(order);
}

void Switchboard::link(const core::BridgeGuest& order) {
  const auto failed = [this, order](const Result<std::string>& step) {
    if (!step && find(order.leg)) bridge_failed(order.leg, order.offer, step.error().code);
    return !step || !find(order.leg);
  };
  media_.offer_out(order.leg, later([this, order, failed](const Result<std::string>& ours) {
                     if (failed(ours)) return;
                     media_.offer_out(
                         order.desk_leg, later([this, order, failed, ours = *ours](const Result<std::string>& theirs) {
                           if (failed(theirs)) return;
                           legs_[order.leg].caller_sdp = *theirs;
                           legs_[order.desk_leg].caller_sdp = ours;
                           for (const auto& half : {order.leg, order.desk_leg})
                             media_.answer_out(half, legs_[half].caller_sdp,
                                               later([this, half, failed](const Result<std::string>& done) {
                                                 if (failed(done)) return;
                                                 auto* open = find(half);
                                                 if (!open || !open->bridge) return;
                                                 open->voice = Voice::open;
                                                 open->since = core_.now();
                                                 offer_to_browser(half);
                                               }));
                         }));
                   }));
}

void Switchboard::end_guest(EffectId effect, const core::EndGuest& order) {
  for (const auto& leg : {order.leg, order.desk_leg}) {
    if (!leg) continue;
    telephony_.hang_up(leg);  // of a person's half there is nothing
    media_.close(leg);
    forget(leg);
  }
  report(effect, EffectOutcome::done);
}

void Switchboard::relay_call(EffectId effect, const core::RelayCall& order) {
  auto *leg = find(order.leg), *other = find(order.other);
  if (!leg || !other) return report(effect, EffectOutcome::done);
  for (auto* each : {leg, other}) {
    settle_bridge(*each, EffectOutcome::failed, "handed over");
    each->bridge.reset();
  }
  media_.relay(order.leg, order.offer, order.other, order.other_offer,
               later([this, effect, leg = order.leg, offer = order.other_offer](const Result<std::string>& done) {
                 if (done) joined_(leg);
                 core_.submit(core::BridgeReported{offer, done.has_value(), done ? "" : done.error().code});
                 report(effect, done ? EffectOutcome::done : EffectOutcome::failed, done ? "" : done.error().code);
               }));
}

bool Switchboard::whole(OfferId offer) const {
  return std::ranges::none_of(legs_, [&](const auto& known) {
    const auto& bridge = known.second.bridge;
    return bridge && bridge->offer == offer && !bridge->joined;
  });
}

SessionId Switchboard::session_of(PersonId person) const {
  const auto* op = core_.engine().state().people.operator_of(person);
  return op ? op->session : SessionId{};
}

void Switchboard::restore_outside(const LegId& id, Leg& leg) {
  const auto& state = core_.engine().state();
  const auto* call = state.calls.of_guest(id);
  if (!call || !call->guest || call->guest->leg != id) return telephony_.hang_up(id);
  leg.guest = leg.desk = true;
  const auto trunk = core::way_out(core_.engine().policy(), call->trunk);
  leg.learned = trunk && config_.learned.contains(*trunk);
  leg.voice = Voice::open;
  ++voices_;
  const auto desk = session_of(call->operator_);
  if (call->state == calls::CallState::talking)
    leg.bridge = Bridge{call->id, call->guest->offer, desk, {}, {}, false, true, true};
  adopt(id, leg, call->guest->offer, true);
}

void Switchboard::restore_guests() {
  const auto& state = core_.engine().state();
  for (const auto& [id, call] : state.calls.calls) {
    if (!call.guest || call.guest->state != calls::GuestState::joined || !call.guest->desk_leg) continue;
    restore_half(call.guest->leg, id, call.guest->offer, session_of(call.guest->person));
    restore_half(call.guest->desk_leg, id, call.guest->offer, session_of(call.operator_));
    legs_[call.guest->desk_leg].desk = true;
  }
}

void Switchboard::restore_half(const LegId& half, CallId call, OfferId offer, SessionId session) {
  auto& leg = legs_[half];
  leg.guest = leg.restored = true;
  leg.since = core_.now();
  leg.voice = Voice::open;
  ++voices_;
  leg.bridge = Bridge{call, offer, session, {}, {}, false, true, true};
  media_.adopt(half, {{}, {}, ports::Prompt::waiting, offer, true});
}

}  // namespace sigap::runtime
