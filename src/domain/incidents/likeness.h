// Whether two reports may tell of the same event, from place, time and kind alone. Pure; what it finds is a suggestion,
// a person joins. Purpose: an earthquake's 200 calls are one incident with 200 reporters, not 200 incidents.
#pragma once
#include <optional>
#include <vector>

#include "domain/incidents/incident.h"

namespace sigap::incidents {

/// Callers of one event call within this of each other: half an hour after the last one told of it, it is news again.
/// Own.
inline constexpr Duration kAlikeWithin = minutes(30);
/// Two callers of one accident, fire or fight put it this close together, in metres: who calls from a car or points at
/// smoke is off by some hundreds of metres. Own.
inline constexpr std::int64_t kAlike_m = 1'000;
/// An earthquake, flood or eruption is felt this far, in metres: about a regency. Own.
inline constexpr std::int64_t kAlikeDisaster_m = 25'000;
/// As many as a person looks at while a caller talks. Own.
inline constexpr std::size_t kCandidatesMax = 3;

/// What is known of an incident when it is compared.
struct Sighting {
  IncidentId incident;
  IncidentType type = IncidentType::unknown;
  GeoPoint point;
  Instant latest;              ///< when somebody last reported it
  std::int64_t reporters = 1;  ///< all who did
  bool operator==(const Sighting&) const = default;
};

/// By its first reporter; nothing of an incident without a place.
std::optional<Sighting> sighting(const Incident& incident);

/// How far apart these two kinds may be and still be one event, in metres. Kinds may differ: what one caller takes for
/// an accident is an injured person to the next. The wide reach needs a disaster and no other kind against it.
std::int64_t reach_m(IncidentType a, IncidentType b);

/// Nothing when these cannot be the same event, else how far apart they are, in metres.
std::optional<std::int64_t> distance_if_alike(const Sighting& a, const Sighting& b);

/// Those of `others` that may be the same event, at most kCandidatesMax: known disasters first, the most reported one
/// in front (near or far says nothing of an earthquake), then the nearest, then the most recent.
std::vector<Candidate> candidates(const Sighting& report, const std::vector<Sighting>& others);

}  // namespace sigap::incidents
