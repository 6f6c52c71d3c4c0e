// Calls that we place.
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {

using core::EffectOutcome;

bool Switchboard::room_for(std::size_t voices) const {
  return static_cast<std::size_t>(voices_) + voices <= config_.voices_max &&
         legs_.size() + voices <= config_.legs_max && media_.health().up;
}

void Switchboard::place_call(EffectId effect, const core::PlaceCall& order) {
  if (!room_for(1)) {
    report(effect, EffectOutcome::failed, "no media");
    return leg_ended(order.leg, ports::LegEndedBy::network, "no media");
  }
  auto& leg = legs_[order.leg];
  leg.placed = true;
  leg.learned = config_.learned.contains(order.trunk);
  leg.voice = Voice::opening;
  ++voices_;
  tell_source(order.leg);
  media_.offer_out(order.leg, later([this, effect, order](const Result<std::string>& sdp) {
                     auto* placed = find(order.leg);
                     if (!placed) {  // given up before it was said: no hand will tell its end
                       report(effect, EffectOutcome::failed, "given up");
                       return core_.submit(core::LegEnded{order.leg, calls::CallEndedBy::system, "given up", {}});
                     }
                     report(effect, sdp ? EffectOutcome::done : EffectOutcome::failed, sdp ? "" : sdp.error().code);
                     if (!sdp) return leg_ended(order.leg, ports::LegEndedBy::network, "no media");
                     placed->voice = Voice::offered;
                     telephony_.place({order.leg, order.trunk, order.number, *sdp});
                   }));
}

void Switchboard::callee_rings(LegId leg) {
  core_.post_always([this, leg] { core_.submit(core::CalleeRings{leg}); });
}

void Switchboard::callee_answered(LegId leg, ports::CalleeAnswer answer) {
  core_.post_always([this, leg, answer = std::move(answer)] {
    if (auto* known = find(leg)) known->caller_sdp = answer.sdp;
    // The answer is confirmed when it is in the journal: until then they say it again, to whatever process is there.
    core_.submit(core::CalleeAnswered{leg, answer.our_sdp, answer.response},
                 [this, leg](const Reply&) { telephony_.confirm(leg); });
  });
}

/// Their half of the voice path; the operator's follows.
void Switchboard::answer_callee(const LegId& id) {
  auto* leg = find(id);
  leg->voice = Voice::opening;
  media_.answer_out(id, leg->caller_sdp, later([this, id](const Result<std::string>& done) {
                      auto* answered = find(id);
                      if (!answered) return;
                      answered->voice = Voice::open;
                      answered->since = core_.now();
                      if (!done) return voice_lost(id);  // opened anew, and they are told
                      if (answered->bridge) offer_to_browser(id);
                    }));
}

void Switchboard::announce(EffectId effect, const LegId& id, ports::Prompt prompt) {
  auto* leg = find(id);
  if (!leg) return report(effect, EffectOutcome::done);
  if (leg->voice == Voice::offered) answer_callee(id);
  media_.announce(id, prompt, settles(effect));
}

}  // namespace sigap::runtime
