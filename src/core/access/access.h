// Who may see and do what: the one place. Pure; tested exhaustively over roles x commands x fields.
// A person's reach is their station and all below it; an operator also reaches what they opened or were offered.
#pragma once
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/state.h"

namespace sigap::core::access {

/// The kinds of fields that not everybody sees.
enum class Field { caller_number, caller_location, incident_text, staff_name, unit_position, person_record };

/// How the viewer stands to a thing.
enum class Relation {
  mine,   ///< rings at, is talked to, was opened by or is assigned to the viewer
  reach,  ///< of the viewer's station or below
  outside
};

/// Whether the role has this command at all.
bool may(people::Role role, const Command& command);
/// Whether who asks for it must have given the password lately: it gives rights or moves calls.
bool needs_proof(const Command& command);
/// The password is of somebody else's making: whoever has it does and sees nothing but choosing another
/// (ASVS 4.0 2.3.1).
bool only_own_password(const people::Person& person);
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
/// A task: an officer's call for help is also that of the units near.
Relation relation_to(const State& state, const people::Person& viewer, const tasks::Task& task);

/// Refused with "own_password" while only_own_password; with "not_allowed" when the role lacks the command or the thing
/// it names is outside the person's reach.
std::optional<Refusal> objection(const State& state, const people::Person& person, const Command& command);

}  // namespace sigap::core::access
