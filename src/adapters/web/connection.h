// What a connection needs of the server around it. All of it outlives every connection.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "adapters/web/admission.h"
#include "adapters/web/live_sockets.h"
#include "adapters/web/router.h"
#include "adapters/web/web_config.h"

namespace sigap::web {

struct Surroundings {
  const WebConfig& config;
  ports::WebGateway& gateway;
  Router& router;
  LiveSockets& sockets;
};

/// An address as limits count it: IPv4, or the /64 of an IPv6 one (a customer has a whole /64).
std::string counted_address(const boost::asio::ip::address& address);

/// Speaks HTTP on a new connection until it ends or becomes a WebSocket.
void serve_http(boost::asio::ip::tcp::socket socket, Surroundings around, std::shared_ptr<Ticket> ticket,
                bool behind_proxy);

}  // namespace sigap::web
