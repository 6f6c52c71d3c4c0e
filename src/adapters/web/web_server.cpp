#include "adapters/web/web_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <thread>

#include "adapters/web/connection.h"
#include "adapters/web/handshake_budget.h"
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

Instant wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

}  // namespace

struct WebServer::Machine {
  /// Where connections come in.
  struct Entrance {
    Entrance(boost::asio::io_context& io, Door speaks) : door(speaks), acceptor(io), pause(io) {}
    Door door;
    tcp::acceptor acceptor;
    asio::steady_timer pause;

    /// Refusal "io".
    Result<bool> open(const asio::ip::address& address, std::uint16_t port) {
      boost::system::error_code error;
      const tcp::endpoint at(address, port);
      acceptor.open(at.protocol(), error);
      if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
      if (!error) acceptor.bind(at, error);
      if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
      if (!error) return true;
      return refuse("io",
                    "cannot listen for " + std::string(door == Door::tls ? "HTTPS" : "HTTP") + " on " +
                        address.to_string() + ":" + std::to_string(port) + ": " + error.message(),
                    "port");
    }
    std::uint16_t port() const {
      boost::system::error_code closed;
      return acceptor.local_endpoint(closed).port();
    }
  };

  Machine(const WebConfig& web_config, AddressBlocks trusted, AddressBlocks seeing, ports::WebGateway& web_gateway,
          LiveSockets& live)
      : config(web_config),
        proxies(std::move(trusted)),
        observers(std::move(seeing)),
        sockets(live),
        unnamed(config.unnamed_proxy),
        admission(room_of(config.limits)),
        handshakes(config.limits),
        mailbox(std::make_shared<Mailbox>([this](std::function<void()> job) { asio::post(io, std::move(job)); })),
        router(config, web_gateway, io, mailbox),
        around{config, proxies, observers, web_gateway, router, sockets, unnamed, handshakes},
        entrance(io, config.identity.certificate.empty() ? Door::plain : Door::tls),
        plain_entrance(io, Door::leads_on),
        look(io),
        pause(io),
        last_call(io) {}

  void accept(Entrance& at) {
    at.acceptor.async_accept([this, &at](const boost::system::error_code& error, tcp::socket socket) {
      if (!at.acceptor.is_open()) return;
      if (!error) {
        take(std::move(socket), at.door);
        return accept(at);
      }
      at.pause.expires_after(kAcceptPause);
      at.pause.async_wait([this, &at](const boost::system::error_code& stopped) {
        if (!stopped && at.acceptor.is_open()) accept(at);
      });
    });
  }

  void take(tcp::socket socket, Door door) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    auto ticket = admission.enter(counted_address(peer.address()), around.from(peer.address()));
    if (ticket) return serve_http(std::move(socket), door, around, std::move(ticket), peer.address());
    if (door == Door::tls) return;  // no word of ours could be read
    socket.non_blocking(true, error);
    socket.write_some(asio::buffer(kFull.data(), kFull.size()), error);
  }

  void look_at_certificate() {
    look.expires_after(std::chrono::milliseconds(config.limits.certificate_look.ms));
    look.async_wait([this](const boost::system::error_code& stopped) {
      if (stopped) return;
      around.certificates->look(wall_now());
      look_at_certificate();
    });
  }

  void stop() {
    asio::post(io, [this] {
      boost::system::error_code ignored;
      for (auto* at : {&entrance, &plain_entrance}) {
        at->acceptor.close(ignored);
        at->pause.cancel();
      }
      look.cancel();
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
  HandshakeBudget handshakes;
  asio::io_context io{1};
  std::shared_ptr<Mailbox> mailbox;
  Router router;
  Surroundings around;
  Entrance entrance, plain_entrance;
  asio::steady_timer look, pause;
  asio::steady_timer last_call;
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

  std::unique_ptr<Certificates> certificates;
  if (!config_.identity.certificate.empty()) {
    certificates =
        std::make_unique<Certificates>(config_.identity, config_.certificate_names, config_.tell_of_certificate);
    if (auto opened = certificates->open(wall_now()); !opened) return opened;
  }
  auto machine = std::make_unique<Machine>(config_, std::move(*proxies), std::move(*observers), gateway_, sockets_);
  machine->around.certificates = certificates.get();
  if (auto open = machine->entrance.open(address, config_.port); !open) return open;
  const auto public_port = config_.public_port ? config_.public_port : machine->entrance.port();
  machine->router.set_secure_port(public_port);
  if (config_.redirect_from) {
    const auto from = asio::ip::make_address(config_.redirect_from->first, error);
    if (error) return refuse("invalid", "not an address: " + config_.redirect_from->first, "redirect_from");
    if (auto open = machine->plain_entrance.open(from, config_.redirect_from->second); !open) return open;
    machine->accept(machine->plain_entrance);
  }
  certificates_ = std::move(certificates);
  mailbox_ = machine->mailbox;
  machine_ = std::move(machine);
  machine_->accept(machine_->entrance);
  if (certificates_) machine_->look_at_certificate();
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
  return machine_ ? machine_->entrance.port() : std::uint16_t{0};
}

std::uint16_t WebServer::redirecting_port() const {
  return machine_ ? machine_->plain_entrance.port() : std::uint16_t{0};
}

std::optional<ports::CertificateHealth> WebServer::certificate() const {
  if (!certificates_) return std::nullopt;
  return certificates_->health();
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
