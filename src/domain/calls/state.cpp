#include "domain/calls/state.h"

namespace sigap::calls {
namespace {

/// What an operator's call back and the system's have in common.
template <class Placed>
Call placed_call(const Placed& e, Instant at) {
  Call c;
  c.id = e.call;
  c.direction = Direction::outgoing;
  c.leg = e.leg;
  c.trunk = e.trunk;
  c.caller = e.caller;
  c.number = e.number;
  c.location = e.location;
  c.home = e.station;
  c.arrived = c.waiting_since = c.accepted = at;
  c.incident = e.incident;
  c.task = e.task;
  return c;
}

Leg placed_leg(CallId call, bool guest) {
  Leg leg;
  leg.call = call;
  leg.placed = true;
  leg.guest = guest;
  return leg;
}

/// Whom we called picked up: the ACK is ours to say, and it is said until it is heard.
void picked_up(Leg& leg, const std::string& sdp, std::int64_t position) {
  leg.invite_at = position;
  leg.our_sdp = sdp;
  leg.voices = 1;
  leg.voice = leg.confirmed = leg.told = true;
}

void locate(Call& c, const Personal<Whereabouts>& where) {
  c.location = part_of(where, [](const Whereabouts& w) {
    return w.point ? std::optional(Location{*w.point, w.radius_m.value_or(0)}) : std::nullopt;
  });
  c.civic = part_of(where, [](const Whereabouts& w) { return w.civic; });
}

std::vector<Line>& lines_of(Call& c) {
  if (!c.lines) c.lines.emplace();
  return *c.lines;
}

/// What an operator had going with the caller and nobody else goes on with.
void forget_asides(Call& c) {
  c.connected = false;
  c.held.reset();
  c.asked.reset();
  c.help_asked.reset();
}

}  // namespace

void State::apply(const CallArrived& e, Instant at, std::int64_t position) {
  Call c;
  c.id = e.call;
  c.kind = e.kind;
  c.leg = e.leg;
  c.trunk = e.trunk;
  c.caller = e.caller;
  c.number = e.number;
  locate(c, e.location);
  c.location_note = e.location_note;
  c.dialled = e.dialled;
  c.arrived = c.waiting_since = at;
  calls[e.call] = c;
  Leg leg;
  leg.call = e.call;
  leg.invite_at = position;
  legs[e.leg] = leg;
  if (e.kind != CallKind::emergency) return;
  waiting[e.call] = at;
  if (e.caller) by_caller.insert({e.caller, e.call});
}

void State::apply(const CallLocated& e) {
  Call& c = calls.at(e.call);
  locate(c, e.location);
  c.location_note = e.note;
}

void State::apply(const CallHomed& e) {
  Call& c = calls.at(e.call);
  c.home = e.station;
  c.home_reason = e.reason;
  c.beside = e.beside;
}

void State::apply(const CallAdmitted& e) {
  calls.at(e.call).admission = e.how;
  Leg& leg = legs.at(e.leg);
  leg.refused = e.how == Admission::refused;
  if (e.refused) leg.refused_with = e.refused->status;
}

void State::apply(const CallVoiceOpened& e) {
  Leg& leg = legs.at(e.leg);
  leg.our_sdp = e.sdp;
  ++leg.voices;
  leg.voice = true;
  leg.told = false;
}

void State::apply(const CallVoiceLost& e) {
  legs.at(e.leg).voice = false;
  Call& c = calls.at(e.call);
  c.connected = false;
  c.held.reset();  // joined anew, they hear each other
  c.asked.reset();
}

void State::apply(const CallEstablished& e) {
  Leg& leg = legs.at(e.leg);
  leg.confirmed = leg.told = true;
}

void State::apply(const CallRenegotiated& e, std::int64_t position) {
  Leg& leg = legs.at(e.leg);
  leg.our_sdp = e.sdp;
  leg.described_at = position;
  ++leg.voices;
  if (e.offered) leg.told = false;
}

void State::apply(const CallAccepted& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::talking;
  c.operator_ = e.person;
  c.offer = e.offer;
  c.accepted = at;
  c.connected = false;
  waiting.erase(e.call);
}

void State::apply(const CallConnected& e) {
  calls.at(e.call).connected = true;
}

void State::apply(const CallHeld& e, Instant at) {
  calls.at(e.call).held = at;
}

void State::apply(const CallResumed& e) {
  Call& c = calls.at(e.call);
  c.held.reset();
  c.asked.reset();
}

void State::apply(const DigitHeard& e, Instant at) {
  Call& c = calls.at(e.call);
  c.digits.push_back({at, e.digit});
  c.silent = c.silent || e.silent;
}

void State::apply(const TextSaid& e, Instant at) {
  lines_of(calls.at(e.call)).push_back({at, e.by, e.person, e.name, e.text, {}});
}

void State::apply(const PhotographKept& e, Instant at) {
  lines_of(calls.at(e.call)).push_back({at, SaidBy::caller, {}, e.name, {subject_of(e.call), {}}, e.photograph});
}

void State::apply(const CallerSpeaks& e) {
  calls.at(e.call).language = e.language;
}

void State::apply(const CallUrgent& e) {
  Call& c = calls.at(e.call);
  c.urgent = true;
  c.urgent_reason = e.reason;
}

void State::apply(const CallDoubted& e) {
  Call& c = calls.at(e.call);
  c.suspected = true;
  c.doubt = e.reason;
}

void State::apply(const CallerRemembered& e) {
  Call& c = calls.at(e.call);
  c.pranks = e.pranks;
  c.ghosts = e.ghosts;
}

void State::apply(const DoubtLifted& e) {
  Call& c = calls.at(e.call);
  c.pranks = c.ghosts = 0;
  if (c.doubt != DoubtReason::standing) return;
  c.suspected = false;
  c.doubt.reset();
}

void State::apply(const AskedToPress& e, Instant at) {
  calls.at(e.call).asked = at;
}

void State::apply(const CallReturned& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::waiting;
  c.waiting_since = at;
  forget_asides(c);
  c.outcome_set = false;
  c.offer = {};
  c.operator_ = {};
  ++c.returns;
  waiting[e.call] = at;
}

void State::apply(const CallPlaced& e, Instant at) {
  Call c = placed_call(e, at);
  c.state = CallState::talking;
  c.home_reason = HomeReason::called_back;
  c.operator_ = e.person;
  c.offer = e.offer;
  c.was_ready = e.was_ready;
  calls[e.call] = c;
  legs[e.leg] = placed_leg(e.call, false);
  if (e.caller) by_caller.insert({e.caller, e.call});
}

void State::apply(const RingBackPlaced& e, Instant at) {
  Call c = placed_call(e, at);
  c.state = CallState::ringing_back;
  c.home_reason = HomeReason::rang_back;
  calls[e.call] = c;
  legs[e.leg] = placed_leg(e.call, false);
  ringing_back.insert(e.call);
  if (e.caller) by_caller.insert({e.caller, e.call});
}

void State::apply(const RingBackAnswered& e, Instant at, std::int64_t position) {
  Call& c = calls.at(e.call);
  c.callee = Callee::answered;
  c.arrived = at;
  picked_up(legs.at(e.leg), e.sdp, position);
}

void State::apply(const RingBackQueued& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::waiting;
  c.arrived = c.waiting_since = at;  // the promise counts from here
  c.urgent = true;
  c.urgent_reason = UrgentReason::rang_back;
  waiting[e.call] = at;
  ringing_back.erase(e.call);
}

void State::apply(const RingBackDeclined& e) {
  legs.at(e.leg).ending = true;
  close(e.call);
}

void State::apply(const SupervisorAsked& e, Instant at) {
  calls.at(e.call).help_asked = e.wanted ? std::optional(at) : std::nullopt;
}

void State::apply(const GuestInvited& e, Instant at) {
  Guest guest;
  guest.offer = e.offer;
  guest.kind = e.kind;
  guest.person = e.person;
  guest.was_ready = e.was_ready;
  guest.line = e.line;
  guest.leg = e.leg;
  guest.since = at;
  calls.at(e.call).guest = guest;
  if (e.kind != GuestKind::outside) return;
  legs[e.leg] = placed_leg(e.call, true);
}

void State::apply(const GuestRang& e) {
  calls.at(e.call).guest->rings = true;
}

void State::apply(const GuestCame& e, Instant at, std::int64_t position) {
  Call& c = calls.at(e.call);
  c.guest->state = GuestState::joining;
  c.guest->since = at;
  c.guest->leg = e.leg;
  c.guest->desk_leg = e.desk_leg;
  c.help_asked.reset();
  if (e.kind == GuestKind::outside) picked_up(legs.at(e.leg), e.sdp, position);
}

void State::apply(const GuestConnected& e, Instant at) {
  Guest& guest = *calls.at(e.call).guest;
  guest.state = guest.state == GuestState::relaying ? GuestState::alone : GuestState::joined;
  guest.since = at;
}

void State::apply(const GuestLeft& e) {
  Call& c = calls.at(e.call);
  c.guest.reset();
  c.guest_end = e.how;
  if (const auto it = legs.find(e.leg); it != legs.end()) it->second.ending = true;
}

void State::apply(const ListeningStarted& e, Instant at) {
  if (!listeners) listeners.emplace();
  listeners->push_back(
      {e.offer, e.whisper, e.call, e.leg, e.person, e.session, e.operator_, e.whisper_leg, e.desk_leg, at, false});
}

void State::apply(const ListeningEnded& e) {
  if (!listeners) return;
  std::erase_if(*listeners, [&](const Listener& each) { return each.offer == e.offer; });
  if (listeners->empty()) listeners.reset();
}

void State::apply(const Whispered& e) {
  if (!listeners) return;
  for (auto& each : *listeners)
    if (each.offer == e.offer) each.whispers = e.speaks;
}

void State::apply(const CallHandedOver& e, Instant at) {
  Call& c = calls.at(e.call);
  c.operator_ = e.person;
  c.offer = e.offer;
  c.accepted = at;
  forget_asides(c);
}

void State::apply(const CallRelayed& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::relayed;
  forget_asides(c);
  c.ended = at;  // for the one who handed it over
  c.guest->state = GuestState::relaying;
  c.guest->since = at;
}

void State::apply(const CallRang& e) {
  calls.at(e.call).callee = Callee::rings;
}

void State::apply(const CallPickedUp& e, Instant at, std::int64_t position) {
  Call& c = calls.at(e.call);
  c.callee = Callee::answered;
  c.accepted = at;
  picked_up(legs.at(e.leg), e.sdp, position);
}

void State::apply(const CallUnreached& e) {
  waiting.erase(e.call);
  close(e.call);
  if (e.by == CallEndedBy::network)
    legs.erase(e.leg);
  else
    legs.at(e.leg).ending = true;
}

void State::apply(const CallEnded& e, Instant at) {
  Call& c = calls.at(e.call);
  c.state = CallState::ended;
  c.held.reset();
  c.asked.reset();
  c.help_asked.reset();
  c.ended = at;
  c.ended_by = e.by;
  waiting.erase(e.call);
  if (e.by == CallEndedBy::caller || e.by == CallEndedBy::network)
    legs.erase(e.leg);
  else
    legs.at(e.leg).ending = true;
}

void State::apply(const LegClosed& e) {
  legs.erase(e.leg);
}

void State::apply(const OutcomeSet& e) {
  if (Call& c = calls.at(e.call); c.state == CallState::relayed)
    c.outcome_set = true;  // the caller still talks
  else
    close(e.call);
}
void State::apply(const CallClosed& e) {
  close(e.call);
}

void State::close(CallId call) {
  const auto it = calls.find(call);
  if (it == calls.end()) return;
  by_caller.erase({it->second.caller, call});
  ringing_back.erase(call);
  calls.erase(it);
}

std::vector<CallId> State::of(CallerRef caller) const {
  std::vector<CallId> found;
  if (!caller) return found;
  for (auto it = by_caller.lower_bound({caller, CallId{}}); it != by_caller.end() && it->first == caller; ++it)
    found.push_back(it->second);
  return found;
}

const Listener* State::listener(OfferId offer) const {
  if (listeners)
    for (const auto& each : *listeners)
      if (each.offer == offer || each.whisper == offer) return &each;
  return nullptr;
}

const Listener* State::listener(PersonId person) const {
  if (listeners)
    for (const auto& each : *listeners)
      if (each.person == person) return &each;
  return nullptr;
}

std::vector<Listener> State::listeners_of(CallId call) const {
  std::vector<Listener> found;
  if (listeners)
    for (const auto& each : *listeners)
      if (each.call == call) found.push_back(each);
  return found;
}

void State::attach_incident(CallId call, IncidentId incident) {
  const auto it = calls.find(call);
  if (it != calls.end()) it->second.incident = incident;
}

const Call* State::find(CallId id) const {
  const auto it = calls.find(id);
  return it == calls.end() ? nullptr : &it->second;
}

const Call* State::find(const LegId& leg) const {
  const auto* found = this->leg(leg);
  return found && !found->ending && !found->guest ? find(found->call) : nullptr;
}

const Call* State::of_guest(const LegId& leg) const {
  const auto* found = this->leg(leg);
  return found && !found->ending && found->guest ? find(found->call) : nullptr;
}

const Leg* State::leg(const LegId& leg) const {
  const auto it = legs.find(leg);
  return it == legs.end() ? nullptr : &it->second;
}

}  // namespace sigap::calls
