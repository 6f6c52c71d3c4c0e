#include "runtime/voice/switchboard.h"

#include "base/overloaded.h"
#include "base/phone_number.h"
#include "runtime/voice/located.h"
#include "sdp/voice.h"

namespace sigap::runtime {
namespace {

using core::EffectOutcome;

calls::CallEndedBy ended_by(ports::LegEndedBy by) {
  switch (by) {
    case ports::LegEndedBy::caller:
      return calls::CallEndedBy::caller;
    case ports::LegEndedBy::us:
      return calls::CallEndedBy::system;
    case ports::LegEndedBy::network:
      return calls::CallEndedBy::network;
  }
  return calls::CallEndedBy::network;
}

core::CallArrives arrival(const ports::IncomingCall& call, const StationCode& trunk_station) {
  core::CallArrives in;
  in.kind = call.service == ports::Service::test ? calls::CallKind::test : calls::CallKind::emergency;
  in.leg = call.leg;
  in.trunk = call.trunk;
  in.trunk_station = trunk_station;
  in.dialled = call.dialled;
  in.number = call.number;
  in.location = call.place.location;
  in.location_note = call.place.note;
  in.civic = call.place.civic;
  in.language = call.language.empty() ? sdp::language_of(call.sdp) : call.language;
  for (const auto& id : call.foreign_ids) in.foreign_ids.push_back({id.purpose, id.value});
  in.signalling = call.invite;
  if (call.turned_away) in.refused = calls::Refused{call.turned_away->status, call.turned_away->reason};
  return in;
}

// To a text: RFC 3428 section 7 (a person reads it later), RFC 3261 21.4.18.
constexpr int kTextTaken = 202;
constexpr int kNoRoomForText = 480;

/// What the reason says of a call that we placed.
std::optional<tasks::CallbackEnd> unreached(const std::string& reason) {
  using tasks::CallbackEnd;
  if (reason == ports::kBusy) return CallbackEnd::busy;
  if (reason == ports::kNoAnswer) return CallbackEnd::no_answer;
  if (reason == ports::kDeclined) return CallbackEnd::declined;
  if (reason == ports::kNoSuchNumber) return CallbackEnd::no_such_number;
  if (reason == ports::kTrunkRefused) return CallbackEnd::trunk_refused;
  return std::nullopt;
}

}  // namespace

std::int64_t Switchboard::version_of(const core::State& state, const LegId& id) {
  const auto* leg = state.calls.leg(id);
  return (leg ? leg->voices : 0) + 1;
}

Switchboard::Switchboard(SwitchboardConfig config, CoreThread& core, ports::Telephony& telephony, ports::Media& media,
                         ports::MessageGateway& messages, CallerRefs caller_ref)
    : config_(std::move(config)),
      core_(core),
      telephony_(telephony),
      media_(media),
      messages_(messages),
      caller_ref_(std::move(caller_ref)) {}

void Switchboard::call_arrived(ports::IncomingCall call) {
  const LegId leg = call.leg;
  // A full inbox means that the core is drowning: the trunk may try another way, the hand has counted the call.
  if (!core_.post([this, call = std::move(call)]() mutable { arrived(std::move(call)); })) telephony_.refuse(leg, 503);
}

void Switchboard::leg_confirmed(LegId leg) {
  core_.post_always([this, leg] { core_.submit(core::LegConfirmed{leg}); });
}

void Switchboard::caller_moved(LegId leg, ports::CallerPlace place) {
  core_.post_always([this, leg, place = std::move(place)] {
    if (!find(leg)) return;
    auto [station, beside] = located(borders_, core_.engine().state().stations, place.location);
    core_.submit(core::CallerMoves{leg, place.location, station, place.note, place.civic, std::move(beside)});
  });
}

void Switchboard::text_arrived(ports::IncomingText text) {
  const LegId id = text.id;
  const bool room = core_.post([this, text = std::move(text)] {
    const auto station = config_.trunk_stations.find(text.trunk);
    core::TextArrives in;
    in.trunk = text.trunk;
    if (station != config_.trunk_stations.end()) in.trunk_station = station->second;
    in.name = text.name;
    in.number = text.number;
    in.location = text.place.location;
    in.text = text.text;
    if (!text.number.empty()) in.caller = caller_ref_(canonical_number(text.number));
    // Yes is said when it is in the journal, and a process that dies before is asked again.
    core_.submit(std::move(in), [this, id = text.id](const Reply& reply) {
      telephony_.answer_text(id, reply.refusal ? kNoRoomForText : kTextTaken);
    });
  });
  if (!room) telephony_.answer_text(id, kNoRoomForText);
}

void Switchboard::door_reported(ports::DoorReport report) {
  core_.post_always([this, report = std::move(report)] {
    core::TurnedAwayAtDoor in{report.over,      report.strangers,   report.intruders,
                              report.addresses, report.from_others, {}};
    for (const auto& refused : report.refusals) in.refusals.push_back({refused.trunk, refused.status, refused.count});
    core_.submit(std::move(in));
  });
}

void Switchboard::leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) {
  core_.post_always([this, leg, by, reason = std::move(reason)] {
    // Nothing is undone before it is written: a process that may not write any more must not end another one's voices.
    core_.submit(core::LegEnded{leg, ended_by(by), reason, unreached(reason)}, [this, leg](const Reply&) {
      telephony_.hang_up(leg);
      media_.close(leg);
      forget(leg);
    });
  });
}

void Switchboard::key_pressed(LegId leg, std::string digit) {
  // A drowning core loses keys rather than calls: who cannot speak presses again.
  (void)core_.post([this, leg = std::move(leg), digit = std::move(digit)] {
    if (find(leg)) core_.submit(core::DigitPressed{leg, digit});
  });
}

void Switchboard::arrived(ports::IncomingCall call) {
  const auto station = config_.trunk_stations.find(call.trunk);
  auto in = arrival(call, station == config_.trunk_stations.end() ? StationCode{} : station->second);
  if (!call.known_as.empty())
    in.caller = caller_ref_(call.known_as);
  else if (!call.number.empty())
    in.caller = caller_ref_(canonical_number(call.number));
  if (in.refused || legs_.size() >= config_.legs_max)
    in.admission = calls::Admission::refused;
  else if (static_cast<std::size_t>(voices_) >= config_.voices_max || !media_.health().up)
    in.admission = calls::Admission::ringing;
  auto [located_station, beside] = located(borders_, core_.engine().state().stations, in.location);
  in.located_station = std::move(located_station);
  in.located_beside = std::move(beside);
  auto& leg = legs_[call.leg];
  leg.caller_sdp = std::move(call.sdp);
  leg.learned = config_.learned.contains(call.trunk);
  core_.submit(std::move(in));
}

Switchboard::Leg* Switchboard::find(const LegId& leg) {
  const auto it = legs_.find(leg);
  return it == legs_.end() ? nullptr : &it->second;
}

void Switchboard::forget(const LegId& leg) {
  const auto it = legs_.find(leg);
  if (it == legs_.end()) return;
  settle_bridge(it->second, EffectOutcome::failed, "the call ended");
  voices_ -= it->second.voice != Voice::none;
  legs_.erase(it);
}

void Switchboard::tell_source(const LegId& id) {
  if (const auto* leg = find(id); leg && leg->learned) media_.learn_source(id);
}

void Switchboard::adopt(const LegId& id, const Leg& leg, OfferId offer, bool joined) {
  tell_source(id);
  const auto& our_sdp = core_.engine().state().calls.leg(id)->our_sdp;
  media_.adopt(id, {leg.caller_sdp, our_sdp, ports::Prompt::waiting, offer, joined});
}

ports::MediaDone Switchboard::later(std::function<void(Result<std::string>)> then) {
  return [this, then = std::move(then)](Result<std::string> result) {
    core_.post_always([then, result = std::move(result)] { then(result); });
  };
}

void Switchboard::report(EffectId effect, EffectOutcome outcome, std::string note) {
  core_.submit_lazily({effect, outcome, std::move(note)});
}

void Switchboard::carry_out(const core::Effect& effect) {
  std::visit(Overloaded{
                 [&](const core::OpenVoice& order) {
                   telephony_.proceed(order.leg);
                   open_call(effect.id, order);
                 },
                 [&](const core::AnswerCall& order) {
                   telephony_.answer(order.leg, order.sdp);
                   report(effect.id, EffectOutcome::done);
                 },
                 [&](const core::RingCaller& order) {
                   ring(order.leg);
                   report(effect.id, EffectOutcome::done);
                 },
                 [&](const core::RefuseCall& order) {
                   telephony_.refuse(order.leg, static_cast<int>(order.status));
                   report(effect.id, EffectOutcome::done);
                 },
                 [&](const core::BridgeCall& order) { bridge_call(effect.id, order); },
                 [&](const core::UnbridgeCall& order) { unbridge_call(effect.id, order); },
                 [&](const core::HoldLeg& order) {
                   media_.hold(order.leg, order.offer, ports::Prompt::hold, settles(effect.id));
                 },
                 [&](const core::AskLeg& order) {
                   media_.hold(order.leg, order.offer, ports::Prompt::press, settles(effect.id));
                 },
                 [&](const core::ResumeLeg& order) { media_.resume(order.leg, order.offer, settles(effect.id)); },
                 [&](const core::PlaceCall& order) { place_call(effect.id, order); },
                 [&](const core::AskCallee& order) { announce(effect.id, order.leg, ports::Prompt::ring_back); },
                 [&](const core::QueueCallee& order) { announce(effect.id, order.leg, ports::Prompt::waiting); },
                 [&](const core::BridgeGuest& order) { bridge_guest(effect.id, order); },
                 [&](const core::EndGuest& order) { end_guest(effect.id, order); },
                 [&](const core::RelayCall& order) { relay_call(effect.id, order); },
                 [&](const core::Listen& order) { listen(effect.id, order); },
                 [&](const core::EndListening& order) { end_listening(effect.id, order); },
                 [&](const core::EndLeg& order) {
                   telephony_.hang_up(order.leg);
                   media_.close(order.leg);
                   forget(order.leg);
                   report(effect.id, EffectOutcome::done);
                 },
                 [&](const core::SendMessage& order) { send_message(effect.id, order); },
                 [](const core::ForgetRecords&) {},  // the vault's: no voice
             },
             effect.body);
}

void Switchboard::open_voice(const LegId& id, bool loop, std::function<void(bool)> then) {
  auto* leg = find(id);
  if (!leg || leg->voice != Voice::none) return then(leg != nullptr);
  leg->voice = Voice::opening;
  leg->since = core_.now();
  ++voices_;
  ++opening_;
  tell_source(id);
  // Who described no voice is offered ours, and their voice is open once they have answered.
  const bool we_offer = leg->caller_sdp.empty() && !loop;
  const auto opened = later([this, id, we_offer, then = std::move(then)](const Result<std::string>& sdp) {
    --opening_;
    auto* opening = find(id);
    if (!opening) return then(false);  // the caller hung up meanwhile
    opening->voice = !sdp ? Voice::none : we_offer ? Voice::offered : Voice::open;
    opening->since = core_.now();
    if (sdp)
      core_.submit(core::VoiceOpened{id, *sdp});
    else
      --voices_;
    then(sdp.has_value());
    // An operator took the call while its voice was being opened.
    if (!opening->bridge) return;
    if (opening->voice == Voice::open)
      offer_to_browser(id);
    else if (!sdp)
      bridge_failed(id, opening->bridge->offer, "no media");
  });
  if (loop)
    media_.open_loop(id, leg->caller_sdp, opened);
  else if (we_offer)
    media_.offer_out(id, opened);
  else
    media_.open(id, leg->caller_sdp, leg->placed ? ports::Prompt::waiting : ports::Prompt::welcome,
                version_of(core_.engine().state(), id), opened);
}

void Switchboard::ring(const LegId& id) {
  if (auto* leg = find(id)) leg->rings = true;
  telephony_.ring(id);
}

void Switchboard::open_call(EffectId effect, const core::OpenVoice& order) {
  // A media process that comes back, or a flood: the others ring, or wait in silence, for a tick or two.
  if (opening_ >= kVoicesAtOnce) {
    ring(order.leg);
    return report(effect, EffectOutcome::failed, "waits its turn");
  }
  open_voice(order.leg, order.loop, [this, effect, leg = order.leg](bool open) {
    // No voice for this caller yet: they hear ringing and keep their place; promote() tries again.
    if (!open) ring(leg);
    report(effect, open ? EffectOutcome::done : EffectOutcome::failed, open ? "" : "no media: ringing instead");
  });
}

void Switchboard::bridge_call(EffectId effect, const core::BridgeCall& order) {
  auto* leg = find(order.leg);
  // Gone; or joined before a restart, which only the report of it did not outlive.
  if (!leg || (leg->bridge && leg->bridge->joined && leg->bridge->offer == order.offer))
    return report(effect, EffectOutcome::done);
  settle_bridge(*leg, EffectOutcome::failed, "another one");
  // Handed over: the one who had it is taken off first.
  if (leg->bridge && leg->bridge->offer != order.offer)
    media_.unbridge(order.leg, leg->bridge->offer, ports::Prompt::waiting, [](const auto&) {});
  leg->bridge = Bridge{order.call, order.offer, order.session, effect, {}, false, false, false, false};
  if (leg->voice == Voice::open)
    offer_to_browser(order.leg);
  else if (leg->voice == Voice::offered && leg->placed)
    answer_callee(order.leg);
  else
    open_voice(order.leg, false, [](bool) {});
}

void Switchboard::unbridge_call(EffectId effect, const core::UnbridgeCall& order) {
  auto* leg = find(order.leg);
  if (!leg) return report(effect, EffectOutcome::done);
  settle_bridge(*leg, EffectOutcome::failed, "taken apart");
  leg->bridge.reset();
  // An earlier process may have died in the middle of it: done again from the beginning.
  if (leg->restored) adopt(order.leg, *leg, order.offer, true);
  media_.unbridge(order.leg, order.offer, ports::Prompt::waiting, settles(effect));
}

ports::MediaDone Switchboard::settles(EffectId effect) {
  return later([this, effect](const Result<std::string>& done) {
    report(effect, done ? EffectOutcome::done : EffectOutcome::failed, done ? "" : done.error().code);
  });
}

void Switchboard::settle_bridge(Leg& leg, EffectOutcome outcome, std::string note) {
  if (leg.bridge && leg.bridge->effect) report(std::exchange(leg.bridge->effect, {}), outcome, std::move(note));
}

void Switchboard::bridge_failed(const LegId& id, OfferId offer, const std::string& note) {
  if (auto* leg = find(id); leg && leg->bridge && leg->bridge->offer == offer) {
    settle_bridge(*leg, EffectOutcome::failed, note);
    leg->bridge.reset();
  }
  core_.submit(core::BridgeReported{offer, false, note});
}

void Switchboard::offer_to_browser(const LegId& id) {
  const OfferId offer = find(id)->bridge->offer;
  find(id)->bridge->asked = true;
  media_.offer_bridge(id, offer, later([this, id, offer](const Result<std::string>& sdp) {
                        auto* leg = find(id);
                        if (!leg || !leg->bridge || leg->bridge->offer != offer) return;
                        if (!sdp) return bridge_failed(id, offer, sdp.error().code);
                        auto& bridge = *leg->bridge;
                        bridge.offered = *sdp;
                        // A browser that is away hears it when it is back; the connect timer of the core decides how
                        // long that may take.
                        (void)offer_voice_(bridge.session, media_offer(*leg));
                      }));
}

core::MediaOffer Switchboard::media_offer(const Leg& leg) const {
  core::MediaOffer offer{leg.bridge->offer, leg.bridge->call, leg.bridge->offered, leg.desk};
  if (leg.whisper) offer.beside = core::BesideCall::whisper;
  return offer;
}

void Switchboard::browser_answered(SessionId session, const core::MediaAnswer& answer) {
  if (const auto heard = listening_.find(answer.offer); heard != listening_.end() && heard->second.session == session)
    return listener_answered(answer.offer, answer.sdp);
  for (const auto& [id, leg] : legs_)
    if (leg.bridge && leg.bridge->offer == answer.offer && leg.bridge->session == session)
      return join(id, answer.offer, answer.sdp);
}

void Switchboard::join(const LegId& id, OfferId offer, std::string browser_sdp) {
  auto& bridge = *find(id)->bridge;
  // An answer names no offer of an SDP: one that comes twice means that the page has made another voice path since, one
  // that comes while another offer is on its way is to an older one.
  if (bridge.answered) return offer_again(id);
  if (bridge.offered.empty()) return;
  bridge.answered = true;
  bridge.adopted = false;
  bridge.offered.clear();
  media_.answer_bridge(id, offer, std::move(browser_sdp), later([this, id, offer](const Result<std::string>& joined) {
                         auto* leg = find(id);
                         if (!leg || !leg->bridge || leg->bridge->offer != offer || !leg->bridge->answered) return;
                         if (!joined) return bridge_failed(id, offer, joined.error().code);
                         leg->bridge->joined = true;
                         settle_bridge(*leg, EffectOutcome::done);
                         listen_again([&](const Listening& each) { return each.leg == id; });
                         joined_(id);
                         if (whole(offer)) core_.submit(core::BridgeReported{offer, true, ""});
                       }));
}

void Switchboard::browser_attached(SessionId session) {
  for (const auto& [id, leg] : legs_)
    if (leg.bridge && leg.bridge->session == session && !leg.bridge->offered.empty())
      (void)offer_voice_(session, media_offer(leg));
  for (const auto& [offer, listening] : listening_)
    if (listening.session == session && !listening.offered.empty()) tell_listener(offer);
}

void Switchboard::resume_voice(SessionId session, CallId call) {
  // The caller's, and the guest's. Who has not answered has the offer, or will hear it.
  for (const auto& [id, leg] : legs_)
    if (leg.bridge && leg.bridge->call == call && leg.bridge->session == session && leg.bridge->answered)
      offer_again(id);
  listen_again([&](const Listening& each) { return each.call == call && each.session == session; });
}

void Switchboard::offer_again(const LegId& id) {
  auto& bridge = *find(id)->bridge;
  bridge.answered = bridge.asked = bridge.joined = bridge.adopted = false;
  // Into an operator's headset nothing is said while their listener's page comes back.
  media_.unbridge(id, bridge.offer, find(id)->whisper ? ports::Prompt::none : ports::Prompt::waiting,
                  later([this, id, offer = bridge.offer](const Result<std::string>&) {
                    const auto* leg = find(id);
                    if (leg && leg->bridge && leg->bridge->offer == offer && !leg->bridge->asked) offer_to_browser(id);
                  }));
}

void Switchboard::send_message(EffectId effect, const core::SendMessage& order) {
  messages_.send(order.message, order.number, order.text, [this, effect](bool accepted, std::string note) {
    core_.post_always([this, effect, accepted, note = std::move(note)] {
      core_.submit(core::EffectsReported{{{effect, accepted ? EffectOutcome::done : EffectOutcome::failed, note}}});
    });
  });
}

Instant Switchboard::heard(const LegId& leg) const {
  const auto it = legs_.find(leg);
  return it == legs_.end() ? Instant{} : it->second.heard;
}

SwitchboardCounts Switchboard::counts() const {
  SwitchboardCounts c;
  c.legs = static_cast<std::int64_t>(legs_.size());
  c.voices = voices_;
  for (const auto& [id, leg] : legs_) c.bridges += leg.bridge && leg.bridge->joined;
  return c;
}

}  // namespace sigap::runtime
