// What the sessions of a web server share. Lives on its thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <memory>
#include <string>

#include "adapters/web/login_limiter.h"
#include "adapters/web/static_files.h"
#include "adapters/web/web_server.h"

namespace sigap::web {

struct Upgrade;

class WsSession {
 public:
  virtual ~WsSession() = default;
  virtual void send(std::string text) = 0;
  /// After what was sent before.
  virtual void close() = 0;
};

struct House {
  House(WebConfig c, ports::WebGateway& g) : config(std::move(c)), gateway(g) {}

  WebConfig config;
  ports::WebGateway& gateway;
  boost::asio::io_context io{1};
  StaticFiles files;
  LoginLimiter limiter;
  std::map<ports::ConnectionId, std::weak_ptr<WsSession>> sockets;
  ports::ConnectionId next_connection = 1;
  std::size_t connections = 0;
  std::map<std::string, std::size_t> per_address;

  /// Counts a connection for as long as it lives; null when there are too many.
  std::shared_ptr<void> admit(const std::string& address);
  /// Whether a request with this Origin may act: our own host, or one that was allowed.
  bool origin_allowed(const std::string& origin, const std::string& host) const;
};

/// Milliseconds since the epoch.
Instant clock_now();

void run_http(House& house, boost::asio::ip::tcp::socket socket, std::shared_ptr<void> place);
void run_websocket(House& house, boost::asio::ip::tcp::socket socket, std::shared_ptr<void> place,
                   std::shared_ptr<Upgrade> upgrade, ports::Channel channel, std::string token);

}  // namespace sigap::web
