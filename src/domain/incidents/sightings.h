// What is compared of each open root, by province and by when it was last reported: each new report is held against all
// of the last half hour, so they lie side by side.
// Invariant: an incident stands here at most once.
#pragma once
#include <deque>

#include "base/code_map.h"
#include "base/id_map.h"
#include "domain/incidents/likeness.h"

namespace sigap::incidents {

class Sightings {
 public:
  /// Puts it in, or in another place.
  void put(const StationCode& province, const Sighting& sighting);
  void remove(IncidentId incident);
  /// The least recently reported first, among equals the lower id; null when there are none.
  const std::deque<Sighting>* of(const StationCode& province) const;
  bool operator==(const Sightings&) const = default;

 private:
  struct Place {
    StationCode province;
    Instant latest;
    bool operator==(const Place&) const = default;
  };
  CodeMap<StationCode, std::deque<Sighting>> by_province_;
  IdMap<IncidentId, Place> places_;
};

}  // namespace sigap::incidents
