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
  CallerRef caller;     ///< the caller, in a record's first note; none: unknown, or that of `of_call`
  CallId of_call;       ///< of an incident: the call that it was opened for
  StationCode station;  ///< in a note that gives the record a station, or another one
  PersonId person;      ///< who did it, or read it; none: the system, the caller
};

/// The index of records. One thread at a time may use it.
class RecordIndex {
 public:
  virtual ~RecordIndex() = default;
  /// How far in the journal it has read.
  virtual JournalHead head() = 0;
  /// Empties the index, because the journal is another one.
  virtual Result<bool> begin_anew() = 0;
  /// Takes notes in the order of their events, which end at `head`. All of them become durable, or none.
  virtual Result<bool> take(const std::vector<RecordNote>& notes, const JournalHead& head) = 0;
  /// The newest `most` records of this caller, the newest first.
  virtual std::vector<RecordFound> of_caller(CallerRef caller, std::int64_t most) = 0;
  /// Whose record this is; none: unknown, or of nobody.
  virtual CallerRef caller_of(RecordKind kind, std::int64_t id) = 0;
  /// Records of this kind to which nothing has happened since `before`: the next `most` of them, and from the beginning
  /// again when there are no more.
  virtual std::vector<std::int64_t> untouched(RecordKind kind, Instant before, std::int64_t most) = 0;
  /// Callers of whom something was forgotten and nothing is left: the references of their numbers may go, too. They are
  /// told again until unlinked(), or until they call again.
  virtual std::vector<CallerRef> orphaned(std::int64_t most) = 0;
  virtual void unlinked(const std::vector<CallerRef>& callers) = 0;
};

}  // namespace sigap::ports
