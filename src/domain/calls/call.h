// A citizen's call: waiting -> talking (-> waiting again, when the operator's side dies) -> ended -> closed by an
// outcome; or ours to them: talking from the start, because it is one operator's, and then the same; or relayed: handed
// over to a number outside. Invariants: a call is in the live state from its arrival until it is closed; a waiting call
// has no operator, a talking one has exactly one; a call that ends unanswered has a task. The system's own call back
// (ring-back) is ringing_back until they have said that they need help; from then on it waits like any other.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"
#include "domain/calls/conversation.h"
#include "domain/calls/guest.h"

namespace sigap::calls {

// Enumerations here are written to the journal: do not rename.
enum class CallKind { emergency, test };
enum class CallState { waiting, talking, ended, relayed, ringing_back };
enum class Direction { incoming, outgoing };

/// How far a call of ours has come.
enum class Callee { dialled, rings, answered };

/// How a caller was let in: a voice at once (200), a ringing tone until a person answers (180), a test call's own
/// voice, or turned away (503).
enum class Admission { voice, ringing, loop, refused };

/// How a call is turned away, as SIP says it (RFC 3261 section 21).
struct Refused {
  std::int64_t status = 503;
  std::string reason;  ///< for people, e.g. "no codec that we carry"; nothing personal
};

/// Why this station is the caller's home.
enum class HomeReason { location, trunk, nearest, province_desk, headquarters, transferred, called_back, rang_back };

/// Who or what ended a call.
enum class CallEndedBy { caller, operator_, network, system, guest };

enum class Outcome { genuine, information, complaint, silent, prank, duplicate };

/// Why a call goes before others.
enum class UrgentReason {
  silent,       ///< pressed 5: cannot speak
  rang_back,    ///< the system called them back, and they did not say that they need nothing
  called_again  ///< hung up unanswered before, more than once, and nobody has called back yet
};

/// Why a call goes behind others, a little.
enum class DoubtReason {
  standing,     ///< what earlier calls of the number turned out to be
  many_at_once  ///< another call of the number waits already
};

/// The trunk of calls that a citizen's page makes, instead of a telephone: no trunk of the configuration is called so.
inline constexpr const char* kPageTrunk = "web";

/// "I cannot speak": what the prompts tell callers to press.
inline constexpr const char* kSilentDigit = "5";
/// Keys kept of one call; own: a conversation of yes and no, not a keyboard. DTMF noise must not fill the journal.
inline constexpr std::size_t kDigitsMax = 32;
/// Keys heard of one call in any second; own: nobody presses faster.
inline constexpr std::size_t kDigitsPerSecond = 5;

/// A key that the caller pressed.
struct KeyPress {
  Instant at;
  Personal<std::string> digit;
};

struct ForeignId {
  std::string purpose;
  std::string value;
};

struct Call {
  CallId id;
  CallKind kind = CallKind::emergency;
  CallState state = CallState::waiting;
  Direction direction = Direction::incoming;
  Callee callee = Callee::dialled;  ///< of an outgoing one
  LegId leg;
  TrunkName trunk;
  CallerRef caller;
  Personal<std::string> number;
  Personal<Location> location;
  std::string location_note;    ///< why a location that was sent is not used, or what is odd about it
  Personal<std::string> civic;  ///< the caller's street address, as their network told it
  std::string dialled;          ///< of an incoming one
  Admission admission = Admission::voice;
  StationCode home;
  HomeReason home_reason = HomeReason::headquarters;
  std::optional<std::vector<StationCode>> beside = {};  ///< of CallHomed: whose it may be as well
  Instant arrived;
  Instant waiting_since;     ///< arrival, or when it came back to the queue
  std::int64_t returns = 0;  ///< how often it came back to the queue
  PersonId operator_;        ///< while talking; afterwards who talked last
  OfferId offer;             ///< the accepted one
  Instant accepted;
  bool connected = false;        ///< both voices joined
  bool was_ready = false;        ///< of an outgoing one: what the operator is again if nobody picks up
  std::optional<Instant> held;   ///< since when the caller hears the hold prompt
  std::optional<Instant> asked;  ///< since when the caller hears what to press
  bool second_ring = false;      ///< may ring at two operators
  bool urgent = false;           ///< goes before all others
  std::optional<UrgentReason> urgent_reason;
  bool suspected = false;  ///< goes behind, by a bounded time, unless urgent
  std::optional<DoubtReason> doubt;
  bool silent = false;  ///< cannot speak
  std::vector<KeyPress> digits;
  std::int64_t pranks = 0;  ///< earlier calls of the number that were held against it when this one arrived
  std::int64_t ghosts = 0;
  IncidentId incident;
  Instant ended;
  CallEndedBy ended_by = CallEndedBy::caller;
  TaskId task;  ///< of an outgoing one: why we call
  std::optional<Guest> guest;
  std::optional<GuestEnd> guest_end;              ///< how the one before went
  std::optional<Instant> help_asked;              ///< since when the operator wants a supervisor
  std::optional<std::vector<Line>> lines;         ///< what was written; absent: nothing
  std::optional<Personal<std::string>> language;  ///< that the caller chose, or their telephone asks for (BCP 47)
  bool outcome_set = false;                       ///< of a relayed one: nobody here has anything left to say of it

  /// A citizen's page, over the internet: whatever number there is, they wrote it themselves.
  bool by_page() const { return trunk.value == kPageTrunk; }
  /// What is written is shown to the caller.
  bool can_read() const { return by_page(); }
  /// Nobody has picked up yet.
  bool awaits_callee() const { return direction == Direction::outgoing && callee != Callee::answered; }
};

}  // namespace sigap::calls
