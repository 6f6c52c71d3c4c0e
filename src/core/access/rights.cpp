// Which command is whose: one line each. A command without a line does not compile.
#include "base/overloaded.h"
#include "core/access/access.h"

namespace sigap::core::access {
namespace {

/// Kinds of askers, as a set.
using Kinds = unsigned;
constexpr Kinds of(AskerKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
constexpr Kinds kDesks = of(AskerKind::operator_) | of(AskerKind::supervisor);
constexpr Kinds kOfficers = of(AskerKind::officer);
constexpr Kinds kSupervisors = of(AskerKind::supervisor);
constexpr Kinds kAdministrators = of(AskerKind::administrator);
constexpr Kinds kPeople = kDesks | kOfficers | kAdministrators;
constexpr Kinds kCommandLine = of(AskerKind::command_line);
/// Of these each client has what its scopes say (objection).
constexpr Kinds kClients = of(AskerKind::client);

struct Rights {
  Kinds whose = 0;
  bool proof = false;  ///< of a person: the password again, unless it was given lately
};

/// It gives rights, moves calls to other people, or tells of a citizen.
constexpr Rights proved(Kinds whose) {
  return {whose, true};
}

Rights rights_of(const Command& command) {
  return std::visit(Overloaded{
                        [](const PassHeadset&) -> Rights { return {kDesks}; },
                        [](const BeReady&) -> Rights { return {kDesks}; },
                        [](const TakeNext&) -> Rights { return {kDesks}; },
                        [](const ReportHeadset&) -> Rights { return {kDesks}; },
                        [](const TakePause&) -> Rights { return {kDesks}; },
                        [](const AcceptOffer&) -> Rights { return {kDesks}; },
                        [](const DeclineOffer&) -> Rights { return {kDesks}; },
                        [](const HangUp&) -> Rights { return {kDesks}; },
                        [](const HoldCall&) -> Rights { return {kDesks}; },
                        [](const ResumeCall&) -> Rights { return {kDesks}; },
                        [](const AskToPress&) -> Rights { return {kDesks}; },
                        [](const SayText&) -> Rights { return {kDesks}; },
                        [](const ViewPhotograph&) -> Rights { return {kDesks}; },
                        [](const ForgiveNumber&) -> Rights { return {kSupervisors}; },
                        [](const TransferCall&) -> Rights { return {kDesks}; },
                        [](const AskSupervisor&) -> Rights { return {kDesks}; },
                        [](const JoinCall&) -> Rights { return {kSupervisors}; },
                        [](const InviteStation&) -> Rights { return {kDesks}; },
                        [](const InviteLine&) -> Rights { return {kDesks}; },
                        [](const DropGuest&) -> Rights { return {kDesks}; },
                        [](const LeaveCall&) -> Rights { return {kDesks}; },
                        [](const HandOver&) -> Rights { return {kDesks}; },
                        [](const ListenIn&) -> Rights { return {kSupervisors}; },
                        [](const StopListening&) -> Rights { return {kSupervisors}; },
                        [](const Whisper&) -> Rights { return {kSupervisors}; },
                        [](const SetOutcome&) -> Rights { return {kDesks}; },
                        [](const OpenIncident&) -> Rights { return {kDesks | kOfficers}; },
                        [](const EditIncident&) -> Rights { return {kDesks}; },
                        [](const CloseIncident&) -> Rights { return {kDesks}; },
                        [](const SendTracking&) -> Rights { return {kDesks}; },
                        [](const JoinIncident&) -> Rights { return {kDesks}; },
                        [](const SplitIncident&) -> Rights { return {kDesks}; },
                        [](const JoinSimilar&) -> Rights { return {kDesks}; },
                        [](const RecommendUnits&) -> Rights { return {kDesks}; },
                        [](const DispatchUnit&) -> Rights { return {kDesks}; },
                        [](const CancelAlert&) -> Rights { return {kDesks}; },
                        [](const AdvanceAlert&) -> Rights { return {kDesks | kOfficers | kClients}; },
                        [](const DeclineAlert&) -> Rights { return {kOfficers | kClients}; },
                        [](const GoOnDuty&) -> Rights { return {kOfficers}; },
                        [](const GoOffDuty&) -> Rights { return {kOfficers}; },
                        [](const RequestHelp&) -> Rights { return {kOfficers}; },
                        [](const TakeTask&) -> Rights { return {kDesks | kOfficers}; },
                        [](const CallBack&) -> Rights { return {kDesks}; },
                        [](const CloseTask&) -> Rights { return {kDesks}; },
                        [](const PlanShift&) -> Rights { return {kSupervisors | kCommandLine}; },
                        [](const ChangeShift&) -> Rights { return {kSupervisors}; },
                        [](const RemoveShift&) -> Rights { return {kSupervisors}; },
                        [](const AddPerson&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const ChangePerson&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const SetPassword&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const ChangePassword&) -> Rights { return proved(kPeople); },
                        [](const DisablePerson&) -> Rights { return {kAdministrators | kCommandLine}; },
                        [](const EnablePerson&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const DefineStation&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const Agree&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const Refuse&) -> Rights { return {kAdministrators | kCommandLine}; },
                        // Whoever asks about a citizen does so by name: not the command line.
                        [](const LookUpCaller&) -> Rights { return proved(kAdministrators); },
                        [](const ForgetCaller&) -> Rights { return proved(kAdministrators); },
                        [](const SetTotp&) -> Rights { return proved(kPeople); },
                        [](const RemoveTotp&) -> Rights { return proved(kPeople); },
                        [](const MakeRecoveryCodes&) -> Rights { return proved(kPeople); },
                        [](const AddPasskey&) -> Rights { return proved(kPeople); },
                        [](const RemovePasskey&) -> Rights { return proved(kPeople); },
                        [](const KnowDevices&) -> Rights { return {kPeople}; },
                        [](const EndSession&) -> Rights { return {kAdministrators | kCommandLine}; },
                        [](const ReviewCall&) -> Rights { return {kSupervisors}; },
                        [](const AnswerCase&) -> Rights { return {kSupervisors}; },
                        [](const NoteCase&) -> Rights { return {kSupervisors}; },
                        [](const MoveCase&) -> Rights { return {kSupervisors}; },
                        [](const AcknowledgeReview&) -> Rights { return {kDesks}; },
                        [](const PlayRecording&) -> Rights { return {kDesks}; },  // of operators their own: may_hear
                        [](const PlaceHold&) -> Rights { return {kSupervisors}; },
                        [](const LiftHold&) -> Rights { return proved(kAdministrators); },
                        [](const AddClient&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const ChangeClient&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const RotateClientKey&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const DisableClient&) -> Rights { return {kAdministrators | kCommandLine}; },
                        [](const EnableClient&) -> Rights { return proved(kAdministrators | kCommandLine); },
                        [](const ReplayDeliveries&) -> Rights { return {kAdministrators | kCommandLine}; },
                        [](const OpenReport&) -> Rights { return {kClients}; },
                        [](const SignOut&) -> Rights { return {kPeople}; },
                    },
                    command);
}

}  // namespace

AskerKind kind_of(people::Role role) {
  switch (role) {
    case people::Role::operator_:
      return AskerKind::operator_;
    case people::Role::officer:
      return AskerKind::officer;
    case people::Role::supervisor:
      return AskerKind::supervisor;
    case people::Role::administrator:
      return AskerKind::administrator;
  }
  return AskerKind::client;
}

bool may(AskerKind kind, const Command& command) {
  return (rights_of(command).whose & of(kind)) != 0;
}

bool needs_proof(const Command& command) {
  return rights_of(command).proof;
}

}  // namespace sigap::core::access
