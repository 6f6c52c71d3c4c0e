// The third voice in a call: a supervisor, a colleague of another station, or a number outside, brought in by the
// operator. Invariants: a call has at most one guest, a person is a guest in at most one call and takes no other
// meanwhile; the call stays the operator's until it is handed over, and a guest who declines, does not answer or
// leaves changes nothing for the caller. All three hear each other through the operator's console, which mixes
// (RFC 5359 section 2.10; docs/adr/0009).
#pragma once
#include <string>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::calls {

// Enumerations here are written to the journal: do not rename.
enum class GuestKind { supervisor, colleague, outside };

enum class GuestState {
  invited,  ///< it rings there
  joining,  ///< they took it, the voices are being joined
  joined,
  relaying,  ///< an outside number that the call was handed over to: no operator is on it, the two are being joined
  alone      ///< ... and they hear each other
};

/// Why a guest is one no more.
enum class GuestEnd { declined, no_answer, busy, failed, left, dropped, lost, took_over, call_ended };

struct Guest {
  OfferId offer;  ///< names their side, and the operator's side of them
  GuestKind kind = GuestKind::supervisor;
  GuestState state = GuestState::invited;
  PersonId person;        ///< nobody: outside
  std::string line;       ///< of an outside number: its name in the configuration
  LegId leg;              ///< outside: the dialled leg; of a person: their half of the way to the operator
  LegId desk_leg;         ///< ... and the operator's half
  bool was_ready = true;  ///< a person: what they are again when they leave
  bool rings = false;     ///< outside: it rings over there
  Instant since;          ///< of this state
};

}  // namespace sigap::calls
