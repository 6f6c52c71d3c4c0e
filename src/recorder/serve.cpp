#include "recorder/serve.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <mutex>
#include <vector>

#include "base/overloaded.h"
#include "recorder/finisher.h"
#include "recorder/packets.h"
#include "recorder/recorder.h"
#include "recorder/steady_time.h"

namespace sigap::recorder {
namespace {

constexpr int kTick_ms = 50;                       // a quarter of a chunk
constexpr Duration kLookEvery = seconds(1);        // at the disk
constexpr std::size_t kClientsMax = 8;             // the server, the one before it, a person who looks; own
constexpr std::size_t kPacketsAtOnce = 4096;       // then orders are heard
constexpr std::size_t kToSendMax_bytes = 1 << 22;  // to a client that does not listen: 20,000 recordings, and room
constexpr Duration kBacklogMax = seconds(60);      // packets do not wait longer than that; own

Instant system_clock() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}
Duration steady_clock() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

class Server {
 public:
  Server(const RecorderConfig& config, const Sockets& sockets, Table table, int ended)
      : sockets_(sockets),
        time_(system_clock(), steady_clock()),
        packets_(std::make_unique<Packets>(sockets.voices, address_of(config.address))),
        ended_(ended),
        woken_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        recorder_(config.folder, config.reserve_bytes, std::move(table),
                  {[this](const recording::Answer& answer) { tell_all(answer); },
                   [this](RecordingId recording) { finisher_.finish(recording); }}),
        finisher_(config.folder, [this](recording::Closed closed) { finished(std::move(closed)); }) {}

  int run() {
    begin();
    while (true) {
      wait();
      const auto now = look_at_clock();
      if (polled(ended_)) break;
      for (std::size_t i = 0; i < clients_.size(); ++i)
        if (polled(clients_[i].socket)) hear(clients_[i], now);
      if (polled(sockets_.control)) welcome();
      tell_finished();
      take_packets(now);
      recorder_.tick(now);
      for (auto& client : clients_) flush(client);
      std::erase_if(clients_, [](const Client& client) { return client.socket < 0; });
      if (now - looked_ >= kLookEvery && !look_at_disk(now)) break;
    }
    recorder_.leave(look_at_clock());
    return 0;
  }

 private:
  struct Client {
    int socket = -1;
    std::string heard, to_send;
  };

  static in_addr address_of(const std::string& text) {
    in_addr address{};
    ::inet_pton(AF_INET, text.c_str(), &address);
    return address;
  }

  Instant look_at_clock() {
    system_ = system_clock();
    return time_.look(system_, steady_clock());
  }

  /// The first of what waits came while nobody wrote: from then on nothing is missing.
  void begin() {
    auto from = look_at_clock();
    if (const auto oldest = packets_->oldest(); oldest.ms > 0 && oldest < from && from - oldest < kBacklogMax)
      from = oldest;
    recorder_.begin(from, free_bytes().value_or(0));
    looked_ = from;
  }

  void wait() {
    polled_.clear();
    for (const int fd : {sockets_.voices, sockets_.control, woken_, ended_}) polled_.push_back({fd, POLLIN, 0});
    for (const auto& client : clients_)
      polled_.push_back({client.socket, static_cast<short>(client.to_send.empty() ? POLLIN : POLLIN | POLLOUT), 0});
    (void)::poll(polled_.data(), polled_.size(), kTick_ms);
  }
  bool polled(int fd) const {
    return std::ranges::any_of(polled_, [&](const pollfd& p) { return p.fd == fd && p.revents != 0; });
  }

  void take_packets(Instant now) {
    packets_->take(kPacketsAtOnce, [&](const Arrived& packet) {
      const auto ago = std::clamp<std::int64_t>((system_ - packet.came).ms, 0, kBacklogMax.ms);
      recorder_.packet(packet.port, packet.came, now - Duration{ago}, packet.data);
    });
  }

  void welcome() {
    const int socket = ::accept4(sockets_.control, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;
    ucred who{};
    socklen_t size = sizeof who;
    const bool known =
        ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == ::geteuid() || who.uid == 0);
    if (!known || clients_.size() >= kClientsMax) {
      ::close(socket);
      return;
    }
    clients_.push_back({socket, {}, {}});
    auto& client = clients_.back();
    say(client, recording::Here{::getpid(), ::getppid(), sockets_.port});
    for (const auto& answer : recorder_.greeting()) say(client, answer);
  }

  void hear(Client& client, Instant now) {
    char piece[4096];
    const auto n = ::recv(client.socket, piece, sizeof piece, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return leave(client);
    if (n > 0) client.heard.append(piece, static_cast<std::size_t>(n));
    while (const auto line = recording::take_line(client.heard)) {
      const auto order = recording::read_order(*line);
      if (!order) return leave(client);
      obey(client, *order, now);
    }
    if (client.heard.size() > recording::kLineMax_bytes) leave(client);
  }

  void obey(Client& client, const recording::Order& order, Instant now) {
    std::visit(Overloaded{
                   [&](const recording::Claim& claim) { (void)recorder_.open(claim, now); },
                   [&](const recording::Close& close) { recorder_.close(close.recording, now); },
                   [&](const recording::How&) {
                     auto stands = recorder_.stands();
                     stands.dropped += packets_->overflowed();
                     say(client, stands);
                   },
               },
               order);
  }

  static void leave(Client& client) {
    if (client.socket >= 0) ::close(client.socket);
    client.socket = -1;
  }

  static void say(Client& client, const recording::Answer& answer) {
    if (client.socket < 0) return;
    client.to_send += to_line(answer);
    if (client.to_send.size() > kToSendMax_bytes) leave(client);
  }

  void tell_all(const recording::Answer& answer) {
    for (auto& client : clients_) say(client, answer);
  }

  static void flush(Client& client) {
    if (client.socket < 0 || client.to_send.empty()) return;
    const auto n = ::send(client.socket, client.to_send.data(), client.to_send.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0)
      client.to_send.erase(0, static_cast<std::size_t>(n));
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
      leave(client);
  }

  /// The finisher's thread.
  void finished(recording::Closed closed) {
    {
      const std::lock_guard lock(mutex_);
      finished_.push_back(std::move(closed));
    }
    const std::uint64_t one = 1;
    (void)!::write(woken_, &one, sizeof one);
  }
  void tell_finished() {
    std::uint64_t count = 0;
    (void)!::read(woken_, &count, sizeof count);
    const std::lock_guard lock(mutex_);
    for (const auto& closed : finished_) tell_all(closed);
    finished_.clear();
  }

  std::optional<std::int64_t> free_bytes() const {
    struct statvfs disk;
    if (::fstatvfs(sockets_.folder, &disk) != 0) return std::nullopt;
    return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
  }

  /// False when the folder is gone: nothing is left to do.
  bool look_at_disk(Instant now) {
    looked_ = now;
    struct stat facts;
    if (::fstat(sockets_.folder, &facts) != 0 || facts.st_nlink == 0) return false;
    if (const auto left = free_bytes()) recorder_.room(*left, now);
    return true;
  }

  Sockets sockets_;
  SteadyTime time_;
  Instant system_, looked_;
  std::unique_ptr<Packets> packets_;
  int ended_ = -1, woken_ = -1;
  std::vector<pollfd> polled_;
  std::vector<Client> clients_;
  std::mutex mutex_;
  std::vector<recording::Closed> finished_;
  Recorder recorder_;
  Finisher finisher_;  ///< last: its thread ends first
};

}  // namespace

int serve(const RecorderConfig& config, const Sockets& sockets) {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {  // one a recording
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  sigset_t ends;  // before there is a thread that could be asked to end
  sigemptyset(&ends);
  for (const int signal : {SIGTERM, SIGINT}) sigaddset(&ends, signal);
  ::sigprocmask(SIG_BLOCK, &ends, nullptr);
  auto table = Table::load(config.folder);
  if (!table) return 1;
  std::ofstream(config.folder / "recorder.pid") << ::getpid() << ' ' << ::getppid() << '\n';  // for a person who looks
  return Server(config, sockets, std::move(*table), ::signalfd(-1, &ends, SFD_NONBLOCK | SFD_CLOEXEC)).run();
}

}  // namespace sigap::recorder
