// From a request to its reply: pages, sign-in, health, and who may open a WebSocket.
// Invariants: whoever changes something says a right Origin; a reply is given exactly once, on the io thread, the
// gateway's silence included; a token is only ever in the cookie;
// nobody is sent to a host that is not ours. Sources: RFC 9110, RFC 6265bis (4.1.3.2 __Host-), RFC 6797 (HSTS), OWASP
// ASVS 4.0 3.4, 4.2.2.
#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

#include "adapters/web/fair_queue.h"
#include "adapters/web/http_text.h"
#include "adapters/web/live_sockets.h"
#include "adapters/web/site.h"
#include "adapters/web/web_config.h"

namespace sigap::web {

class Router {
 public:
  using Reply = std::function<void(HttpReply)>;

  Router(const WebConfig& config, ports::WebGateway& gateway, boost::asio::io_context& io,
         std::shared_ptr<Mailbox> mailbox);

  void answer(const HttpRequest& request, const Reply& reply);
  /// Of who asks by plain HTTP where HTTPS is spoken: sent there, to the same name and page. With a local authority the
  /// way to trust it is shown first.
  HttpReply lead_on(const HttpRequest& request);
  /// Before the first request: where HTTPS is spoken.
  void set_secure_port(std::uint16_t port) { secure_port_ = port; }
  /// Browsers may be told never to come by plain HTTP again.
  bool strictly_secure() const { return config_.secure_cookie && config_.authority.empty(); }
  /// Somebody has signed in from there before.
  bool knows(const std::string& address) { return limiter_.knows(address); }
  static bool is_socket_path(const std::string& target);
  static bool is_photograph(std::string_view method, std::string_view target);
  /// Room for a body as large as a photograph, until it is let go: of a page that calls, while not too many are under
  /// way. Null: there is none. Before the body is read.
  std::shared_ptr<void> photograph_room(const std::string& call_token);
  /// Of a request for a socket path: let through, or refused with a reply.
  std::variant<SocketPass, HttpReply> admit(const HttpRequest& request) const;

 private:
  void sign_in(const HttpRequest& request, const Reply& reply);
  /// A challenge for who signs in by a passkey alone.
  void offer_passkey(const HttpRequest& request, const Reply& reply);
  void second_step(const HttpRequest& request, const Reply& reply);
  /// Why what is to sign somebody in is not looked at.
  std::optional<HttpReply> not_a_sign_in(const HttpRequest& request) const;
  /// Lets as many strangers' sign-ins through as are worked on at once.
  void next_sign_in();
  /// `login`: for whom it was counted.
  HttpReply signed_in(const HttpRequest& request, const std::string& login, const ports::SignInAnswer& answer);
  HttpReply sign_out(const HttpRequest& request);
  void photograph(const HttpRequest& request, const Reply& reply);
  void show_photograph(const HttpRequest& request, const Reply& reply);
  void sound(const HttpRequest& request, const Reply& reply);
  void health(bool all, const Reply& reply);
  void metrics(const Reply& reply);
  void client_asks(const HttpRequest& request, const Reply& reply);
  HttpReply page(const HttpRequest& request);
  HttpReply found_page(const HttpRequest& request, std::string_view path);
  HttpReply authority(const HttpRequest& request);
  bool host_right(const HttpRequest& request) const;
  bool origin_right(const HttpRequest& request) const;
  std::string cookie(const std::string& token, std::int64_t max_age_s) const;
  std::string cookie(std::string_view name, const std::string& token, std::int64_t max_age_s) const;
  /// The secret that this browser keeps, by which it is known again; empty: it has none.
  std::string device_of(std::string_view cookies) const;
  std::string token_of(std::string_view cookies) const;
  Instant now() const;

  const WebConfig& config_;
  ports::WebGateway& gateway_;
  boost::asio::io_context& io_;
  std::shared_ptr<Mailbox> mailbox_;
  Site site_;
  std::uint16_t secure_port_ = 0;
  LoginLimiter limiter_;
  struct SignInWaiting {
    std::function<bool()> waited_for;  ///< somebody still wants the answer
    std::function<void()> begin;
    std::function<void()> give_up;
  };
  FairQueue<SignInWaiting> sign_ins_;
  std::size_t photographs_ = 0;  ///< under way
  int begun_ = 0;                ///< of strangers, not answered yet
};

/// No room: 503 with Retry-After.
HttpReply full();
/// {"code":"..."}, never to be kept by a cache.
HttpReply refusal(int status, const std::string& code);

}  // namespace sigap::web
