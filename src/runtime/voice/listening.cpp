// Supervisors who listen to a call. They hear by a subscription to the caller's leg, which asks nothing of the two who
// talk; and they whisper over two legs without telephones, joined at their far sides, that have no part in that leg.
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {

using core::EffectOutcome;

void Switchboard::listen(EffectId effect, const core::Listen& order) {
  end_whisper(order.whisper_leg, order.desk_leg);  // an earlier process may have died in the middle of it
  const auto* leg = find(order.leg);
  const char* why = !leg || !leg->bridge ? "nobody talks" : !room_for(2) ? "no media" : nullptr;  // callers come first
  if (why) {
    report(effect, EffectOutcome::failed, why);
    return core_.submit(core::BridgeReported{order.offer, false, why});
  }
  listening_[order.offer] = {order.leg, order.call, order.session, effect, {}, 0};
  const auto half = [&](const LegId& id, SessionId session) {
    auto& its = legs_[id];
    its.bridge = Bridge{order.call, order.whisper, session, {}, {}, false, false, false};
    its.guest = its.whisper = true;
    its.voice = Voice::opening;
    ++voices_;
  };
  half(order.whisper_leg, order.session);
  half(order.desk_leg, order.desk);
  link({order.call, order.whisper, order.whisper_leg, order.session, order.desk_leg, order.desk});
  offer_listening(order.offer);
}

void Switchboard::offer_listening(OfferId offer) {
  auto& asked = listening_.at(offer);
  asked.offered.clear();
  media_.offer_listening(asked.leg, offer, later([this, offer, times = ++asked.offers](const Result<std::string>& sdp) {
                           const auto found = listening_.find(offer);
                           if (found == listening_.end() || found->second.offers != times) return;
                           if (!sdp) return listening_failed(offer, sdp.error().code);
                           found->second.offered = *sdp;
                           tell_listener(offer);
                         }));
}

void Switchboard::tell_listener(OfferId offer) {
  const auto& to = listening_.at(offer);
  (void)offer_voice_(to.session, {offer, to.call, to.offered, false, core::BesideCall::listening});
}

void Switchboard::listener_answered(OfferId offer, std::string browser_sdp) {
  auto& listening = listening_.at(offer);
  if (listening.offered.empty()) return;  // answered already, or another offer is on its way
  listening.offered.clear();
  media_.answer_listening(listening.leg, offer, std::move(browser_sdp),
                          later([this, offer, times = listening.offers](const Result<std::string>& heard) {
                            const auto found = listening_.find(offer);
                            if (found == listening_.end() || found->second.offers != times) return;
                            if (!heard) return listening_failed(offer, heard.error().code);
                            if (const auto effect = std::exchange(found->second.effect, {}))
                              report(effect, EffectOutcome::done);
                          }));
}

void Switchboard::listening_failed(OfferId offer, const std::string& note) {
  core_.submit(core::BridgeReported{offer, false, note});
}

void Switchboard::listen_again(const std::function<bool(const Listening&)>& whom) {
  for (const auto& [offer, each] : listening_)
    if (whom(each)) offer_listening(offer);
}

void Switchboard::end_listening(EffectId effect, const core::EndListening& order) {
  if (const auto known = listening_.extract(order.offer); known && known.mapped().effect)
    report(known.mapped().effect, EffectOutcome::failed, "over");
  if (find(order.leg)) media_.end_listening(order.leg, order.offer);  // else it went with the leg
  end_whisper(order.whisper_leg, order.desk_leg);
  report(effect, EffectOutcome::done);
}

void Switchboard::end_whisper(const LegId& whisper_leg, const LegId& desk_leg) {
  for (const auto& half : {whisper_leg, desk_leg}) {
    if (!find(half)) continue;
    media_.close(half);
    forget(half);
  }
}

void Switchboard::restore_listeners() {
  const auto& state = core_.engine().state();
  if (!state.calls.listeners) return;
  for (const auto& each : *state.calls.listeners) {
    listening_[each.offer] = {each.leg, each.call, each.session, {}, {}, 0};
    const auto put = [&](const LegId& half, SessionId session) {
      restore_half(half, each.call, each.whisper, session);
      legs_[half].whisper = true;
    };
    put(each.whisper_leg, each.session);
    put(each.desk_leg, session_of(each.operator_));
  }
}

}  // namespace sigap::runtime
