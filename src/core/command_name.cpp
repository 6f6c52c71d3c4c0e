#include "core/command_name.h"

#include "base/overloaded.h"

namespace sigap::core {

const char* command_name(const Command& command) {
  return std::visit(Overloaded{
                        [](const PassHeadset&) { return "pass_headset"; },
                        [](const BeReady&) { return "be_ready"; },
                        [](const TakeNext&) { return "take_next"; },
                        [](const ReportHeadset&) { return "report_headset"; },
                        [](const TakePause&) { return "take_pause"; },
                        [](const AcceptOffer&) { return "accept_offer"; },
                        [](const DeclineOffer&) { return "decline_offer"; },
                        [](const HangUp&) { return "hang_up"; },
                        [](const HoldCall&) { return "hold_call"; },
                        [](const ResumeCall&) { return "resume_call"; },
                        [](const TransferCall&) { return "transfer_call"; },
                        [](const SetOutcome&) { return "set_outcome"; },
                        [](const EditIncident&) { return "edit_incident"; },
                        [](const CloseIncident&) { return "close_incident"; },
                        [](const SendTracking&) { return "send_tracking"; },
                        [](const JoinIncident&) { return "join_incident"; },
                        [](const SplitIncident&) { return "split_incident"; },
                        [](const JoinSimilar&) { return "join_similar"; },
                        [](const RecommendUnits&) { return "recommend_units"; },
                        [](const DispatchUnit&) { return "dispatch_unit"; },
                        [](const CancelAlert&) { return "cancel_alert"; },
                        [](const AdvanceAlert&) { return "advance_alert"; },
                        [](const DeclineAlert&) { return "decline_alert"; },
                        [](const GoOnDuty&) { return "go_on_duty"; },
                        [](const GoOffDuty&) { return "go_off_duty"; },
                        [](const RequestHelp&) { return "request_help"; },
                        [](const TakeTask&) { return "take_task"; },
                        [](const CallBack&) { return "call_back"; },
                        [](const CloseTask&) { return "close_task"; },
                        [](const PlanShift&) { return "plan_shift"; },
                        [](const ChangeShift&) { return "change_shift"; },
                        [](const RemoveShift&) { return "remove_shift"; },
                        [](const Agree&) { return "agree"; },
                        [](const Refuse&) { return "refuse"; },
                        [](const AddPerson&) { return "add_person"; },
                        [](const ChangePerson&) { return "change_person"; },
                        [](const SetPassword&) { return "set_password"; },
                        [](const ChangePassword&) { return "change_password"; },
                        [](const DisablePerson&) { return "disable_person"; },
                        [](const EnablePerson&) { return "enable_person"; },
                        [](const DefineStation&) { return "define_station"; },
                        [](const AskToPress&) { return "ask_to_press"; },
                        [](const ForgiveNumber&) { return "forgive_number"; },
                        [](const AskSupervisor&) { return "ask_supervisor"; },
                        [](const JoinCall&) { return "join_call"; },
                        [](const InviteStation&) { return "invite_station"; },
                        [](const InviteLine&) { return "invite_line"; },
                        [](const DropGuest&) { return "drop_guest"; },
                        [](const LeaveCall&) { return "leave_call"; },
                        [](const HandOver&) { return "hand_over"; },
                        [](const SignOut&) { return "sign_out"; },
                    },
                    command);
}

}  // namespace sigap::core
