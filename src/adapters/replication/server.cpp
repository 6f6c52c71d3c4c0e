#include "adapters/replication/server.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sigap::replication {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kLookAgain{200};  // how long a stop may take
constexpr std::chrono::minutes kSayAgain{1};
/// Whoever was shown out needs a moment until its thread has ended; own.
constexpr std::size_t kThreadsMax = 2 * (Places::kUnprovedMax + Places::kProvedMax);

}  // namespace

Server::Server(ClusterKey key, Service service, Handler handler, Tell told)
    : key_(std::move(key)), service_(std::move(service)), handler_(std::move(handler)), told_(std::move(told)) {}

Server::~Server() {
  stop();
}

Result<bool> Server::start(const Address& listen) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(listen.host, error);
  if (error) return refuse("io", listen.host + " is not an address");
  const tcp::endpoint here(address, listen.port);
  acceptor_.open(here.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(here, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return refuse("io", "cannot listen on " + listen.host + ":" + std::to_string(listen.port) + ": " + error.message());
  port_ = acceptor_.local_endpoint().port();
  accept_next();
  thread_ = std::thread([this] { io_.run(); });
  return true;
}

void Server::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  io_.stop();
  thread_.join();
  for (auto& connection : connections_) connection.thread.join();
  connections_.clear();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

void Server::accept_next() {
  auto wire = std::make_shared<Wire>();
  auto& socket = wire->socket;
  acceptor_.async_accept(socket, [this, wire](const boost::system::error_code& error) {
    if (error == asio::error::operation_aborted) return;
    for (auto it = connections_.begin(); it != connections_.end();) {
      if (it->ended) it->thread.join();
      it = it->ended ? connections_.erase(it) : std::next(it);
    }
    if (!error && connections_.size() < kThreadsMax) come(wire);
    accept_next();
  });
}

void Server::come(std::shared_ptr<Wire> wire) {
  boost::system::error_code gone;
  const auto from = wire->socket.remote_endpoint(gone);
  const int door = gone ? -1 : ::fcntl(wire->socket.native_handle(), F_DUPFD_CLOEXEC, 0);
  if (door < 0) return;
  auto& connection = connections_.emplace_back();
  connection.address = from.address().to_string();
  {
    const std::lock_guard lock(mutex_);
    connection.id = ++last_id_;
    doors_[connection.id] = door;
    show_out(places_.come(connection.id, connection.address));
  }
  connection.thread = std::thread([this, &connection, wire] { serve(connection, wire); });
}

/// With the lock held.
void Server::show_out(std::optional<Places::Id> id) {
  if (id) ::shutdown(doors_.at(*id), SHUT_RDWR);  // its thread hears the end
}

bool Server::prove(Places::Id id) {
  const std::lock_guard lock(mutex_);
  show_out(places_.prove(id));
  return places_.proved(id);
}

void Server::leave(Places::Id id) {
  const std::lock_guard lock(mutex_);
  places_.leave(id);
  ::close(doors_.at(id));
  doors_.erase(id);
}

void Server::say_version(const std::string& address) {
  {
    const std::lock_guard lock(mutex_);
    const auto now = SteadyClock::now();
    if (!told_ || (version_said_ && now - *version_said_ < kSayAgain)) return;
    version_said_ = now;
  }
  told_("a machine at " + address +
        " asks in the language of another version of the program and is not heard: both machines need the same "
        "version (docs/operating/two-machines.md, Upgrading)");
}

void Server::serve(Connection& connection, std::shared_ptr<Wire> wire) {
  const auto give_up = in(kHandshake);
  auto link = Link::answer(std::move(wire), key_, service_, give_up);
  if (!link && link.error().code == "version") say_version(connection.address);
  if (link && (*link)->prove(give_up) && prove(connection.id)) talk(**link, connection.id);
  leave(connection.id);
  connection.ended = true;
}

void Server::talk(Link& link, Places::Id id) {
  while (!stopping_) {
    if (!link.wait(in(kLookAgain))) continue;
    const auto message = link.receive(in(kPatience));
    if (!message) return;
    {
      const std::lock_guard lock(mutex_);
      places_.heard(id);
    }
    if (!link.send(handler_(*message), in(kPatience))) return;
  }
}

}  // namespace sigap::replication
