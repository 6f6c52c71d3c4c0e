// Hands for tests of the switchboard: a telephone network and a media process that outlive the server, as real ones do,
// and that do what they are asked when the test says, one step at a time, in the order of each leg.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "ports/media.h"
#include "ports/messages.h"
#include "ports/telephony.h"

namespace sigap {

/// Dialogs of callers, and of those who are called. Ends are told once; a dialog with a caller's BYE goes when the
/// server lets it.
class FakeTelephony final : public ports::Telephony {
 public:
  struct Dialog {
    bool answered = false, bye = false;
    std::string told;                        ///< the last SDP
    bool placed = false, picked_up = false;  ///< by the server, by them
    std::string sdp = {};                    ///< how they describe their voice; empty: they ask us first
    std::string offered = {};                ///< ... and want to, once it is answered
    bool asked = false;                      ///< ... by this server
    bool asks = false;                       ///< described nothing when they called
  };
  ports::TelephonyListener* listener = nullptr;
  std::map<LegId, Dialog> dialogs;
  std::deque<std::function<void()>> news;

  /// Without a description they ask for ours, and describe their voice when they confirm it.
  void dial(const LegId& leg, bool described = true, const std::string& number = "+628123456789") {
    dialogs[leg] = {};
    dialogs[leg].asks = !described;
    if (described) dialogs[leg].sdp = "caller sdp";
    ports::IncomingCall call;
    call.leg = leg;
    call.trunk = {"trunk"};
    call.number = number;
    call.sdp = call.invite = dialogs[leg].sdp;  // a message here is what it describes
    listener->call_arrived(std::move(call));
  }
  /// Their side moved: a re-INVITE.
  void moves(const LegId& leg, const std::string& sdp) {
    auto& dialog = dialogs.at(leg);
    if (!(dialog.placed ? dialog.picked_up : dialog.answered) || dialog.bye || !dialog.offered.empty()) return;
    dialog.offered = sdp;
    say_again(leg);
  }
  /// Until it is answered, whichever process is there.
  void say_again(const LegId& leg) {
    auto& dialog = dialogs.at(leg);
    if (dialog.offered.empty() || dialog.bye) return;
    dialog.asked = true;
    listener->voice_described(leg, {dialog.offered, dialog.offered, true});
  }
  void server_died() {
    news.clear();
    for (auto& [leg, dialog] : dialogs) dialog.asked = false;
  }
  void decline_offer(LegId leg, int) override {
    if (const auto found = dialogs.find(leg); found != dialogs.end()) found->second.offered.clear();
  }
  void caller_hangs_up(const LegId& leg) {
    auto& dialog = dialogs.at(leg);
    if (dialog.placed && !dialog.picked_up) return is_busy(leg);
    if (std::exchange(dialog.bye, true)) return;
    listener->leg_ended(leg, ports::LegEndedBy::caller, "BYE");
  }
  void picks_up(const LegId& leg) {
    auto& dialog = dialogs.at(leg);
    if (!dialog.placed || std::exchange(dialog.picked_up, true)) return;
    dialog.sdp = "callee sdp";
    listener->callee_answered(leg, {dialog.sdp, dialog.told, dialog.sdp});
  }
  void is_busy(const LegId& leg) {
    const auto gone = dialogs.extract(leg);  // `leg` may be its key
    listener->leg_ended(gone.key(), ports::LegEndedBy::network, ports::kBusy);
  }
  void place(ports::PlacedCall call) override {
    dialogs[call.leg] = {false, false, call.sdp, true, false, {}, {}, false, false};
    news.push_back([this, leg = call.leg] { listener->callee_rings(leg); });
  }
  void confirm(LegId leg) override {
    if (const auto found = dialogs.find(leg); found != dialogs.end()) found->second.answered = true;
  }
  void proceed(LegId) override {}
  void ring(LegId) override {}
  void answer(LegId leg, std::string sdp) override {
    const auto found = dialogs.find(leg);
    if (found == dialogs.end() || found->second.bye) return;
    auto& dialog = found->second;
    dialog.answered = true;
    dialog.told = std::move(sdp);
    if (dialog.asked && !dialog.offered.empty())
      dialog.sdp = std::exchange(dialog.offered, {});
    else if (dialog.asks)  // each ACK, also of an answer said again, describes their voice
      news.push_back([this, leg] {
        if (!dialogs.contains(leg)) return;
        auto& says = dialogs[leg].sdp;
        if (says.empty()) says = "caller sdp";
        listener->voice_described(leg, {says, says, false});
      });
    news.push_back([this, leg] { listener->leg_confirmed(leg); });
  }
  void answer_text(LegId text, int status) override { texts_answered.emplace_back(text, status); }
  void refuse(LegId leg, int) override { hang_up(leg); }
  void hang_up(LegId leg) override {
    const auto found = dialogs.find(leg);
    if (found == dialogs.end()) return;
    const bool told = found->second.bye;
    dialogs.erase(found);
    if (!told) news.push_back([this, leg] { listener->leg_ended(leg, ports::LegEndedBy::us, "hang-up"); });
  }
  void probe(LegId) override {}
  ports::TelephonyHealth health() const override { return {true, "", 0, 0}; }
  std::vector<std::pair<LegId, int>> texts_answered;
};

/// The hand's steps and the process behind it: `held` outlives a restart of the server, the rest does not.
class FakeMedia final : public ports::Media {
 public:
  bool up = true;
  std::set<LegId> held;
  /// As the process has it: the browser's answer that a leg was joined with.
  std::map<LegId, std::string> bridged;
  /// Where its voice goes: what the other side described.
  std::map<LegId, std::string> follows;

  std::set<LegId> learned;  ///< whose source was said to be learned, by this server

  void learn_source(LegId leg) override { learned.insert(leg); }
  void open(LegId leg, std::string sdp, ports::Prompt, std::int64_t version, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, sdp, version]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      held.insert(leg);
      legs_[leg] = {};
      bridged.erase(leg);
      follow(leg, sdp);
      return "sdp " + std::to_string(version);
    });
  }
  void offer_out(LegId leg, ports::MediaDone done) override {
    open(leg, "", ports::Prompt::waiting, 1, std::move(done));
  }
  void answer_out(LegId leg, std::string sdp, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, sdp]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || !held.contains(leg)) return refuse("media_refused", "");
      follow(leg, sdp);
      return std::string();
    });
  }
  void announce(LegId leg, ports::Prompt, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg)) return refuse("media_refused", "");
      return std::string();
    });
  }
  void renegotiate(LegId leg, std::string sdp, std::int64_t version, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, sdp, version]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || !held.contains(leg)) return refuse("media_refused", "");
      if (legs_[leg].joined && legs_[leg].sdp.empty()) return refuse("stale", "");
      follow(leg, sdp);
      return "sdp " + std::to_string(version);
    });
  }
  void adopt(LegId leg, ports::AdoptedLeg as) override { legs_[leg] = {as.offer, as.joined, {}, as.caller_sdp}; }
  void open_loop(LegId leg, std::string sdp, ports::MediaDone done) override {
    open(leg, sdp, ports::Prompt::welcome, 1, std::move(done));
  }
  void offer_bridge(LegId leg, OfferId offer, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, offer]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || !held.contains(leg)) return refuse("media_refused", "");
      if (legs_[leg].joined) return refuse("stale", "");
      legs_[leg] = {offer, false, "offer " + std::to_string(++offers_), legs_[leg].caller};
      follow(leg, legs_[leg].caller);  // each offer says where the caller is
      bridged.erase(leg);
      return legs_[leg].sdp;
    });
  }
  void answer_bridge(LegId leg, OfferId offer, std::string answer, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, offer, answer]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || legs_[leg].offer != offer) return refuse("stale", "");
      if (legs_[leg].joined) return std::string();
      legs_[leg].joined = true;
      bridged[leg] = answer == "answer to " + legs_[leg].sdp ? answer : "deaf: " + answer;
      return std::string();
    });
  }
  void hold(LegId leg, OfferId offer, ports::Prompt, ports::MediaDone done) override {
    nothing(leg, offer, std::move(done));
  }
  void resume(LegId leg, OfferId offer, ports::MediaDone done) override { nothing(leg, offer, std::move(done)); }
  void unbridge(LegId leg, OfferId offer, ports::Prompt, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, offer]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || legs_[leg].offer != offer) return std::string();
      legs_[leg] = {{}, false, {}, legs_[leg].caller};
      bridged.erase(leg);
      return std::string();
    });
  }
  void relay(LegId leg, OfferId, LegId, OfferId, ports::MediaDone done) override {
    later(leg, std::move(done), [this]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      return std::string();
    });
  }
  void offer_listening(LegId leg, OfferId listener, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, listener]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || !legs_[leg].joined) return refuse("stale", "");
      listeners.erase(listener);
      return "listening " + std::to_string(++offers_);
    });
  }
  void answer_listening(LegId leg, OfferId listener, std::string answer, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, listener, answer]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!bridged.contains(leg)) return refuse("stale", "");
      listeners[listener] = leg;
      return std::string();
    });
  }
  void record(LegId leg, std::string, std::uint16_t, ports::CopyTold told, ports::MediaDone done) override {
    later(leg, std::move(done), [this, leg, told = std::move(told)]() -> Result<std::string> {
      if (!up) return refuse("media_down", "");
      if (!legs_.contains(leg) || !legs_[leg].joined) return refuse("stale", "");
      told(0, 40'000);
      told(1, 40'002);
      return std::string();
    });
  }
  void end_listening(LegId leg, OfferId listener) override {
    later(
        leg, [](const auto&) {},
        [this, listener]() -> Result<std::string> {
          listeners.erase(listener);
          return std::string();
        });
  }
  /// Who hears which leg, as the process has it.
  std::map<OfferId, LegId> listeners;
  /// What changes nothing that is looked at here.
  void nothing(LegId leg, OfferId offer, ports::MediaDone done) {
    later(leg, std::move(done), [this, leg, offer]() -> Result<std::string> {
      if (!legs_.contains(leg) || legs_[leg].offer != offer) return refuse("stale", "");
      return std::string();
    });
  }
  void close(LegId leg) override {
    learned.erase(leg);
    for (auto& step : std::exchange(steps_[leg], {})) step.done(refuse("media_refused", ""));
    held.erase(leg);
    bridged.erase(leg);
    legs_.erase(leg);
  }
  void list(std::function<void(Result<std::vector<ports::LegMedia>>)> done) override {
    if (!up) return done(refuse("media_down", ""));
    std::vector<ports::LegMedia> all;
    for (const auto& leg : held) all.push_back({leg, {}});
    done(all);
  }
  ports::MediaHealth health() const override { return {up, "", 0}; }

  /// One step of one leg, chosen by `pick`. False when nothing waits.
  bool step(std::size_t pick) {
    std::vector<LegId> waiting;
    for (const auto& [leg, steps] : steps_)
      if (!steps.empty()) waiting.push_back(leg);
    if (waiting.empty()) return false;
    auto& steps = steps_[waiting[pick % waiting.size()]];
    auto next = std::move(steps.front());
    steps.pop_front();
    next.done(next.run());
    return true;
  }
  /// The process dies: what waits is refused, what it held is gone.
  void die() {
    up = false;
    held.clear();
    bridged.clear();
    legs_.clear();
    learned.clear();
    while (step(0)) {
    }
  }
  /// The server died: its questions are nobody's.
  void forget_server() {
    steps_.clear();
    legs_.clear();
    learned.clear();
  }

 private:
  struct Local {
    OfferId offer;
    bool joined = false;
    std::string sdp;
    std::string caller;
  };
  struct Step {
    ports::MediaDone done;
    std::function<Result<std::string>()> run;
  };
  void follow(const LegId& leg, const std::string& sdp) { follows[leg] = legs_[leg].caller = sdp; }
  void later(const LegId& leg, ports::MediaDone done, std::function<Result<std::string>()> run) {
    steps_[leg].push_back({std::move(done), std::move(run)});
  }

  std::map<LegId, std::deque<Step>> steps_;
  std::map<LegId, Local> legs_;  ///< as the hand has them
  int offers_ = 0;
};

}  // namespace sigap
