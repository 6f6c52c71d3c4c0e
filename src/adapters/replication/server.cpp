#include "adapters/replication/server.h"

namespace sigap::replication {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kLookAgain{200};   // how long a stop may take
constexpr std::chrono::milliseconds kHandshake{2000};  // a stranger must not hold a place longer

}  // namespace

Server::Server(ClusterKey key, std::string service, Handler handler)
    : key_(key), service_(std::move(service)), handler_(std::move(handler)) {}

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
    if (!error && connections_.size() < kConnectionsMax) {
      auto& connection = connections_.emplace_back();
      connection.thread = std::thread([this, &connection, wire] { serve(connection, wire); });
    }
    accept_next();
  });
}

void Server::serve(Connection& connection, std::shared_ptr<Wire> wire) {
  auto link = Link::answer(std::move(wire), key_, service_, in(kHandshake));
  bool proven = false;
  const auto give_up = in(kHandshake);
  while (link && !stopping_) {
    if (!(*link)->wait(in(kLookAgain))) {
      if (!proven && SteadyClock::now() > give_up) break;
      continue;
    }
    const auto message = (*link)->receive(in(proven ? kPatience : kHandshake));
    if (!message) break;
    proven = true;
    if (!(*link)->send(handler_(*message), in(kPatience))) break;
  }
  connection.ended = true;
}

}  // namespace sigap::replication
