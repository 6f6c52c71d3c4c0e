// What happened to calls.
#pragma once
#include <vector>

#include "domain/calls/call.h"

namespace sigap::calls {

/// Where a caller is: a point, an address, or both.
struct Whereabouts {
  std::optional<GeoPoint> point;
  std::optional<std::int32_t> radius_m;  ///< with a point; 0: unknown
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

/// The caller's telephone told a place that is better than the one before, or another one.
struct CallLocated {
  CallId call;
  Personal<Whereabouts> location;  ///< all that is known now
  std::string note;                ///< what is odd about it
};

struct CallHomed {
  CallId call;
  StationCode station;
  HomeReason reason = HomeReason::headquarters;
};

struct CallAdmitted {
  CallId call;
  LegId leg;
  Admission how = Admission::voice;
  std::optional<Refused> refused = {};  ///< none: with 503, because there is no room
};

/// The caller's leg has media: they are told with 200, or with a re-INVITE when they were answered before.
struct CallVoiceOpened {
  CallId call;
  LegId leg;
  std::string sdp;  ///< our whole answer: what is sent, and sent again, word by word
};

/// The media process lost the leg: a voice is opened again, and whoever talks is joined again.
struct CallVoiceLost {
  CallId call;
  LegId leg;
};

/// The other side describes its voice anew, and ours fits it: it moved, holds or resumes, or speaks another codec.
struct CallRenegotiated {
  CallId call;
  LegId leg;
  std::string sdp;       ///< our whole answer, sent word by word; or what stands, when theirs was the answer
  bool offered = false;  ///< they wait for ours
  Personal<std::string> signalling;  ///< what a restart needs of the message
};

/// The caller confirmed what they were told of our voice (ACK).
struct CallEstablished {
  CallId call;
  LegId leg;
};

/// An operator took the call; their voices are being joined.
struct CallAccepted {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;
  SessionId session;
};

/// Both voices are joined.
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

struct CallResumed {
  CallId call;
  LegId leg;
  OfferId offer;
  bool by_timeout = false;  ///< nobody is forgotten on hold
};

/// The caller pressed a key. That it means "I cannot speak" is a fact of its own: the fold does not look at the key.
struct DigitHeard {
  CallId call;
  LegId leg;
  Personal<std::string> digit;
  bool silent = false;
};

/// From now on the call goes before all others.
struct CallUrgent {
  CallId call;
  UrgentReason reason = UrgentReason::silent;
};

/// The call goes behind others by a bounded time; it is answered like any other.
struct CallDoubted {
  CallId call;
  DoubtReason reason = DoubtReason::standing;
};

/// Something is held against its number: so many earlier calls were pranks, or silent without a key.
struct CallerRemembered {
  CallId call;
  std::int64_t pranks = 0;
  std::int64_t ghosts = 0;
};

/// Nothing is held against its number any more.
struct DoubtLifted {
  CallId call;
};

/// The caller hears which keys say yes and no, once, instead of the operator, who goes on hearing the caller.
struct AskedToPress {
  CallId call;
  LegId leg;
  OfferId offer;
};

/// An operator calls somebody. Dialled once: no restart dials again.
struct CallPlaced {
  CallId call;
  LegId leg;
  OfferId offer;  ///< names the operator's side, as if they had accepted one
  TrunkName trunk;
  StationCode station;
  TaskId task;
  IncidentId incident;  ///< that the task speaks of, when it is still open
  PersonId person;
  bool was_ready = false;
  CallerRef caller;
  Personal<std::string> number;  ///< as it is dialled
  Personal<Location> location;   ///< where they were when they called
};

/// It rings over there.
struct CallRang {
  CallId call;
  LegId leg;
};

/// They picked up; the voices are being joined.
struct CallPickedUp {
  CallId call;
  LegId leg;
  OfferId offer;
  SessionId session;
  std::string sdp;                   ///< ours, as it was offered
  Personal<std::string> signalling;  ///< the 200's text: what a restart needs to go on with the call
};

/// Nobody picked up: the call leaves the live state. Why is in the task (CallbackTried).
struct CallUnreached {
  CallId call;
  LegId leg;
  PersonId person;
  CallEndedBy by = CallEndedBy::network;
  std::string cause;
};

enum class ReturnReason { browser_lost, media_failed, signed_out, transferred, relay_lost };

/// The operator's side failed, or gave the call to another station: the caller waits again, in the old place by age.
struct CallReturned {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;
  ReturnReason reason = ReturnReason::browser_lost;
};

/// The system calls back whom nobody answered. No start dials it again; the task may be called once more later.
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

/// They picked up, and are asked.
struct RingBackAnswered {
  CallId call;
  LegId leg;
  std::string sdp;                   ///< ours, as it was offered
  Personal<std::string> signalling;  ///< the 200's text
};

/// They need help, or said nothing: they wait for an operator, in front.
struct RingBackQueued {
  CallId call;
  LegId leg;
  bool pressed = false;
};

/// They need nothing. The call leaves the live state.
struct RingBackDeclined {
  CallId call;
  LegId leg;
  TaskId task;
};

/// The operator wants a supervisor in the call, or no more.
struct SupervisorAsked {
  CallId call;
  PersonId person;
  bool wanted = true;
};

/// It rings at a third. Of an outside number: dialled, once.
struct GuestInvited {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  bool was_ready = true;
  std::string line;
  LegId leg;  ///< outside
  TrunkName trunk;
  std::string number;  ///< of the configuration, not of a person
};

/// It rings at the outside number.
struct GuestRang {
  CallId call;
  OfferId offer;
  LegId leg;
};

/// They took it; the voices are being joined.
struct GuestCame {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  SessionId session;  ///< theirs
  LegId leg;
  LegId desk_leg;
  SessionId desk;                    ///< the operator's
  std::string sdp;                   ///< outside: ours, as it was offered
  Personal<std::string> signalling;  ///< outside: the 200's text
};

/// All three hear each other; of a call that was relayed, the two do.
struct GuestConnected {
  CallId call;
  OfferId offer;
};

struct GuestLeft {
  CallId call;
  OfferId offer;
  GuestKind kind = GuestKind::supervisor;
  PersonId person;
  LegId leg;
  LegId desk_leg;
  GuestEnd how = GuestEnd::left;
};

/// The guest has the call now.
struct CallHandedOver {
  CallId call;
  LegId leg;
  OfferId offer;  ///< names the new operator's side
  PersonId from;
  PersonId person;
  SessionId session;
};

/// The outside number has the call now: no operator is on it, the two legs are joined.
struct CallRelayed {
  CallId call;
  LegId leg;
  OfferId offer;
  PersonId person;  ///< who handed it over
  LegId other;
  OfferId other_offer;
};

/// The caller's leg is over. `answered` says whether an operator had taken it.
struct CallEnded {
  CallId call;
  LegId leg;
  CallEndedBy by = CallEndedBy::caller;
  bool answered = false;
  bool short_ring = false;  ///< gone within 5 s of arriving, unanswered (a slip of the finger, mostly)
  std::string cause;        ///< of the network, e.g. "BYE", "no ACK", "restart"
};

/// The caller has heard of the end of a call that we ended: nothing is left of its leg.
struct LegClosed {
  CallId call;
  LegId leg;
};

/// What it was, as the operator saw it. Closes the call: it leaves the live state.
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
