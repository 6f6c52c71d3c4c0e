#include "sim/hands.h"

#include <variant>

#include "base/overloaded.h"

namespace sigap::sim {

using calls::CallEndedBy;

void Hands::dials(const core::CallArrives& call) {
  on_line_[call.leg] = call;
  to_tell_.push_back(call);
}

void Hands::somebody_hangs_up() {
  if (on_line_.empty()) return;
  auto it = on_line_.begin();
  std::advance(it, random_.below(static_cast<std::int64_t>(on_line_.size())));
  to_tell_.push_back(core::LegEnded{it->first, random_.chance(90) ? CallEndedBy::caller : CallEndedBy::network, "BYE"});
  on_line_.erase(it);
  ++counts_["hang_ups"];
}

void Hands::everybody_hangs_up() {
  for (const auto& [leg, call] : on_line_) to_tell_.push_back(core::LegEnded{leg, CallEndedBy::caller, "BYE"});
  on_line_.clear();
}

void Hands::carry_out(const core::Effect& effect) {
  std::visit(Overloaded{
                 [&](const core::OpenVoice& e) {
                   accepted_.insert(e.leg);
                   to_tell_.push_back(core::VoiceOpened{e.leg, "sdp"});
                 },
                 [&](const core::AnswerCall& e) {
                   if (on_line_.contains(e.leg)) to_tell_.push_back(core::LegConfirmed{e.leg});
                 },
                 [&](const core::RingCaller& e) {
                   accepted_.insert(e.leg);
                   to_tell_.push_back(core::VoiceOpened{e.leg, "sdp"});  // once there is media
                 },
                 [&](const core::RefuseCall& e) {
                   on_line_.erase(e.leg);
                   to_tell_.push_back(core::LegEnded{e.leg, CallEndedBy::system, "refused"});
                 },
                 [&](const core::BridgeCall& e) {
                   const bool joined = random_.chance(90);
                   if (!joined) ++counts_["fault.media_fails"];
                   to_tell_.push_back(core::BridgeReported{e.offer, joined, ""});
                 },
                 [&](const core::EndLeg& e) {
                   on_line_.erase(e.leg);
                   to_tell_.push_back(core::LegEnded{e.leg, CallEndedBy::system, "hang-up"});
                 },
                 [](const auto&) {},
             },
             effect.body);
}

void Hands::media_dies(const core::State& state) {
  ++counts_["fault.media_dies"];
  for (const auto& [id, leg] : state.calls.legs)
    if (leg.voice) to_tell_.push_back(core::VoiceLost{id});
  for (const auto& [id, call] : state.calls.calls)
    if (call.state == calls::CallState::talking) to_tell_.push_back(core::BridgeReported{call.offer, true, ""});
}

void Hands::tell(std::vector<core::Input>& out, std::int64_t percent) {
  std::vector<core::Input> later;
  for (auto& input : to_tell_)
    if (random_.chance(percent))
      out.push_back(std::move(input));
    else
      later.push_back(std::move(input));
  to_tell_ = std::move(later);
}

void Hands::lose() {
  to_tell_.clear();
}

void Hands::restore(const core::State& state) {
  for (const auto& [id, leg] : state.calls.legs) {
    const auto* call = state.calls.find(id);
    if (!call || leg.ending) {
      on_line_.erase(id);
      to_tell_.push_back(core::LegEnded{id, CallEndedBy::system, "hang-up"});
    } else if (!on_line_.contains(id)) {  // hung up into the gap: said again, or found out
      to_tell_.push_back(random_.chance(50) ? core::LegEnded{id, CallEndedBy::caller, "BYE"}
                                            : core::LegEnded{id, CallEndedBy::network, "481"});
    } else {
      if (!leg.voice) to_tell_.push_back(core::VoiceOpened{id, "sdp"});
      if (leg.voice && !leg.told) to_tell_.push_back(core::LegConfirmed{id});
      if (call->state == calls::CallState::talking && !call->connected)
        to_tell_.push_back(core::BridgeReported{call->offer, true, ""});
    }
  }
  // An INVITE that nobody took note of is said again.
  std::vector<core::CallArrives> unheard;
  for (auto it = on_line_.begin(); it != on_line_.end();) {
    if (state.calls.leg(it->first) || accepted_.contains(it->first)) {
      ++it;
      continue;
    }
    unheard.push_back(it->second);
    it = on_line_.erase(it);
  }
  for (auto& call : unheard) {
    ++counts_["fault.invite_said_again"];
    call.leg.value += "-again" + std::to_string(++again_);
    dials(call);
  }
}

std::string Hands::missing(const core::State& state) const {
  for (const auto& [leg, call] : on_line_)
    if (accepted_.contains(leg) && !state.calls.find(leg)) return leg.value;
  return {};
}

}  // namespace sigap::sim
