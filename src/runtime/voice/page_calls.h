// A hand behind ports::Telephony whose telephones are citizens' pages: a socket brings the call (WebRTC offer,
// position, keys) and is told what becomes of it; the voice goes between the browser and the media process.
//   PageCall -> call_arrived -> journal -> proceed -> PageStatus     answer -> PageAnswer -> PageVoice -> leg_confirmed
//   the socket went -> PageBack within kGrace -> the same call       else leg_ended, as if the caller had hung up
// Invariants: a call is whose token it is, of the page's own making and kept here as its hash alone; a call that is
// said twice is one; a page has one call at a time; calls of pages are at most calls_max, so that a flood of them
// leaves the media and the legs to telephones, and whoever is beyond is told so at once, before the journal. No address
// of a client is written anywhere. Core thread only. Limits: own.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/input.h"
#include "core/views/wire.h"
#include "ports/telephony.h"
#include "ports/web.h"
#include "runtime/voice/page_shares.h"
#include "runtime/voice/page_signalling.h"

namespace sigap::runtime {

struct PageCallsConfig {
  std::size_t calls_max = 200;        ///< at once; 0: none is taken
  std::size_t calls_of_address = 32;  ///< at once: a mobile network's many telephones share one
  std::size_t calls_of_address_a_minute = 60;
  Duration relay_lasts = seconds(3600);  ///< for which what Ways::relay gives is good
};

class PageCalls final : public ports::Telephony {
 public:
  struct Ways {
    std::function<void(ports::ConnectionId, const core::ServerMessage&)> tell;
    std::function<void(ports::ConnectionId)> close;
    std::function<std::string()> fresh;  ///< 32 hex digits
    std::function<Instant()> now;
    std::function<std::optional<core::PageStatus>(const LegId&)> status;
    std::function<Instant(const LegId&)> heard;  ///< when the media process last heard them, as far as it was asked
    std::function<core::Relay()> relay;          ///< without urls: there is none
    std::function<std::vector<core::LineCard>(const LegId&)> lines;  ///< of what is written in their call
    /// To the core; `refused` hears why not, if so.
    std::function<void(core::Input, std::function<void(const Refusal&)> refused)> submit;
  };

  explicit PageCalls(PageCallsConfig config)
      : config_(config), shares_({config.calls_max, config.calls_of_address, config.calls_of_address_a_minute}) {}
  /// Before anything else.
  void join(Ways ways, ports::TelephonyListener& listener);
  /// Of an earlier process: they go on when their page is back. What cannot be read is told as ended.
  std::vector<ports::RestoredLeg> restore(const std::vector<ports::LegRecord>& records);

  /// Whether a call has this token, also one that is over and kept. Any thread.
  bool knows(const std::string& token) const;
  /// The call that goes on under this token; empty: none. Core thread, as all else.
  LegId leg_of(const std::string& token) const;
  bool has(ports::ConnectionId connection) const { return sockets_.contains(connection); }
  void connected(ports::ConnectionId connection, std::string address);
  void hear(ports::ConnectionId connection, const core::ClientMessage& message);
  void disconnected(ports::ConnectionId connection);
  /// The state of this leg's call may be another one.
  void changed(const LegId& leg);
  /// `listened`: for how long pages could be heard so far.
  void tick(Duration listened);
  /// False: the page is not there. It hears it when it comes back, as long as it is known.
  bool tell_text(const LegId& leg, std::string text);

  void proceed(LegId leg) override;
  void ring(LegId leg) override { proceed(std::move(leg)); }
  void answer(LegId leg, std::string sdp) override;
  void decline_offer(LegId leg, int status) override;
  void answer_text(LegId, int) override {}
  void refuse(LegId leg, int status) override;
  void place(ports::PlacedCall) override {}
  void confirm(LegId) override {}
  void hang_up(LegId leg) override;
  void probe(LegId) override {}  // a page that is gone is noticed by itself
  ports::TelephonyHealth health() const override;

  static constexpr Duration kSilence = seconds(5);  ///< a page that says nothing, as for a console's
  static constexpr Duration kGrace = seconds(15);   ///< for a page that went, as for a console's
  static constexpr int kKeysPerSecond = 10;         ///< more than anybody presses
  /// Of a conversation whose page is away while its voice is heard: sockets stall where voices pass.
  static constexpr Duration kGraceTalking = seconds(120);
  static constexpr Duration kHeardLately = seconds(30);       ///< the media process is asked each 15 s
  static constexpr Duration kStale = milliseconds(1500);      ///< a page that beats each second and did not
  static constexpr Duration kWithout = seconds(10);           ///< for a socket to say what it wants
  static constexpr Duration kOfferEvery = milliseconds(300);  ///< each makes a voice path at the media process
  /// The pause grows with each offer, up to this, until there was none for kOfferCalm. Own.
  static constexpr Duration kOfferEveryMost = seconds(5);
  static constexpr Duration kOfferCalm = seconds(30);
  static constexpr Duration kKept = seconds(1800);  ///< of a call that is over: its page may come back for a message
  static constexpr std::size_t kKeptMax = 1'000;
  static constexpr Duration kReportEvery = seconds(60);

 private:
  struct Socket {
    std::string address;
    LegId leg;
    Instant heard, came;  ///< `listened_` then
    Instant relay_told;
  };
  struct Call {
    std::string token_hash, page_hash;
    std::string address;
    ports::ConnectionId connection = 0;  ///< 0: the page is away
    Instant gone;                        ///< ... since then, by `listened_`
    bool accepted = false;               ///< in the journal
    std::string sdp;                     ///< our answer; empty: none yet
    std::string their_sdp;               ///< what it answers
    std::optional<std::int64_t> offer;   ///< waits for an answer
    std::string offered_sdp;
    Instant offered_at;
    Duration offer_pause = kOfferEvery;
    bool voiced = false;  ///< the page made its path of the latest answer, and this was told
    std::optional<core::PageStatus> shown;
    std::size_t lines_told = 0;  ///< of what is written, to the page that is there
    bool answered = false;       ///< a person was on
    bool number = false;
    std::optional<Location> place;  ///< not told yet
    Instant place_told;
    Instant keys_since;
    int keys = 0;  ///< in the second that began then
    bool ended = false, by_page = false;
    bool over = false;
    Instant over_since;  ///< `listened_` then
    std::string message;
  };

  void tell(const Call& call, const core::ServerMessage& message) const;
  void tell_lines(Call& call, const LegId& leg) const;
  void writes(ports::ConnectionId connection, const core::PageText& said);
  void refuse_socket(ports::ConnectionId connection, const char* code, const std::string& field,
                     const std::string& message) const;
  /// And closes the socket of who has no call: each try costs one, so nobody can say it over and over.
  void turn_away(ports::ConnectionId connection, const Refusal& why);
  void begins(ports::ConnectionId connection, const core::PageCall& said);
  /// Why this call is not taken.
  std::optional<Refusal> objection(ports::ConnectionId connection, const core::PageCall& said);
  std::optional<Refusal> no_room(const Socket& socket);
  bool away_too_long(const Call& call, const LegId& leg) const;
  void comes_back(ports::ConnectionId connection, const core::PageBack& said);
  void offers(ports::ConnectionId connection, Call& call, const LegId& leg, std::int64_t offer, const std::string& sdp);
  void moves(Call& call, const LegId& leg, const Location& location);
  void tell_place(Call& call, const LegId& leg);
  bool key_counts(Call& call) const;
  void attach(ports::ConnectionId connection, const LegId& leg);
  void tell_relay(ports::ConnectionId connection, Socket& socket);
  void lose(ports::ConnectionId connection);
  void end(Call& call, const LegId& leg, ports::LegEndedBy by, const char* reason);
  void name_token(const std::string& hash, const LegId& leg);
  void forget_old();
  void report();
  Call* find(const LegId& leg);
  Call* live(ports::ConnectionId connection, LegId& leg);
  std::size_t live_count() const;

  PageCallsConfig config_;
  Ways ways_;
  ports::TelephonyListener* listener_ = nullptr;
  std::map<ports::ConnectionId, Socket> sockets_;
  std::map<LegId, Call> calls_;
  mutable std::mutex tokens_mutex_;        ///< for who looks from another thread; written on the core's alone
  std::map<std::string, LegId> of_token_;  ///< by its hash
  PageShares shares_;
  Instant listened_;  ///< a clock that stands still while pages cannot be heard
  std::int64_t refused_ = 0, unreported_ = 0;
  Instant reported_;
};

}  // namespace sigap::runtime
