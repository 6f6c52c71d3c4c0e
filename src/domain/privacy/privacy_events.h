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

/// An administrator asked which records there are of one caller, since when, and who read them; not what is in them.
struct CallerLookedUp {
  SessionId session;
  PersonId person;
  CallerRef caller;
  Records found;
};

}  // namespace sigap::privacy
