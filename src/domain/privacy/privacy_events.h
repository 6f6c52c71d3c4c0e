// What happened to people's data: who read it, who looked for it, and that it was forgotten.
// Law: UU 27/2022 (personal data protection), art. 5-8 (to be told, to have erased), 16 (retention), 31 (record of
// processing).
#pragma once
#include "base/records.h"

namespace sigap::privacy {

// Enumerations here are written to the journal: do not rename.
enum class Basis {
  request,   ///< somebody asked, and two administrators agreed
  retention  ///< the time for which it is kept was over
};

/// These records were forgotten: their keys are deleted because of this event, and no copy without a key can be read
/// from then on.
struct RecordsForgotten {
  Records records;
  Basis basis = Basis::retention;
  CallerRef caller;              ///< of a request: the caller whose records they were
  PersonId asked_by;             ///< of a request: who asked; who agreed is the event's actor
  Personal<std::string> reason;  ///< of a request: its reason
};

/// Something personal of these records was sent to this person's screen in the last seconds. Each record is told once a
/// sign-in.
struct RecordsRead {
  SessionId session;
  PersonId person;
  Records records;
};

/// The recording of a call was opened to be heard by this person, once, for this reason.
struct RecordingPlayed {
  SessionId session;
  PersonId person;
  CallId call;
  Personal<std::string> reason;
};

/// A call is evidence: it and what belongs to it are not forgotten until the hold is lifted.
struct HoldPlaced {
  CallId call;
  Records records;  ///< as in Hold
  StationCode station;
  PersonId person;
  Personal<std::string> reason;
};

/// A hold is over; who agreed to that is the event's actor. Its call is kept for as long as any other from here on.
struct HoldLifted {
  CallId call;
  PersonId asked_by;
  Personal<std::string> reason;
};

/// All that is kept of a call was written into one archive, on the server.
struct EvidenceExported {
  CallId call;
  std::string sha256;  ///< of the archive's manifest, hex: this archive, and no other, was made then
  Personal<std::string> reason;
};

/// The time of these calls' recordings is over, before that of what is written of the calls: whoever keeps the
/// index of recordings deletes the files.
struct RecordingsDropped {
  std::vector<CallId> calls;
};

/// An administrator asked which records there are of one caller, since when, and who read them; not what is in them.
struct CallerLookedUp {
  SessionId session;
  PersonId person;
  CallerRef caller;
  Records found;
};

}  // namespace sigap::privacy
