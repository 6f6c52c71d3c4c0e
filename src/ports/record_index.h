// Which records there are of a caller, since when, and who read them: what a journal cannot be asked quickly.
// Invariants: derived from the journal and from nothing else, so it may be lost and is made anew; nothing in it is
// sealed, because nothing in it is personal but by the caller's erasable reference; what is forgotten is removed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/records.h"
#include "base/result.h"
#include "base/time.h"
#include "ports/journal.h"

namespace sigap::ports {

/// What one event says of one record.
struct RecordNote {
  enum class What {
    happened,  ///< something happened to it
    read,      ///< `person` was shown it
    forgotten  ///< its key is gone
  };
  What what = What::happened;
  RecordKind kind = RecordKind::call;
  std::int64_t id = 0;
  Instant at;
  CallerRef caller;     ///< of the first note; none: unknown, or that of `of_call`
  CallId of_call;       ///< of an incident: the call it was opened for
  StationCode station;  ///< when it has a station, or another one
  PersonId person;      ///< who did it, or read it; none: the system, the caller
};

/// One thread at a time.
class RecordIndex {
 public:
  virtual ~RecordIndex() = default;
  /// How far it has read.
  virtual JournalHead head() = 0;
  /// Forgets everything: the journal is another one.
  virtual Result<bool> begin_anew() = 0;
  /// In the order of the events, which end at `head`: all of it durable, or none.
  virtual Result<bool> take(const std::vector<RecordNote>& notes, const JournalHead& head) = 0;
  /// The newest first.
  virtual std::vector<RecordFound> of_caller(CallerRef caller, std::int64_t most) = 0;
  /// Of this kind, what nothing has happened to since `before`; the next `most` of them, from the beginning again when
  /// there are no more.
  virtual std::vector<std::int64_t> untouched(RecordKind kind, Instant before, std::int64_t most) = 0;
  /// Callers of whom something was forgotten and nothing is left: their numbers' references may go, too. Told again
  /// until unlinked(), or until they call again.
  virtual std::vector<CallerRef> orphaned(std::int64_t most) = 0;
  virtual void unlinked(const std::vector<CallerRef>& callers) = 0;
};

}  // namespace sigap::ports
