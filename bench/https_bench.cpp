// What TLS costs the web hand: a connection with one request, a message over an open WebSocket, an idle socket; plain,
// and by TLS with either kind of key. The server is a process of its own, so that its work alone is counted.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <vector>

#include "adapters/web/gateway_of_tests.h"
#include "adapters/web/secure_tests.h"
#include "adapters/web/web_server.h"
#include "process/signs.h"

namespace sigap::web {
namespace {

constexpr int kConnections = 2'000, kMessages = 50'000, kSockets = 1'000;
constexpr std::size_t kMessage_bytes = 300;  // an Update of one card
const std::string kCookie = "Cookie: __Host-sigap_session=" + std::string(GatewayOfTests::kToken) + "\r\n";

struct Server {
  explicit Server(const WebConfig& config) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    pid = fork();
    if (pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      GatewayOfTests gateway;
      gateway.echo = true;
      WebServer server(config, gateway);
      gateway.web = &server;
      const auto started = server.start();
      const auto port_of = started ? server.bound_port() : std::uint16_t{0};
      if (write(ends[1], &port_of, sizeof port_of) != sizeof port_of) std::abort();
      while (true) pause();
    }
    if (read(ends[0], &port, sizeof port) != sizeof port || port == 0) std::abort();
    close(ends[0]);
    close(ends[1]);
  }
  ~Server() {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  double worked_ms() const { return static_cast<double>(process::signs_of(pid).value_or(process::Signs{}).worked.ms); }
  double memory_kb() const {
    std::ifstream in("/proc/" + std::to_string(pid) + "/status");
    for (std::string word; in >> word;)
      if (word == "VmRSS:") return in >> word, std::stod(word);
    return 0;
  }

  pid_t pid = -1;
  std::uint16_t port = 0;
};

struct Cost {
  double connection_us = 0, message_us = 0, socket_kb = 0;
};

Cost measured(const WebConfig& config, const std::string& origin) {
  const Server server(config);
  Cost cost;
  const auto open = [&] {
    auto browser = std::make_unique<RawBrowser>(server.port);
    if (browser->upgrade("/ws", origin + kCookie).status != 101) std::abort();
    return browser;
  };
  auto before = server.worked_ms();
  for (int n = 0; n < kConnections; ++n)
    if (RawBrowser(server.port).ask("GET /none").status != 404) std::abort();
  cost.connection_us = (server.worked_ms() - before) * 1000 / kConnections;

  const auto desk = open();
  const auto frame = RawBrowser::frame(std::string(kMessage_bytes, 'x'));
  before = server.worked_ms();
  for (int n = 0; n < kMessages; ++n) {
    desk->send(frame);
    if (!desk->next_of(RawBrowser::kText)) std::abort();
  }
  cost.message_us = (server.worked_ms() - before) * 1000 / kMessages;

  const auto memory = server.memory_kb();
  std::vector<std::unique_ptr<RawBrowser>> idle;
  for (int n = 0; n < kSockets; ++n) idle.push_back(open());
  cost.socket_kb = (server.memory_kb() - memory) / kSockets;
  return cost;
}

void show(const char* name, const Cost& cost, const Cost& plain) {
  fmt::print("{:<12} {:>7.0f} us ({:>4.1f}x) {:>7.1f} us ({:>4.2f}x) {:>7.1f} kB ({:>4.1f}x)\n", name,
             cost.connection_us, cost.connection_us / plain.connection_us, cost.message_us,
             cost.message_us / plain.message_us, cost.socket_kb, cost.socket_kb / plain.socket_kb);
}

int run() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  WebConfig config;
  auto& limits = config.limits;
  limits.connections_per_address = limits.sockets_per_sign_in = 5'000;
  limits.handshakes_per_address = limits.handshakes_per_second = 1'000'000;
  limits.messages_per_second = limits.messages_burst = 10'000'000;
  fmt::print("{:<12} {:>18} {:>19} {:>18}\n", "of the server", "a connection", "a message", "an idle socket");
  const auto plain = measured(config, "Origin: http://sigap.test\r\n");
  show("plain", plain, plain);
  const SecureTests secure;
  secure.secure(config);
  for (const int bits : {0, 2048, 4096}) {
    auto wanted = SecureTests::wanted();
    wanted.rsa_bits = bits;
    secure.put(wanted);
    show(bits ? fmt::format("RSA {}", bits).c_str() : "P-256", measured(config, "Origin: https://sigap.test\r\n"),
         plain);
  }
  return 0;
}

}  // namespace
}  // namespace sigap::web

int main() {
  return sigap::web::run();
}
