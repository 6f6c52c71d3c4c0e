#include "adapters/replication/witness_rules.h"

#include <algorithm>

namespace sigap::replication {

WitnessAnswer WitnessRules::decide(const WitnessRequest& request, std::int64_t now_ms) {
  changed_ = false;
  switch (request.ask) {
    case WitnessAsk::show:
      return answer(now_ms);
    case WitnessAsk::acquire:
      return acquire(request, now_ms);
    case WitnessAsk::renew:
      return renew(request, now_ms);
    case WitnessAsk::mark:
      return mark(request, now_ms);
  }
  return answer(now_ms, "unreadable", "no such question");
}

WitnessAnswer WitnessRules::answer(std::int64_t now_ms, std::string code, std::string message) const {
  return {std::move(code), std::move(message), record_, std::max<std::int64_t>(lease_until_ms_ - now_ms, 0)};
}

WitnessAnswer WitnessRules::acquire(const WitnessRequest& r, std::int64_t now_ms) {
  const bool leased = now_ms < lease_until_ms_;
  if (r.node.empty()) return answer(now_ms, "unreadable", "a machine without a name");
  if (record_.holder.empty()) {
    if (r.force) return grant(r, now_ms);
    return answer(now_ms, "nobody", "nobody has led yet: a person begins with sigap takeover");
  }
  if (record_.holder == r.node) {
    if (!record_.in_sync.empty() && now_ms - granted_ms_ < kReturn_ms)
      return answer(now_ms, "leased", "back too soon: the other machine gets its chance");
    return grant(r, now_ms);
  }
  if (leased) return answer(now_ms, "leased", record_.holder + " leads");
  if (record_.in_sync != r.node && !r.force)
    return answer(now_ms, "behind", r.node + " may lack calls that " + record_.holder + " accepted: a person decides");
  return grant(r, now_ms);
}

WitnessAnswer WitnessRules::grant(const WitnessRequest& r, std::int64_t now_ms) {
  // Who has everything of the old leader has everything of the same leader come back; of another one nobody has.
  if (record_.holder != r.node) record_.in_sync.clear();
  record_.holder = r.node;
  record_.epoch = std::max(record_.epoch, r.epoch) + 1;
  record_.mark = 0;
  lease_until_ms_ = now_ms + kLease_ms;
  granted_ms_ = now_ms;
  changed_ = true;
  return answer(now_ms);
}

bool WitnessRules::leads(const WitnessRequest& r) {
  if (r.epoch > record_.epoch && !r.node.empty()) {
    // Only a witness that lost its memory sees this: it learns who leads, and that it knows of no standby.
    record_ = {r.epoch, r.node, "", 0};
    changed_ = true;
  }
  return r.epoch == record_.epoch && r.node == record_.holder;
}

WitnessAnswer WitnessRules::renew(const WitnessRequest& r, std::int64_t now_ms) {
  if (!leads(r)) return answer(now_ms, "fenced", record_.holder + " leads since");
  lease_until_ms_ = now_ms + kLease_ms;
  return answer(now_ms);
}

WitnessAnswer WitnessRules::mark(const WitnessRequest& r, std::int64_t now_ms) {
  if (!leads(r)) return answer(now_ms, "fenced", record_.holder + " leads since");
  if (r.number <= record_.mark) return answer(now_ms, "stale", "a later mark came first");
  record_.mark = r.number;
  record_.in_sync = r.in_sync == r.node ? "" : r.in_sync;
  changed_ = true;
  return answer(now_ms);
}

}  // namespace sigap::replication
