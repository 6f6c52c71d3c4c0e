// The part of the SIP hand that lives on its thread: nta, the legs, and who may speak to us.
#pragma once
#include <sofia-sip/su_wait.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "adapters/sip/leg.h"
#include "adapters/sip/sip_hand.h"

typedef struct nta_agent_s nta_agent_t;
typedef struct nta_outgoing_s nta_outgoing_t;
struct sip_s;

namespace sigap::sip {

class Agent {
 public:
  Agent(const SipConfig& config, TrunkList trunks, ports::TelephonyListener& listener);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  Result<bool> open(su_root_t* root);
  std::uint16_t port() const { return port_; }

  void ring(const LegId& leg);
  void answer(const LegId& leg, const std::string& sdp);
  void refuse(const LegId& leg, int status);
  void hang_up(const LegId& leg);

  // Read by other threads.
  std::atomic<std::int64_t> legs{0};
  std::atomic<std::int64_t> refused{0};

  // nta's callbacks.
  int out_of_dialog(nta_incoming_t* request, const sip_s& sip);
  int in_dialog(Leg& leg, nta_incoming_t* request, const sip_s& sip);
  void ack_or_cancel(Leg& leg, nta_incoming_t* request, const sip_s* sip);
  void bye_answered(Leg& leg, nta_outgoing_t* bye, int status);

 private:
  int invite(nta_incoming_t* request, const sip_s& sip, const TrunkName& trunk);
  /// Why this request is turned away before anything else is looked at: a status, or 0.
  int turned_away(nta_incoming_t* request, const sip_s& sip);
  int refuse_early(nta_incoming_t* request, int status, const char* phrase);
  void repeat_answer(Leg& leg, nta_incoming_t* request);
  void bye(Leg& leg);
  void ended(Leg& leg, ports::LegEndedBy by, const char* reason);
  void drop(Leg& leg);
  Leg* find(const LegId& leg);
  std::string contact(bool tcp) const;

  SipConfig config_;
  TrunkList trunks_;
  ports::TelephonyListener& listener_;
  su_root_t* root_ = nullptr;
  nta_agent_t* nta_ = nullptr;
  nta_leg_t* default_leg_ = nullptr;
  std::uint16_t port_ = 0;
  std::map<LegId, std::unique_ptr<Leg>> legs_;
};

}  // namespace sigap::sip
