// How many handshakes strangers get: each costs us a signature and them nothing, and all are made on the thread that
// carries the desks. Whoever is over the budget is closed without a word and without work; who
// only connects and says nothing uses nothing of it. Addresses from which
// somebody has signed in, and proxies, are not counted: no stranger's flood keeps the staff out.
#pragma once
#include <optional>
#include <string>

#include "adapters/web/admission.h"
#include "adapters/web/message_budget.h"
#include "adapters/web/recent.h"
#include "adapters/web/web_config.h"

namespace sigap::web {

class HandshakeBudget {
 public:
  explicit HandshakeBudget(const WebLimits& limits) : limits_(limits), addresses_(kAddressesMost) {}

  bool take(const std::string& address, From from, Instant now) {
    if (from != From::stranger) return true;
    auto& theirs = addresses_.touch(address);
    if (!theirs) theirs.emplace(limits_.handshakes_per_address, 2 * limits_.handshakes_per_address, now);
    if (!theirs->take(now)) return false;
    if (!all_) all_.emplace(limits_.handshakes_per_second, 2 * limits_.handshakes_per_second, now);
    return all_->take(now);
  }

 private:
  static constexpr std::size_t kAddressesMost = 10'000;  // a megabyte; own

  const WebLimits& limits_;
  Recent<std::optional<MessageBudget>> addresses_;
  std::optional<MessageBudget> all_;
};

}  // namespace sigap::web
