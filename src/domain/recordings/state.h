// The recordings whose files are not closed yet.
#pragma once
#include <map>

#include "base/id_map.h"
#include "domain/recordings/recording_events.h"

namespace sigap::recordings {

struct State {
  std::int64_t next = 1;  ///< number of the next one
  IdMap<RecordingId, Recording> live;
  std::map<CallId, RecordingId> by_call;

  void apply(const RecordingStarted& e, Instant at);
  void apply(const RecordingInterrupted& e);
  void apply(const RecordingResumed& e);
  void apply(const RecordingEnded& e);

  const Recording* find(RecordingId id) const;
  const Recording* of(CallId call) const;
};

}  // namespace sigap::recordings
