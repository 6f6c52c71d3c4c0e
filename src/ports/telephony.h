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

/// A telephone may send its place each second: the journal has room for one in so many; own.
inline constexpr Duration kPlaceEvery = seconds(5);

/// Why a call cannot be carried: what the caller's side is told once it is in the journal.
struct TurnedAway {
  int status = 488;
  std::string reason;  ///< for people; nothing personal
};

/// One INVITE from a configured trunk. Everything here is data of a caller: personal.
struct IncomingCall {
  LegId leg;
  TrunkName trunk;
  Service service = Service::emergency;
  std::string dialled;  ///< user part or URN of the Request-URI: "110", "urn:service:sos.police"; at most 100 bytes
  std::string number;   ///< caller's number as sent (one telephone has many forms), at most 64 characters, or empty
  NumberSource number_source = NumberSource::none;
  std::string known_as = {};  ///< what the caller is recognised by, when it is not the number
  CallerPlace place;
  std::vector<ForeignId> foreign_ids;
  std::string sdp;     ///< the caller's offer; empty: we are to offer, their ACK answers (RFC 3261 13.2.1)
  std::string invite;  ///< the INVITE's whole text: what a restart needs to complete the call
  std::optional<TurnedAway> turned_away = {};
};

/// A text that a trunk brings (RFC 3428). Data of a person: personal.
struct IncomingText {
  LegId id;          ///< made by the hand, to be answered by answer_text()
  std::string name;  ///< of the message: one that is said twice, by whatever branch, has the same
  TrunkName trunk;
  std::string number;  ///< as of a call
  CallerPlace place;
  std::string text;  ///< UTF-8, at most kTextMax characters
};
/// The longest text; a hundredth of it is an SMS of one part. Own.
inline constexpr std::size_t kTextMax = 2'000;

/// Who was turned away at the door and is told nowhere else, since the last such report.
struct DoorReport {
  struct Refusals {
    TrunkName trunk;  ///< none: an edge's own
    int status = 0;
    std::int64_t count = 0;
  };
  Duration over;                       ///< from the first of them until now
  std::int64_t strangers = 0;          ///< messages from addresses of no trunk
  std::int64_t intruders = 0;          ///< requests within a dialog that is not theirs
  std::vector<std::string> addresses;  ///< that these came from, the first kDoorAddressesMax
  std::int64_t from_others = 0;        ///< messages from further addresses
  std::vector<Refusals> refusals;
};
inline constexpr std::size_t kDoorAddressesMax = 8;

/// The other side of a leg describes its voice anew: an offer within the dialog, or their answer to one of ours.
struct VoiceDescription {
  std::string sdp;
  std::string message;   ///< what a restart needs of the message that it came in, as a message (LegRecord::latest)
  bool offered = false;  ///< to be answered by answer() or decline_offer()
};

/// A call that we make. The number is personal.
struct PlacedCall {
  LegId leg;
  TrunkName trunk;     ///< one that takes calls of ours
  std::string number;  ///< `+` and digits, or digits
  std::string sdp;     ///< our offer
};

/// Somebody picked up. The text is what a restart needs to go on with the call.
struct CalleeAnswer {
  std::string sdp;       ///< theirs
  std::string our_sdp;   ///< what they were offered
  std::string response;  ///< the 200's whole text
};

/// A leg as the journal knows it: what a hand needs to go on with a dialog that another process began.
struct LegRecord {
  LegId leg;
  std::string invite;       ///< the INVITE's whole text; of a call that we placed the 200's
  std::string our_sdp;      ///< what the caller was or is to be told about our voice; empty: not answered
  bool confirmed = false;   ///< an answer was confirmed: the dialog stands
  bool told = false;        ///< ... and it was this `our_sdp`; otherwise the caller is told now
  bool placed = false;      ///< by us
  std::string latest = {};  ///< the text of what described their voice later; empty: nothing did
  TrunkName trunk = {};     ///< whose dialog it is; empty: not known any more, any trunk's word is taken
};

struct RestoredLeg {
  LegId leg;
  std::string caller_sdp;
};

/// `caller` is the other side, also where we called.
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
  /// A key by INFO; one of 0-9, *, #, A-D.
  virtual void key_pressed(LegId leg, std::string digit) = 0;
  /// A call that we placed rings over there (180, 183).
  virtual void callee_rings(LegId leg) = 0;
  /// Picked up (200). Nothing is said to it before confirm().
  virtual void callee_answered(LegId leg, CalleeAnswer answer) = 0;
  /// A request within the dialog said where the caller is now. At most one in kPlaceEvery, then the newest.
  virtual void caller_moved(LegId leg, CallerPlace place) = 0;
  virtual void text_arrived(IncomingText text) = 0;
  /// At most one a minute.
  virtual void door_reported(DoorReport report) = 0;
  /// CANCEL, BYE, our own hang-up, a missing ACK (timer H), a dialog that the other side does not know (481) or no
  /// answer at all. `reason` is for the journal, e.g. "BYE", "CANCEL", "no ACK"; never personal data.
  virtual void leg_ended(LegId leg, LegEndedBy by, std::string reason) = 0;
};

struct TelephonyHealth {
  bool up = false;
  std::string note;            ///< what is wrong, empty when up
  std::int64_t legs = 0;       ///< live now
  std::int64_t refused = 0;    ///< requests answered with a refusal by the hand itself since start
  std::int64_t strangers = 0;  ///< messages of who is no trunk
  std::int64_t intruders = 0;  ///< requests within a dialog that is not theirs
};

class Telephony {
 public:
  virtual ~Telephony() = default;
  virtual void proceed(LegId leg) = 0;  ///< 100: the call is in the journal
  virtual void ring(LegId leg) = 0;     ///< 180
  /// 200 with our SDP, to the INVITE or to the offer that waits, repeated until ACK; another SDP for a leg that is
  /// answered goes out as a re-INVITE.
  virtual void answer(LegId leg, std::string sdp) = 0;
  /// The offer that waits is not taken: the call goes on as it was. 488, or 491: try again in a moment.
  virtual void decline_offer(LegId leg, int status) = 0;
  virtual void answer_text(LegId text, int status) = 0;  ///< 202 when it is in the journal; else a refusal
  virtual void refuse(LegId leg, int status) = 0;        ///< final 4xx-6xx; a 503 never carries Retry-After
  /// INVITE through the trunk. Every leg placed ends, with leg_ended.
  virtual void place(PlacedCall call) = 0;
  virtual void confirm(LegId leg) = 0;  ///< ACK: the answer is in the journal
  /// BYE, CANCEL or a final response if not answered yet; and the answer to the caller's own BYE, which waits for the
  /// journal.
  virtual void hang_up(LegId leg) = 0;
  /// Asks the other side whether it still knows the dialog (OPTIONS within it); when not, the leg has ended.
  virtual void probe(LegId leg) = 0;
  virtual TelephonyHealth health() const = 0;
};

}  // namespace sigap::ports
