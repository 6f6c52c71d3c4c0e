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
};

/// An SDP; empty where the operation yields none.
using MediaDone = std::function<void(Result<std::string>)>;

/// A party of a leg as the media sees it, for reconciling after a start and for finding the dead.
struct LegMedia {
  LegId leg;
  Instant last_packet;  ///< of the caller; 0 = none yet
};

/// The caller of a leg pressed a key: 0-9, *, #, A-D, said as an event (RFC 4733) or, where the caller offers none,
/// read out of the sound. Said once a key, from any thread; at most kKeysPerSecond a leg, but each leg's first 5
/// always.
using KeyTold = std::function<void(LegId, std::string)>;
/// More than anybody presses, and few enough that a broken line's noise does not fill an inbox; own.
inline constexpr int kKeysPerSecond = 10;

/// How an earlier process left a leg.
struct AdoptedLeg {
  std::string caller_sdp;
  std::string our_sdp;
  Prompt prompt = Prompt::waiting;  ///< should one have to be played again
  OfferId offer;                    ///< of a bridge, made or half made; 0: none
  bool joined = false;              ///< ... made
};

struct MediaHealth {
  bool up = false;
  std::string note;
  std::int64_t restarts = 0;  ///< how often the process had to be started again
  bool slow = false;          ///< it is there and does not answer: everything takes longer, nothing is lost
};

class Media {
 public:
  virtual ~Media() = default;
  /// Before a leg is opened, offered or adopted: its other side cannot say where it sends from (it is behind a NAT that
  /// it does not know of), so that has to be learned. Of all others the description is believed, and nobody else is
  /// heard, or hears.
  virtual void learn_source(LegId leg) = 0;
  /// Opens the caller's side and plays `prompt`, repeated. Yields our SDP for the caller; `version` rises when a leg is
  /// opened again after its media was lost (RFC 3264 section 8).
  virtual void open(LegId leg, std::string caller_sdp, Prompt prompt, std::int64_t version, MediaDone done) = 0;
  /// A leg to somebody whom we call. Yields our SDP offer; nothing plays.
  virtual void offer_out(LegId leg, MediaDone done) = 0;
  /// They picked up: their SDP. From here on the leg is as one that was opened, in silence. Yields an empty SDP.
  virtual void answer_out(LegId leg, std::string callee_sdp, MediaDone done) = 0;
  /// From now on they hear this, repeated, until a person is on. Yields an empty SDP.
  virtual void announce(LegId leg, Prompt prompt, MediaDone done) = 0;
  /// The caller's side describes its voice anew (a later offer, or an answer to one of ours): the leg's voice goes
  /// where it says, in the way that it says; a bridge stays. Yields our answer. A refusal leaves the leg as it was;
  /// "stale" when an earlier process made the bridge: it is taken off first.
  virtual void renegotiate(LegId leg, std::string caller_sdp, std::int64_t version, MediaDone done) = 0;
  /// A leg that an earlier process opened. Nothing is asked of the media process, but for the sound of callers whose
  /// keys are read out of it: list() tells whether it still holds the leg.
  virtual void adopt(LegId leg, AdoptedLeg as) = 0;
  /// A test call (RFC 6881): yields our SDP; what the caller says comes back.
  virtual void open_loop(LegId leg, std::string caller_sdp, MediaDone done) = 0;
  /// First half of a bridge: yields the SDP offer for the operator's browser. The prompt goes on.
  virtual void offer_bridge(LegId leg, OfferId offer, MediaDone done) = 0;
  /// Second half: the browser's answer. Stops the prompt and joins the two. Yields an empty SDP.
  virtual void answer_bridge(LegId leg, OfferId offer, std::string browser_sdp, MediaDone done) = 0;
  /// The caller hears `prompt` (Prompt::press once, others repeated) instead of the operator, who goes on hearing the
  /// caller; resume() undoes it. An empty SDP.
  virtual void hold(LegId leg, OfferId offer, Prompt prompt, MediaDone done) = 0;
  virtual void resume(LegId leg, OfferId offer, MediaDone done) = 0;
  /// Takes the operator off and plays `prompt` again: the call is back in the queue.
  virtual void unbridge(LegId leg, OfferId offer, Prompt prompt, MediaDone done) = 0;
  /// Two telephones hear each other, as if each were the other's operator, under these offers; what plays and who is
  /// bridged are taken off. unbridge() takes a leg off again. An empty SDP.
  virtual void relay(LegId leg, OfferId offer, LegId other, OfferId other_offer, MediaDone done) = 0;
  /// Ends all of the leg's media. Closing what is not open is fine.
  virtual void close(LegId leg) = 0;
  /// All legs that the media process holds.
  virtual void list(std::function<void(Result<std::vector<LegMedia>>)> done) = 0;
  virtual MediaHealth health() const = 0;
};

}  // namespace sigap::ports
