// Listens for machines of the cluster: each message that arrives is given to the handler, and its answer sent back.
// A thread a connection, at most kConnectionsMax; beyond, and where the key is wrong, the connection is closed. The
// handler is called from several threads.
#pragma once
#include <atomic>
#include <functional>
#include <list>
#include <thread>

#include "adapters/replication/link.h"

namespace sigap::replication {

class Server {
 public:
  using Handler = std::function<std::string(const std::string&)>;
  static constexpr std::size_t kConnectionsMax = 16;           ///< two machines need four; own
  static constexpr std::chrono::milliseconds kPatience{5000};  ///< for a message that has begun; own

  Server(ClusterKey key, std::string service, Handler handler);
  ~Server();
  /// Refusal "io". Port 0: any free one.
  Result<bool> start(const Address& listen);
  void stop();
  std::uint16_t port() const { return port_; }

 private:
  struct Connection {
    std::atomic<bool> ended{false};
    std::thread thread;
  };
  void accept_next();
  void serve(Connection& connection, std::shared_ptr<Wire> wire);

  ClusterKey key_;
  std::string service_;
  Handler handler_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  std::list<Connection> connections_;  ///< touched by the accepting thread only, until it has ended
  std::atomic<bool> stopping_{false};
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace sigap::replication
