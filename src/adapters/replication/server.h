// Listens for machines of the cluster: each message that arrives is given to the handler, and its answer sent back.
// A thread a connection. Whoever has not proved the key within kHandshake goes, or sooner when others come (places.h).
// The handler is called from several threads.
#pragma once
#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/replication/link.h"
#include "adapters/replication/places.h"

namespace sigap::replication {

class Server {
 public:
  using Handler = std::function<std::string(const std::string&)>;
  using Tell = std::function<void(const std::string&)>;
  static constexpr std::chrono::milliseconds kPatience{5000};   ///< for a message that has begun; own
  static constexpr std::chrono::milliseconds kHandshake{2000};  ///< a network's round trip, on a busy machine; own

  /// `told` hears, at most once a minute, of a machine whose program is of another version.
  Server(ClusterKey key, Service service, Handler handler, Tell told = {});
  ~Server();
  /// Refusal "io". Port 0: any free one.
  Result<bool> start(const Address& listen);
  void stop();
  std::uint16_t port() const { return port_; }

 private:
  struct Connection {
    Places::Id id = 0;
    std::string address;
    std::atomic<bool> ended{false};
    std::thread thread;
  };
  void accept_next();
  void come(std::shared_ptr<Wire> wire);
  void serve(Connection& connection, std::shared_ptr<Wire> wire);
  void talk(Link& link, Places::Id id);
  bool prove(Places::Id id);
  void leave(Places::Id id);
  void show_out(std::optional<Places::Id> id);
  void say_version(const std::string& address);

  ClusterKey key_;
  Service service_;
  Handler handler_;
  Tell told_;
  std::mutex mutex_;  ///< of the next four
  Places places_;
  std::map<Places::Id, int> doors_;  ///< each one's socket, another descriptor of it: to end it from outside
  std::optional<Deadline> version_said_;
  Places::Id last_id_ = 0;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  std::list<Connection> connections_;  ///< touched by the accepting thread only, until it has ended
  std::atomic<bool> stopping_{false};
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace sigap::replication
