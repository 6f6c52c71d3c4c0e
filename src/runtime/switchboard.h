// Carries out what the core decided about voices: SIP legs, media, and the browser's half of a bridge.
//   open a leg: media.open -> telephony.answer        bridge: media.offer_bridge -> browser -> media.answer_bridge
// Invariants: lives on the core's thread (callbacks of hands come back as jobs); every leg it knows is gone when the
// telephony hand told its end; what it reports names the offer, so that a late report cannot be misread.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "core/views/wire.h"
#include "ports/media.h"
#include "ports/messages.h"
#include "ports/telephony.h"
#include "runtime/core_thread.h"

namespace sigap::runtime {

struct SwitchboardConfig {
  std::map<TrunkName, StationCode> trunk_stations;  ///< whose calls a trunk brings
  std::size_t voices_max = 4000;                    ///< callers with media at once; beyond, they hear ringing
  std::size_t legs_max = 20'000;                    ///< callers at once; beyond, 503 and a task
};

struct SwitchboardCounts {
  std::int64_t legs = 0;
  std::int64_t voices = 0;
  std::int64_t bridges = 0;
};

class Switchboard final : public ports::TelephonyListener {
 public:
  /// The erasable stand-in for a number (ports::Vault, which the core's thread owns).
  using CallerRefs = std::function<CallerRef(const std::string& number)>;
  /// Yields whether a browser of this session is there to hear it.
  using OfferVoice = std::function<bool(SessionId, const core::MediaOffer&)>;

  Switchboard(SwitchboardConfig config, CoreThread& core, ports::Telephony& telephony, ports::Media& media,
              ports::MessageGateway& messages, CallerRefs caller_ref);
  void set_offer_voice(OfferVoice offer_voice) { offer_voice_ = std::move(offer_voice); }

  // Any thread.
  void call_arrived(ports::IncomingCall call) override;
  void leg_confirmed(LegId leg) override;
  void leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) override;

  // Core thread.
  void carry_out(const core::Effect& effect);
  void browser_answered(SessionId session, const core::MediaAnswer& answer);
  /// The page of this session was loaded anew in the middle of a call.
  void resume_voice(SessionId session, CallId call);
  /// Callers who hear ringing for want of media get a voice once there is some.
  void promote();
  SwitchboardCounts counts() const;

 private:
  struct Bridge {
    CallId call;
    OfferId offer;
    SessionId session;
    bool joined = false;
  };
  enum class Voice { none, opening, open };
  struct Leg {
    std::string caller_sdp;
    Voice voice = Voice::none;
    bool rings = false;  ///< hears 180: a rung of the ladder without media
    std::optional<Bridge> bridge;
  };

  void arrived(ports::IncomingCall call);
  void answer_call(EffectId effect, const core::AnswerCall& order);
  void bridge_call(EffectId effect, const core::BridgeCall& order);
  void offer_to_browser(LegId leg);
  void join(LegId leg, OfferId offer, std::string browser_sdp);
  void bridge_failed(LegId leg, OfferId offer, const std::string& note);
  void send_message(EffectId effect, const core::SendMessage& order);
  /// Opens the leg's media and answers the caller; `then` hears whether it worked. Whoever took the call meanwhile is
  /// bridged after it.
  void open_voice(LegId leg, bool loop, std::function<void(bool)> then);
  void report(EffectId effect, core::EffectOutcome outcome, std::string note = {});
  Leg* find(LegId leg);
  void forget(LegId leg);
  void ring(LegId leg);
  /// A callback of a hand, brought to the core's thread.
  ports::MediaDone later(std::function<void(Result<std::string>)> then);

  SwitchboardConfig config_;
  CoreThread& core_;
  ports::Telephony& telephony_;
  ports::Media& media_;
  ports::MessageGateway& messages_;
  CallerRefs caller_ref_;
  OfferVoice offer_voice_;
  std::map<LegId, Leg> legs_;
  std::int64_t voices_ = 0;  ///< legs whose media is open or opening
};

}  // namespace sigap::runtime
