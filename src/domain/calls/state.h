// The live calls, and the callers' legs.
#pragma once
#include <optional>
#include <set>
#include <utility>

#include "base/code_map.h"
#include "base/id_map.h"
#include "domain/calls/call_events.h"
#include "domain/calls/leg.h"

namespace sigap::calls {

struct State {
  IdMap<CallId, Call> calls;
  CodeMap<LegId, Leg> legs;
  IdMap<CallId, Instant> waiting;  ///< emergency calls without an operator, by when the wait began
  std::set<CallId> ringing_back;
  std::set<std::pair<CallerRef, CallId>> by_caller;  ///< emergency calls whose number is known
  std::optional<std::vector<Listener>> listeners;    ///< of all calls, oldest first; none: nobody listens

  /// `position` of the event in the journal.
  void apply(const CallArrived& e, Instant at, std::int64_t position);
  void apply(const CallLocated& e);
  void apply(const CallHomed& e);
  void apply(const CallAdmitted& e);
  void apply(const CallVoiceOpened& e);
  void apply(const CallVoiceLost& e);
  void apply(const CallEstablished& e);
  void apply(const CallRenegotiated& e, std::int64_t position);
  void apply(const CallAccepted& e, Instant at);
  void apply(const CallConnected& e);
  void apply(const CallHeld& e, Instant at);
  void apply(const CallResumed& e);
  void apply(const DigitHeard& e, Instant at);
  void apply(const TextSaid& e, Instant at);
  void apply(const PhotographKept& e, Instant at);
  void apply(const CallerSpeaks& e);
  void apply(const CallUrgent& e);
  void apply(const CallDoubted& e);
  void apply(const CallerRemembered& e);
  void apply(const DoubtLifted& e);
  void apply(const AskedToPress& e, Instant at);
  void apply(const CallReturned& e, Instant at);
  void apply(const CallPlaced& e, Instant at);
  void apply(const RingBackPlaced& e, Instant at);
  void apply(const RingBackAnswered& e, Instant at, std::int64_t position);
  void apply(const RingBackQueued& e, Instant at);
  void apply(const RingBackDeclined& e);
  void apply(const SupervisorAsked& e, Instant at);
  void apply(const GuestInvited& e, Instant at);
  void apply(const GuestRang& e);
  void apply(const GuestCame& e, Instant at, std::int64_t position);
  void apply(const GuestConnected& e, Instant at);
  void apply(const GuestLeft& e);
  void apply(const CallHandedOver& e, Instant at);
  void apply(const CallRelayed& e, Instant at);
  void apply(const ListeningStarted& e, Instant at);
  void apply(const ListeningEnded& e);
  void apply(const Whispered& e);
  void apply(const CallRang& e);
  void apply(const CallPickedUp& e, Instant at, std::int64_t position);
  void apply(const CallUnreached& e);
  void apply(const CallEnded& e, Instant at);
  void apply(const LegClosed& e);
  void apply(const OutcomeSet& e);
  void apply(const CallClosed& e);
  void allow_second_ring(CallId call) { calls.at(call).second_ring = true; }
  void attach_incident(CallId call, IncidentId incident);

  const Call* find(CallId id) const;
  /// Of a call that has not ended.
  const Call* find(const LegId& leg) const;
  /// Into which this outside number was brought.
  const Call* of_guest(const LegId& leg) const;
  const Leg* leg(const LegId& leg) const;
  /// Which of them this is: by either of its offers, or by its person.
  const Listener* listener(OfferId offer) const;
  const Listener* listener(PersonId person) const;
  std::vector<Listener> listeners_of(CallId call) const;
  /// The live emergency calls of a number; none of a caller without a reference.
  std::vector<CallId> of(CallerRef caller) const;

 private:
  void close(CallId call);
};

}  // namespace sigap::calls
