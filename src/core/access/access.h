// Who may see and do what: the one place. Pure; tested exhaustively over askers x commands and roles x fields.
// A person's reach is their station and all below it; an operator also reaches what they opened or were offered.
// Invariant: what is not named here is refused. A command without a line in rights.cpp, or in objection(), does not
// compile; a kind of asker that no line names has no right.
#pragma once
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/state.h"

namespace sigap::core::access {

/// The kinds of fields that not everybody sees.
enum class Field {
  caller_number,
  caller_location,
  conversation,  ///< what is written in a call, and its photographs
  incident_text,
  staff_name,
  unit_position,
  person_record
};

/// How the viewer stands to a thing.
enum class Relation {
  mine,   ///< rings at, is talked to, was opened by or is assigned to the viewer
  reach,  ///< of the viewer's station or below
  outside
};

/// Kinds of askers: signed-in people by their role, and those who are no person.
enum class AskerKind { operator_, officer, supervisor, administrator, command_line, system, client };
inline constexpr AskerKind kAskerKinds[] = {AskerKind::operator_,     AskerKind::officer,      AskerKind::supervisor,
                                            AskerKind::administrator, AskerKind::command_line, AskerKind::system,
                                            AskerKind::client};
AskerKind kind_of(people::Role role);
/// Nothing of a sign-in that is over.
std::optional<AskerKind> kind_of(const State& state, const Asker& asker);
/// Whether askers of this kind have this command at all.
bool may(AskerKind kind, const Command& command);
inline bool may(people::Role role, const Command& command) {
  return may(kind_of(role), command);
}
/// Whether a person who asks for it must have given the password lately.
bool needs_proof(const Command& command);
/// Why there is nothing behind the door yet, and so nothing is done and seen but what opens it: "own_password", the
/// password is of somebody else's making (ASVS 4.0 2.3.1); "second_factor", one has to be set up (ASVS 4.0 4.3.1).
std::optional<Refusal> shut(const State& state, const people::Person& person);
/// What a person may who is shut out so.
bool opens(const people::Person& person, const Command& command);
bool may_see(people::Role role, Field field, Relation relation);

Relation relation_to_station(const State& state, const people::Person& viewer, const StationCode& station);
/// A report is also reached by the desk that reaches its root: who handles the event hears all its callers. Not the
/// other way round: a caller of an event opens nothing of the other callers to whoever answered.
Relation relation_to(const State& state, const people::Person& viewer, const incidents::Incident& incident);
/// `other` was suggested as the same event as `incident`: enough to join to it, but to see nothing of it that is
/// personal.
bool suggested(const State& state, const incidents::Incident& incident, IncidentId other);
/// The open incidents in the person's reach that may be the same event as this root, and are joined to nothing.
std::vector<IncidentId> similar(const State& state, const people::Person& person, IncidentId root);
Relation relation_to(const State& state, const people::Person& viewer, const calls::Call& call);
/// A call that may be part of the state no more: of whoever talked to its caller, and of its home.
Relation relation_to(const State& state, const people::Person& viewer, const KnownCall& call);
/// Sees that a call was recorded, and who heard it; opens its recording. Operators: what they said themselves.
bool may_hear(people::Role role, Relation relation);
/// Ends a hold together with another, and so sees that there is one, and why.
bool may_lift(people::Role role, Relation relation);
/// A task: an officer's call for help is also that of the units near.
Relation relation_to(const State& state, const people::Person& viewer, const tasks::Task& task);

/// A complaint: of who reaches its station. One about conduct is outside for everybody of the station that it is about,
/// and of those below it, whatever else they reach.
Relation relation_to(const State& state, const people::Person& viewer, const cases::Case& complaint);
/// Whether a complaint about the conduct of people of `about` may be at `station`: above it alone.
bool may_judge(const State& state, const StationCode& station, const StationCode& about);

/// What the line did at a station and below it: for who leads there, and within their reach. It names nobody. Refused
/// with "not_allowed".
std::optional<Refusal> report_objection(const State& state, const people::Person& viewer, const StationCode& station);

/// Refused with what shut() says, unless it opens; with "not_allowed" when the role lacks the command or the thing
/// it names is outside the person's reach.
std::optional<Refusal> objection(const State& state, const people::Person& person, const Command& command);
/// Of a client: refused with "not_allowed" when it is disabled, its scopes lack the command, or the unit whose alert it
/// is, or the report, is outside of its station's reach.
std::optional<Refusal> objection(const State& state, const clients::Client& client, const Command& command);
/// Whether the station is the client's, or below it.
bool reaches(const State& state, const clients::Client& client, const StationCode& station);

}  // namespace sigap::core::access
