#include "adapters/web/house.h"

#include <algorithm>
#include <chrono>

namespace sigap::web {

std::shared_ptr<void> House::admit(const std::string& address) {
  auto& here = per_address[address];
  if (connections >= config.limits.connections || here >= config.limits.connections_per_address) {
    if (here == 0) per_address.erase(address);
    return nullptr;
  }
  ++connections;
  ++here;
  return {static_cast<void*>(this), [this, address](void*) {
            --connections;
            const auto found = per_address.find(address);
            if (--found->second == 0) per_address.erase(found);
          }};
}

bool House::origin_allowed(const std::string& origin, const std::string& host) const {
  const auto& allowed = config.allowed_origins;
  if (std::find(allowed.begin(), allowed.end(), origin) != allowed.end()) return true;
  return !host.empty() && (origin == "http://" + host || origin == "https://" + host);
}

Instant clock_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace sigap::web
