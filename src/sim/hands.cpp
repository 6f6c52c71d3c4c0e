#include "sim/hands.h"

#include <variant>

#include "base/overloaded.h"
#include "runtime/voice/page_signalling.h"

namespace sigap::sim {
namespace {

using calls::CallEndedBy;

constexpr Duration kTimerB = seconds(32);  ///< RFC 3261: 64 x T1, then the trunk gives up
constexpr Duration kFirstRepeat = milliseconds(500);

}  // namespace

void Hands::dials(Caller caller, core::CallArrives call, std::function<void()> ended) {
  auto& line = lines_[caller];
  line.invite = std::move(call);
  line.ended = std::move(ended);
  line.leg = {"leg" + std::to_string(++legs_)};
  line.invite.leg = line.leg;
  by_leg_[line.leg] = caller;
  ++stage_.counts["invites"];
  invite(caller);
  stage_.after(kTimerB, [this, caller, leg = line.leg] {
    const auto it = lines_.find(caller);
    if (it == lines_.end() || it->second.accepted || it->second.leg != leg) return;
    ++stage_.counts["never_heard"];
    stage_.say(Way::sip, core::LegEnded{leg, CallEndedBy::network, "no ACK"});
    drop(caller, true);
  });
}

void Hands::invite(Caller caller) {
  const auto it = lines_.find(caller);
  if (it == lines_.end() || it->second.accepted) return;
  auto& line = it->second;
  if (!cut_.contains(line.invite.trunk_station)) tell(line);
  const Duration next{kFirstRepeat.ms << std::min<std::int64_t>(line.said++, 6)};
  stage_.after(next, [this, caller] { invite(caller); });
}

/// Once to each process: nta knows a repetition.
void Hands::tell(Line& line) {
  if (!stage_.server.up() || line.told == stage_.server.lives()) return;
  line.told = stage_.server.lives();
  stage_.say(Way::sip, line.invite);
}

void Hands::hangs_up(Caller caller, bool network) {
  const auto it = lines_.find(caller);
  if (it == lines_.end()) return;
  // Said again until it is answered: a server that is down finds out in restore().
  stage_.say(Way::sip, core::LegEnded{it->second.leg, network ? CallEndedBy::network : CallEndedBy::caller, "BYE"});
  drop(caller, false);
}

void Hands::drop(Caller caller, bool tell) {
  const auto it = lines_.find(caller);
  if (it == lines_.end()) return;
  const auto ended = std::move(it->second.ended);
  by_leg_.erase(it->second.leg);
  lines_.erase(it);
  if (tell && ended) ended();
}

std::optional<Hands::Caller> Hands::caller_of(const LegId& leg) const {
  const auto it = by_leg_.find(leg);
  return it == by_leg_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<LegId> Hands::leg_of(Caller caller) const {
  const auto it = lines_.find(caller);
  return it == lines_.end() ? std::nullopt : std::optional(it->second.leg);
}

bool Hands::on_line(Caller caller) const {
  return lines_.contains(caller);
}

void Hands::opened(const LegId& leg) {
  if (const auto caller = caller_of(leg)) lines_[*caller].accepted = true;
  stage_.say(Way::media, core::VoiceOpened{leg, "sdp"});
}

/// Some are engaged, some do not hear it, some pick up.
void Hands::places(const core::PlaceCall& order) {
  const Caller callee = -++callees_;
  auto& line = lines_[callee];
  line.leg = order.leg;
  line.told = stage_.server.lives();
  by_leg_[order.leg] = callee;
  auto& random = stage_.random;
  ++stage_.counts["called_back"];
  if (stage_.closing || random.chance(15)) {
    core::LegEnded busy{order.leg, CallEndedBy::network, "486"};
    busy.unreached = tasks::CallbackEnd::busy;
    stage_.say(Way::sip, busy);
    return drop(callee, false);
  }
  stage_.after(random.between(seconds(1), seconds(4)), [this, leg = order.leg] {
    if (caller_of(leg)) stage_.say(Way::sip, core::CalleeRings{leg});
  });
  if (random.chance(70)) stage_.after(random.between(seconds(5), seconds(25)), [this, callee] { picks_up(callee); });
}

void Hands::picks_up(Caller callee) {
  const auto it = lines_.find(callee);
  if (it == lines_.end() || !stage_.server.up()) return;
  // A 200 for a process that died is answered by BYE (stray_answer).
  if (it->second.told != stage_.server.lives()) return drop(callee, false);
  stage_.say(Way::sip, core::CalleeAnswered{it->second.leg, "sdp", "200"});
  stage_.after(stage_.random.exponential(stage_.scenario.talk), [this, callee] { hangs_up(callee, false); });
}

/// Whether they need help: some say so, some say no, some say nothing, some hang up.
void Hands::is_asked(const LegId& leg) {
  const auto callee = caller_of(leg);
  if (!callee) return;
  lines_[*callee].accepted = true;
  ++stage_.counts["rang_back"];
  auto& random = stage_.random;
  const auto does = random.below(4);
  if (does == 3) return;
  stage_.after(random.between(seconds(3), seconds(20)), [this, leg, does] {
    const auto there = caller_of(leg);
    if (!there) return;
    if (does == 2) return hangs_up(*there, false);
    stage_.say(Way::media, core::DigitPressed{leg, does == 0 ? "1" : "2"});
  });
}

void Hands::carry_out(const core::Effect& effect) {
  visit_some(Overloaded{
                 [&](const core::OpenVoice& e) { opened(e.leg); },
                 [&](const core::RingCaller& e) { opened(e.leg); },  // once there is media
                 [&](const core::AnswerCall& e) {
                   if (caller_of(e.leg)) stage_.say(Way::sip, core::LegConfirmed{e.leg});
                 },
                 [&](const core::RefuseCall& e) {
                   if (const auto caller = caller_of(e.leg)) drop(*caller, true);
                   stage_.say(Way::sip, core::LegEnded{e.leg, CallEndedBy::system, "refused"});
                 },
                 [&](const core::PlaceCall& e) { places(e); },
                 [&](const core::BridgeCall& e) {
                   if (const auto callee = caller_of(e.leg)) lines_[*callee].accepted = true;
                   const bool joined = !stage_.random.chance(media_fails_);
                   if (!joined) ++stage_.counts["fault.media_fails"];
                   stage_.say(Way::media, core::BridgeReported{e.offer, joined, ""}, true);
                 },
                 [&](const core::AskCallee& e) { is_asked(e.leg); },
                 [&](const core::QueueCallee& e) {
                   if (const auto callee = caller_of(e.leg)) lines_[*callee].accepted = true;
                 },
                 [&](const core::BridgeGuest& e) {
                   if (const auto outside = caller_of(e.leg)) lines_[*outside].accepted = true;
                   const bool joined = !stage_.random.chance(media_fails_);
                   stage_.say(Way::media, core::BridgeReported{e.offer, joined, ""}, true);
                   ++stage_.counts["guests"];
                 },
                 [&](const core::EndGuest& e) {
                   if (e.desk_leg) return;  // a person's voice: no telephone is told
                   if (const auto outside = caller_of(e.leg)) drop(*outside, true);
                   stage_.say(Way::sip, core::LegEnded{e.leg, CallEndedBy::system, "hang-up"});
                 },
                 [&](const core::Listen& e) {
                   ++stage_.counts["listened"];
                   if (stage_.random.chance(media_fails_))
                     stage_.say(Way::media, core::BridgeReported{e.offer, false, ""}, true);
                 },
                 [&](const core::RelayCall& e) {
                   ++stage_.counts["relayed"];
                   const bool joined = !stage_.random.chance(media_fails_);
                   stage_.say(Way::media, core::BridgeReported{e.other_offer, joined, ""}, true);
                 },
                 [&](const core::EndLeg& e) {
                   if (const auto caller = caller_of(e.leg)) drop(*caller, true);
                   stage_.say(Way::sip, core::LegEnded{e.leg, CallEndedBy::system, "hang-up"});
                 },
             },
             effect.body);
}

void Hands::media_dies() {
  if (!stage_.server.up()) return;
  const auto& s = stage_.server.state();
  for (const auto& [id, leg] : s.calls.legs)
    if (leg.voice) stage_.say(Way::media, core::VoiceLost{id});
  for (const auto& [id, call] : s.calls.calls)
    if (call.guest) stage_.say(Way::media, core::BridgeReported{call.guest->offer, false, "media lost"});
  for (const auto& each : s.calls.listeners.value_or(std::vector<calls::Listener>()))
    stage_.say(Way::media, core::BridgeReported{each.offer, false, "media lost"});
  stage_.after(seconds(2), [this] {
    if (!stage_.server.up()) return;
    for (const auto& [id, call] : stage_.server.state().calls.calls)
      if (call.state == calls::CallState::talking && !call.awaits_callee())
        stage_.say(Way::media, core::BridgeReported{call.offer, true, ""});
  });
}

void Hands::restore() {
  const auto& s = stage_.server.state();
  for (const auto& [id, leg] : s.calls.legs) {
    if (runtime::is_page_leg(id.value)) continue;  // pages.cpp
    const auto* host = s.calls.of_guest(id);
    const auto* call = host ? host : s.calls.find(id);
    const auto caller = caller_of(id);
    if (!call || leg.ending) {
      if (caller) drop(*caller, true);
      stage_.say(Way::sip, core::LegEnded{id, CallEndedBy::system, "hang-up"});
    } else if (!caller) {  // hung up into the gap: said again, or found out
      stage_.say(Way::sip, stage_.random.chance(50) ? core::LegEnded{id, CallEndedBy::caller, "BYE"}
                                                    : core::LegEnded{id, CallEndedBy::network, "481"});
    } else {
      lines_[*caller].accepted = true;
      if (host) continue;
      if (!leg.voice) stage_.say(Way::media, core::VoiceOpened{id, "sdp"});
      if (leg.voice && !leg.told) stage_.say(Way::sip, core::LegConfirmed{id});
      if (call->state == calls::CallState::talking && !call->connected && !call->awaits_callee())
        stage_.say(Way::media, core::BridgeReported{call->offer, true, ""}, true);
    }
  }
  // An INVITE that nobody took note of is said again: to the new process it is another leg.
  for (auto& [caller, line] : lines_) {
    if (caller < 0 || line.accepted || s.calls.leg(line.leg)) continue;
    by_leg_.erase(line.leg);
    line.leg = line.invite.leg = {"leg" + std::to_string(++legs_)};
    by_leg_[line.leg] = caller;
    ++stage_.counts["fault.invite_said_again"];
    tell(line);
  }
}

void Hands::cut_trunk(const StationCode& station, bool cut) {
  if (cut)
    cut_.insert(station);
  else
    cut_.erase(station);
}

std::string Hands::missing() const {
  if (!stage_.server.up()) return {};
  const auto& s = stage_.server.state();
  for (const auto& [caller, line] : lines_)
    if (line.accepted && !s.calls.find(line.leg) && !s.calls.of_guest(line.leg)) return line.leg.value;
  return {};
}

}  // namespace sigap::sim
