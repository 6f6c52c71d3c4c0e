// What a hand must do because of an event. An effect is a function of its event: nothing can be ordered that is not in
// the journal, and after a restart the outstanding ones are known from it alone.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "core/event.h"

namespace sigap::core {

/// Media and a prompt; or, for a test call, the caller's own voice. What the caller is told follows from
/// CallVoiceOpened.
struct OpenVoice {
  CallId call;
  LegId leg;
  bool loop = false;
};
/// 200 to the INVITE or to a later offer, or a re-INVITE when the caller was answered before and asks nothing.
struct AnswerCall {
  LegId leg;
  std::string sdp;
};
struct RingCaller {
  LegId leg;
};
struct RefuseCall {
  LegId leg;
  std::int64_t status = 503;
};
struct BridgeCall {
  LegId leg;
  CallId call;
  OfferId offer;
  SessionId session;
};
struct UnbridgeCall {
  LegId leg;
  OfferId offer;
};
/// The operator is heard no more by the caller, who hears a prompt; and the other way round.
struct HoldLeg {
  LegId leg;
  OfferId offer;
};
/// The same with a prompt that says which keys to press, once.
struct AskLeg {
  LegId leg;
  OfferId offer;
};
struct ResumeLeg {
  LegId leg;
  OfferId offer;
};
/// Our voice is offered through the trunk: INVITE.
struct PlaceCall {
  LegId leg;
  CallId call;
  TrunkName trunk;
  std::string number;  ///< personal: lives in memory only
};
/// Whom the system called hears the question whether they need help.
struct AskCallee {
  LegId leg;
};
/// ... and then that an operator is coming.
struct QueueCallee {
  LegId leg;
};
/// A guest's voice and the operator's are joined, beside the caller's. Of a person: `leg` is their half, `desk_leg` the
/// operator's. Outside: only `leg`, which picked up.
struct BridgeGuest {
  CallId call;
  OfferId offer;
  LegId leg;
  SessionId session;
  LegId desk_leg;
  SessionId desk;
};
/// The guest is on the line no more.
struct EndGuest {
  OfferId offer;
  LegId leg;
  LegId desk_leg;
};
/// A supervisor hears the caller and the operator of this leg; beside it a way leads from them to the operator, which
/// has no part in the leg.
struct Listen {
  CallId call;
  LegId leg;
  OfferId offer;
  SessionId session;
  OfferId whisper;
  LegId whisper_leg;
  LegId desk_leg;
  SessionId desk;
};
struct EndListening {
  LegId leg;
  OfferId offer;
  LegId whisper_leg;
  LegId desk_leg;
};
/// Two telephones hear each other, and no operator.
struct RelayCall {
  LegId leg;
  OfferId offer;
  LegId other;
  OfferId other_offer;
};
/// Ends what is left of a leg: signalling and media.
struct EndLeg {
  LegId leg;
};
struct SendMessage {
  MessageId message;
  std::string number;  ///< personal: lives in memory only
  std::string text;    ///< personal
};
/// Their keys are deleted.
struct ForgetRecords {
  Records records;
};
using EffectKinds = std::variant<OpenVoice, AnswerCall, RingCaller, RefuseCall, BridgeCall, UnbridgeCall, HoldLeg,
                                 AskLeg, ResumeLeg, PlaceCall, AskCallee, QueueCallee, BridgeGuest, EndGuest, Listen,
                                 EndListening, RelayCall, EndLeg, SendMessage, ForgetRecords>;
using EffectBody = ClosedVariant<EffectKinds>;

/// How an effect may be redone when the process died after its event was written.
enum class Redo {
  repeatable,   ///< doing it twice is as good as once
  look_first,   ///< ask the hand what is there, then do what is missing
  at_most_once  ///< never again: reported as dropped, a person sees it
};

struct Effect {
  EffectId id;
  EffectBody body;
};

/// Nothing for most events.
std::optional<EffectBody> effect_of(const EventBody& event);
Redo redo_of(const EffectBody& effect);

}  // namespace sigap::core
