// Cards of calls that may have left the screens: which were recorded, who heard them, which are held.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/command.h"

namespace sigap::core {

/// Somebody heard the recording of a call.
struct PlayCard {
  std::string login;
  std::optional<std::string> name;  ///< of the viewer's reach
  Instant at;
  std::optional<std::string> reason;
  bool operator==(const PlayCard&) const = default;
};

/// A call that is kept as evidence.
struct HoldCard {
  std::string login;  ///< of who placed it
  Instant since;
  std::optional<std::string> reason;
  bool operator==(const HoldCard&) const = default;
};

/// A moment of a call, or of its incident, to be jumped to in the recording.
struct MomentCard {
  incidents::HappeningKind kind = incidents::HappeningKind::opened;
  Instant at;
  bool operator==(const MomentCard&) const = default;
};

/// A call of which there is a recording, or that is held. It may have left the screens long ago.
struct RecordingCard {
  CallId call;
  StationCode station;
  std::string station_name;
  Instant arrived;
  std::optional<Instant> connected;
  std::optional<Instant> ended;
  std::optional<std::string> login;  ///< of who talked to the caller
  std::optional<std::string> name;   ///< of the viewer's reach
  std::optional<IncidentId> incident;
  std::optional<calls::Outcome> outcome;
  bool recorded = false;  ///< it can be heard
  std::optional<HoldCard> hold;
  // Where it was asked for by its number:
  std::vector<MomentCard> moments;
  std::vector<PlayCard> plays;  ///< the newest first
  bool operator==(const RecordingCard&) const = default;
};

}  // namespace sigap::core
