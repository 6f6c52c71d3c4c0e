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

/// The keys of these are deleted because of it: nobody can read them from then on, in any copy that has no key.
struct RecordsForgotten {
  Records records;
  Basis basis = Basis::retention;
  CallerRef caller;              ///< of a request: whose they were
  PersonId asked_by;             ///< of a request; who agreed is the event's actor
  Personal<std::string> reason;  ///< of a request
};

/// They were sent to this person's screen with something personal in them, in the last seconds. Each once a sign-in.
struct RecordsRead {
  SessionId session;
  PersonId person;
  Records records;
};

/// An administrator looked for what there is of one caller: that it is there, from when and who read it, not what is
/// in it.
struct CallerLookedUp {
  SessionId session;
  PersonId person;
  CallerRef caller;
  Records found;
};

}  // namespace sigap::privacy
