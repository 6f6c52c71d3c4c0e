#include "adapters/sip/stranger_connections.h"

#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace sigap::sip {
namespace {

/// That have come and were not accepted yet: with sofia's 64 a burst of strangers would have a trunk's SYN dropped, and
/// said again a second later. The kernel's own limit is 4096 (net.core.somaxconn).
constexpr int kBacklog = 1'024;

sockaddr* plain(sockaddr_storage& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

std::uint16_t port_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

/// Whether what came to `here` came to who listens at `listening`, which may be every address.
bool came_to(const sockaddr_storage& here, const sockaddr_storage& listening) {
  if (listening.ss_family == AF_INET) {
    const auto& at = reinterpret_cast<const sockaddr_in&>(listening).sin_addr;
    return at.s_addr == INADDR_ANY ||
           (here.ss_family == AF_INET && reinterpret_cast<const sockaddr_in&>(here).sin_addr.s_addr == at.s_addr);
  }
  const auto& at = reinterpret_cast<const sockaddr_in6&>(listening).sin6_addr;
  return IN6_IS_ADDR_UNSPECIFIED(&at) ||
         (here.ss_family == AF_INET6 &&
          std::memcmp(&reinterpret_cast<const sockaddr_in6&>(here).sin6_addr, &at, sizeof at) == 0);
}

}  // namespace

template <class Take>
void StrangerConnections::each(Take take) const {
  if (!descriptors_) return;
  rewinddir(descriptors_.get());
  while (const auto* entry = readdir(descriptors_.get())) {
    int descriptor = -1;
    const std::string_view name = entry->d_name;  // or "." and ".."
    if (std::from_chars(name.data(), name.data() + name.size(), descriptor).ec != std::errc()) continue;
    sockaddr_storage here{};
    socklen_t size = sizeof here;
    if (getsockname(descriptor, plain(here), &size) != 0 || port_of(here) != port_) continue;
    int type = 0;
    size = sizeof type;
    if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM) take(descriptor, here);
  }
}

StrangerConnections::StrangerConnections(std::uint16_t port, std::chrono::milliseconds stay)
    : port_(port), stay_(stay), descriptors_(opendir("/proc/self/fd")) {
  each([&](int descriptor, const sockaddr_storage& here) {
    int listens = 0;
    socklen_t size = sizeof listens;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || !listens) return;
    listening_ = here;
    ::listen(descriptor, kBacklog);
  });
}

void StrangerConnections::end_old(const std::function<bool(const sockaddr&)>& known,
                                  const std::function<void(const sockaddr&)>& ended) {
  const auto now = Clock::now();
  std::map<int, Seen> still;
  each([&](int descriptor, const sockaddr_storage& here) {
    Seen its{{}, now};
    socklen_t size = sizeof its.peer;
    if (!came_to(here, listening_) || getpeername(descriptor, plain(its.peer), &size) != 0 || known(*plain(its.peer)))
      return;
    // The number may be another connection's by now.
    if (const auto before = seen_.find(descriptor);
        before != seen_.end() && std::memcmp(&before->second.peer, &its.peer, sizeof its.peer) == 0)
      its.since = before->second.since;
    still.emplace(descriptor, its);
  });
  std::vector<std::pair<Clock::time_point, int>> oldest_first;
  oldest_first.reserve(still.size());
  for (const auto& [descriptor, its] : still) oldest_first.emplace_back(its.since, descriptor);
  std::sort(oldest_first.begin(), oldest_first.end());
  auto too_many = oldest_first.size() - std::min(oldest_first.size(), kMost);
  for (const auto& [since, descriptor] : oldest_first) {
    if (too_many == 0 && now - since < stay_) break;
    if (too_many > 0) --too_many;
    ended(*plain(still[descriptor].peer));  // counted before its other side hears of it
    shutdown(descriptor, SHUT_RDWR);
    still.erase(descriptor);
  }
  seen_ = std::move(still);
}

}  // namespace sigap::sip
