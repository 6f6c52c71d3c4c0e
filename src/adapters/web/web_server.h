// The web hand: HTTP/1.1 and WebSocket, plain or by TLS, on one io thread of its own; pages, sign-in, and texts to and
// from browsers.
//   accept -> Admission -> HttpSession -> Router -> a page | the gateway | WsSession <-> LiveSockets <-> the gateway
// Invariants: whatever a stranger can fill has a limit (WebLimits); tokens and passwords are in no log, URL or error.
// Sources: RFC 9110, RFC 9112 (HTTP/1.1), RFC 6455 (WebSocket), RFC 6265bis (cookies), OWASP ASVS 4.0.
#pragma once
#include <memory>
#include <optional>

#include "adapters/web/live_sockets.h"
#include "adapters/web/web_config.h"
#include "base/result.h"
#include "ports/web.h"

namespace sigap::web {

class WebServer final : public ports::Web {
 public:
  WebServer(WebConfig config, ports::WebGateway& gateway);
  /// Stops.
  ~WebServer() override;

  /// Refusals: "invalid" (an address, the folder of pages), "io" (the address cannot be bound).
  Result<bool> start();
  /// Says goodbye to every socket; when it returns the gateway has heard disconnected() for each and nothing follows.
  void stop();
  std::uint16_t bound_port() const;
  /// Where plain HTTP leads to HTTPS; 0: nowhere.
  std::uint16_t redirecting_port() const;
  /// Any thread, after start().
  std::optional<ports::CertificateHealth> certificate() const;
  /// Before start(): who has signed in from where, oldest first.
  void remember(std::vector<ports::KnownSignIn> known) { config_.known_sign_ins = std::move(known); }

  void send(ports::ConnectionId connection, std::string text) override;
  void close(ports::ConnectionId connection) override;
  void come_round(std::function<void()> here) override;

 private:
  struct Machine;
  WebConfig config_;
  ports::WebGateway& gateway_;
  LiveSockets sockets_;
  std::shared_ptr<Mailbox> mailbox_;            ///< the machine's, for other threads
  std::unique_ptr<Certificates> certificates_;  ///< null: TLS is not ours
  std::unique_ptr<Machine> machine_;
};

}  // namespace sigap::web
