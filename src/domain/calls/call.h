// A citizen's call: waiting -> talking (-> waiting again, when the operator's side dies) -> ended -> closed by an
// outcome. Invariants: a call is in the live state from its arrival until it is closed; a waiting call has no operator,
// a talking one has exactly one; a call that ends unanswered has a task.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::calls {

// Enumerations here are written to the journal: do not rename.
enum class CallKind { emergency, test };
enum class CallState { waiting, talking, ended };

/// How a caller was let in: a voice at once (200), a ringing tone until a person answers (180), a test call's own
/// voice, or turned away (503).
enum class Admission { voice, ringing, loop, refused };

/// Why this station is the caller's home.
enum class HomeReason { location, trunk, nearest, province_desk, headquarters, transferred };

/// Who or what ended a call.
enum class CallEndedBy { caller, operator_, network, system };

enum class Outcome { genuine, information, complaint, silent, prank, duplicate };

struct ForeignId {
  std::string purpose;
  std::string value;
};

struct Call {
  CallId id;
  CallKind kind = CallKind::emergency;
  CallState state = CallState::waiting;
  LegId leg;
  TrunkName trunk;
  CallerRef caller;
  Personal<std::string> number;
  Personal<Location> location;
  std::string location_note;  ///< why a location that was sent is not used
  Admission admission = Admission::voice;
  StationCode home;
  HomeReason home_reason = HomeReason::headquarters;
  Instant arrived;
  Instant waiting_since;     ///< arrival, or when it came back to the queue
  std::int64_t returns = 0;  ///< how often it came back to the queue
  PersonId operator_;        ///< while talking; afterwards who talked last
  OfferId offer;             ///< the accepted one
  Instant accepted;
  bool connected = false;       ///< both voices joined
  std::optional<Instant> held;  ///< since when the caller hears the hold prompt
  bool second_ring = false;     ///< may ring at two operators
  IncidentId incident;
  Instant ended;
  CallEndedBy ended_by = CallEndedBy::caller;
};

}  // namespace sigap::calls
