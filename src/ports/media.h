// What may be asked of the media hand (rtpengine): the caller's voice path, a prompt in it, and its bridge to an
// operator. Invariants: a media call is named by the leg; towards the caller its address and port never change from
// prompt to bridge and back; at most one operator is on a leg, and everything about an operator's side names the offer,
// so that a late answer of an old offer cannot put a second person on the call. Everything is asynchronous; `done` is
// called once, on any thread, with a refusal {code: "media_down" | "media_refused" | "stale"} when it did not work.
// Sources: RFC 3264 (offer/answer), RFC 5763/5764 (DTLS-SRTP), RFC 8445 (ICE).
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace sigap::ports {

/// What a caller hears while no person is on the line.
enum class Prompt {
  welcome,    ///< "you have reached the police, 110, an operator is being called", then a pause, repeated
  hold,       ///< "you are still connected, the operator will be back": while held
  waiting,    ///< "please stay on the line": after a call came back to the queue
  ring_back,  ///< "you called the police: for help press one, if you need nothing press two": to whom we call back
  press,      ///< "if you cannot speak press five, for yes one, for no two": once
  none,       ///< silence: at the far side is no caller, but somebody of ours
};

/// Told an SDP, which is empty where the operation yields none.
using MediaDone = std::function<void(Result<std::string>)>;

/// A leg as the media process sees it: for comparing after a start, and for finding legs that are dead.
struct LegMedia {
  LegId leg;
  Instant last_packet;  ///< when the caller's last packet came; 0: none yet
};

/// Told when the caller of a leg pressed a key: 0-9, *, #, A-D, sent as an event (RFC 4733) or, where the caller offers
/// none, read out of the sound. Called once a key, from any thread; at most kKeysPerSecond times a second for a leg,
/// but the first key 5 of a leg is always told.
using KeyTold = std::function<void(LegId, std::string)>;
/// Keys told of one leg in a second: more than anybody presses, and few enough that the noise of a broken line does not
/// fill an inbox; own.
inline constexpr int kKeysPerSecond = 10;

/// Told from which port copies of a voice will come: channel 0 is the caller's, 1 that of whoever answered. On any
/// thread, before the first copy is sent.
using CopyTold = std::function<void(int channel, std::uint16_t from_port)>;

/// How an earlier process left a leg.
struct AdoptedLeg {
  std::string caller_sdp;
  std::string our_sdp;
  Prompt prompt = Prompt::waiting;  ///< the prompt to play, if one has to be played again
  OfferId offer;                    ///< names its bridge, made or half made; 0: it has none
  bool joined = false;              ///< the bridge is made
};

/// How the media process is.
struct MediaHealth {
  bool up = false;
  std::string note;
  std::int64_t restarts = 0;  ///< how often the process had to be started again
  bool slow = false;          ///< it is there and does not answer: everything takes longer, but nothing is lost
};

class Media {
 public:
  virtual ~Media() = default;
  /// Called before a leg is opened, offered or adopted whose other side cannot say where it sends from, because it is
  /// behind a NAT that it does not know of: the address is learned. For all other legs the description is believed, and
  /// nobody else is heard, or hears.
  virtual void learn_source(LegId leg) = 0;
  /// Opens the caller's side and plays `prompt`, repeated. Yields our SDP for the caller; `version` rises when a leg is
  /// opened again after its media was lost (RFC 3264 section 8).
  virtual void open(LegId leg, std::string caller_sdp, Prompt prompt, std::int64_t version, MediaDone done) = 0;
  /// Opens a leg to somebody whom we call. Yields our SDP offer; nothing plays.
  virtual void offer_out(LegId leg, MediaDone done) = 0;
  /// The callee picked up, with this SDP. From here on the leg is like one that was opened, in silence. Yields an empty
  /// SDP.
  virtual void answer_out(LegId leg, std::string callee_sdp, MediaDone done) = 0;
  /// Plays this prompt on the leg, repeated, until a person is on it. Yields an empty SDP.
  virtual void announce(LegId leg, Prompt prompt, MediaDone done) = 0;
  /// The caller's side describes its voice anew (a later offer, or an answer to one of ours): the leg's voice goes
  /// where it says, in the way that it says; a bridge stays. Yields our answer. A refusal leaves the leg as it was;
  /// "stale" when an earlier process made the bridge: it is taken off first.
  virtual void renegotiate(LegId leg, std::string caller_sdp, std::int64_t version, MediaDone done) = 0;
  /// Takes over a leg that an earlier process opened. Nothing is asked of the media process, except the sound of
  /// callers whose keys are read out of it; list() tells whether it still holds the leg.
  virtual void adopt(LegId leg, AdoptedLeg as) = 0;
  /// Opens a test call (RFC 6881): the caller hears what they say. Yields our SDP.
  virtual void open_loop(LegId leg, std::string caller_sdp, MediaDone done) = 0;
  /// Makes the first half of a bridge. Yields the SDP offer for the operator's browser; the prompt goes on.
  virtual void offer_bridge(LegId leg, OfferId offer, MediaDone done) = 0;
  /// Makes the second half of a bridge with the browser's answer: stops the prompt and joins the two. Yields an empty
  /// SDP.
  virtual void answer_bridge(LegId leg, OfferId offer, std::string browser_sdp, MediaDone done) = 0;
  /// Has the caller hear `prompt` (Prompt::press once, others repeated) instead of the operator, who goes on hearing
  /// the caller; resume() undoes it. Both yield an empty SDP.
  virtual void hold(LegId leg, OfferId offer, Prompt prompt, MediaDone done) = 0;
  virtual void resume(LegId leg, OfferId offer, MediaDone done) = 0;
  /// Takes the operator off the leg and plays `prompt` again: the call is back in the queue.
  virtual void unbridge(LegId leg, OfferId offer, Prompt prompt, MediaDone done) = 0;
  /// Has two telephones hear each other, as if each were the other's operator, under these offers. Prompts stop, and
  /// operators are taken off. unbridge() takes a leg off again. Yields an empty SDP.
  virtual void relay(LegId leg, OfferId offer, LegId other, OfferId other_offer, MediaDone done) = 0;
  /// Has somebody hear both sides of a bridged leg, caller and operator, and send nothing; the two are told nothing and
  /// notice nothing. Yields the SDP offer for the listener's browser, of two voices. Asked for again, it makes a new
  /// one: the browser has another path, or the operator has. "stale" when nobody talks on the leg.
  virtual void offer_listening(LegId leg, OfferId listener, MediaDone done) = 0;
  /// The listener's browser answered the newest offer. Yields an empty SDP.
  virtual void answer_listening(LegId leg, OfferId listener, std::string browser_sdp, MediaDone done) = 0;
  /// Nobody listens by this offer any more. Whoever never did is no mistake.
  virtual void end_listening(LegId leg, OfferId listener) = 0;
  /// Has copies of both voices of a bridged leg sent to `address` and `port`, as G.711 in plain RTP, until the leg is
  /// closed. The two who talk notice nothing. To be asked again when the operator's side is another. Yields an empty
  /// SDP; "stale" when nobody talks on the leg.
  virtual void record(LegId leg, std::string address, std::uint16_t port, CopyTold told, MediaDone done) = 0;
  /// Ends all media of the leg. Closing a leg that is not open is no mistake.
  virtual void close(LegId leg) = 0;
  /// Tells all legs that the media process holds.
  virtual void list(std::function<void(Result<std::vector<LegMedia>>)> done) = 0;
  virtual MediaHealth health() const = 0;
};

}  // namespace sigap::ports
