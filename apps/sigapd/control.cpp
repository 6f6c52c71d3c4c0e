#include "sigapd/control.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/messages/message_gateway_fake.h"
#include "runtime/screens/gateway.h"

namespace sigap::sigapd {
namespace {

constexpr std::size_t kLineMax_bytes = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds kLookAgain{200};  // whether the end has come; own

bool say(int peer, std::string line) {
  line += '\n';
  return ::send(peer, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
}

/// Nothing when the end came first: a core that has stopped answers nobody.
template <class Ask>
std::optional<std::string> wait_for(const std::atomic<bool>& stopping, Ask ask) {
  auto promise = std::make_shared<std::promise<std::string>>();
  auto future = promise->get_future();
  ask([promise](const core::ServerMessage& message) { promise->set_value(codec::write_message(message)); });
  while (future.wait_for(kLookAgain) != std::future_status::ready)
    if (stopping) return std::nullopt;
  return future.get();
}

}  // namespace

struct Control::Thread {
  std::thread thread;
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  int peer = -1;  ///< who is talked to, under the mutex: a closed descriptor's number may be somebody else's
};

Control::Control(runtime::Gateway& gateway, messages::MessageGatewayFake& messages)
    : gateway_(gateway), messages_(messages) {}

Control::~Control() {
  stop();
}

Result<bool> Control::start(const std::filesystem::path& data_folder) {
  path_ = data_folder / "control.sock";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.string().size() >= sizeof address.sun_path)
    return refuse("io", "the data folder's path is too long for a socket: " + path_.string());
  path_.string().copy(address.sun_path, sizeof address.sun_path);
  ::unlink(path_.c_str());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto mask = ::umask(0177);
  const bool bound = ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::umask(mask);
  if (!bound || ::listen(listener_, 8) != 0) return refuse("io", "cannot listen on " + path_.string());
  thread_ = std::make_unique<Thread>();
  thread_->thread = std::thread([this] { serve(); });
  return true;
}

void Control::stop() {
  if (!thread_) return;
  thread_->stopping = true;
  // Whoever is talked to may neither speak nor read; nothing waits for them.
  {
    const std::lock_guard lock(thread_->mutex);
    if (thread_->peer >= 0) ::shutdown(thread_->peer, SHUT_RDWR);
  }
  thread_->thread.join();
  thread_.reset();
  ::close(listener_);
  ::unlink(path_.c_str());
}

void Control::serve() {
  while (!thread_->stopping) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(kLookAgain.count())) <= 0) continue;
    const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer < 0) continue;
    const timeval patience{10, 0};  // one at a time: a forgotten one must not lock the door
    ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    {
      const std::lock_guard lock(thread_->mutex);
      thread_->peer = peer;
    }
    if (!thread_->stopping) talk(peer);
    const std::lock_guard lock(thread_->mutex);
    thread_->peer = -1;
    ::close(peer);
  }
}

std::optional<std::string> Control::answer(const std::string& line) {
  if (line == "messages") {
    const auto shown = messages_.shown();
    std::string text = std::to_string(shown.size()) + " messages";
    for (const auto& message : shown) text += "\n" + message.number + "\t" + message.text;
    return text;
  }
  if (line == "raise-format") return wait_for(thread_->stopping, [&](auto tell) { gateway_.raise_format(tell); });
  return wait_for(thread_->stopping, [&](auto tell) { gateway_.local_request(line, tell); });
}

void Control::talk(int peer) {
  const auto picture = wait_for(thread_->stopping, [&](auto tell) { gateway_.local_picture(tell); });
  if (!picture || !say(peer, *picture)) return;
  std::string heard;
  while (true) {
    if (const auto end = heard.find('\n'); end != std::string::npos) {
      const auto line = heard.substr(0, end);
      heard.erase(0, end + 1);
      const auto said = answer(line);
      if (!said || !say(peer, *said)) return;
      continue;
    }
    if (heard.size() > kLineMax_bytes) return;
    char buffer[4096];
    const auto n = ::recv(peer, buffer, sizeof buffer, 0);
    if (n <= 0) return;
    heard.append(buffer, static_cast<std::size_t>(n));
  }
}

}  // namespace sigap::sigapd
