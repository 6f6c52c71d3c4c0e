// What a connection needs of the server around it. All of it outlives every connection.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "adapters/web/admission.h"
#include "adapters/web/forwarded.h"
#include "adapters/web/handshake_budget.h"
#include "adapters/web/live_sockets.h"
#include "adapters/web/router.h"
#include "adapters/web/unnamed_proxies.h"
#include "adapters/web/web_config.h"

namespace sigap::web {

struct Surroundings {
  const WebConfig& config;
  const AddressBlocks& proxies;
  const AddressBlocks& observers;
  ports::WebGateway& gateway;
  Router& router;
  LiveSockets& sockets;
  UnnamedProxies& unnamed;
  HandshakeBudget& handshakes;
  Certificates* certificates = nullptr;  ///< null: TLS is not ours

  /// Who comes from this address.
  From from(const boost::asio::ip::address& peer) const {
    if (proxies.contain(peer)) return From::proxy;
    return router.knows(counted_address(peer)) ? From::staff : From::stranger;
  }
};

/// What is spoken at a door.
enum class Door {
  plain,    ///< HTTP
  tls,      ///< HTTPS
  leads_on  ///< HTTP, and whoever asks is sent to HTTPS
};

/// Speaks HTTP on a new connection until it ends or becomes a WebSocket.
void serve_http(boost::asio::ip::tcp::socket socket, Door door, Surroundings around, std::shared_ptr<Ticket> ticket,
                const boost::asio::ip::address& peer);

}  // namespace sigap::web
