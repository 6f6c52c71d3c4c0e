#include "adapters/web/live_sockets.h"

namespace sigap::web {

void LiveSockets::add(ports::ConnectionId id, std::shared_ptr<Socket> socket, ports::Channel channel,
                      std::string token) {
  {
    const std::lock_guard lock(mutex_);
    sockets_.emplace(id, std::move(socket));
  }
  gateway_.connected(id, channel, std::move(token));
}

void LiveSockets::remove(ports::ConnectionId id) {
  {
    const std::lock_guard lock(mutex_);
    if (sockets_.erase(id) == 0) return;
  }
  gateway_.disconnected(id);
}

// The lock is held while posting: the io thread is not destroyed before remove_all(), which needs it too.
void LiveSockets::send(ports::ConnectionId id, std::string text) {
  const std::lock_guard lock(mutex_);
  if (const auto it = sockets_.find(id); it != sockets_.end()) it->second->send(std::move(text));
}

void LiveSockets::close(ports::ConnectionId id) {
  const std::lock_guard lock(mutex_);
  if (const auto it = sockets_.find(id); it != sockets_.end()) it->second->close();
}

void LiveSockets::remove_all() {
  std::map<ports::ConnectionId, std::shared_ptr<Socket>> left;
  {
    const std::lock_guard lock(mutex_);
    left.swap(sockets_);
  }
  for (const auto& [id, socket] : left) gateway_.disconnected(id);
}

}  // namespace sigap::web
