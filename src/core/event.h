// Everything that can have happened, and the envelope it is written in.
// State is the fold of these; nothing else changes it. Type names go to the journal: never rename or reuse one.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/closed_variant.h"
#include "core/format.h"
#include "domain/calls/call_events.h"
#include "domain/cases/case_events.h"
#include "domain/clients/client_events.h"
#include "domain/dispatch/dispatch_events.h"
#include "domain/distribution/offer_events.h"
#include "domain/incidents/incident_events.h"
#include "domain/people/people_events.h"
#include "domain/privacy/privacy_events.h"
#include "domain/quality/review_events.h"
#include "domain/recordings/recording_events.h"
#include "domain/reputation/reputation_events.h"
#include "domain/rosters/shift_events.h"
#include "domain/stations/station_events.h"
#include "domain/tasks/task_events.h"

namespace sigap::core {

/// A process became the writer of the stream.
struct EpochBegan {
  std::int64_t epoch = 0;
  std::string version;      ///< of the program
  std::int64_t format = 1;  ///< of what follows
};

/// The server itself was late by so much (a starved machine, a disk that hung): whoever must react is given it back.
struct ServedLate {
  Duration by;
};

/// Requests of one trunk that were answered with one status, and that are no calls. Of an edge itself: no trunk.
struct DoorRefusals {
  TrunkName trunk;
  std::int64_t status = 0;
  std::int64_t count = 0;
};
/// Who was turned away at the SIP door and stands nowhere else, summed up: a flood must not fill the journal.
struct TurnedAwayAtDoor {
  Duration over;                       ///< from the first of them until now
  std::int64_t strangers = 0;          ///< messages from addresses of no trunk
  std::int64_t intruders = 0;          ///< requests within a dialog that is not theirs
  std::vector<std::string> addresses;  ///< that these came from, the first eight
  std::int64_t from_others = 0;        ///< messages from further addresses
  std::vector<DoorRefusals> refusals;
};

enum class EffectOutcome { done, failed, dropped };

/// A hand reported on an effect, and there is more to say than that it is done; nothing of it is outstanding any more.
struct EffectSettled {
  EffectId effect;
  EffectOutcome outcome = EffectOutcome::done;
  std::string note;
};
/// These are done: a call has four or five, and reports come in handfuls.
struct EffectsDone {
  std::vector<EffectId> effects;
};

using EventKinds = std::variant<
    EpochBegan, ServedLate, TurnedAwayAtDoor, EffectSettled, EffectsDone, stations::StationDefined, people::PersonAdded,
    people::PersonChanged, people::PasswordChanged, people::PersonDisabled, people::PersonEnabled,
    people::SessionOpened, people::SessionEnded, people::BrowserConnected, people::BrowserLost, people::BrowserAbsent,
    people::HeadsetPassed, people::OperatorReady, people::OperatorNotReady, people::SignInRefused,
    people::CommandRefused, calls::CallArrived, calls::CallHomed, calls::CallAdmitted, calls::CallVoiceOpened,
    calls::CallVoiceLost, calls::CallEstablished, calls::CallRenegotiated, calls::CallAccepted, calls::CallConnected,
    calls::CallHeld, calls::CallResumed, calls::DigitHeard, calls::TextSaid, calls::PhotographKept,
    calls::PhotographSeen, calls::CallerSpeaks, calls::CallUrgent, calls::CallDoubted, calls::CallerRemembered,
    calls::CallLocated, calls::DoubtLifted, calls::AskedToPress, calls::CallReturned, calls::CallPlaced,
    calls::RingBackPlaced, calls::RingBackAnswered, calls::RingBackQueued, calls::RingBackDeclined,
    tasks::RingBackPlanned, tasks::RingBackDue, tasks::RingBackSkipped, calls::SupervisorAsked, calls::GuestInvited,
    calls::GuestRang, calls::GuestCame, calls::GuestConnected, calls::GuestLeft, calls::CallHandedOver,
    calls::ListeningStarted, calls::ListeningEnded, calls::Whispered, calls::CallRelayed, calls::CallRang,
    calls::CallPickedUp, calls::CallUnreached, calls::CallEnded, calls::LegClosed, calls::OutcomeSet, calls::CallClosed,
    distribution::CallOffered, distribution::OfferRenewed, distribution::SecondRingOpened, distribution::OfferEnded,
    incidents::IncidentOpened, incidents::IncidentEdited, incidents::TrackingOpened, incidents::IncidentClosed,
    incidents::IncidentArchived, incidents::MessageOrdered, incidents::IncidentLikened, incidents::IncidentJoined,
    incidents::IncidentSplit, dispatch::UnitOnDuty, dispatch::UnitOffDuty, dispatch::UnitsRecommended,
    dispatch::AlertRaised, dispatch::AlertAdvanced, dispatch::AlertEnded, dispatch::ChainExhausted,
    dispatch::HelpRequested, tasks::TaskOpened, tasks::TaskMerged, tasks::TextReceived, tasks::TaskTaken,
    tasks::CallbackTried, tasks::TaskClosed, reputation::NumberMarked, reputation::NumberCleared, rosters::ShiftPlanned,
    rosters::ShiftChanged, rosters::ShiftRemoved, rosters::ShiftBegan, rosters::ShiftEnded, people::SessionProved,
    people::ProofRefused, people::ApprovalAsked, people::ApprovalEnded, people::TotpSet, people::TotpRemoved,
    people::RecoveryCodesMade, people::PasskeyAdded, people::PasskeyRemoved, people::PasskeyCloned,
    people::SecondFactorUsed, people::SecondFactorsRemoved, people::DevicesKnown, privacy::RecordsForgotten,
    privacy::RecordsRead, privacy::CallerLookedUp, privacy::RecordingPlayed, privacy::HoldPlaced, privacy::HoldLifted,
    privacy::RecordingsDropped, clients::ClientAdded, clients::ClientChanged, clients::ClientKeyMade,
    clients::ClientEnabled, clients::ClientDisabled, clients::ClientHeard, clients::DeliveriesReported,
    clients::DeliveriesReplayed, clients::ReportTaken, recordings::RecordingStarted, recordings::RecordingInterrupted,
    recordings::RecordingResumed, recordings::RecordingEnded, quality::ReviewFormDefined, quality::ReviewDrawn,
    quality::ReviewPassed, quality::CallReviewed, quality::ReviewAcknowledged, quality::ReviewClosed,
    cases::CategoriesDefined, cases::CaseOpened, cases::CaseMoved, cases::CaseRaised, cases::CaseAnswered,
    cases::CaseNoted, cases::CaseContested, cases::CaseRated, cases::CaseMessageOrdered, cases::CaseArchived>;
using EventBody = ClosedVariant<EventKinds>;

/// Who asked for it, as the journal says it: a person with their session; else, with both 0, who they are (`reason`:
/// "command line", "client NAME").
struct Actor {
  PersonId person;
  SessionId session;
  std::string reason;
};

/// One line of the journal. (stream, epoch, seq) is unique; `seq` counts on over epochs, from 1.
struct Event {
  std::string id;      ///< 32 hex digits, given by the runtime when it writes
  std::string stream;  ///< the cell (Policy::cell)
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  Instant at;
  std::int64_t version = 1;    ///< of the body's type
  std::string cause;           ///< the input behind it: "sip.invite", "timer.offer", "command.accept_offer", ...
  std::optional<Actor> actor;  ///< none: the system acted by a rule
  EventBody body;
};

}  // namespace sigap::core
