#include "adapters/web/web_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <thread>

#include "adapters/web/connection.h"
#include "adapters/web/origin.h"
#include "base/check.h"

namespace sigap::web {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

constexpr auto kAcceptPause = std::chrono::milliseconds(100);  // when the process has no file left
Admission::Room room_of(const WebLimits& limits) {
  const auto taken = limits.staff_sockets + limits.requests;
  SIGAP_CHECK(taken < limits.connections);
  return {limits.requests,
          limits.connections - taken,
          limits.staff_sockets,
          limits.connections_per_address,
          limits.connections_per_address,
          limits.sockets_per_sign_in};
}

constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

}  // namespace

struct WebServer::Machine {
  Machine(const WebConfig& web_config, AddressBlocks trusted, AddressBlocks seeing, ports::WebGateway& web_gateway,
          LiveSockets& live)
      : config(web_config),
        proxies(std::move(trusted)),
        observers(std::move(seeing)),
        sockets(live),
        unnamed(config.unnamed_proxy),
        admission(room_of(config.limits)),
        mailbox(std::make_shared<Mailbox>([this](std::function<void()> job) { asio::post(io, std::move(job)); })),
        router(config, web_gateway, io, mailbox),
        around{config, proxies, observers, web_gateway, router, sockets, unnamed},
        acceptor(io),
        pause(io),
        last_call(io) {}

  void accept() {
    acceptor.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (!error) {
        take(std::move(socket));
        return accept();
      }
      pause.expires_after(kAcceptPause);
      pause.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped && acceptor.is_open()) accept();
      });
    });
  }

  void take(tcp::socket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    const auto address = counted_address(peer.address());
    const auto from = proxies.contain(peer.address()) ? From::proxy
                      : router.knows(address)         ? From::staff
                                                      : From::stranger;
    auto ticket = admission.enter(address, from);
    if (ticket) return serve_http(std::move(socket), around, std::move(ticket), peer.address());
    socket.non_blocking(true, error);
    socket.write_some(asio::buffer(kFull.data(), kFull.size()), error);
  }

  void stop() {
    asio::post(io, [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
      pause.cancel();
      admission.stop_all();
      last_call.expires_after(std::chrono::milliseconds(config.limits.socket_close.ms));
      last_call.async_wait([this](const boost::system::error_code&) { io.stop(); });
      wait_for_all();
    });
    thread.join();
  }

  void wait_for_all() {
    if (admission.count() == 0) return io.stop();
    pause.expires_after(std::chrono::milliseconds(5));
    pause.async_wait([this](const boost::system::error_code&) { wait_for_all(); });
  }

  const WebConfig& config;
  AddressBlocks proxies, observers;
  LiveSockets& sockets;
  UnnamedProxies unnamed;
  Admission admission;  // before io: handlers left in it hold tickets
  asio::io_context io{1};
  std::shared_ptr<Mailbox> mailbox;
  Router router;
  Surroundings around;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  asio::steady_timer last_call;
  std::uint16_t port = 0;
  std::thread thread;
};

WebServer::WebServer(WebConfig config, ports::WebGateway& gateway)
    : config_(std::move(config)), gateway_(gateway), sockets_(gateway) {}

WebServer::~WebServer() {
  stop();
}

Result<bool> WebServer::start() {
  SIGAP_CHECK(!machine_);
  std::error_code missing;
  if (!config_.static_dir.empty() && !std::filesystem::is_directory(config_.static_dir, missing))
    return refuse("invalid", "no such folder of pages: " + config_.static_dir.string(), "static_dir");
  boost::system::error_code error;
  const auto address = asio::ip::make_address(config_.address, error);
  if (error) return refuse("invalid", "not an address: " + config_.address, "address");

  for (const auto& origin : config_.allowed_origins)
    if (!read_origin(origin)) return refuse("invalid", "not the origin of a page", "allowed_origins");
  auto proxies = AddressBlocks::read(config_.trusted_proxies);
  if (!proxies) return tl::unexpected(proxies.error());
  auto observers = AddressBlocks::read(config_.observers, "observers");
  if (!observers) return tl::unexpected(observers.error());

  auto machine = std::make_unique<Machine>(config_, std::move(*proxies), std::move(*observers), gateway_, sockets_);
  auto& acceptor = machine->acceptor;
  const tcp::endpoint at(address, config_.port);
  acceptor.open(at.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(at, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return refuse(
        "io",
        "cannot listen for HTTP on " + config_.address + ":" + std::to_string(config_.port) + ": " + error.message(),
        "port");
  machine->port = acceptor.local_endpoint().port();
  mailbox_ = machine->mailbox;
  machine_ = std::move(machine);
  machine_->accept();
  machine_->thread = std::thread([this] { machine_->io.run(); });
  return true;
}

void WebServer::stop() {
  if (!machine_) return;
  machine_->mailbox->shut();
  machine_->stop();
  sockets_.remove_all();
  machine_.reset();
}

std::uint16_t WebServer::bound_port() const {
  return machine_ ? machine_->port : std::uint16_t{0};
}

void WebServer::send(ports::ConnectionId connection, std::string text) {
  sockets_.send(connection, std::move(text));
}

void WebServer::close(ports::ConnectionId connection) {
  sockets_.close(connection);
}

void WebServer::come_round(std::function<void()> here) {
  // A job that is posted goes behind what is ready; the second behind a look at the sockets, the third behind what was
  // found there.
  constexpr int kJobs = 3;
  struct Round {
    std::shared_ptr<Mailbox> mailbox;
    std::function<void()> here;
    void go_on(int left) {
      if (left == 0) return here();
      mailbox->post([round = *this, left]() mutable { round.go_on(left - 1); });
    }
  };
  if (mailbox_) Round{mailbox_, std::move(here)}.go_on(kJobs);
}

}  // namespace sigap::web
