// What the core's side may ask of the SIP hand, and what the SIP hand tells.
// Invariants: a leg is named (32 hex digits) by the hand when its INVITE arrives, or by whoever places it, and never
// reused; nothing is signalled
// for a leg before the runtime asks for it, not even 100 (a call is accepted when its arrival is in the journal; until
// then the trunk says its INVITE again, to whatever process is there); every leg that was told as arrived or was
// restored is told as ended exactly once, when its dialog is over. Asking something of a leg that has ended does
// nothing. All functions may be called from any thread; listeners are called on the hand's thread and only post.
// Sources: RFC 3261 (SIP), RFC 3325 (P-Asserted-Identity), draft-ietf-sip-privacy-04
// (Remote-Party-ID), RFC 6442 (Geolocation), RFC 5491 (PIDF-LO), RFC 6881 (test
// calls), RFC 5031 (service URNs), NENA-STA-010.3 (call and incident identifiers in Call-Info).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/time.h"

namespace sigap::ports {

enum class Service { emergency, test };
enum class NumberSource { none, asserted_identity, remote_party, from };

/// Where a caller is, as a request of theirs says.
struct CallerPlace {
  std::optional<Location> location;
  std::string note;   ///< why a location that was sent is not used, or what is odd about it; empty when all is well
  std::string civic;  ///< a street address, one line, at most 200 bytes
};

/// An identifier that another system gave the call or incident (NENA i3 Call-Info), kept beside ours.
struct ForeignId {
  std::string purpose;  ///< e.g. "emergency-CallId", "emergency-IncidentId"
  std::string value;
};

/// A telephone may send its place each second; the journal takes one in this time; own.
inline constexpr Duration kPlaceEvery = seconds(5);

/// Why a call cannot be carried: what the caller's side is told once it is in the journal.
struct TurnedAway {
  int status = 488;
  std::string reason;  ///< for people to read; nothing personal
};

/// One INVITE from a configured trunk. Everything here is data of a caller: personal.
struct IncomingCall {
  LegId leg;
  TrunkName trunk;
  Service service = Service::emergency;
  std::string dialled;  ///< user part or URN of the Request-URI: "110", "urn:service:sos.police"; at most 100 bytes
  std::string number;   ///< the caller's number as sent (one telephone has many forms), at most 64 characters, or empty
  NumberSource number_source = NumberSource::none;
  std::string known_as = {};  ///< what the caller is recognised by, when it is not the number
  CallerPlace place;
  std::string language = {};  ///< BCP 47, as the caller chose it; empty: what the SDP says (RFC 8373)
  std::vector<ForeignId> foreign_ids;
  std::string sdp;     ///< the caller's offer; empty: we are to offer, their ACK answers (RFC 3261 13.2.1)
  std::string invite;  ///< the INVITE's whole text: what a restart needs to complete the call
  std::optional<TurnedAway> turned_away = {};
};

/// A text that a trunk brings (RFC 3428). It is personal data.
struct IncomingText {
  LegId id;          ///< made by the hand; answer_text() names it
  std::string name;  ///< names the message: one that is sent twice, by whatever branch, has the same
  TrunkName trunk;
  std::string number;  ///< as in IncomingCall
  CallerPlace place;
  std::string text;  ///< UTF-8, at most kTextMax characters
};
/// The longest text, in characters; an SMS of one part has less than a tenth of it. Own.
inline constexpr std::size_t kTextMax = 2'000;

/// Messages that were turned away at the door since the last such report, and that are told nowhere else.
struct DoorReport {
  struct Refusals {
    TrunkName trunk;  ///< none: the edge refused it by itself
    int status = 0;
    std::int64_t count = 0;
  };
  Duration over;                       ///< from the first of these messages until now
  std::int64_t strangers = 0;          ///< messages from addresses that are no trunk's
  std::int64_t intruders = 0;          ///< requests within a dialog that is not the sender's
  std::vector<std::string> addresses;  ///< where these came from, the first kDoorAddressesMax
  std::int64_t from_others = 0;        ///< messages from further addresses
  std::vector<Refusals> refusals;
};
inline constexpr std::size_t kDoorAddressesMax = 8;

/// How the other side of a leg describes its voice anew: an offer within the dialog, or an answer to one of ours.
struct VoiceDescription {
  std::string sdp;
  std::string message;   ///< what a restart needs of the message that it came in, as a message (LegRecord::latest)
  bool offered = false;  ///< it is to be answered by answer() or decline_offer()
};

/// A call that we make. Its number is personal.
struct PlacedCall {
  LegId leg;
  TrunkName trunk;     ///< a trunk that takes calls of ours
  std::string number;  ///< `+` and digits, or digits
  std::string sdp;     ///< our offer
};

/// The answer of somebody who picked up, with the text that a restart needs to go on with the call.
struct CalleeAnswer {
  std::string sdp;       ///< the callee's
  std::string our_sdp;   ///< our offer
  std::string response;  ///< the 200's whole text
};

/// A leg as the journal knows it: what a hand needs to go on with a dialog that another process began.
struct LegRecord {
  LegId leg;
  std::string invite;       ///< the INVITE's whole text; of a call that we placed the 200's
  std::string our_sdp;      ///< what the caller was or is to be told about our voice; empty: not answered
  bool confirmed = false;   ///< an answer was confirmed: the dialog stands
  bool told = false;        ///< the confirmed answer was this `our_sdp`; otherwise the caller is told now
  bool placed = false;      ///< we placed the call
  std::string latest = {};  ///< the message that described their voice anew later; empty: none did
  TrunkName trunk = {};     ///< the trunk of the dialog; empty: not known any more, any trunk is believed
};

/// A leg whose dialog was rebuilt after a start.
struct RestoredLeg {
  LegId leg;
  std::string caller_sdp;
};

/// Who ended a leg. `caller` is the other side, also where we called.
enum class LegEndedBy { caller, us, network };

// Why a call that we placed was not picked up: reasons of leg_ended (RFC 3261 section 21).
inline constexpr char kBusy[] = "busy";                       ///< 486, 600
inline constexpr char kNoAnswer[] = "no answer";              ///< 408, 480, 487: nobody, or nothing, answered
inline constexpr char kDeclined[] = "declined";               ///< 603
inline constexpr char kNoSuchNumber[] = "no such number";     ///< 404, 410, 484, 604
inline constexpr char kTrunkRefused[] = "the trunk refused";  ///< 401, 403, 407: not from us, or not that number
inline constexpr char kCallFailed[] = "the call failed";      ///< all else

class TelephonyListener {
 public:
  virtual ~TelephonyListener() = default;
  virtual void call_arrived(IncomingCall call) = 0;
  /// The caller confirmed what they were told last (ACK).
  virtual void leg_confirmed(LegId leg) = 0;
  virtual void voice_described(LegId leg, VoiceDescription description) = 0;
  /// A key came by INFO; it is one of 0-9, *, #, A-D.
  virtual void key_pressed(LegId leg, std::string digit) = 0;
  /// A call that we placed rings over there (180, 183).
  virtual void callee_rings(LegId leg) = 0;
  /// A call that we placed was picked up (200). Nothing is answered before confirm().
  virtual void callee_answered(LegId leg, CalleeAnswer answer) = 0;
  /// A request within the dialog said where the caller is now. Told at most once in kPlaceEvery, with the newest place.
  virtual void caller_moved(LegId leg, CallerPlace place) = 0;
  virtual void text_arrived(IncomingText text) = 0;
  /// Tells what was turned away at the door, at most once a minute.
  virtual void door_reported(DoorReport report) = 0;
  /// A leg is over: by CANCEL, BYE, our own hang-up, a missing ACK (timer H), a dialog that the other side does not
  /// know (481), or no answer at all. `reason` is for the journal, e.g. "BYE", "CANCEL", "no ACK", and never holds
  /// personal data.
  virtual void leg_ended(LegId leg, LegEndedBy by, std::string reason) = 0;
};

/// How the SIP hand is.
/// Where trunks come by TLS to us.
struct TrunkTlsHealth {
  Instant until;             ///< our certificate's end
  std::int64_t refused = 0;  ///< connections whose certificate was not taken, or that showed none
  std::string why;           ///< ... the last of them; empty: none was
};

struct TelephonyHealth {
  bool up = false;
  std::string note;            ///< what is wrong, empty when up
  std::int64_t legs = 0;       ///< legs that are live now
  std::int64_t refused = 0;    ///< requests answered with a refusal by the hand itself since start
  std::int64_t strangers = 0;  ///< messages from addresses that are no trunk's
  std::int64_t intruders = 0;  ///< requests within a dialog that is not the sender's
  std::optional<TrunkTlsHealth> tls = {};
};

class Telephony {
 public:
  virtual ~Telephony() = default;
  virtual void proceed(LegId leg) = 0;  ///< sends 100: the call is in the journal
  virtual void ring(LegId leg) = 0;     ///< sends 180
  /// Sends 200 with our SDP to the INVITE, or to the offer that waits, repeated until the ACK. Another SDP for a leg
  /// that is answered goes out as a re-INVITE.
  virtual void answer(LegId leg, std::string sdp) = 0;
  /// Refuses the offer that waits, with 488, or with 491 (try again in a moment). The call goes on as it was.
  virtual void decline_offer(LegId leg, int status) = 0;
  virtual void answer_text(LegId text, int status) = 0;  ///< sends 202 when the text is in the journal, else a refusal
  virtual void refuse(LegId leg, int status) = 0;        ///< sends a final 4xx to 6xx; a 503 never carries Retry-After
  /// Sends an INVITE through the trunk. Every leg that is placed ends with leg_ended.
  virtual void place(PlacedCall call) = 0;
  virtual void confirm(LegId leg) = 0;  ///< sends the ACK: the answer is in the journal
  /// Ends a leg: by BYE, by CANCEL, or by a final response if it was not answered yet. It also answers the caller's own
  /// BYE, which waits for the journal.
  virtual void hang_up(LegId leg) = 0;
  /// Asks the other side whether it still knows the dialog (OPTIONS within it). If it does not, the leg ends.
  virtual void probe(LegId leg) = 0;
  virtual TelephonyHealth health() const = 0;
};

}  // namespace sigap::ports
