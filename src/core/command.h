// What a signed-in person may ask for. The same structs travel over the WebSocket (docs/protocol.md) and enter the
// core. Limits of text fields are enforced where a command is decided; whether the person may is decided in access/.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "base/closed_variant.h"
#include "core/format.h"
#include "domain/calls/call.h"
#include "domain/dispatch/dispatch.h"
#include "domain/incidents/incident.h"
#include "domain/people/person.h"
#include "domain/stations/station.h"
#include "domain/tasks/task.h"

namespace sigap::core {

// Operator
struct PassHeadset {};  ///< the headset test of this sign-in succeeded
struct BeReady {};
/// Ready, and in the call of whoever is next: one key for who is idle while somebody waits.
struct TakeNext {};
/// Whether this browser has a microphone. Without one nobody is ready; ready again when it is back.
struct ReportHeadset {
  bool works = true;
};
struct TakePause {
  bool training = false;
};
struct AcceptOffer {
  OfferId offer;
};
struct DeclineOffer {
  OfferId offer;
};
struct HangUp {
  CallId call;
};
/// The caller hears a voice that says so, and not the operator; the operator goes on hearing the caller.
struct HoldCall {
  CallId call;
};
struct ResumeCall {
  CallId call;
};
/// Of a caller who does not speak: they hear which keys say yes and no, once, and go on being heard.
struct AskToPress {
  CallId call;
};
/// Takes away what is held against the number of this call.
struct ForgiveNumber {
  CallId call;
};
/// To whoever is ready at that station; the incident goes along.
struct TransferCall {
  CallId call;
  StationCode station;
};
/// With one key: the supervisors of the caller's station and of the operator's see it, and one may join.
struct AskSupervisor {
  CallId call;
  bool wanted = true;
};
/// By a supervisor who was asked: the third voice.
struct JoinCall {
  CallId call;
};
/// Rings at whoever is ready at that station, who joins; the call may be handed over to them then.
struct InviteStation {
  CallId call;
  StationCode station;
};
/// Calls a number of the configuration's list, by its name.
struct InviteLine {
  CallId call;
  std::string line;
};
/// By the operator: without the guest again.
struct DropGuest {
  CallId call;
};
/// By the guest.
struct LeaveCall {
  CallId call;
};
/// The guest has the call from now on; the operator leaves it.
struct HandOver {
  CallId call;
};
struct SetOutcome {
  CallId call;
  calls::Outcome outcome = calls::Outcome::genuine;
};
// Incident
struct EditIncident {
  IncidentId incident;
  std::optional<incidents::IncidentType> incident_type;
  std::optional<incidents::Priority> priority;
  std::optional<incidents::Place> place;
  std::optional<std::string> notes;
  std::optional<std::string> reporter;
};
struct CloseIncident {
  IncidentId incident;
  incidents::Answer answer = incidents::Answer::handled;
};
struct SendTracking {
  IncidentId incident;
};
/// They are one event: `incident` becomes a report of `into`, or of what that is joined to.
struct JoinIncident {
  IncidentId incident;
  IncidentId into;
};
/// Undoes it.
struct SplitIncident {
  IncidentId incident;
};
/// Whatever was found to be maybe the same as `into` and is in the person's reach.
struct JoinSimilar {
  IncidentId into;
};
// Dispatch
struct RecommendUnits {
  IncidentId incident;
};
struct DispatchUnit {
  IncidentId incident;
  PersonId unit;
};
struct CancelAlert {
  AlertId alert;
};
/// By the officer: via the app. By somebody at the station: recorded as via radio.
struct AdvanceAlert {
  AlertId alert;
  dispatch::AlertStatus status = dispatch::AlertStatus::acknowledged;
};
// Officer
/// Cannot go: the next unit is asked at once.
struct DeclineAlert {
  AlertId alert;
};
struct GoOnDuty {};
struct GoOffDuty {};
struct RequestHelp {};
// Tasks
struct TakeTask {
  TaskId task;
};
/// Rings the number of a call that nobody answered, through the trunk that it came by.
struct CallBack {
  TaskId task;
};
struct CloseTask {
  TaskId task;
  tasks::TaskReason reason = tasks::TaskReason::handled;
  std::string note;
};
// Rosters
/// Some people at a station from one moment to another, and how many operators it needs then.
struct PlanShift {
  StationCode station;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
};
/// All of it as it is to stand from now on. Of one that has begun, the beginning stays.
struct ChangeShift {
  ShiftId shift;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
};
struct RemoveShift {
  ShiftId shift;
};
// Administration
struct AddPerson {
  std::string login;
  std::string name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
  std::string password;              ///< on the wire the password; what enters the core is its Argon2id hash
  std::optional<bool> lasting = {};  ///< by the command line alone: the person need not choose another (drills, demo)
};
struct ChangePerson {
  PersonId person;
  std::string name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
};
struct SetPassword {
  PersonId person;
  std::string password;              ///< as in AddPerson
  std::optional<bool> lasting = {};  ///< as in AddPerson
};
/// One's own; other sign-ins of the person end.
struct ChangePassword {
  std::string old_password;  ///< never enters the core: whoever hashes has compared it, and that it was right is proof
  std::string password;      ///< as in AddPerson
};
struct DisablePerson {
  PersonId person;
};
struct EnablePerson {
  PersonId person;
};
struct DefineStation {
  stations::Station station;
};
/// By a second administrator: what was asked for happens.
struct Agree {
  ApprovalId approval;
};
/// By a second administrator; by whoever asked for it, it is taken back.
struct Refuse {
  ApprovalId approval;
};
/// What there is of a caller, since when, and who read it; nothing of what is in it.
struct LookUpCaller {
  std::string number;
};
/// The keys of all that is closed and known of a caller are to be deleted.
struct ForgetCaller {
  std::string number;
  std::string reason;  ///< 10 to 500 bytes: a letter's number, or a sentence
};
struct SignOut {};

using CommandKinds =
    std::variant<PassHeadset, BeReady, TakeNext, ReportHeadset, TakePause, AcceptOffer, DeclineOffer, HangUp, HoldCall,
                 ResumeCall, AskToPress, ForgiveNumber, TransferCall, AskSupervisor, JoinCall, InviteStation,
                 InviteLine, DropGuest, LeaveCall, HandOver, SetOutcome, EditIncident, CloseIncident, SendTracking,
                 JoinIncident, SplitIncident, JoinSimilar, RecommendUnits, DispatchUnit, CancelAlert, AdvanceAlert,
                 DeclineAlert, GoOnDuty, GoOffDuty, RequestHelp, TakeTask, CallBack, CloseTask, PlanShift, ChangeShift,
                 RemoveShift, AddPerson, ChangePerson, SetPassword, ChangePassword, DisablePerson, EnablePerson,
                 DefineStation, Agree, Refuse, LookUpCaller, ForgetCaller, SignOut>;
using Command = ClosedVariant<CommandKinds>;

}  // namespace sigap::core
