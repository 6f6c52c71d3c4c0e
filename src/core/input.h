// What reaches the core: facts from the hands, what people ask for, time running out. Inputs are not journaled; the
// events they cause are. Randomness arrives here too (tokens made by the runtime), so that the core has none.
#pragma once
#include <string>
#include <variant>

#include "base/id_map.h"
#include "core/asker.h"
#include "core/command.h"
#include "core/event.h"
#include "core/known_call.h"

namespace sigap::core {

/// An officer's last known position. The runtime keeps these; they are not journaled, so that live positions leave no
/// trace.
struct Position {
  GeoPoint point;
  Instant at;
  std::int64_t radius_m = 0;  ///< how far off it may be; 0: not known
};
using Positions = IdMap<PersonId, Position>;

/// A process began to serve, as this epoch.
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
/// The server was late by so much. This comes before the timers that are due by now: nobody's time runs out while
/// nobody is served.
struct WasLate {
  Duration by;
};
/// The stations of a nation, at its first start.
struct DefineStations {
  std::vector<stations::Station> stations;
};
/// How reviews are to be answered, as the installation says it at each start.
struct DefineReviewForm {
  std::vector<quality::Criterion> criteria;
};
/// What complaints can be about, as the installation says it at each start.
struct DefineCaseCategories {
  std::vector<cases::Category> categories;
};
/// A citizen complains by a page. Said again with the same code it is the same.
struct CaseArrives {
  std::string code_hash;
  std::string category;
  StationCode station;  ///< that it is about, or whose matter it is; none: the citizen does not know
  std::string text;
  std::string where;
  CallerRef caller;
  std::string number;
};
/// A citizen says that their complaint is not solved.
struct CaseDisputed {
  CaseId complaint;
  std::string code_hash;
  std::string text;
};
/// A citizen says how content they are.
struct CaseMarked {
  CaseId complaint;
  std::string code_hash;
  std::int64_t mark = 0;
};
template <>
inline constexpr std::int64_t kFormatOf<DefineCaseCategories> = 2;
template <>
inline constexpr std::int64_t kFormatOf<CaseArrives> = 2;
template <>
inline constexpr std::int64_t kFormatOf<CaseDisputed> = 2;
template <>
inline constexpr std::int64_t kFormatOf<CaseMarked> = 2;
/// A trunk brings a call.
struct CallArrives {
  calls::CallKind kind = calls::CallKind::emergency;
  LegId leg;
  TrunkName trunk;
  StationCode trunk_station;  ///< the station whose calls the trunk brings; none: unknown
  std::string dialled;
  CallerRef caller;
  std::string number;
  std::optional<Location> location;
  StationCode located_station;  ///< the station whose jurisdiction holds the point, where borders are known
  std::string location_note;
  std::string civic = {};  ///< a street address, one line of at most 200 bytes; empty: none
  std::vector<calls::ForeignId> foreign_ids;
  std::string signalling;
  std::string language = {};                             ///< BCP 47; empty: not told
  calls::Admission admission = calls::Admission::voice;  ///< how the runtime has room to let it in
  std::optional<calls::Refused> refused = {};            ///< why a call that cannot be carried is turned away
  std::vector<StationCode> located_beside = {};          ///< others whose jurisdiction the circle touches
};
/// The caller's telephone says where it is now.
struct CallerMoves {
  LegId leg;
  std::optional<Location> location;
  StationCode located_station;  ///< as in CallArrives
  std::string note = {};
  std::string civic = {};
  std::vector<StationCode> located_beside = {};  ///< as in CallArrives
};
/// Somebody wrote a text to the line. It is refused with "too_many" when there is no room for it.
struct TextArrives {
  TrunkName trunk;
  StationCode trunk_station;
  std::string name;  ///< names the message: what is said twice is one text
  CallerRef caller;
  std::string number;
  std::optional<Location> location;
  std::string text;
};
/// The caller confirmed what they were told of our voice (ACK).
struct LegConfirmed {
  LegId leg;
};
/// The leg has media. The SDP is what the caller is to be told about it.
struct VoiceOpened {
  LegId leg;
  std::string sdp;
};
/// The other side of a leg described its voice anew, and the media process follows it.
struct VoiceRenegotiated {
  LegId leg;
  std::string sdp;         ///< our answer
  std::string signalling;  ///< the text of their message
  bool offered = false;    ///< they offered, and wait for our answer
};
/// The media process does not hold this leg any more.
struct VoiceLost {
  LegId leg;
};
/// The leg is over: hung up, cancelled, lost, or never answered.
struct LegEnded {
  LegId leg;
  calls::CallEndedBy by = calls::CallEndedBy::caller;
  std::string cause;
  std::optional<tasks::CallbackEnd> unreached = {};  ///< why a call that we placed was not picked up
};
/// A call that we placed rings at the callee.
struct CalleeRings {
  LegId leg;
};
/// A call that we placed was picked up.
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
/// The caller wrote a line. Refused with "invalid", "too_fast" (again in a moment), "too_many", "over".
struct TextTyped {
  LegId leg;
  std::string name;
  std::string text;
};
template <>
inline constexpr std::int64_t kFormatOf<TextTyped> = 2;
/// A photograph of the caller stands sealed in its file. Refused like a line.
struct PhotographSealed {
  LegId leg;
  std::string name;
  calls::Photograph photograph;
};
template <>
inline constexpr std::int64_t kFormatOf<PhotographSealed> = 2;
/// The caller chose another language.
struct LanguageChosen {
  LegId leg;
  std::string language;
};
/// The two voices of this offer are joined, or could not be joined.
struct BridgeReported {
  OfferId offer;
  bool joined = false;
  std::string note;
};
/// Nothing is written of a recording, or it is written again.
struct RecordingChanges {
  RecordingId recording;
  std::optional<recordings::Interruption> interrupted;  ///< nothing: it is written
};
/// The recorder closed the file of a recording whose call is over, or has none.
struct RecordingClosed {
  RecordingId recording;
  std::int64_t bytes = 0;
  std::string sha256;
  Duration lasted;
  Duration missing;
};
/// How one ordered effect ended.
struct EffectReport {
  EffectId effect;
  EffectOutcome outcome = EffectOutcome::done;
  std::string note = {};
};
/// The hands report on effects that were ordered.
struct EffectsReported {
  std::vector<EffectReport> reports;
};
/// What a person proved beside their password, or by a passkey instead of it. That it is right was verified outside;
/// whether it was used before is decided here.
struct FactorGiven {
  people::FactorKind kind = people::FactorKind::totp;
  std::int64_t step = 0;        ///< of a code
  std::string recovery = {};    ///< the hash of a recovery code
  std::string credential = {};  ///< of a passkey
  std::int64_t counter = 0;     ///< of its signature
};
/// Somebody signed in with the right password. The hash is of a secret that only their browser holds.
struct SignIn {
  PersonId person;
  std::string token_hash;
  std::string address = {};      ///< IPv4, or the /64 of an IPv6 address; empty: not known
  std::string device = {};       ///< the hash of its secret; empty: not known
  std::string device_kind = {};  ///< browser and system, in words
  std::optional<FactorGiven> factor = {};
};
/// Sign-ins of one person, or of logins that nobody has, were refused so often within a minute.
struct SignInFailed {
  PersonId person;
  std::string address = {};
  std::int64_t times = 1;
};
/// The person of this session gave the password again, right or wrong.
struct ProofGiven {
  SessionId session;
  bool right = false;
};
/// A browser of this session is connected.
struct BrowserAttached {
  SessionId session;
};
/// The browser of this session is gone, or has said nothing for too long.
struct BrowserGone {
  SessionId session;
};
/// The officer's phone shows the alert.
struct AlertShown {
  SessionId session;
  AlertId alert;
};
/// What the record index knows of a telephone number, within the asker's reach.
struct CallerRecords {
  CallerRef caller;  ///< none: nobody ever called from this number, or they were forgotten
  Records records;
};
/// A second factor that was made: verified outside, of a command that sets one up.
struct FactorMade {
  std::string secret;  ///< of codes
  std::int64_t step = 0;
  std::string credential, public_key;  ///< of a passkey
  std::int64_t algorithm = 0, counter = 0;
  std::string salt;                   ///< of recovery codes
  std::vector<std::string> recovery;  ///< their hashes
};
/// What a client asked for within a minute, summed up: `refused` of it was not let in, the last for this reason.
struct ClientAsked {
  ClientId client;
  std::int64_t served = 0;
  std::int64_t refused = 0;
  std::string refusal = {};
};
template <>
inline constexpr std::int64_t kFormatOf<ClientAsked> = 2;
/// How a client is told: why it cannot be, and what was given up; or, without trouble, that it can again.
struct DeliveriesStand {
  ClientId client;
  std::string trouble;
  std::vector<clients::Dead> dead = {};
};
template <>
inline constexpr std::int64_t kFormatOf<DeliveriesStand> = 2;
/// Somebody asks for something.
struct CommandAsked {
  Asker asker;
  Command command;
  std::string fresh_token;       ///< 32 random bytes, base64url: used when the command needs an unguessable token
  std::string fresh_token_hash;  ///< its SHA-256, hex
  std::optional<CallerRecords> found = {};  ///< what is known, for a command that names a caller's number
  std::optional<KnownCall> known = {};      ///< of a call that may have left the state
  std::optional<FactorMade> made = {};      ///< for a command that sets up a second factor
};
/// A screen was sent something personal of these records. Its session may be over by now.
struct RecordsShown {
  SessionId session;
  PersonId person;
  Records records;
};
/// The time for which these records are kept is over.
struct RetentionOver {
  Records records;
};

/// The time for which the recordings of these calls are kept is over.
struct RecordingsOver {
  std::vector<CallId> calls;
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
  ring_back,      ///< of a task: it is time to call its caller back
  ring_back_key,  ///< of a call: its callee has pressed no key until then
  shift_begins,
  shift_ends,
  approval,
  review,    ///< its time is over
  complaint  ///< nobody answered it in time; or, of a closed one, its time is over
};
/// A timer of the state is due; the id is that of its call, offer, session, task ...
struct TimerDue {
  TimerKind kind = TimerKind::offer;
  std::int64_t id = 0;
};

using InputKinds =
    std::variant<Started, RaiseFormat, WasLate, DefineStations, CallArrives, CallerMoves, TextArrives, TurnedAwayAtDoor,
                 LegConfirmed, VoiceOpened, VoiceRenegotiated, VoiceLost, LegEnded, DigitPressed, TextTyped,
                 PhotographSealed, LanguageChosen, CalleeRings, CalleeAnswered, BridgeReported, EffectsReported, SignIn,
                 SignInFailed, ProofGiven, BrowserAttached, BrowserGone, AlertShown, CommandAsked, RecordsShown,
                 RetentionOver, RecordingsOver, ClientAsked, DeliveriesStand, RecordingChanges, RecordingClosed,
                 TimerDue, DefineReviewForm, DefineCaseCategories, CaseArrives, CaseDisputed, CaseMarked>;
using Input = ClosedVariant<InputKinds>;

template <>
inline constexpr std::int64_t kFormatOf<DefineReviewForm> = 2;
template <>
inline constexpr std::int64_t kFormatOf<RecordingsOver> = 2;

}  // namespace sigap::core
