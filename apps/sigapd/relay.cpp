#include "sigapd/relay.h"

#include <spdlog/spdlog.h>

#include "keys/relay_secret.h"

namespace sigap::sigapd {

std::function<core::Relay()> relay_of(const config::TurnConfig& turn, std::function<Instant()> now,
                                      std::function<std::string()> fresh) {
  const auto none = [] { return core::Relay{}; };
  if (turn.urls.empty()) return none;
  auto secret = keys::RelaySecret::read(turn.secret_file);
  if (!secret) {
    spdlog::error("turn.secret_file: {}: browsers are told of no relay", secret.error().message);
    return none;
  }
  return [urls = turn.urls, lasts = seconds(turn.ttl_s), secret = std::move(*secret), now = std::move(now),
          fresh = std::move(fresh)] {
    auto given = secret.give(now() + lasts, fresh());
    return core::Relay{urls, std::move(given.user), std::move(given.credential)};
  };
}

}  // namespace sigap::sigapd
