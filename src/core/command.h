// What a signed-in person may ask for. The same structs travel over the WebSocket (docs/protocol.md) and enter the
// core. Limits of text fields are enforced where a command is decided; whether the person may is decided in access/.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/closed_variant.h"
#include "core/format.h"
#include "domain/calls/call.h"
#include "domain/clients/client.h"
#include "domain/dispatch/dispatch.h"
#include "domain/incidents/incident.h"
#include "domain/people/person.h"
#include "domain/stations/station.h"
#include "domain/tasks/task.h"

namespace sigap::core {

// Operator
struct PassHeadset {};  ///< the headset test of this sign-in succeeded
/// The operator takes calls from now on.
struct BeReady {};
/// The operator is ready and, at once, in the call that is next: one key for an idle operator while a caller waits.
struct TakeNext {};
/// Says whether this browser has a microphone. Without one its operator is not ready, and is ready again when it is
/// back.
struct ReportHeadset {
  bool works = true;
};
/// The operator takes no calls until they are ready again.
struct TakePause {
  bool training = false;
};
/// Answers the call that rings by this offer.
struct AcceptOffer {
  OfferId offer;
};
/// Does not answer the call that rings by this offer: it rings elsewhere, and the operator is not ready.
struct DeclineOffer {
  OfferId offer;
};
/// Ends the call.
struct HangUp {
  CallId call;
};
/// Puts the caller on hold: they hear a voice that says so instead of the operator, who goes on hearing them.
struct HoldCall {
  CallId call;
};
/// Takes the caller off hold: both hear each other again.
struct ResumeCall {
  CallId call;
};
/// Has a caller who does not speak hear, once, which keys say yes and no. The operator goes on hearing them.
struct AskToPress {
  CallId call;
};
/// Writes a line to the caller, who sees it on the page of the call. Said again under the same name it is the same.
struct SayText {
  CallId call;
  std::string name;
  std::string text;
};
template <>
inline constexpr std::int64_t kFormatOf<SayText> = 2;
/// Looks at a photograph of the caller: it is written down before it is shown.
struct ViewPhotograph {
  CallId call;
  std::string sha256;
};
template <>
inline constexpr std::int64_t kFormatOf<ViewPhotograph> = 2;
/// Takes away everything that is held against the number of this call.
struct ForgiveNumber {
  CallId call;
};
/// Gives the call to an operator who is ready at that station; the incident goes along.
struct TransferCall {
  CallId call;
  StationCode station;
};
/// Asks for a supervisor: those of the caller's station and of the operator's see it, and one of them may join.
struct AskSupervisor {
  CallId call;
  bool wanted = true;
};
/// A supervisor who was asked joins the call as its third voice.
struct JoinCall {
  CallId call;
};
/// Rings at an operator who is ready at that station. They join the call, which may then be handed over to them.
struct InviteStation {
  CallId call;
  StationCode station;
};
/// Calls an outside number, by the name that the configuration gives it, and brings it into the call.
struct InviteLine {
  CallId call;
  std::string line;
};
/// The operator takes the guest out of the call.
struct DropGuest {
  CallId call;
};
/// The guest leaves the call.
struct LeaveCall {
  CallId call;
};
/// A supervisor hears both sides of a call and is heard by neither.
struct ListenIn {
  CallId call;
};
/// ... and does no more.
struct StopListening {
  CallId call;
};
/// Whoever listens is heard by the operator alone, until they say that they are not.
struct Whisper {
  CallId call;
  bool speaks = true;
};
/// The operator gives the call to its guest and leaves it.
struct HandOver {
  CallId call;
};
/// Says what the call was. A call that still goes on is hung up first.
struct SetOutcome {
  CallId call;
  calls::Outcome outcome = calls::Outcome::genuine;
};
// Incident
/// Nobody called: somebody stands at the counter, a radio says so, an officer sees it. By an officer: what they see
/// themselves, told to their own station with what is known of it at once.
struct OpenIncident {
  incidents::Origin origin = incidents::Origin::counter;
  std::optional<StationCode> station;  ///< whose it is, in the person's reach; none: their own
  std::optional<incidents::IncidentType> incident_type;
  std::optional<std::string> notes;
};
/// Saves the fields that are there; the others stay as they are.
struct EditIncident {
  IncidentId incident;
  std::optional<incidents::IncidentType> incident_type;
  std::optional<incidents::Priority> priority;
  std::optional<incidents::Place> place;
  std::optional<std::string> notes;
  std::optional<std::string> reporter;
};
/// Closes the incident with all its reports. The answer is what the citizen is told.
struct CloseIncident {
  IncidentId incident;
  incidents::Answer answer = incidents::Answer::handled;
};
/// Sends the citizen a link by text message, to follow the report.
struct SendTracking {
  IncidentId incident;
};
/// Says that two incidents are one event: `incident` becomes a report of `into`, or of the root of `into`.
struct JoinIncident {
  IncidentId incident;
  IncidentId into;
};
/// Undoes JoinIncident for this incident.
struct SplitIncident {
  IncidentId incident;
};
/// Joins to `into` every open incident of the person's reach that was suggested as the same event.
struct JoinSimilar {
  IncidentId into;
};
// Dispatch
/// Asks which units are best sent to the incident.
struct RecommendUnits {
  IncidentId incident;
};
/// Alerts this unit for the incident. An alert of the incident that nobody answered yet ends.
struct DispatchUnit {
  IncidentId incident;
  PersonId unit;
};
/// Takes an alert back.
struct CancelAlert {
  AlertId alert;
};
/// Says how far a unit is with its alert. The officer says so by the app; when a desk says so it is recorded as heard
/// on the radio.
struct AdvanceAlert {
  AlertId alert;
  dispatch::AlertStatus status = dispatch::AlertStatus::acknowledged;
};
// Officer
/// The officer cannot go: the next unit is asked at once.
struct DeclineAlert {
  AlertId alert;
};
/// The officer may be alerted from now on.
struct GoOnDuty {};
/// The officer may not be alerted any more.
struct GoOffDuty {};
/// The officer asks for help: a task opens at the station, and units near hear an alarm.
struct RequestHelp {};
// Tasks
/// The task is this person's from now on.
struct TakeTask {
  TaskId task;
};
/// Takes the task and calls its caller, through the trunk that their call came by.
struct CallBack {
  TaskId task;
};
/// Closes a task, with a reason and a note of at most 500 bytes.
struct CloseTask {
  TaskId task;
  tasks::TaskReason reason = tasks::TaskReason::handled;
  std::string note;
};
// Rosters
/// Plans some people at a station from one moment to another, and how many operators it needs then.
struct PlanShift {
  StationCode station;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
};
/// Replaces a shift as a whole. The beginning of a shift that has begun cannot change.
struct ChangeShift {
  ShiftId shift;
  Instant from;
  Instant until;
  std::set<PersonId> people;
  std::int64_t needed = 0;
};
/// A planned shift is planned no more.
struct RemoveShift {
  ShiftId shift;
};
// Quality
/// Answers the form for a call that somebody else handled.
struct ReviewCall {
  ReviewId review;
  std::int64_t form = 0;            ///< the version that the marks are for
  std::vector<std::int64_t> marks;  ///< 0 to 2 in the order of its criteria; -1: does not apply
  std::string comment;              ///< at most 1000 bytes
};
/// The operator read the review of their call, and says something to it, or nothing.
struct AcknowledgeReview {
  ReviewId review;
  std::string answer;  ///< at most 1000 bytes
};
// Complaints
/// Answers the citizen who complained. Only an answer closes a complaint.
struct AnswerCase {
  CaseId complaint;
  std::string text;  ///< 1 to 4000 bytes
  bool closes = false;
};
/// Writes something down for colleagues; the citizen does not see it.
struct NoteCase {
  CaseId complaint;
  std::string text;  ///< as above
};
/// Gives a complaint to another station, or another category. One about conduct stays so, and goes to no station that
/// it is about.
struct MoveCase {
  CaseId complaint;
  StationCode station;
  std::string category;
};
template <>
inline constexpr std::int64_t kFormatOf<AnswerCase> = 2;
template <>
inline constexpr std::int64_t kFormatOf<NoteCase> = 2;
template <>
inline constexpr std::int64_t kFormatOf<MoveCase> = 2;
// Administration
/// Adds a person. A second administrator has to agree.
struct AddPerson {
  std::string login;
  std::string name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
  std::string password;              ///< on the wire it is the password; what enters the core is its Argon2id hash
  std::optional<bool> lasting = {};  ///< only by the command line: no other password has to be chosen (drills, demo)
};
/// Changes a person's record to this. Another role or station needs a second administrator's agreement.
struct ChangePerson {
  PersonId person;
  std::string name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
};
/// Gives somebody else a temporary password. A second administrator has to agree.
struct SetPassword {
  PersonId person;
  std::string password;              ///< as in AddPerson
  std::optional<bool> lasting = {};  ///< as in AddPerson
};
/// Changes the person's own password; giving the right old one counts as proof. Other sign-ins of the person end.
struct ChangePassword {
  std::string old_password;  ///< never enters the core: it is compared where passwords are hashed
  std::string password;      ///< as in AddPerson
};
/// The person is signed out and may not sign in any more.
struct DisablePerson {
  PersonId person;
};
/// A disabled person may sign in again. A second administrator has to agree.
struct EnablePerson {
  PersonId person;
};
/// Adds a station, or replaces the record of the one with this code.
struct DefineStation {
  stations::Station station;
};
/// A second administrator agrees: what was asked for happens.
struct Agree {
  ApprovalId approval;
};
/// A second administrator refuses what was asked for; the one who asked takes it back by this.
struct Refuse {
  ApprovalId approval;
};
/// Asks which records there are of a caller, since when, and who read them; not what is in them.
struct LookUpCaller {
  std::string number;
};
/// Asks that the keys of all closed records of a caller are deleted. A second administrator has to agree.
struct ForgetCaller {
  std::string number;
  std::string reason;  ///< 10 to 500 bytes: the number of a letter, or a sentence
};
/// The person's telephone shows codes from now on, by the secret that was offered (OfferTotp).
struct SetTotp {
  std::string code;  ///< the first one; it never enters the core
};
/// The person's telephone shows codes no more. Whoever must have a second factor keeps one.
struct RemoveTotp {};
/// Other recovery codes, in place of those of before. They are told once, before Done.
struct MakeRecoveryCodes {};
/// The person has another passkey, made by their browser for what was offered (OfferPasskey).
struct AddPasskey {
  std::string name;                ///< by which the person knows it, 1 to 40 bytes
  std::string client_data;         ///< as the browser says it, base64url; it never enters the core
  std::string authenticator_data;  ///< likewise
};
/// A passkey of the person opens nothing any more. Whoever must have a second factor keeps one.
struct RemovePasskey {
  std::string credential;
};
/// The person knows of all new devices that they signed in on, but of this one.
struct KnowDevices {};
/// Ends the sign-in of somebody else.
struct EndSession {
  PersonId person;
};
template <>
inline constexpr std::int64_t kFormatOf<SetTotp> = 2;
template <>
inline constexpr std::int64_t kFormatOf<RemoveTotp> = 2;
template <>
inline constexpr std::int64_t kFormatOf<MakeRecoveryCodes> = 2;
template <>
inline constexpr std::int64_t kFormatOf<AddPasskey> = 2;
template <>
inline constexpr std::int64_t kFormatOf<RemovePasskey> = 2;
template <>
inline constexpr std::int64_t kFormatOf<KnowDevices> = 2;
template <>
inline constexpr std::int64_t kFormatOf<EndSession> = 2;
// Clients: programs of somebody else's
/// Makes a client, and a key that is shown once. A second administrator has to agree.
struct AddClient {
  std::string name;
  StationCode station;
  std::set<clients::Scope> scopes;
  std::set<clients::Topic> topics;
  std::string url;
};
/// Changes a client's record. One that may more than before, or is told elsewhere, may nothing until a second
/// administrator agreed.
struct ChangeClient {
  ClientId client;
  StationCode station;
  std::set<clients::Scope> scopes;
  std::set<clients::Topic> topics;
  std::string url;
};
/// Makes a new key, shown once. It counts when a second administrator agreed; the one before counts on for a day.
struct RotateClientKey {
  ClientId client;
};
/// The client may nothing from now on.
struct DisableClient {
  ClientId client;
};
/// The client may what its scopes say. A second administrator has to agree.
struct EnableClient {
  ClientId client;
};
/// What was given up because the client could not be told is told once more.
struct ReplayDeliveries {
  ClientId client;
};
/// By a client: a citizen reports something in another app. It stands as an alarm at the station nearest to the place.
struct OpenReport {
  std::string key = {};  ///< of the client's own making, 1 to 64 bytes: what is said twice is one report
  GeoPoint point = {};
  std::optional<std::int64_t> radius_m = {};
  std::optional<incidents::IncidentType> incident_type = {};
  std::optional<std::string> place = {};
  std::optional<std::string> notes = {};
  std::optional<std::string> reporter = {};
  std::optional<std::string> number = {};
};
/// Ends this sign-in.
struct SignOut {};
/// Opens the recording of a call to be heard; a PlayTicket comes before Done.
struct PlayRecording {
  CallId call;
  std::string reason;  ///< 10 to 500 bytes, as all reasons here
};
/// Keeps a call and what belongs to it as evidence.
struct PlaceHold {
  CallId call;
  std::string reason;
};
/// Ends a hold. A second administrator has to agree.
struct LiftHold {
  CallId call;
  std::string reason;
};

using CommandKinds =
    std::variant<PassHeadset, BeReady, TakeNext, ReportHeadset, TakePause, AcceptOffer, DeclineOffer, HangUp, HoldCall,
                 ResumeCall, AskToPress, SayText, ViewPhotograph, ForgiveNumber, TransferCall, AskSupervisor, JoinCall,
                 InviteStation, InviteLine, DropGuest, LeaveCall, HandOver, SetOutcome, OpenIncident, EditIncident,
                 CloseIncident, SendTracking, JoinIncident, SplitIncident, JoinSimilar, RecommendUnits, DispatchUnit,
                 CancelAlert, AdvanceAlert, DeclineAlert, GoOnDuty, GoOffDuty, RequestHelp, TakeTask, CallBack,
                 CloseTask, PlanShift, ChangeShift, RemoveShift, AddPerson, ChangePerson, SetPassword, ChangePassword,
                 DisablePerson, EnablePerson, DefineStation, Agree, Refuse, LookUpCaller, ForgetCaller, PlayRecording,
                 PlaceHold, LiftHold, AddClient, ChangeClient, RotateClientKey, DisableClient, EnableClient,
                 ReplayDeliveries, OpenReport, SetTotp, RemoveTotp, MakeRecoveryCodes, AddPasskey, RemovePasskey,
                 KnowDevices, EndSession, SignOut, ListenIn, StopListening, Whisper, ReviewCall, AcknowledgeReview,
                 AnswerCase, NoteCase, MoveCase>;
using Command = ClosedVariant<CommandKinds>;

// What an older journal has no word for.
template <>
inline constexpr std::int64_t kFormatOf<AddClient> = 2;
template <>
inline constexpr std::int64_t kFormatOf<ChangeClient> = 2;
template <>
inline constexpr std::int64_t kFormatOf<RotateClientKey> = 2;
template <>
inline constexpr std::int64_t kFormatOf<DisableClient> = 2;
template <>
inline constexpr std::int64_t kFormatOf<EnableClient> = 2;
template <>
inline constexpr std::int64_t kFormatOf<ReplayDeliveries> = 2;
template <>
inline constexpr std::int64_t kFormatOf<OpenReport> = 2;
template <>
inline constexpr std::int64_t kFormatOf<PlayRecording> = 2;
template <>
inline constexpr std::int64_t kFormatOf<PlaceHold> = 2;
template <>
inline constexpr std::int64_t kFormatOf<LiftHold> = 2;

template <>
inline constexpr std::int64_t kFormatOf<ListenIn> = 2;
template <>
inline constexpr std::int64_t kFormatOf<ReviewCall> = 2;
template <>
inline constexpr std::int64_t kFormatOf<AcknowledgeReview> = 2;

}  // namespace sigap::core
