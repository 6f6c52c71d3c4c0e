// What happened, where, how urgent: opened with the first answered call, or by a person when nobody called; edited as
// it is typed, closed with an answer. One event may have many callers: then one incident is the *root* and the others
// are *reports* joined to it, each with its own text, number, link and call. Invariants: no field is ever required
// before help can be sent; an incident stays open until a person closes it; a report has one root, which is itself
// joined to nothing, and is open as long as its root is.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::incidents {

// Enumerations here are written to the journal: do not rename.
enum class IncidentType {
  unknown,
  traffic_accident,
  theft,
  robbery,
  assault,
  domestic_violence,
  disturbance,
  missing_person,
  fire,
  disaster,
  medical,
  suspicious_activity,
  other
};
enum class Priority { p1, p2, p3 };

/// How it came to us.
enum class Origin {
  call,
  counter,      ///< somebody came to a station
  radio,        ///< a unit said so by radio
  observation,  ///< an officer saw it themselves
  agency,       ///< another service told us
  app           ///< a citizen wrote it in another app
};

/// What the citizen is told when it is over.
enum class Answer { handled, passed_on, nothing_found, no_police_matter, false_report, duplicate };

struct Place {
  std::string text;                           ///< as the operator chose or typed it, at most 200 bytes
  std::optional<GeoPoint> point;              ///< when a map click, a known place or the call gave one
  std::optional<std::int64_t> radius_m = {};  ///< how far off the point may be; not known of a map click
  auto operator<=>(const Place&) const = default;
};

/// What became of the message with the citizen's link. A message whose sending we did not live to see is `failed`: it
/// is never sent again by itself (it may have gone), a person decides.
enum class LinkState { none, on_its_way, sent, failed };

/// An open incident that may be the same event as another.
struct Candidate {
  IncidentId incident;
  std::int64_t distance_m = 0;  ///< great circle between the two places
  auto operator<=>(const Candidate&) const = default;
};

/// What happened with an incident, for its timeline.
enum class HappeningKind {
  opened,
  call_ended,
  type_set,
  priority_set,
  place_set,
  alert_sent,
  alert_delivered,
  alert_acknowledged,
  alert_en_route,
  alert_on_scene,
  alert_done,
  alert_expired,
  alert_declined,
  alert_cancelled,
  alert_off_duty,
  nobody_answered,
  help_requested,
  joined,
  split,
  link_ordered,
  link_sent,
  link_failed,
  closed
};

/// One line of a timeline. Nothing in it is personal: the fold writes it, and a replay without keys is the same.
struct Happening {
  HappeningKind kind = HappeningKind::opened;
  Instant at = {};
  PersonId by = {};    ///< 0: nobody, or the caller
  PersonId unit = {};  ///< whose alert it was
  bool radio = false;  ///< the station said so for the unit
  std::optional<IncidentType> type = {};
  std::optional<Priority> priority = {};
  std::optional<Answer> answer = {};
  IncidentId other = {};  ///< that it was joined to, or split off from
};

struct Incident {
  IncidentId id;
  StationCode station;
  StationCode province;               ///< the station's when it was opened; none for the headquarters
  CallId call;                        ///< the first call; 0: nobody called
  std::optional<Origin> origin = {};  ///< of one without a call, where it was noted
  PersonId opened_by;
  Instant opened;
  IncidentType type = IncidentType::unknown;
  Priority priority = Priority::p2;
  Personal<Place> place;
  Personal<std::string> notes;     ///< at most 4000 bytes
  Personal<std::string> reporter;  ///< the caller's name, at most 100 bytes
  Personal<std::string> number;    ///< for messages to the citizen
  std::optional<LegId> page_leg;   ///< of a call by a page: messages go there, and to no number that somebody wrote
  bool closed = false;
  Answer answer = Answer::handled;
  Instant closed_at;
  std::string tracking_hash;  ///< SHA-256 of the citizen's token, hex; empty until a link was sent
  Personal<std::string> tracking_token;
  LinkState link = LinkState::none;
  std::int64_t link_effect = 0;  ///< of the newest message
  Instant tracking_until;        ///< after closing: until when it is kept, and a link works; 0 = open end
  IncidentId into;               ///< what a person joined it to; 0 = nothing. Kept when that was joined on, so that a
                                 ///< split undoes exactly one join
  IncidentId root;               ///< the end of `into`s; 0 = this one
  Instant latest;                ///< of a root: when the newest of its reports was opened
  std::vector<Candidate> candidates;  ///< what it may be the same event as
  std::vector<Happening> history;     ///< oldest first; of many the first and the newest
};

/// The urgency a type usually has; the operator may say otherwise.
Priority usual_priority(IncidentType type);

}  // namespace sigap::incidents
