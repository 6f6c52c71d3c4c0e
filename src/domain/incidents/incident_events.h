// What happened to incidents.
#pragma once
#include "domain/incidents/incident.h"

namespace sigap::incidents {

struct IncidentOpened {
  IncidentId incident;
  CallId call;  ///< 0: nobody called
  StationCode station;
  PersonId person;
  Personal<std::string> number;
  Personal<Place> place;              ///< what the call brought
  std::optional<IncidentId> after;    ///< the call's incident until now: it was closed and stays as it is
  std::optional<Origin> origin = {};  ///< of one that nobody called about
};

/// Only the fields that changed are there.
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

/// What it may be the same event as: found where places may be read, so that a replay needs none. Replaces what was
/// found before; empty: nothing any more.
struct IncidentLikened {
  IncidentId incident;
  std::vector<Candidate> candidates;
};

/// From now on a report of `into`, a root; reports of its own come along.
struct IncidentJoined {
  IncidentId incident;
  IncidentId into;
  PersonId person;
};

/// The undoing of IncidentJoined: what came along with it leaves with it. `from`: its root until now.
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
