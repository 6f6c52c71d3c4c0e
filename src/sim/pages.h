// Citizens' pages that call, by the hand that serves them (runtime/voice/page_calls) as it is. Pages outlive a process
// of the server; its sockets do not. They lose their socket, are loaded anew, are opened twice, and go for good.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "runtime/voice/page_calls.h"
#include "sim/stage.h"

namespace sigap::sim {

class Pages final : private ports::TelephonyListener {
 public:
  static constexpr std::size_t kCalls = 6;      ///< at once: fewer than want to call
  static constexpr std::size_t kOfAddress = 3;  ///< ... of one address, of which there are four

  explicit Pages(Stage& stage) : stage_(stage) {}

  /// From now until the scenario's end.
  void begin();
  /// A new process: it knows the calls of the journal, and the pages find it.
  void started();
  /// Whether the order was for the leg of a page, and is done.
  bool carry_out(const core::Effect& effect);
  void event(const core::Event& event);
  void everybody_hangs_up();
  /// A page whose call was accepted and is not in the state, or nothing.
  std::string missing() const;

 private:
  struct Page {
    std::string secret, token;
    StationCode station;
    LegId leg;
    std::int64_t offer = 0;
    bool offered = false;  ///< and not answered
    bool accepted = false, talked = false, ends = false;
    ports::ConnectionId connection = 0;   ///< 0: away
    std::int64_t lines = 0, written = 0;  ///< that they want to write, and that stand in the record
    std::int64_t call = 0;                ///< counts: what was planned for an earlier one is not done
  };
  using Who = std::int64_t;

  void next_page();
  void each_half_second();
  void dials(Who who);
  void connects(Who who);
  void loses(Who who);
  void goes_wrong(Who who);
  void opened_twice(Who who);
  void says(Who who, core::ClientMessage message);
  void hears(ports::ConnectionId connection, const core::ServerMessage& message);
  void answered(Who who, const core::PageAnswer& answer);
  void offers_anew(Who who);
  void hangs_up(Who who);
  /// Of each making of a voice path, another one: a page is to notice.
  std::string fresh_sdp() { return "sdp " + std::to_string(++voices_); }
  /// The next line, again until it stands in the record, as web/src/core/lines.ts.
  void writes(Who who);
  void answers(CallId call, std::int64_t number);
  void over(Who who);
  void let_go();
  void is_over(const LegId& leg);
  core::PageCall call_of(const Page& page) const;
  /// Unless the page has another call by then, or none.
  void later(Who who, Duration time, std::function<void()> then);
  bool served() const { return hand_ && stage_.server.up() && life_ == stage_.server.lives(); }

  void call_arrived(ports::IncomingCall call) override;
  void leg_confirmed(LegId leg) override;
  void voice_described(LegId leg, ports::VoiceDescription description) override;
  void key_pressed(LegId leg, std::string digit) override;
  void callee_rings(LegId) override {}
  void callee_answered(LegId, ports::CalleeAnswer) override {}
  void caller_moved(LegId leg, ports::CallerPlace place) override;
  void text_arrived(ports::IncomingText) override {}
  void door_reported(ports::DoorReport report) override;
  void leg_ended(LegId leg, ports::LegEndedBy by, std::string reason) override;

  Stage& stage_;
  std::unique_ptr<runtime::PageCalls> hand_;
  std::int64_t life_ = 0;  ///< of the server that `hand_` is part of
  std::map<Who, Page> pages_;
  std::map<ports::ConnectionId, Who> sockets_;
  std::map<LegId, ports::LegRecord> records_;  ///< as the journal would have them
  std::map<CallId, std::int64_t> answers_;     ///< of operators, to who writes
  std::set<LegId> arrived_, ending_;           ///< in the journal; told to have ended
  Who calling_ = 0;                            ///< whose PageCall is being heard
  bool other_window_ = false;                  ///< ... of a window that is none of the page's call
  std::int64_t count_ = 0, connections_ = 0, legs_ = 0, tokens_ = 0, voices_ = 0;
  Duration listened_;
};

}  // namespace sigap::sim
