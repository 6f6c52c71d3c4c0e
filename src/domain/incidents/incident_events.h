// What happened to incidents.
#pragma once
#include "domain/incidents/incident.h"

namespace sigap::incidents {

/// An operator answered a call, and its incident is open; or somebody opened one without a call.
struct IncidentOpened {
  IncidentId incident;
  CallId call;  ///< 0: nobody called
  StationCode station;
  PersonId person;
  Personal<std::string> number;
  Personal<Place> place;              ///< the place that the call brought
  std::optional<IncidentId> after;    ///< the incident that the call had before; it was closed and stays so
  std::optional<Origin> origin = {};  ///< of one that nobody called about
};

/// Fields of the incident were changed; only those that changed are there.
struct IncidentEdited {
  IncidentId incident;
  PersonId person;
  std::optional<IncidentType> incident_type;
  std::optional<Priority> priority;
  std::optional<Personal<Place>> place;
  std::optional<Personal<std::string>> notes;
  std::optional<Personal<std::string>> reporter;
};

/// A citizen may follow this incident with a token.
struct TrackingOpened {
  IncidentId incident;
  std::string token_hash;
  Personal<std::string> token;
};

/// A person closed the incident; the citizen's link works until `tracking_until`.
struct IncidentClosed {
  IncidentId incident;
  PersonId person;
  Answer answer = Answer::handled;
  Instant tracking_until;
};

/// The citizen's link stopped working: a closed incident leaves the live state.
struct IncidentArchived {
  IncidentId incident;
};

/// These incidents may be the same event as this one. It is decided where places may be read, so that a replay needs
/// none. The list replaces the one before.
struct IncidentLikened {
  IncidentId incident;
  std::vector<Candidate> candidates;
};

/// The incident is a report of `into`, a root, from now on; its own reports come along.
struct IncidentJoined {
  IncidentId incident;
  IncidentId into;
  PersonId person;
};

/// Undoes IncidentJoined: the incident leaves its root `from`, with the reports that had come along.
struct IncidentSplit {
  IncidentId incident;
  IncidentId from;
  PersonId person;
};

/// A text message to the citizen was ordered from the gateway.
struct MessageOrdered {
  MessageId message;
  IncidentId incident;
  Personal<std::string> number;
  Personal<std::string> text;
};

}  // namespace sigap::incidents
