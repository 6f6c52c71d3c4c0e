// Carries out what the core decided about voices: SIP legs, media, and the browser's half of a bridge.
//   open a leg: media.open -> VoiceOpened, journaled -> telephony.answer
//   place:      media.offer_out -> telephony.place -> they pick up -> CalleeAnswered, journaled -> telephony.confirm,
//               media.answer_out -> a bridge
//   guest:      a person's half and the operator's are two legs without telephones that hear each other, each with its
//               bridge; an outside number's leg is bridged to the operator
//   later offer: media.renegotiate -> VoiceRenegotiated, journaled -> telephony.answer
//   bridge:     media.offer_bridge -> browser -> media.answer_bridge -> BridgeReported, journaled
//   a start:    the state's legs are there again at once; then what the media process holds is compared with them
// Invariants: lives on the core's thread (callbacks of hands come back as jobs); every leg it knows is gone when the
// telephony hand told its end; what it reports names the offer, so that a late report cannot be misread; what a caller
// is told is in the journal before.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/views/wire.h"
#include "geo/borders.h"
#include "ports/media.h"
#include "ports/messages.h"
#include "ports/telephony.h"
#include "runtime/core_thread.h"

namespace sigap::runtime {

struct SwitchboardConfig {
  std::map<TrunkName, StationCode> trunk_stations;  ///< whose calls a trunk brings
  std::set<TrunkName> learned;                      ///< whose media does not come from where it is described to be
  std::size_t voices_max = 4000;                    ///< callers with media at once; beyond, they hear ringing
  std::size_t legs_max = 20'000;                    ///< callers at once; beyond, 503 and a task
};

struct SwitchboardCounts {
  std::int64_t legs = 0;
  std::int64_t voices = 0;
  std::int64_t bridges = 0;
};

/// What became of the legs that were there at the start.
struct Recovery {
  bool done = true;           ///< the media process was asked, what differed is being mended
  std::int64_t restored = 0;  ///< legs of the journal
  std::int64_t lost = 0;      ///< whose media was gone and is opened again
  std::int64_t silent = 0;    ///< whose caller said nothing for a while: asked whether they are still there
  std::int64_t unknown = 0;   ///< calls at the media process that the journal does not know: ended
};

class Switchboard final : public ports::TelephonyListener {
 public:
  /// The erasable stand-in for a canonical number (ports::Vault, which the core's thread owns).
  using CallerRefs = std::function<CallerRef(const std::string& number)>;
  /// Yields whether a browser of this session is there to hear it.
  using OfferVoice = std::function<bool(SessionId, const core::MediaOffer&)>;

  Switchboard(SwitchboardConfig config, CoreThread& core, ports::Telephony& telephony, ports::Media& media,
              ports::MessageGateway& messages, CallerRefs caller_ref);
  /// Told of each leg whose voices were joined.
  void set_joined(std::function<void(const LegId&)> joined) { joined_ = std::move(joined); }
  void set_offer_voice(OfferVoice offer_voice) { offer_voice_ = std::move(offer_voice); }
  /// Whose a caller's place is; before any call. None: the nearest station's.
  void set_borders(const geo::Borders* borders) { borders_ = borders; }

  // Any thread.
  void call_arrived(ports::IncomingCall call) override;
  void leg_confirmed(LegId leg) override;
  void voice_described(LegId leg, ports::VoiceDescription description) override;
  void callee_rings(LegId leg) override;
  void callee_answered(LegId leg, ports::CalleeAnswer answer) override;
  void caller_moved(LegId leg, ports::CallerPlace place) override;
  void text_arrived(ports::IncomingText text) override;
  void door_reported(ports::DoorReport report) override;
  void leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) override;
  /// Also ports::KeyTold.
  void key_pressed(LegId leg, std::string digit) override;

  // Core thread.
  void carry_out(const core::Effect& effect);
  /// What telephony restored of the state's legs; before any effect is carried out.
  void restore(const std::vector<ports::RestoredLeg>& legs);
  /// The media process died and a new one answers: every leg opened before is gone.
  void media_restarted();
  /// Looks after legs: compares with the media process after a start, probes callers who have fallen silent, gives
  /// those who hear ringing a voice once there is one.
  void tick(Instant now);
  void browser_answered(SessionId session, const core::MediaAnswer& answer);
  /// Says an offer again that its browser did not answer: it went away, or we did.
  void browser_attached(SessionId session);
  /// The page of this session was loaded anew in the middle of a call.
  void resume_voice(SessionId session, CallId call);
  SwitchboardCounts counts() const;
  /// When the media process heard this leg last, as far as it was asked (each kLookEvery).
  Instant heard(const LegId& leg) const;
  const Recovery& recovery() const { return recovery_; }

  /// Voices being opened at a time: a media process that comes back must not be flooded. A hundred take half a second.
  static constexpr std::size_t kVoicesAtOnce = 100;
  static constexpr Duration kRingsAfter = seconds(2);  ///< that a voice is being opened: the caller hears 180; own
  static constexpr Duration kSilence = seconds(20);    ///< no RTP from a caller for this long: a probe; own
  static constexpr Duration kLookEvery = seconds(15);  ///< how often the silent are looked for; own
  static constexpr Duration kStart = seconds(30);      ///< after a start it is looked closer: ends were missed; own
  static constexpr Duration kSilenceAtStart = seconds(3), kLookEveryAtStart = seconds(4);

 private:
  struct Bridge {
    CallId call;
    OfferId offer;
    SessionId session;
    EffectId effect;        ///< settled when the two are joined, or will not be
    std::string offered;    ///< to the browser, not answered yet
    bool asked = false;     ///< for the offer to the browser
    bool answered = false;  ///< by the browser: its answer was taken for the newest offer
    bool joined = false;
    bool adopted = false;  ///< ... by an earlier process: only the media process knows how
  };
  /// offered: to whom we call and who has not picked up, or who asked us to offer and has not confirmed
  enum class Voice { none, opening, offered, open };
  struct Leg {
    std::string caller_sdp;
    Voice voice = Voice::none;
    bool placed = false;    ///< by us
    bool learned = false;   ///< where its sound comes from
    bool guest = false;     ///< not a caller's
    bool desk = false;      ///< ... and bridged to the operator, whose page mixes
    bool whisper = false;   ///< half of the way from a listener to the operator: no part of what the caller hears
    bool rings = false;     ///< hears 180, or silence: gets a voice once there is one
    bool restored = false;  ///< from an earlier process; not compared with the media process yet
    Instant since;          ///< of the voice, opening or open
    Instant heard;          ///< of the media process, when it was asked last
    std::optional<Bridge> bridge;
  };

  /// A supervisor who hears a leg.
  struct Listening {
    LegId leg;
    CallId call;
    SessionId session;
    EffectId effect;          ///< settled when they hear, or will not
    std::string offered;      ///< to their browser, not answered yet
    std::int64_t offers = 0;  ///< made so far: what comes late of an earlier one is told apart
  };

  void arrived(ports::IncomingCall call);
  void open_call(EffectId effect, const core::OpenVoice& order);
  void place_call(EffectId effect, const core::PlaceCall& order);
  void answer_callee(const LegId& leg);
  void unbridge_call(EffectId effect, const core::UnbridgeCall& order);
  void described(const LegId& leg, ports::VoiceDescription description);
  /// They asked us to offer, and this is their answer: their voice is opened with it.
  void caller_answers(const LegId& leg, ports::VoiceDescription description);
  /// Of the next SDP that this side is told.
  static std::int64_t version_of(const core::State& state, const LegId& id);
  void adopt(const LegId& id, const Leg& leg, OfferId offer, bool joined);
  /// Before the leg is given to the media process.
  void tell_source(const LegId& id);
  void bridge_call(EffectId effect, const core::BridgeCall& order);
  void bridge_guest(EffectId effect, const core::BridgeGuest& order);
  /// The two halves of a guest's way to the operator hear each other; then each is offered to its browser.
  void link(const core::BridgeGuest& order);
  void end_guest(EffectId effect, const core::EndGuest& order);
  void relay_call(EffectId effect, const core::RelayCall& order);
  /// Whom the system called back: their voice is opened when it is not yet.
  void announce(EffectId effect, const LegId& leg, ports::Prompt prompt);
  void restore_guests();
  /// One side of a way between two browsers, that an earlier process joined.
  void restore_half(const LegId& half, CallId call, OfferId offer, SessionId session);
  void restore_listeners();
  SessionId session_of(PersonId person) const;
  // listening.cpp
  void listen(EffectId effect, const core::Listen& order);
  void offer_listening(OfferId offer);
  void tell_listener(OfferId offer);
  void listener_answered(OfferId offer, std::string browser_sdp);
  void listening_failed(OfferId offer, const std::string& note);
  /// The voices, or the listener's browser, are others than before.
  void listen_again(const std::function<bool(const Listening&)>& whom);
  void end_listening(EffectId effect, const core::EndListening& order);
  void end_whisper(const LegId& whisper_leg, const LegId& desk_leg);
  core::MediaOffer media_offer(const Leg& leg) const;
  void restore_outside(const LegId& id, Leg& leg);
  /// The node can carry so many more voices.
  bool room_for(std::size_t voices) const;
  /// Whoever this offer names hears and is heard.
  bool whole(OfferId offer) const;
  void offer_to_browser(const LegId& leg);
  void join(const LegId& leg, OfferId offer, std::string browser_sdp);
  void offer_again(const LegId& leg);
  void bridge_failed(const LegId& leg, OfferId offer, const std::string& note);
  void send_message(EffectId effect, const core::SendMessage& order);
  /// Reports how it went.
  ports::MediaDone settles(EffectId effect);
  void settle_bridge(Leg& leg, core::EffectOutcome outcome, std::string note = {});
  void restore_leg(const ports::RestoredLeg& restored);
  void compare(const std::vector<ports::LegMedia>& held);
  void probe_silent(const std::vector<ports::LegMedia>& held, Instant now, Duration silence);
  void voice_lost(const LegId& leg);
  void promote();
  void ring_meanwhile(Instant now);
  /// Opens the leg's media and has the caller told; `then` hears whether it worked. Whoever took the call meanwhile is
  /// bridged after it.
  void open_voice(const LegId& leg, bool loop, std::function<void(bool)> then);
  void report(EffectId effect, core::EffectOutcome outcome, std::string note = {});
  Leg* find(const LegId& leg);
  void forget(const LegId& leg);
  void ring(const LegId& leg);
  /// A callback of a hand, brought to the core's thread.
  ports::MediaDone later(std::function<void(Result<std::string>)> then);

  SwitchboardConfig config_;
  CoreThread& core_;
  ports::Telephony& telephony_;
  ports::Media& media_;
  ports::MessageGateway& messages_;
  CallerRefs caller_ref_;
  OfferVoice offer_voice_;
  std::function<void(const LegId&)> joined_ = [](const LegId&) {};
  const geo::Borders* borders_ = nullptr;
  std::map<LegId, Leg> legs_;
  std::map<OfferId, Listening> listening_;
  std::size_t opening_ = 0;  ///< voices that the media process was asked for and has not answered
  Recovery recovery_;
  bool asking_ = false;  ///< the media process is being asked what it holds
  Instant looked_, started_;
  std::int64_t voices_ = 0;  ///< legs whose media is open or opening
};

}  // namespace sigap::runtime
