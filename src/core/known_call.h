// A call as the index of recordings knows it (ports/recording_index.h): it may have left the state long ago.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/records.h"
#include "domain/calls/call.h"
#include "domain/incidents/incident.h"

namespace sigap::core {

/// Somebody heard a recording.
struct KnownPlay {
  PersonId person;
  Instant at;
  std::int64_t position = 0;          ///< in the journal, of its event
  std::optional<std::string> reason;  ///< where it was opened
};
/// A line of a call's incident that a recording can be entered at.
struct KnownMoment {
  incidents::HappeningKind kind = incidents::HappeningKind::opened;
  Instant at;
};
struct KnownCall {
  CallId call;
  StationCode station;  ///< its home
  PersonId operator_;   ///< who talked to its caller last; none: nobody
  Records records;      ///< it, its incidents and its tasks
  Instant arrived;      ///< or when it was placed
  std::optional<Instant> connected, ended;
  std::optional<calls::Outcome> outcome;
  RecordingId recording;  ///< whole or not, or being made; 0: there is none
  std::vector<KnownMoment> moments;
  std::vector<KnownPlay> plays;  ///< the newest first
};

}  // namespace sigap::core
