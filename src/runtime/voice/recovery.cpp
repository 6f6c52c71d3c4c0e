// After a start, and whenever media or callers fall silent: what the journal says and what is there are brought
// together.
#include <set>

#include "runtime/voice/switchboard.h"

namespace sigap::runtime {
void Switchboard::restore(const std::vector<ports::RestoredLeg>& legs) {
  for (const auto& leg : legs) restore_leg(leg);
  restore_guests();
  restore_listeners();
  recovery_.restored = static_cast<std::int64_t>(legs.size());
  started_ = core_.now();
  recovery_.done = false;  // also with no leg: the media process may hold what nobody knows
}

void Switchboard::restore_leg(const ports::RestoredLeg& restored) {
  const auto& calls = core_.engine().state().calls;
  const auto* known = calls.leg(restored.leg);
  if (!known) return telephony_.hang_up(restored.leg);
  if (known->ending) {
    if (known->refused) return telephony_.refuse(restored.leg, static_cast<int>(known->refused_with.value_or(503)));
    return telephony_.hang_up(restored.leg);
  }
  const auto* call = calls.find(known->call);
  Leg& leg = legs_[restored.leg];
  leg.caller_sdp = restored.caller_sdp;
  leg.restored = true;
  leg.placed = known->placed;
  leg.since = core_.now();
  if (known->guest) return restore_outside(restored.leg, leg);
  leg.learned = config_.learned.contains(call->trunk);
  const bool talking = call->state == calls::CallState::talking;
  if (talking) {
    const auto* op = core_.engine().state().people.operator_of(call->operator_);
    leg.bridge = Bridge{call->id,        call->offer,    op ? op->session : SessionId{}, {}, {}, false, call->connected,
                        call->connected, call->connected};
  }
  if (!known->voice) {
    leg.rings = true;
    return;
  }
  // Whom the system called picked up, and nobody told the media yet: announce() does both.
  const bool untold = known->placed && core_.engine().state().outstanding.contains({known->invite_at}) &&
                      call->home_reason == calls::HomeReason::rang_back;
  leg.voice = untold || restored.caller_sdp.empty() ? Voice::offered : Voice::open;
  ++voices_;
  // A bridge that was being made is begun anew: knowing of it lets what is there of it be deleted first.
  const bool relayed = call->state == calls::CallState::relayed;
  adopt(restored.leg, leg, talking || relayed ? call->offer : OfferId{}, call->connected || relayed);
  // An answer in an ACK is in the journal before the media process hears of it. Whoever is joined hears of it with
  // that.
  if (known->described_at && !leg.bridge && !relayed && leg.voice == Voice::open)
    media_.renegotiate(restored.leg, leg.caller_sdp, version_of(core_.engine().state(), restored.leg),
                       [](const auto&) {});
}

void Switchboard::tick(Instant now) {
  promote();
  ring_meanwhile(now);
  if (media_.health().slow) core_.was_late(CoreThread::kTick);  // whoever is to be joined waits for it
  const bool closer = now - started_ < kStart;
  const bool due = !recovery_.done || (now - looked_ >= (closer ? kLookEveryAtStart : kLookEvery) && voices_ > 0);
  if (!due || asking_ || !media_.health().up) return;
  asking_ = true;
  looked_ = now;
  media_.list([this, closer](Result<std::vector<ports::LegMedia>> held) {
    core_.post_always([this, closer, held = std::move(held)] {
      asking_ = false;
      if (!held) return;  // it went away meanwhile: again at the next tick
      if (!recovery_.done) return compare(*held);
      probe_silent(*held, core_.now(), closer ? kSilenceAtStart : kSilence);
    });
  });
}

void Switchboard::compare(const std::vector<ports::LegMedia>& held) {
  std::set<LegId> there;
  for (const auto& media : held) {
    there.insert(media.leg);
    if (legs_.contains(media.leg)) continue;
    media_.close(media.leg);
    ++recovery_.unknown;
  }
  std::vector<LegId> lost, to_join;
  for (auto& [id, leg] : legs_) {
    if (!std::exchange(leg.restored, false) || leg.voice != Voice::open) continue;
    if (!there.contains(id))
      lost.push_back(id);
    else if (leg.bridge && !leg.bridge->joined && !leg.bridge->asked)
      to_join.push_back(id);
  }
  for (const auto& id : lost) voice_lost(id);
  for (const auto& id : to_join) offer_to_browser(id);
  recovery_.lost = static_cast<std::int64_t>(lost.size());
  recovery_.done = true;
  probe_silent(held, core_.now(), kSilenceAtStart);
}

void Switchboard::probe_silent(const std::vector<ports::LegMedia>& held, Instant now, Duration silence) {
  for (const auto& media : held) {
    auto* leg = find(media.leg);
    if (leg) leg->heard = media.last_packet;
    if (!leg || leg->voice != Voice::open || (leg->guest && !leg->placed)) continue;
    const Instant heard = media.last_packet.ms > 0 ? media.last_packet : leg->since;
    if (now - heard < silence) continue;
    telephony_.probe(media.leg);
    ++recovery_.silent;
  }
}

void Switchboard::media_restarted() {
  std::vector<LegId> open;
  for (const auto& [id, leg] : legs_)
    if (leg.voice == Voice::open) open.push_back(id);
  for (const auto& id : open) voice_lost(id);
  // What was offered to somebody who has not picked up is a voice that nobody will hear.
  for (const auto& [id, leg] : legs_)
    if (leg.voice == Voice::offered) leg_ended(id, ports::LegEndedBy::network, "media lost");
}

void Switchboard::voice_lost(const LegId& id) {
  auto* leg = find(id);
  leg->voice = Voice::none;
  if (leg->guest) {  // not mended: the two are as they were, and may ask again
    --voices_;
    // A relay has no bridge of ours; the state knows whose leg it is.
    const auto* host = core_.engine().state().calls.of_guest(id);
    const auto offer = leg->bridge ? leg->bridge->offer : host && host->guest ? host->guest->offer : OfferId{};
    if (offer) core_.submit(core::BridgeReported{offer, false, "media lost"});
    return;
  }
  for (const auto& [offer, listening] : listening_)  // not mended either: who listened may ask again
    if (listening.leg == id) listening_failed(offer, "media lost");
  leg->rings = true;  // whoever opens it again: should that fail, it is tried on
  --voices_;
  if (leg->bridge) {  // joined again when the voice is open again
    leg->bridge->joined = leg->bridge->asked = leg->bridge->answered = false;
    leg->bridge->offered.clear();
  }
  core_.submit(core::VoiceLost{id});
}

/// A media process that is slow is waited for; the caller hears that something happens.
void Switchboard::ring_meanwhile(Instant now) {
  if (opening_ == 0) return;
  std::vector<LegId> waiting;
  for (const auto& [id, leg] : legs_)
    if (leg.voice == Voice::opening && !leg.rings && !leg.placed && now - leg.since >= kRingsAfter)
      waiting.push_back(id);
  for (const auto& id : waiting) ring(id);
}

void Switchboard::promote() {
  if (!media_.health().up) return;
  // Who has an operator already comes first: two people wait there.
  for (const bool taken : {true, false}) {
    std::vector<LegId> next;
    for (const auto& [id, leg] : legs_)
      if (leg.rings && leg.voice == Voice::none && leg.bridge.has_value() == taken && next.size() < kVoicesAtOnce)
        next.push_back(id);
    for (const auto& id : next) {
      if (opening_ >= kVoicesAtOnce || static_cast<std::size_t>(voices_) >= config_.voices_max) return;
      open_voice(id, false, [](bool) {});
    }
  }
}

}  // namespace sigap::runtime
