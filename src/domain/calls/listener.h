// Somebody who listens to a call: a supervisor who hears both sides and is heard by nobody, but by the operator alone
// while they whisper.
// Invariants: a listener changes nothing for the caller, whatever becomes of them; a person listens to one call at
// most, and takes none meanwhile without ceasing to listen; it is one operator's conversation that is listened to, and
// when that is over so is the listening. Whose call it is sees who listens.
#pragma once
#include <cstddef>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::calls {

/// Of one call at once: a trainer and whoever answers for the shift; own. The next is refused.
inline constexpr std::size_t kListenersMax = 2;

// Written to the journal: do not rename.
/// Why nobody listens any more.
enum class ListeningEnd {
  stopped,           ///< the listener had enough
  call_ended,        ///< there is nothing left to hear
  operator_changed,  ///< somebody else has the call, or nobody: who wants to hear on asks anew
  took_call,         ///< the listener talks in a call themselves
  lost,              ///< their browser went away and did not come back, or they signed out
  failed             ///< their way to the voices broke
};

struct Listener {
  OfferId offer;    ///< names the way by which they hear
  OfferId whisper;  ///< ... and the one from them to the operator's headset
  CallId call;
  LegId leg;  ///< the caller's
  PersonId person;
  SessionId session;
  PersonId operator_;  ///< whose conversation it is
  LegId whisper_leg;   ///< the listener's half of the way to the operator
  LegId desk_leg;      ///< ... and the operator's half
  Instant since;
  bool whispers = false;
};

}  // namespace sigap::calls
