// The open WebSockets by number, for threads that send to them, and the way back to the io thread for late answers.
// Invariants: the gateway hears connected() once the number can be sent to, and disconnected() once it no longer can;
// after shut() nothing reaches the io thread, which may then be destroyed. Any thread.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ports/web.h"

namespace sigap::web {

/// One open socket. Both functions only post, and may be called from any thread while it is in LiveSockets.
class Socket {
 public:
  virtual ~Socket() = default;
  virtual void send(std::string text) = 0;
  virtual void close() = 0;
};

class LiveSockets {
 public:
  explicit LiveSockets(ports::WebGateway& gateway) : gateway_(gateway) {}

  void add(ports::ConnectionId id, std::shared_ptr<Socket> socket, ports::Channel channel, std::string token);
  void remove(ports::ConnectionId id);
  void send(ports::ConnectionId id, std::string text);
  void close(ports::ConnectionId id);
  void remove_all();

 private:
  ports::WebGateway& gateway_;
  std::mutex mutex_;
  std::map<ports::ConnectionId, std::shared_ptr<Socket>> sockets_;
};

/// Posts to the io thread as long as there is one. Held by callbacks that may come late.
class Mailbox {
 public:
  using Post = std::function<void(std::function<void()>)>;
  explicit Mailbox(Post post) : post_(std::move(post)) {}
  void post(std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    if (post_) post_(std::move(job));
  }
  void shut() {
    const std::lock_guard lock(mutex_);
    post_ = nullptr;
  }

 private:
  std::mutex mutex_;
  Post post_;
};

}  // namespace sigap::web
