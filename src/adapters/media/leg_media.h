// One leg's conversation with rtpengine: opened with a prompt, or offered to whom we call; bridged to one operator at a
// time, closed.
// Every step is a chain of NG questions; steps of a leg wait for each other. Lives on the media thread.
// A caller is a telephone or a browser (DTLS-SRTP, ICE): what differs is what each is told.
// Recipes and their reasons: docs/adr/0004-nta-and-rtpengine.md.
#pragma once
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/media/ear.h"
#include "adapters/media/echo.h"
#include "adapters/media/ng_client.h"
#include "ports/media.h"
#include "sdp/browser.h"
#include "sdp/voice.h"

namespace sigap::media {

class LegMedia : public std::enable_shared_from_this<LegMedia> {
 public:
  /// `v6`: rtpengine has an address of that family, too.
  LegMedia(LegId leg, std::string address, bool v6, NgClient& ng)
      : leg_(std::move(leg)), address_(std::move(address)), v6_(v6), ng_(ng) {}

  void open(std::string caller_sdp, std::string prompt_file, std::int64_t version, std::shared_ptr<Echo> echo,
            ports::MediaDone done);
  /// Before all else: their sound does not come from where they say that they are.
  void learn_source() { learns_ = true; }
  /// Before open() or adopt(): this ear is given the caller's sound.
  void listen_with(std::shared_ptr<Ear> ear);
  void offer_out(ports::MediaDone done);
  void answer_out(std::string callee_sdp, ports::MediaDone done);
  void announce(std::string prompt_file, ports::MediaDone done);
  void renegotiate(std::string caller_sdp, std::int64_t version, ports::MediaDone done);
  /// As an earlier process left it.
  void adopt(const ports::AdoptedLeg& as, std::string prompt_file);
  void offer_bridge(OfferId offer, ports::MediaDone done);
  void answer_bridge(OfferId offer, std::string browser_sdp, ports::MediaDone done);
  /// As a bridge, to another telephone: where it is to send to, and where this one sends to.
  void offer_relay(OfferId offer, ports::MediaDone done);
  void answer_relay(OfferId offer, std::string other_sdp, ports::MediaDone done);
  void hold(OfferId offer, std::string prompt_file, bool once, ports::MediaDone done);
  void resume(OfferId offer, ports::MediaDone done);
  void unbridge(OfferId offer, std::string prompt_file, ports::MediaDone done);
  /// leg_listeners.cpp. A listener is offered anew when the operator's side is another than before.
  void offer_listening(OfferId listener, ports::MediaDone done);
  void answer_listening(OfferId listener, std::string browser_sdp, ports::MediaDone done);
  void end_listening(OfferId listener);
  /// leg_recording.cpp. Where copies go.
  struct RecorderAt {
    std::string address;
    std::uint16_t port = 0;
  };
  void record(RecorderAt to, ports::CopyTold told, ports::MediaDone done);
  /// Refuses what waits, ends the call at rtpengine.
  void close();
  /// Refuses what waits and leaves rtpengine alone: it went away with the call, or we do and the voice goes on.
  void abandon(const char* code, const char* why);
  bool closed() const { return closed_; }
  /// Whether a key of this caller is to be told, or is noise; counts it.
  bool key_counts(const std::string& digit, std::chrono::steady_clock::time_point now);

 private:
  using Next = std::function<void(boost::json::object)>;
  struct Step {
    std::function<void()> begin;
    ports::MediaDone done;
  };
  struct Bridge {
    OfferId offer;
    std::string tag;  ///< at rtpengine; empty: an earlier process made it, rtpengine knows
    bool answered = false;
    // What was said for it: a later offer of the caller is joined to the same answer.
    std::string codec;  ///< that the other side was offered
    boost::json::object offer_how, answer_how;
    std::string answer;
  };

  void enqueue(ports::MediaDone done, std::function<void()> begin);
  void finish(Result<std::string> result);
  /// Asks; goes on with `next`, or finishes the step with the refusal.
  void ask(boost::json::object request, Next next);
  /// The same, and goes on with `refused` when rtpengine says no.
  void ask(boost::json::object request, Next next, std::function<void()> refused);
  /// Also when nothing plays: whom we called heard no prompt yet.
  void stop_prompt(const std::function<void()>& then);
  void play(const std::string& file, std::int64_t times, const std::function<void()>& then);
  /// Has the caller's sound sent to the ear, if there is one; without it the call goes on, deaf to keys.
  void lend_ear(std::function<void()> then);
  void begin_open(std::int64_t version, const std::shared_ptr<Echo>& echo);
  /// Takes the caller's description; a refusal leaves the leg as it was.
  Result<bool> take_theirs(std::string description, bool v6);
  void begin_renegotiate(std::int64_t version);
  /// The caller's voice as rtpengine is to offer it to that side.
  boost::json::object offer_to(const std::string& tag, boost::json::object how) const;
  boost::json::object answer_of_bridge() const;
  /// What rtpengine's reply to an answer says of our side; false when nothing, and the step is refused.
  bool take_ours(const boost::json::object& reply);
  std::string answer_for_caller(std::int64_t version) const;
  /// The caller's offer and the queue's answer; then our side is known.
  void pair_with_queue(std::function<void()> then);
  void begin_offer(OfferId offer, boost::json::object how);
  void begin_answer(const std::string& other_sdp, boost::json::object how);
  void end_call();
  /// Asks `command` of each operator's side that rtpengine has (after a start, only it knows their names).
  void each_operator(const char* command, std::function<void()> then);
  /// `then` is told their names.
  void with_operators(std::function<void(std::vector<std::string>)> then);
  /// Has the voice of this side copied; `then` hears whether it is.
  void copy(int channel, const std::string& of, const RecorderAt& to, const ports::CopyTold& told,
            std::function<void(bool)> then);
  /// Ends the subscription of this listener, if there is one.
  void unsubscribe(OfferId listener, std::function<void()> then);
  /// How rtpengine is to describe a voice to one of our pages.
  static boost::json::object for_browser();
  void ask_operators(const char* command, std::vector<std::string> tags, std::function<void()> then);
  /// Takes the operator off, if there is one, and lets the prompt be heard.
  void drop_operator(std::function<void()> then);

  LegId leg_;
  std::string address_;
  bool v6_ = false;
  bool learns_ = false;
  NgClient& ng_;
  std::deque<Step> steps_;
  bool busy_ = false;
  bool closed_ = false;
  bool ended_here_ = false;                   ///< closed by us, not lost with rtpengine
  std::string caller_sdp_;                    ///< their whole description
  sdp::Voice caller_;                         ///< what we took of it
  std::optional<sdp::BrowserVoice> browser_;  ///< ... when they call by a page
  std::string for_browser_;                   ///< ... and what it is to be told
  sdp::Voice ours_;                           ///< as the caller knows us; port 0: the leg is not open
  std::string prompt_file_;                   ///< heard while no operator is on; empty: none
  std::shared_ptr<Echo> echo_;
  std::shared_ptr<Ear> ear_;
  std::optional<Bridge> bridge_;
  std::map<OfferId, std::string> listeners_;  ///< their names at rtpengine
  std::chrono::steady_clock::time_point keys_since_;
  int keys_ = 0;  ///< in the second that began then
  bool five_ = false;
};

}  // namespace sigap::media
