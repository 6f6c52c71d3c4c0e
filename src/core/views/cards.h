// What screens are told: one card a thing, already stripped to what its viewer may see (access/). A field that may not
// be seen, or is not known, is absent. Sent as `Update`: the first of a connection is complete, later ones hold what
// changed. These structs are the protocol (docs/protocol.md); TypeScript types are generated from them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/views/account_card.h"
#include "core/views/case_cards.h"
#include "core/views/recording_cards.h"
#include "domain/quality/review.h"

namespace sigap::core {

struct SelfCard {
  PersonId person;
  std::string login;
  std::optional<std::string> name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string station_name;
  std::string time_zone;
  GeoPoint station_point;
  bool headset_passed = false;
  // operators and supervisors
  std::optional<people::OperatorState> state;
  std::optional<people::NotReadyReason> not_ready_reason;
  Instant since;
  std::optional<OfferId> offer;
  std::optional<CallId> call;
  std::optional<Instant> outcome_by;      ///< after a call: until then an outcome is chosen, or the system writes one
  std::optional<Instant> shift_until;     ///< of the shift that runs, or of the one that the viewer has gone on after
  std::optional<std::string> shift_zone;  ///< the clock of that shift's station
  std::vector<std::string> lines;         ///< names of outside numbers that may be brought into a call
  // officers
  bool on_duty = false;
  std::optional<AlertId> alert;
  /// The password is of somebody else's making: until the viewer chose another (ChangePassword) nothing else is shown
  /// or done. It opens the door until then.
  std::optional<Instant> temporary_until;
  std::optional<AccountCard> account;
  bool operator==(const SelfCard&) const = default;
};

/// The third voice in a call.
struct GuestCard {
  calls::GuestKind kind = calls::GuestKind::supervisor;
  calls::GuestState state = calls::GuestState::invited;
  std::optional<std::string> name;
  std::string station_name;
  std::string line;    ///< of an outside number: its name in the configuration
  bool rings = false;  ///< outside: it rings over there
  bool mine = false;   ///< the viewer is the guest
  Instant since;
  bool operator==(const GuestCard&) const = default;
};

/// Who listens to a call.
struct ListenerCard {
  std::optional<std::string> name;
  bool mine = false;      ///< the viewer listens
  bool whispers = false;  ///< ... and is heard by the operator
  Instant since;
  OfferId offer;    ///< of the MediaOffer by which they hear
  OfferId whisper;  ///< ... and of the way to the operator's headset
  bool operator==(const ListenerCard&) const = default;
};

/// A line of what is written in a call.
struct LineCard {
  Instant at;
  calls::SaidBy by = calls::SaidBy::caller;
  std::string name;
  std::optional<std::string> text;
  std::optional<calls::Photograph> photograph;
  bool operator==(const LineCard&) const = default;
};

/// A call that rings at, is handled by, or waits for the viewer's station.
struct CallCard {
  CallId call;
  calls::CallState state = calls::CallState::waiting;
  calls::Direction direction = calls::Direction::incoming;
  std::optional<calls::Callee> callee;  ///< of an outgoing one
  std::optional<bool> by_page;          ///< over the internet; a number is then what the caller wrote
  std::optional<std::string> number;
  StationCode home;
  std::string home_name;
  calls::HomeReason home_reason = calls::HomeReason::headquarters;
  std::optional<std::vector<std::string>> beside;  ///< names of other stations whose the call may be: near a border
  Instant arrived;
  Instant waiting_since;
  Instant answer_by;             ///< the promise: arrival + 10 s
  std::optional<OfferId> offer;  ///< rings at the viewer
  std::optional<Instant> offer_until;
  bool second_ring = false;
  std::optional<std::string> answered_by;  ///< name of who has it
  bool mine = false;                       ///< the viewer talks or talked to it
  bool connected = false;
  std::optional<Instant> held;   ///< since when the caller hears the hold prompt
  std::optional<Instant> asked;  ///< since when the caller hears what to press
  bool urgent = false;           ///< goes before all others
  std::optional<calls::UrgentReason> urgent_reason;
  bool suspected = false;  ///< goes a little behind others, unless urgent
  std::optional<calls::DoubtReason> doubt;
  bool silent = false;                ///< pressed 5: cannot speak
  std::optional<std::string> digits;  ///< keys pressed, oldest first
  std::int64_t pranks = 0;            ///< earlier calls of the number that are still held against it
  std::int64_t ghosts = 0;
  std::optional<Instant> accepted;
  std::optional<Location> location;
  std::optional<std::string> location_note;
  std::optional<std::string> civic;    ///< the caller's street address
  std::optional<std::string> service;  ///< the emergency service that was asked for, when it is not the police: "fire"
  std::optional<IncidentId> incident;
  std::optional<Instant> ended;
  std::optional<calls::CallEndedBy> ended_by;
  std::optional<GuestCard> guest;
  std::optional<calls::GuestEnd> guest_end;  ///< how the guest before went
  std::optional<Instant> help_asked;         ///< since when the operator wants a supervisor
  std::optional<std::string> language;       ///< of the caller (BCP 47), when it is told
  std::optional<bool> can_read;              ///< what the operator writes is shown to the caller
  std::vector<LineCard> lines;          ///< what was written, oldest first, for who has the call and who supervises
  std::vector<ListenerCard> listeners;  ///< for whoever has the call, and for supervisors
  bool operator==(const CallCard&) const = default;
};

struct PickCard {
  PersonId unit;
  std::string call_sign;
  std::int64_t distance_m = -1;
  dispatch::PickReason reason = dispatch::PickReason::nearest;
  bool lapsed = false;  ///< was asked for this incident and did not answer, or declined
  bool operator==(const PickCard&) const = default;
};

/// What an incident may be the same event as; nothing personal, so it may be outside of the viewer's reach.
struct AlikeCard {
  IncidentId incident;
  incidents::IncidentType type = incidents::IncidentType::unknown;
  std::int64_t distance_m = 0;
  Instant opened;
  bool operator==(const AlikeCard&) const = default;
};

/// How far help is.
enum class TrackStep { received, officer_assigned, on_the_way, arrived, closed };

/// One line of an incident's timeline.
struct HappeningCard {
  incidents::HappeningKind kind = incidents::HappeningKind::opened;
  Instant at;
  std::optional<std::string> by;  ///< name of who did it
  std::string unit;               ///< call sign
  bool radio = false;             ///< the station said so for the unit
  std::optional<incidents::IncidentType> type;
  std::optional<incidents::Priority> priority;
  std::optional<incidents::Answer> answer;
  std::optional<IncidentId> other;
  bool operator==(const HappeningCard&) const = default;
};

struct IncidentCard {
  IncidentId incident;
  StationCode station;
  std::string station_name;
  Instant opened;
  incidents::IncidentType type = incidents::IncidentType::unknown;
  incidents::Priority priority = incidents::Priority::p2;
  std::optional<incidents::Place> place;
  std::optional<std::string> notes;
  std::optional<std::string> reporter;
  std::optional<std::string> number;
  std::optional<CallId> call;               ///< none: nobody called
  std::optional<incidents::Origin> origin;  ///< absent: nobody called, and how it came was not noted
  bool mine = false;                        ///< opened by the viewer
  bool closed = false;
  std::optional<incidents::Answer> answer;
  incidents::LinkState link = incidents::LinkState::none;
  std::vector<PickCard> picks;      ///< last recommendation, at most three
  bool unit_sent = false;           ///< a unit was alerted for it, or of a root for the event, whatever became of it
  std::optional<Instant> attended;  ///< a unit was there and finished
  std::vector<AlikeCard> alike;     ///< while it is joined to nothing
  std::optional<IncidentId> into;   ///< it is a report of this root
  std::int64_t reporters = 1;  ///< of a root: those joined to it and its own; of an officer's assignment: of its root
  std::optional<TrackStep> help;  ///< of a report whose caller the viewer has on the line: how far the event's help is
  std::vector<HappeningCard> history;  ///< for desks; oldest first
  bool operator==(const IncidentCard&) const = default;
};

struct UnitCard {
  PersonId unit;
  std::string call_sign;
  std::optional<std::string> name;
  StationCode station;
  std::optional<AlertId> alert;
  std::optional<dispatch::AlertStatus> status;
  std::optional<GeoPoint> position;
  std::optional<Instant> position_at;
  bool operator==(const UnitCard&) const = default;
};

struct AlertCard {
  AlertId alert;
  IncidentId incident;
  IncidentId root;  ///< of the event that it is help for; alone, the incident itself
  PersonId unit;
  std::string call_sign;
  dispatch::AlertStatus status = dispatch::AlertStatus::sent;
  dispatch::Via via = dispatch::Via::app;
  std::int64_t step = 1;
  Instant raised;
  Instant until;
  Instant since;
  bool operator==(const AlertCard&) const = default;
};

struct TextCard {
  Instant at;
  std::string text;
  bool operator==(const TextCard&) const = default;
};

struct TaskCard {
  TaskId task;
  tasks::TaskKind kind = tasks::TaskKind::callback;
  StationCode station;
  std::optional<std::string> number;
  std::optional<CallId> call;
  std::optional<IncidentId> incident;
  std::optional<std::string> unit;  ///< call sign
  bool own = false;                 ///< the viewer asked for it
  std::optional<GeoPoint> place;    ///< of an officer who asks for help
  Instant opened;
  Instant latest;
  std::int64_t calls = 1;
  bool short_ring = false;
  std::optional<std::string> taken_by;
  bool taken_by_me = false;
  bool can_call = false;      ///< there is a number that may be dialled, and a way out
  bool ringing_back = false;  ///< the system is calling them at this moment
  std::int64_t tries = 0;
  std::optional<tasks::CallbackEnd> tried;  ///< what became of the last call back
  std::optional<Instant> tried_at;
  std::vector<TextCard> texts;           ///< what the caller wrote
  std::optional<std::string> complaint;  ///< that is late, as its number is spoken
  bool operator==(const TaskCard&) const = default;
};

/// How the viewer's station and the nation stand, in one line. Of a supervisor, calls and operators are those of their
/// station and all below it; who is rostered, of the station alone.
struct BoardCard {
  std::int64_t waiting = 0;  ///< calls waiting, nation
  std::int64_t waiting_home = 0;
  std::optional<Instant> longest_since;  ///< of the calls waiting at the viewer's station
  std::int64_t ready = 0;                ///< operators of the station
  std::int64_t talking = 0;
  std::int64_t rostered = 0;  ///< people of the shifts that run at the station
  std::int64_t missing = 0;   ///< of these, not here
  std::int64_t beyond = 0;    ///< here beyond their shift
  std::int64_t gap = 0;       ///< operators that the station needs now and does not have
  // Whoever waits, wherever, and whom nobody is free to answer: the next to be ready is offered one of them at once.
  std::int64_t unserved = 0;
  std::optional<Instant> unserved_since;  ///< of them, the arrival of whoever came first
  std::optional<CallId> unserved_next;    ///< whom somebody of the viewer's station would be offered
  std::string unserved_home;              ///< the name of that caller's station
  std::optional<std::int64_t>
      reviews_passed;  ///< calls of the nation that were not drawn because too many are; none: 0
  bool operator==(const BoardCard&) const = default;
};

struct RosteredCard {
  PersonId person;
  std::optional<std::string> name;
  bool here = false;
  bool beyond = false;  ///< here, though this shift is over and no other of theirs runs
  bool operator==(const RosteredCard&) const = default;
};

/// A shift of the viewer's reach (of an operator: of their own station) that has not ended, or that somebody has gone
/// on after.
struct ShiftCard {
  ShiftId shift;
  StationCode station;
  Instant from;
  Instant until;
  std::int64_t needed = 0;
  bool begun = false;
  bool ended = false;
  std::vector<RosteredCard> people;
  std::int64_t here = 0;  ///< while it runs: operators of the station who are here
  std::int64_t gap = 0;   ///< while it runs: how many more the station needs, by all its shifts
  bool operator==(const ShiftCard&) const = default;
};

/// What somebody answered for a call.
struct ScoreCard {
  std::optional<std::string> reviewer;  ///< name
  bool mine = false;                    ///< the viewer's
  Instant at;
  std::int64_t form = 0;
  std::vector<std::int64_t> marks;
  std::int64_t percent = 0;
  std::optional<std::string> comment;
  bool operator==(const ScoreCard&) const = default;
};

/// A call that is reviewed: for supervisors who reach its operator's station; for the operator once it is complete.
struct ReviewCard {
  ReviewId review;
  CallId call;
  std::optional<IncidentId> incident;
  StationCode station;
  std::string station_name;
  std::optional<std::string> operator_name;
  bool mine = false;  ///< the viewer handled the call
  quality::SampleReason reason = quality::SampleReason::drawn;
  Instant call_at;
  Instant due;
  bool calibrates = false;
  bool open = false;      ///< the viewer may review it
  bool complete = false;  ///< all have who should
  std::vector<ScoreCard> scores;
  std::optional<Instant> acknowledged;
  std::optional<std::string> answer;
  bool operator==(const ReviewCard&) const = default;
};

/// A form that reviews are, or were, answered by; the newest is the one in use.
struct ReviewFormCard {
  std::int64_t version = 0;
  std::vector<quality::Criterion> criteria;
  bool operator==(const ReviewFormCard&) const = default;
};

/// Who can be put in a shift, for those who plan: people of the reach who take calls.
struct StaffCard {
  PersonId person;
  std::string login;
  std::optional<std::string> name;
  people::Role role = people::Role::operator_;
  StationCode station;
  bool here = false;
  bool operator==(const StaffCard&) const = default;
};

/// For administrators.
struct PersonCard {
  PersonId person;
  std::string login;
  std::optional<std::string> name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
  bool disabled = false;
  bool signed_in = false;
  bool second_factor = false;  ///< has one
  bool operator==(const PersonCard&) const = default;
};

/// What waits for a second administrator, for those who reach whom it concerns.
struct ApprovalCard {
  ApprovalId approval;
  people::ApprovalKind kind = people::ApprovalKind::addition;
  PersonId person;
  std::string login;
  std::string asked_by;  ///< the login
  Instant at;
  Instant expires;
  bool mine = false;  ///< asked for by the viewer, who may take it back but not agree; or it concerns them
  // Of an erasure; its person is nobody.
  std::int64_t records = 0;
  std::optional<std::string> reason;
  std::optional<CallId> call;  ///< of a lifting: the call that is held; its person is nobody, it has a reason
  // Of an addition or a change: the record as it is to be.
  std::optional<std::string> name;
  people::Role role = people::Role::operator_;
  StationCode station;
  std::string call_sign;
  std::optional<std::string> client;  ///< the name of the client that may more than before; its person is nobody
  bool operator==(const ApprovalCard&) const = default;
};

/// A program of somebody else's, for administrators who reach its station. Its key is never shown again.
struct ClientCard {
  ClientId client;
  std::string name;
  StationCode station;
  std::set<clients::Scope> scopes;
  std::set<clients::Topic> topics;
  std::string url;
  bool disabled = true;
  bool waits = false;                       ///< a newer key, or all of it, waits for a second administrator
  std::optional<Instant> key_before_until;  ///< the key before counts on until then
  std::optional<Instant> used;              ///< when it last asked for something and was let in
  std::optional<Instant> refused;           ///< when it last was not
  std::string refusal;                      ///< ... and why
  std::optional<Instant> unreached;         ///< since when it cannot be told
  std::string trouble;                      ///< ... and why
  std::vector<clients::Dead> dead;          ///< what was given up, oldest first
  bool operator==(const ClientCard&) const = default;
};

/// Somebody who read a record, or worked on it.
struct ReaderCard {
  std::string login;
  std::optional<std::string> name;  ///< of the viewer's reach
  std::string station_name;
  Instant first;
  Instant last;
  bool worked = false;  ///< did something about it, and was not only shown it
  bool operator==(const ReaderCard&) const = default;
};

/// That there is a record of a caller, and who read it; nothing of what is in it.
struct RecordCard {
  RecordKind kind = RecordKind::call;
  std::int64_t id = 0;
  StationCode station;
  std::string station_name;
  Instant latest;     ///< when something last happened to it
  bool open = false;  ///< it is still being worked on
  bool held = false;  ///< it is evidence: not forgotten while that is so
  std::vector<ReaderCard> readers;
  bool operator==(const RecordCard&) const = default;
};

/// Sign-ins that were refused from one address within a minute, for administrators who reach whose login it was; of
/// logins that nobody has, for those of the headquarters.
struct RefusedSignInCard {
  SignInRefusalId refusal;
  Instant at;
  std::optional<PersonId> person;
  std::string login;  ///< empty: nobody has that one, and what was typed may be somebody's password
  std::int64_t times = 1;
  std::optional<std::string> from;  ///< absent: from several addresses, or forgotten
  bool operator==(const RefusedSignInCard&) const = default;
};

struct StationCard {
  StationCode station;
  std::string name;
  stations::StationLevel level = stations::StationLevel::polres;
  StationCode parent;
  GeoPoint point;
  std::string time_zone;
  std::vector<RegencyCode> regencies;  ///< for administrators, who may change them
  bool operator==(const StationCard&) const = default;
};

struct Removed {
  std::string kind;  ///< "call", "incident", "unit", "alert", "task", "person", "shift", "staff", "approval",
                     ///< "refused_sign_in", "review", "case"
  std::int64_t id = 0;
};

/// How the page's own call stands. The first one says that the call is accepted.
struct PageStatus {
  calls::CallState state = calls::CallState::waiting;
  bool voice = false;      ///< the page may hear something
  bool connected = false;  ///< a person is on
  bool held = false;
  bool asked = false;   ///< asked to press keys
  bool silent = false;  ///< we know that they cannot speak
  bool operator==(const PageStatus&) const = default;
};

/// What the waiting citizen is shown; nothing personal, no position.
struct TrackCard {
  IncidentId report;
  TrackStep step = TrackStep::received;
  Instant since;
  std::string station_name;
  std::string time_zone;
  std::optional<incidents::Answer> answer;  ///< never what was thought of the report itself
  bool operator==(const TrackCard&) const = default;
};

}  // namespace sigap::core
