// Who is connected: a number for each connection, how many there may be, and how each is ended when the server stops.
// A connection enters the hall with its first request and may take a seat for a socket later. Citizens and staff have
// seats apart, so strangers never take those of the staff; the hall, where nobody has said yet who they are, is made
// free by sending away who sits there idle: first of the address that has most.
// Lives on the io thread and outlives all tickets.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "ports/web.h"

namespace sigap::web {

class Admission;

/// Who comes from an address.
enum class From {
  stranger,
  staff,  ///< somebody has signed in from there before
  proxy   ///< many clients: not counted as one
};

/// Held by a connection as long as it lives.
class Ticket {
 public:
  Ticket(Admission& admission, ports::ConnectionId id, std::string address)
      : admission_(admission), id_(id), address_(std::move(address)) {}
  ~Ticket();
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ports::ConnectionId id() const { return id_; }
  /// What ends the connection at stop, or to make room; must not throw.
  void on_stop(std::function<void()> end);
  /// While an answer is being made it is not sent away.
  void answering(bool yes);
  /// From the hall to a socket of `channel`, for this client: a citizen's address, of the staff a sign-in. False: there
  /// is no seat, and it stays where it was.
  bool sit(ports::Channel channel, const std::string& client);

 private:
  friend class Admission;
  Admission& admission_;
  ports::ConnectionId id_;
  std::string address_;  ///< in the hall that of the peer, at a seat the client
  enum class Place { hall, citizen, staff } place_ = Place::hall;
};

class Admission {
 public:
  struct Room {
    std::size_t hall = 0, citizens = 0, staff = 0;
    std::size_t hall_per_address = 0, citizens_per_client = 0, staff_per_client = 0;
  };
  explicit Admission(Room room) : room_(room) {}

  /// Null when there is no room.
  std::shared_ptr<Ticket> enter(const std::string& address, From from);
  void stop_all();
  std::size_t count() const { return ends_.size(); }

 private:
  friend class Ticket;
  /// Those of one address in the hall.
  struct Bench {
    From from = From::stranger;
    std::size_t count = 0;
    std::set<ports::ConnectionId> idle;  ///< the oldest first
  };

  void leave(const Ticket& ticket);
  void leave_hall(const Ticket& ticket);
  /// Ends the one that has been idle longest, of this bench.
  bool send_away(const Bench& bench);
  bool make_room();

  Room room_;
  ports::ConnectionId next_ = 1;
  std::size_t hall_ = 0, citizens_ = 0, staff_ = 0;
  std::map<std::string, Bench> benches_;
  std::map<std::string, std::size_t> citizens_of_, staff_of_;  ///< seats of each client
  std::map<ports::ConnectionId, std::function<void()>> ends_;
};

}  // namespace sigap::web
