// Who is connected: a number for each connection, how many there may be in all and from one address, and how each is
// ended when the server stops. Lives on the io thread and outlives all tickets.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ports/web.h"

namespace sigap::web {

class Admission;

/// Held by a connection as long as it lives.
class Ticket {
 public:
  Ticket(Admission& admission, ports::ConnectionId id, std::string address)
      : admission_(admission), id_(id), address_(std::move(address)) {}
  ~Ticket();
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ports::ConnectionId id() const { return id_; }
  const std::string& address() const { return address_; }
  /// What ends the connection at stop; must not throw.
  void on_stop(std::function<void()> end);

 private:
  Admission& admission_;
  ports::ConnectionId id_;
  std::string address_;
};

class Admission {
 public:
  Admission(std::size_t most, std::size_t most_per_address) : most_(most), most_per_address_(most_per_address) {}

  /// Null when there are too many. `counted` is false for a proxy, behind which many clients stand.
  std::shared_ptr<Ticket> enter(const std::string& address, bool counted);
  void stop_all();
  std::size_t count() const { return ends_.size(); }

 private:
  friend class Ticket;
  void leave(const Ticket& ticket);

  std::size_t most_;
  std::size_t most_per_address_;
  ports::ConnectionId next_ = 1;
  std::map<std::string, std::size_t> by_address_;
  std::map<ports::ConnectionId, std::function<void()>> ends_;
};

}  // namespace sigap::web
