// Which calls there were and which of them can be heard, for whoever looks for one that left the screens long ago.
// Invariants: derived from the journal and from nothing else, so it may be lost and is made anew; nothing in it is
// personal: ids, moments, stations, outcomes; a call that is forgotten is removed.
#pragma once
#include <optional>
#include <vector>

#include "core/input.h"
#include "ports/journal.h"

namespace sigap::ports {

/// What one event says of a call, its incident or its recording.
struct RecordingNote {
  enum class What {
    arrived,    ///< `station` when it is known, `person` when it was placed
    home,       ///< `station`
    talked,     ///< `person` talks to the caller
    connected,  ///< the first time counts
    ended,      ///<
    outcome,    ///< `value`: calls::Outcome
    incident,   ///< `incident` is about the call
    task,       ///< `value`: the task's id
    recorded,   ///< a recording was begun; `value`: its number
    dropped,    ///< its recording is deleted
    played,     ///< by `person`
    moment,     ///< of `incident`; `value`: incidents::HappeningKind
    forgotten   ///< its key is gone
  };
  What what = What::arrived;
  CallId call;
  Instant at;
  StationCode station;
  PersonId person;
  IncidentId incident;
  std::int64_t value = 0;
  std::int64_t position = 0;  ///< of the event
};

/// All that is said must be so; what is not said may be anything.
struct RecordingQuery {
  std::vector<CallId> calls;          ///< one of these
  std::vector<StationCode> stations;  ///< at home at one of these ...
  PersonId operator_;                 ///< ... or talked to by this person
  IncidentId incident;
  std::optional<Instant> from, until;
  bool recorded = false;
  bool whole = false;     ///< with its moments and who heard it
  std::int64_t most = 0;  ///< the newest so many
};

/// Of calls with these outcomes, recordings of calls that ended before.
struct RecordingsKept {
  std::vector<std::optional<calls::Outcome>> outcomes;
  Instant since;
};

/// One thread at a time may use it.
class RecordingIndex {
 public:
  virtual ~RecordingIndex() = default;
  virtual JournalHead head() = 0;
  virtual Result<bool> begin_anew() = 0;
  /// Takes notes in the order of their events, which end at `head`. All of them become durable, or none.
  virtual Result<bool> take(const std::vector<RecordingNote>& notes, const JournalHead& head) = 0;
  /// The newest first.
  virtual std::vector<core::KnownCall> find(const RecordingQuery& query) = 0;
  /// Calls with a recording that is kept too long: the next `most`, and from the beginning again when there are no
  /// more.
  virtual std::vector<core::KnownCall> over(const RecordingsKept& kept, std::int64_t most) = 0;
  /// Recordings that were dropped, or whose calls were forgotten: their files are to be deleted. Told again until
  /// deleted(). Known of what the journal says alone: an index that is made anew deletes nothing that is kept.
  virtual std::vector<RecordingId> gone(std::int64_t most) = 0;
  virtual void deleted(RecordingId recording) = 0;
};

}  // namespace sigap::ports
