// The part of the SIP hand that lives on its thread: nta, the legs, and who may speak to us.
//   agent_door.cpp      who is heard at all
//   agent.cpp           what comes in, and our answers
//   agent_offers.cpp    later offers of the other side, and answers to ours
//   agent_outgoing.cpp  calls that we place
//   agent_requests.cpp  what we ask within a dialog: BYE, re-INVITE, OPTIONS
//   agent_places.cpp    a caller's place that comes later
//   agent_texts.cpp     texts that a trunk brings
//   agent_restore.cpp   dialogs that an earlier process began
//   agent_tls.cpp       connections by TLS, and whose they are
#pragma once
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/sip/leg.h"
#include "adapters/sip/sip_hand.h"
#include "adapters/sip/stranger_connections.h"
#include "sdp/voice.h"

using nta_agent_t = struct nta_agent_s;
using su_root_t = struct su_root_s;
using su_timer_t = struct su_timer_s;
struct sip_s;
struct msg_s;
struct msg_mclass_s;

namespace sigap::sip {

inline constexpr char kAllow[] = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, PRACK, MESSAGE";

LegId fresh_leg_id();

class Agent {
 public:
  Agent(SipConfig config, TrunkList trunks, ports::TelephonyListener& listener);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  Result<bool> open(su_root_t* root);
  std::vector<ports::RestoredLeg> restore(const std::vector<ports::LegRecord>& records);
  std::uint16_t port() const { return port_; }
  std::uint16_t tls_port() const { return tls_port_; }

  void proceed(const LegId& leg);
  void ring(const LegId& leg);
  void answer(const LegId& leg, const std::string& sdp);
  void decline_offer(const LegId& leg, int status);
  void refuse(const LegId& leg, int status);
  void answer_text(const LegId& text, int status);
  void place(const ports::PlacedCall& call);
  void confirm(const LegId& leg);
  void hang_up(const LegId& leg);
  void probe(const LegId& leg);

  // Read by other threads.
  std::atomic<std::int64_t> legs{0};
  std::atomic<std::int64_t> refused{0};
  std::atomic<std::int64_t> strangers{0};  ///< messages of who is no trunk, and their connections that were ended
  std::atomic<std::int64_t> intruders{0};  ///< requests within a dialog that is not theirs
  /// How many server transactions nta ever had.
  std::int64_t transactions() const;

  /// A line of what the stack notes of its connections.
  void tls_noted(std::string_view line);
  /// Connections by TLS that were refused, and why the last one was.
  std::pair<std::int64_t, std::string> tls_refusals() const;
  /// When what we show by TLS runs out; nothing: there is no TLS.
  std::optional<Instant> tls_until() const { return tls_until_; }

  /// What becomes of a message whose headers have been read. `not_heard`: as if it had not come; `stranger`: and
  /// nothing more is read from where it came.
  enum class Look { come_in, not_heard, stranger };
  Look look(msg_s* message, sip_s& sip);

  // nta's callbacks.
  /// A request of no dialog and no transaction.
  void out_of_dialog(msg_s* message, sip_s& sip);
  void report();
  void end_stranger_connections();
  int in_dialog(Leg& leg, nta_incoming_t* request, const sip_s& sip);
  void ack_or_cancel(Leg& leg, nta_incoming_t* request, const sip_s* sip);
  void offer_confirmed(Leg& leg, nta_incoming_t* request, const sip_s* sip);
  void invite_answered(Leg& leg, nta_outgoing_t* invite, const sip_s* sip);
  void bye_answered(Leg& leg, nta_outgoing_t* bye, int status);
  void reinvite_answered(Leg& leg, nta_outgoing_t* reinvite, const sip_s* sip);
  void probe_answered(Leg& leg, nta_outgoing_t* inquiry, int status);
  /// True when the message was used up.
  bool stray_answer(msg_s* message, const sip_s& sip);
  void try_again();
  void out_of_patience(Leg& leg);
  /// The place that was held back is told.
  void tell_place(Leg& leg);

 private:
  Result<bool> open_tls();
  /// Whether the connection from there is by TLS, with a certificate that was checked.
  bool shown_something(const sockaddr& source) const;
  /// The names in the certificate of the connection by which this has just come.
  std::vector<std::string_view> names_shown(msg_s* message) const;
  /// Of a trunk that is known by its certificate, each request is.
  bool shows_its_name(const Leg& leg, nta_incoming_t* request, const sip_s& sip) const;
  void refused_by_name(const std::vector<std::string_view>& shown);
  void tls_refused(const std::string& why);
  const msg_mclass_s* stand_at_the_door();
  void leave_the_door();
  void watch_connections();
  /// The dialog that a request says to be in, or that a CANCEL would end.
  const Leg* dialog_of(const sip_s& sip) const;
  /// False: it came by no door, and is not to be heard.
  bool looked_at(msg_s* message, sip_s& sip);
  bool may_answer_stranger();
  void invite(msg_s* message, sip_s& sip, const TrunkName& trunk);
  /// Answered without a transaction: whoever lost the answer asks again (RFC 3261 8.2.7).
  void refuse_at_once(msg_s* message, const TrunkName& trunk, int status, const char* phrase);
  nta_incoming_t* transaction_of(msg_s* message, sip_s& sip);
  void text(nta_incoming_t* request, const sip_s& sip, const TrunkName& trunk);
  void turned_away_from(const sockaddr& source);
  void count_refusal(const TrunkName& trunk, int status);
  void report_soon();
  /// sofia will answer it with 400: the caller stands in the journal where their number can be read.
  void note_if_broken(msg_s* message, const sip_s& sip, const TrunkName& trunk);
  /// Why this call cannot be carried; what explains it is noted at the leg.
  std::optional<ports::TurnedAway> objection(const sip_s& sip, const std::string& sdp, Leg& leg) const;
  /// Their voice, where we carry it and sound may go to where it is.
  Result<sdp::Voice> voice_in(const std::string& sdp, const TrunkName& trunk) const;
  /// ACK, and what requires an extension of us that we have not: done with.
  bool turned_away(nta_incoming_t* request, const sip_s& sip);
  int refuse_early(nta_incoming_t* request, int status, const char* phrase);
  int refuse_for_now(nta_incoming_t* request, int status, const char* phrase);
  /// A re-INVITE, or an UPDATE.
  int offered(Leg& leg, nta_incoming_t* request, const sip_s& sip);
  void answer_offer(Leg& leg);
  /// Their answer to an offer of ours, in an ACK or in a 200.
  void their_answer(Leg& leg, const sip_s& sip);
  /// Lets go of the request that carried their last offer.
  void drop_offer(Leg& leg);
  int informed(Leg& leg, nta_incoming_t* request, const sip_s& sip);
  /// Where our requests go from now on (RFC 3261 12.2: a target refresh).
  static void follow(Leg& leg, const sip_s& sip);
  /// A request within the dialog may say where the caller is now.
  void place_told(Leg& leg, const sip_s& sip);
  void send_answer(Leg& leg);
  void confirm(Leg& leg);
  /// Whoever hung up before the answer is told: CANCEL, or ACK and BYE when they picked up meanwhile.
  void give_up(Leg& leg);
  void picked_up(Leg& leg, nta_outgoing_t* invite, const sip_s& sip);
  void acknowledge_answer(Leg& leg);
  bool restore_placed(const ports::LegRecord& record, std::string& caller_sdp);
  /// False when it cannot be said: a Contact that nothing can be sent to.
  bool say_bye(Leg& leg);
  /// The leg has ended when its BYE cannot be said.
  void bye(Leg& leg);
  void reinvite(Leg& leg);
  void acknowledge(Leg& leg, std::uint32_t cseq, const char* branch);
  /// A request of ours is over.
  void done_with(Leg& leg, nta_outgoing_t* request);
  bool restore(const ports::LegRecord& record, std::string& caller_sdp);
  /// The dialog is over: the listener hears of it, and the leg is no more.
  void end(Leg& leg, ports::LegEndedBy by, const char* reason);
  void drop(Leg& leg);
  Leg* find(const LegId& leg);
  std::string contact(Transport over) const;
  /// The number before our first request within a dialog.
  std::string first_cseq() const { return std::to_string(config_.first_cseq) + " OPTIONS"; }

  SipConfig config_;
  TrunkList trunks_;
  ports::TelephonyListener& listener_;
  su_root_t* root_ = nullptr;
  nta_agent_t* nta_ = nullptr;
  std::uint16_t port_ = 0;
  std::map<LegId, std::unique_ptr<Leg>> legs_;
  std::set<LegId> untold_;  ///< whose re-INVITE is to be tried again
  su_timer_t* again_ = nullptr;
  std::chrono::steady_clock::time_point answers_since_{};  ///< to strangers
  int answers_ = 0;
  ports::DoorReport report_;
  std::chrono::steady_clock::time_point report_since_{};
  su_timer_t* report_timer_ = nullptr;
  bool report_waits_ = false;
  std::unique_ptr<StrangerConnections> stranger_connections_;
  std::unique_ptr<StrangerConnections> strangers_by_tls_;
  su_timer_t* connections_timer_ = nullptr;
  std::uint16_t tls_port_ = 0;
  std::optional<Instant> tls_until_;
  std::string tls_subject_, tls_reason_;  ///< of the certificate that is being looked at, what is wrong with it
  mutable std::mutex tls_mutex_;          ///< for what other threads read:
  std::int64_t tls_refused_ = 0;
  std::string tls_why_;
  std::chrono::steady_clock::time_point tls_told_{};
  unsigned bad_headers_ = 0;  ///< those for which nta refuses a request
  std::chrono::steady_clock::time_point broken_since_{};
  std::deque<std::string> broken_calls_;    ///< Call-IDs of the last broken INVITEs
  std::map<LegId, nta_incoming_t*> texts_;  ///< that wait for the journal
};

int on_leg_request(void* magic, nta_leg_t* dialog, nta_incoming_t* request, const sip_s* sip);
int on_ack_or_cancel(void* magic, nta_incoming_t* request, const sip_s* sip);

}  // namespace sigap::sip
