#include "core/effect.h"

#include "base/overloaded.h"

namespace sigap::core {
namespace {

EffectBody admit(const calls::CallAdmitted& e) {
  switch (e.how) {
    case calls::Admission::voice:
      return OpenVoice{e.call, e.leg, false};
    case calls::Admission::loop:
      return OpenVoice{e.call, e.leg, true};
    case calls::Admission::ringing:
      return RingCaller{e.leg};
    case calls::Admission::refused:
      break;
  }
  return RefuseCall{e.leg, e.refused ? e.refused->status : 503};
}

}  // namespace

std::optional<EffectBody> effect_of(const EventBody& event) {
  using Some = std::optional<EffectBody>;
  return std::visit(Overloaded{
                        [](const calls::CallAdmitted& e) -> Some { return admit(e); },
                        [](const calls::CallVoiceOpened& e) -> Some {
                          return AnswerCall{e.leg, e.sdp};
                        },
                        [](const calls::CallRenegotiated& e) -> Some {
                          if (!e.offered) return std::nullopt;
                          return AnswerCall{e.leg, e.sdp};
                        },
                        [](const calls::CallVoiceLost& e) -> Some {
                          return OpenVoice{e.call, e.leg, false};
                        },
                        [](const calls::CallAccepted& e) -> Some {
                          return BridgeCall{e.leg, e.call, e.offer, e.session};
                        },
                        [](const calls::CallReturned& e) -> Some {
                          return UnbridgeCall{e.leg, e.offer};
                        },
                        [](const calls::CallHeld& e) -> Some {
                          return HoldLeg{e.leg, e.offer};
                        },
                        [](const calls::AskedToPress& e) -> Some {
                          return AskLeg{e.leg, e.offer};
                        },
                        [](const calls::CallResumed& e) -> Some {
                          return ResumeLeg{e.leg, e.offer};
                        },
                        [](const calls::CallPlaced& e) -> Some {
                          return PlaceCall{e.leg, e.call, e.trunk, e.number.value.value_or("")};
                        },
                        [](const calls::CallPickedUp& e) -> Some {
                          return BridgeCall{e.leg, e.call, e.offer, e.session};
                        },
                        [](const calls::RingBackPlaced& e) -> Some {
                          return PlaceCall{e.leg, e.call, e.trunk, e.number.value.value_or("")};
                        },
                        [](const calls::RingBackAnswered& e) -> Some { return AskCallee{e.leg}; },
                        [](const calls::RingBackQueued& e) -> Some { return QueueCallee{e.leg}; },
                        [](const calls::RingBackDeclined& e) -> Some { return EndLeg{e.leg}; },
                        [](const calls::GuestInvited& e) -> Some {
                          if (e.kind != calls::GuestKind::outside) return std::nullopt;
                          return PlaceCall{e.leg, e.call, e.trunk, e.number};
                        },
                        [](const calls::GuestCame& e) -> Some {
                          return BridgeGuest{e.call, e.offer, e.leg, e.session, e.desk_leg, e.desk};
                        },
                        [](const calls::GuestLeft& e) -> Some {
                          return EndGuest{e.offer, e.leg, e.desk_leg};
                        },
                        [](const calls::CallHandedOver& e) -> Some {
                          return BridgeCall{e.leg, e.call, e.offer, e.session};
                        },
                        [](const calls::CallRelayed& e) -> Some {
                          return RelayCall{e.leg, e.offer, e.other, e.other_offer};
                        },
                        [](const calls::ListeningStarted& e) -> Some {
                          return Listen{e.call,    e.leg,         e.offer,    e.session,
                                        e.whisper, e.whisper_leg, e.desk_leg, e.desk};
                        },
                        [](const calls::ListeningEnded& e) -> Some {
                          return EndListening{e.leg, e.offer, e.whisper_leg, e.desk_leg};
                        },
                        [](const calls::CallUnreached& e) -> Some { return EndLeg{e.leg}; },
                        [](const calls::CallEnded& e) -> Some { return EndLeg{e.leg}; },
                        [](const incidents::MessageOrdered& e) -> Some {
                          return SendMessage{e.message, e.number.value.value_or(""), e.text.value.value_or("")};
                        },
                        [](const cases::CaseMessageOrdered& e) -> Some {
                          return SendMessage{e.message, e.number.value.value_or(""), e.text.value.value_or("")};
                        },
                        [](const privacy::RecordsForgotten& e) -> Some { return ForgetRecords{e.records}; },
                        // Most events order nothing: what is left out here does nothing, and never too much.
                        [](const auto&) -> Some { return std::nullopt; },
                    },
                    event);
}

Redo redo_of(const EffectBody& effect) {
  return std::visit(
      Overloaded{
          [](const OpenVoice&) { return Redo::look_first; },
          [](const BridgeCall&) { return Redo::look_first; },
          [](const UnbridgeCall&) { return Redo::look_first; },
          [](const BridgeGuest&) { return Redo::look_first; },
          [](const RelayCall&) { return Redo::look_first; },
          [](const Listen&) { return Redo::look_first; },
          [](const PlaceCall&) { return Redo::at_most_once; },
          [](const SendMessage&) { return Redo::at_most_once; },
          [](const OneOf<AnswerCall, RingCaller, RefuseCall, HoldLeg, AskLeg, ResumeLeg, AskCallee, QueueCallee,
                         EndGuest, EndListening, EndLeg, ForgetRecords> auto&) { return Redo::repeatable; },
      },
      effect);
}

}  // namespace sigap::core
