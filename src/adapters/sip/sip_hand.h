// The SIP hand on sofia-sip's transaction layer (nta): one thread, trunks only, a leg a caller.
// nta and not nua, because a dialog can be rebuilt from a stored LegRecord after a restart.
// Sources: RFC 3261; sofia-sip documentation of nta; docs/adr/ on the choice of layer.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sip/trunk_list.h"
#include "base/result.h"
#include "ports/telephony.h"

namespace sigap::sip {

/// SIP over TLS without an edge in front. Who connects shows a certificate that `authority` signed, or is not heard.
struct SipTls {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;             ///< 0 = any free one
  std::filesystem::path certificate;  ///< PEM: ours first, then who signed it; read at the start alone
  std::filesystem::path key;
  std::filesystem::path authority;  ///< PEM: who signs the certificates of trunks
};

struct SipConfig {
  std::string address = "127.0.0.1";  ///< to listen on, UDP and TCP
  std::uint16_t port = 0;             ///< 0 = any free one
  std::vector<Trunk> trunks;
  std::string user_agent = "Sigap";
  std::size_t legs_max = 20'000;  ///< beyond: 503 without Retry-After, counted
  /// Our requests within restored dialogs are numbered from here: above whatever earlier processes used.
  std::uint32_t first_cseq = 0;
  std::vector<std::string> edges = {};  ///< addresses of a proxy in front of us, believed when it names the trunk
  bool media_v6 = false;                ///< callers who have IPv6 alone can be answered
  Duration report_every = seconds(60);  ///< of who was turned away at the door
  std::vector<std::string> own_addresses = {};  ///< of this machine: no trunk has sound sent there
  Duration stranger_stays = seconds(5);         ///< a connection from an address of nobody (stranger_connections.h)
  std::optional<SipTls> tls = {};
  /// Who was refused by TLS and why, on the hand's thread; at most one in a second.
  std::function<void(const std::string&)> tell_of_tls = {};
};

class Agent;

class SipHand final : public ports::Telephony {
 public:
  SipHand();
  ~SipHand() override;

  /// Binds and starts the thread. Refusals: "invalid" (a trunk's address), "io" (the address cannot be bound).
  /// Dialogs that earlier processes began are gone on with before anything is heard from the network; those that cannot
  /// be read are told as ended. Yields the restored.
  Result<std::vector<ports::RestoredLeg>> start(const SipConfig& config, ports::TelephonyListener& listener,
                                                std::vector<ports::LegRecord> records = {});
  /// Ends the thread; legs are left as they are.
  void stop();
  std::uint16_t port() const;
  std::uint16_t tls_port() const;

  void proceed(LegId leg) override;
  void ring(LegId leg) override;
  void answer(LegId leg, std::string sdp) override;
  void decline_offer(LegId leg, int status) override;
  void answer_text(LegId text, int status) override;
  void refuse(LegId leg, int status) override;
  void place(ports::PlacedCall call) override;
  void confirm(LegId leg) override;
  void hang_up(LegId leg) override;
  void probe(LegId leg) override;
  ports::TelephonyHealth health() const override;
  /// How many server transactions the stack ever had: what a flood may not raise. While it runs; waits for its thread.
  std::int64_t transactions() const;

 private:
  struct Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace sigap::sip
