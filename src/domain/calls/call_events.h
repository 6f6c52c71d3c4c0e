// What happened to calls.
#pragma once
#include <vector>

#include "domain/calls/call.h"
#include "domain/calls/listener.h"

namespace sigap::calls {

/// Where a caller is: a point, an address, or both.
struct Whereabouts {
  std::optional<GeoPoint> point;
  std::optional<std::int32_t> radius_m;  ///< of the point; 0: unknown
  std::optional<std::string> civic;      ///< street, number, place on one line
};

/// The call is accepted: from here on it is answered by a person or ends in a task.
struct CallArrived {
  CallId call;
  CallKind kind = CallKind::emergency;
  LegId leg;
  TrunkName trunk;
  std::string dialled;
  CallerRef caller;
  Personal<std::string> number;
  Personal<Whereabouts> location;
  std::string location_note;
  Personal<std::vector<ForeignId>> foreign_ids;
  Personal<std::string> signalling;  ///< the INVITE's text: what a restart needs to complete the call
};

/// The caller's telephone told a place that is better than the one before, or a different one.
struct CallLocated {
  CallId call;
  Personal<Whereabouts> location;  ///< everything that is known now
  std::string note;                ///< what is odd about the place
};

/// The call belongs to this station, for this reason. A later one replaces it.
struct CallHomed {
  CallId call;
  StationCode station;
  HomeReason reason = HomeReason::headquarters;
  /// Other stations whose it may be, because the caller's circle crosses a border; by location only.
  std::optional<std::vector<StationCode>> beside = {};
};

/// The caller is let in this way, or turned away.
struct CallAdmitted {
  CallId call;
  LegId leg;
  Admission how = Admission::voice;
  std::optional<Refused> refused = {};  ///< none: refused with 503, because there is no room
};

/// The caller's leg has media: they are told with 200, or with a re-INVITE when they were answered before.
struct CallVoiceOpened {
  CallId call;
  LegId leg;
  std::string sdp;  ///< our whole answer: what is sent, and sent again, word by word
};

/// The media process lost the leg: a voice is opened again, and a conversation is joined again.
struct CallVoiceLost {
  CallId call;
  LegId leg;
};

/// The other side described its voice anew, because it moved, holds, resumes or speaks another codec. Ours now fits it.
struct CallRenegotiated {
  CallId call;
  LegId leg;
  std::string sdp;       ///< our whole answer, sent word by word; or what stands, when theirs was the answer
  bool offered = false;  ///< they offered, and wait for our answer
  Personal<std::string> signalling;  ///< what a restart needs of their message
};

/// The caller confirmed what they were told of our voice (ACK).
struct CallEstablished {
  CallId call;
  LegId leg;
};

/// An operator answered the call; the two voices are being joined.
struct CallAccepted {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;
  SessionId session;
};

/// The voices of caller and operator are joined.
struct CallConnected {
  CallId call;
  OfferId offer;
};

/// The caller hears the hold prompt instead of the operator.
struct CallHeld {
  CallId call;
  LegId leg;
  OfferId offer;
};

/// The caller hears the operator again.
struct CallResumed {
  CallId call;
  LegId leg;
  OfferId offer;
  bool by_timeout = false;  ///< by itself, after the longest hold
};

/// The caller pressed a key. That it means "I cannot speak" is noted beside it, because the fold does not look at the
/// key.
struct DigitHeard {
  CallId call;
  LegId leg;
  Personal<std::string> digit;
  bool silent = false;
};

/// Somebody wrote a line. Neither side sees it as sent before this is in the journal.
struct TextSaid {
  CallId call;
  SaidBy by = SaidBy::caller;
  PersonId person;   ///< of ours
  std::string name;  ///< of the line, made by who wrote it: what is said twice is one
  Personal<std::string> text;
};

/// The caller sent a photograph. It stands sealed in a file.
struct PhotographKept {
  CallId call;
  std::string name;  ///< as of TextSaid
  Photograph photograph;
};

/// Somebody looked at a photograph of the caller.
struct PhotographSeen {
  CallId call;
  std::string sha256;
  PersonId person;
};

/// The language that the caller chose on the page, or that their telephone asks for (RFC 8373).
struct CallerSpeaks {
  CallId call;
  Personal<std::string> language;  ///< BCP 47
};

/// From now on the call goes before all others.
struct CallUrgent {
  CallId call;
  UrgentReason reason = UrgentReason::silent;
};

/// The call goes behind others by a bounded time; otherwise it is answered like any other.
struct CallDoubted {
  CallId call;
  DoubtReason reason = DoubtReason::standing;
};

/// Something is held against the number of this call: so many earlier calls were pranks, or silent without a key.
struct CallerRemembered {
  CallId call;
  std::int64_t pranks = 0;
  std::int64_t ghosts = 0;
};

/// Nothing is held against the number of this call any more.
struct DoubtLifted {
  CallId call;
};

/// The caller hears which keys say yes and no, once, instead of the operator, who goes on hearing the caller.
struct AskedToPress {
  CallId call;
  LegId leg;
  OfferId offer;
};

/// An operator calls somebody. The number is dialled once: no restart dials it again.
struct CallPlaced {
  CallId call;
  LegId leg;
  OfferId offer;  ///< names the operator's side, as if they had accepted one
  TrunkName trunk;
  StationCode station;
  TaskId task;
  IncidentId incident;  ///< of the task, when it is still open
  PersonId person;
  bool was_ready = false;
  CallerRef caller;
  Personal<std::string> number;  ///< as it is dialled
  Personal<Location> location;   ///< where the callee was when they called us
};

/// A call that we placed rings at the callee.
struct CallRang {
  CallId call;
  LegId leg;
};

/// The callee picked up; the two voices are being joined.
struct CallPickedUp {
  CallId call;
  LegId leg;
  OfferId offer;
  SessionId session;
  std::string sdp;                   ///< our offer
  Personal<std::string> signalling;  ///< the 200's text: what a restart needs to go on with the call
};

/// Nobody picked up a call that we placed: it leaves the live state. Its task says why (CallbackTried).
struct CallUnreached {
  CallId call;
  LegId leg;
  PersonId person;
  CallEndedBy by = CallEndedBy::network;
  std::string cause;
};

enum class ReturnReason { browser_lost, media_failed, signed_out, transferred, relay_lost };

/// The operator's side failed, or gave the call to another station: the caller waits again, with the old arrival.
struct CallReturned {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;
  ReturnReason reason = ReturnReason::browser_lost;
};

/// The system calls back a caller whom nobody answered. No restart dials the number again; the task's caller may be
/// called once more later.
struct RingBackPlaced {
  CallId call;
  LegId leg;
  TrunkName trunk;
  StationCode station;
  TaskId task;
  IncidentId incident;
  CallerRef caller;
  Personal<std::string> number;
  Personal<Location> location;
};

/// Somebody whom the system called back picked up, and is asked whether they need help.
struct RingBackAnswered {
  CallId call;
  LegId leg;
  std::string sdp;                   ///< our offer
  Personal<std::string> signalling;  ///< the text of their 200
};

/// Somebody whom the system called back needs help, or said nothing: they wait for an operator, in front.
struct RingBackQueued {
  CallId call;
  LegId leg;
  bool pressed = false;
};

/// Somebody whom the system called back needs nothing: the call leaves the live state.
struct RingBackDeclined {
  CallId call;
  LegId leg;
  TaskId task;
};

/// The operator wants a supervisor in the call, or does not want one any more.
struct SupervisorAsked {
  CallId call;
  PersonId person;
  bool wanted = true;
};

/// A guest is asked into the call: it rings at a person, or an outside number is dialled, once.
struct GuestInvited {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  bool was_ready = true;
  std::string line;
  LegId leg;  ///< of an outside number
  TrunkName trunk;
  std::string number;  ///< of the configuration, not of a person
};

/// The outside number that was asked into the call rings.
struct GuestRang {
  CallId call;
  OfferId offer;
  LegId leg;
};

/// The guest answered; the voices are being joined.
struct GuestCame {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  SessionId session;  ///< the guest's
  LegId leg;
  LegId desk_leg;
  SessionId desk;                    ///< the operator's
  std::string sdp;                   ///< of an outside number: our offer
  Personal<std::string> signalling;  ///< of an outside number: the text of its 200
};

/// All three hear each other. In a call that was relayed, the caller and the outside number do.
struct GuestConnected {
  CallId call;
  OfferId offer;
};

/// The call has no guest any more; `how` says why.
struct GuestLeft {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  LegId leg;
  LegId desk_leg;
  GuestEnd how = GuestEnd::left;
};

/// The operator gave the call to its guest, who has it now.
struct CallHandedOver {
  CallId call;
  LegId leg;
  OfferId offer;  ///< names the new operator's side
  PersonId from;
  PersonId person;
  SessionId session;
};

/// The operator gave the call to an outside number: no operator is on it, and the two legs are being joined.
struct CallRelayed {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;  ///< the operator who handed it over
  LegId other;
  OfferId other_offer;
};

/// A supervisor begins to hear both sides of the call, and can be heard by its operator.
struct ListeningStarted {
  CallId call;
  LegId leg;
  OfferId offer;
  OfferId whisper;
  PersonId person;
  SessionId session;
  PersonId operator_;
  LegId whisper_leg;
  LegId desk_leg;
  SessionId desk;  ///< the operator's
};

/// Nobody listens by this offer any more.
struct ListeningEnded {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;
  LegId whisper_leg;
  LegId desk_leg;
  ListeningEnd how = ListeningEnd::stopped;
};

/// A listener speaks to the operator alone, or has ceased to.
struct Whispered {
  CallId call;
  OfferId offer;  ///< of the listening
  PersonId person;
  bool speaks = false;
};

/// The caller's leg is over. `answered` says whether an operator had taken the call.
struct CallEnded {
  CallId call;
  LegId leg;
  CallEndedBy by = CallEndedBy::caller;
  bool answered = false;
  bool short_ring = false;  ///< gone within 5 s, unanswered: mostly a slip of the finger
  std::string cause;        ///< in the network's words, e.g. "BYE", "no ACK", "restart"
};

/// The caller has heard of the end of a call that we ended: nothing is left of its leg.
struct LegClosed {
  CallId call;
  LegId leg;
};

/// Says what the call was, as its operator saw it. This closes the call: it leaves the live state.
struct OutcomeSet {
  CallId call;
  IncidentId incident;
  PersonId person;
  Outcome outcome = Outcome::genuine;
  bool by_timeout = false;  ///< nobody chose one in wrap-up; recorded as `information`
};

/// A call that needs no outcome (a test, or one that nobody answered and whose task stands) left the live state.
struct CallClosed {
  CallId call;
  IncidentId incident;
};

}  // namespace sigap::calls
