// What reaches the core: facts from the hands, requests of people, time running out. Inputs are not journaled; the
// events they cause are. Randomness arrives here too (tokens made by the runtime), so that the core has none.
#pragma once
#include <string>
#include <variant>

#include "base/id_map.h"
#include "core/command.h"
#include "core/event.h"

namespace sigap::core {

/// Officers' last known positions. Not journaled (design: live positions leave no trace); kept by the runtime.
struct Position {
  GeoPoint point;
  Instant at;
};
using Positions = IdMap<PersonId, Position>;

struct Started {
  std::string version;
  std::int64_t epoch = 0;
  std::int64_t format = kFormat;  ///< of the journal, when there is none yet
};
/// From here on newer things are written, and a program that does not know that format refuses the journal.
struct RaiseFormat {
  std::string version;
  std::int64_t to = kFormat;
};
/// Before the timers that are due by now: nobody's time runs out while nobody is served.
struct WasLate {
  Duration by;
};
struct DefineStations {
  std::vector<stations::Station> stations;  ///< first start: the nation
};
struct CallArrives {
  calls::CallKind kind = calls::CallKind::emergency;
  LegId leg;
  TrunkName trunk;
  StationCode trunk_station;  ///< whose calls the trunk brings; none = unknown
  std::string dialled;
  CallerRef caller;
  std::string number;
  std::optional<Location> location;
  StationCode located_station;  ///< of a jurisdiction that holds the point, when polygons are known
  std::string location_note;
  std::string civic = {};  ///< a street address, one line of at most 200 bytes; empty: none
  std::vector<calls::ForeignId> foreign_ids;
  std::string signalling;
  calls::Admission admission = calls::Admission::voice;  ///< the rung of the ladder the runtime can afford
  std::optional<calls::Refused> refused = {};            ///< the call cannot be carried: why it is turned away
};
/// The caller's telephone says where it is now.
struct CallerMoves {
  LegId leg;
  std::optional<Location> location;
  StationCode located_station;  ///< as of a call that arrives
  std::string note = {};
  std::string civic = {};
};
/// A text to the line. Refused "too_many" when there is no room for it.
struct TextArrives {
  TrunkName trunk;
  StationCode trunk_station;
  std::string name;  ///< of the message: one that is said twice is one
  CallerRef caller;
  std::string number;
  std::optional<Location> location;
  std::string text;
};
struct LegConfirmed {
  LegId leg;
};
/// The leg has media; what the caller is to be told about it.
struct VoiceOpened {
  LegId leg;
  std::string sdp;
};
/// The other side described its voice anew, and media follows it.
struct VoiceRenegotiated {
  LegId leg;
  std::string sdp;         ///< ours
  std::string signalling;  ///< the message's text
  bool offered = false;    ///< they wait for our answer
};
/// The media process does not hold this leg any more.
struct VoiceLost {
  LegId leg;
};
struct LegEnded {
  LegId leg;
  calls::CallEndedBy by = calls::CallEndedBy::caller;
  std::string cause;
  std::optional<tasks::CallbackEnd> unreached = {};  ///< why a call that we placed was not picked up
};
/// A call that we placed rings over there.
struct CalleeRings {
  LegId leg;
};
/// ... was picked up.
struct CalleeAnswered {
  LegId leg;
  std::string our_sdp;
  std::string signalling;  ///< the 200's text
};
/// The caller pressed a key (RFC 4733, or its two tones in the sound). `digit` is one of 0-9, *, #, A-D.
struct DigitPressed {
  LegId leg;
  std::string digit;
};
/// The two voices of this offer are joined, or could not be.
struct BridgeReported {
  OfferId offer;
  bool joined = false;
  std::string note;
};
struct EffectReport {
  EffectId effect;
  EffectOutcome outcome = EffectOutcome::done;
  std::string note = {};
};
struct EffectsReported {
  std::vector<EffectReport> reports;
};
/// The password was right. token_hash is of a secret that only the browser holds.
struct SignIn {
  PersonId person;
  std::string token_hash;
  std::string address = {};  ///< IPv4, or the /64 of an IPv6 one; empty: not known
};
/// So often within a minute; the address is empty where it was several.
struct SignInFailed {
  PersonId person;
  std::string address = {};
  std::int64_t times = 1;
};
/// The person of this session gave the password again, and it was right or not.
struct ProofGiven {
  SessionId session;
  bool right = false;
};
struct BrowserAttached {
  SessionId session;
};
struct BrowserGone {
  SessionId session;
};
/// The officer's phone showed the alert.
struct AlertShown {
  SessionId session;
  AlertId alert;
};
/// What the record index knows of a telephone number, within the asker's reach.
struct CallerRecords {
  CallerRef caller;  ///< none: nobody ever called from that number, or they were forgotten
  Records records;
};
struct PersonAsks {
  SessionId session;  ///< 0 = the local command line, which runs as the service's own user
  Command command;
  std::string fresh_token;       ///< 32 random bytes, base64url: used when the command needs an unguessable token
  std::string fresh_token_hash;  ///< its SHA-256, hex
  std::optional<CallerRecords> found = {};  ///< of a command that names a caller's number
};
/// A screen was sent these, with something personal in them. The session may be over by now.
struct RecordsShown {
  SessionId session;
  PersonId person;
  Records records;
};
/// The time for which these are kept is over.
struct RetentionOver {
  Records records;
};

enum class TimerKind {
  second_ring,
  offer,
  connect,
  browser,
  wrap_up,
  session,
  alert,
  tracking,
  test_call,
  hold,
  ask,
  callee,
  guest,
  ring_back,      ///< of a task: time to call them
  ring_back_key,  ///< of a call: no key until then
  shift_begins,
  shift_ends,
  approval
};
struct TimerDue {
  TimerKind kind = TimerKind::offer;
  std::int64_t id = 0;
};

using InputKinds =
    std::variant<Started, RaiseFormat, WasLate, DefineStations, CallArrives, CallerMoves, TextArrives, TurnedAwayAtDoor,
                 LegConfirmed, VoiceOpened, VoiceRenegotiated, VoiceLost, LegEnded, DigitPressed, CalleeRings,
                 CalleeAnswered, BridgeReported, EffectsReported, SignIn, SignInFailed, ProofGiven, BrowserAttached,
                 BrowserGone, AlertShown, PersonAsks, RecordsShown, RetentionOver, TimerDue>;
using Input = ClosedVariant<InputKinds>;

}  // namespace sigap::core
