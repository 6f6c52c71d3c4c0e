#include "adapters/web/login_limiter.h"

#include <algorithm>

#include "base/hash.h"

namespace sigap::web {
namespace {

/// Attempts with other capitals are attempts at the same login.
std::string folded(std::string login) {
  for (auto& c : login)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return login;
}

std::string pair_key(const std::string& address, const std::string& login) {
  return sha256_hex(address + '\n' + folded(login));
}

}  // namespace

LoginLimiter::LoginLimiter(LoginLimits limits)
    : limits_(limits),
      by_address_(limits.entries),
      by_login_(limits.entries),
      known_(limits.known),
      known_addresses_(limits.known) {}

Duration LoginLimiter::begin(const std::string& address, const std::string& login, Instant now) {
  const auto key = login_key(address, login);
  auto left = wait(by_login_, key, limits_.free_by_login, limits_.most_by_login, now);
  const bool counts = !knows(address, login);
  if (counts) left = std::max(left, wait(by_address_, address, limits_.free_by_address, limits_.most_by_address, now));
  if (left.ms > 0) return left;
  if (counts) count(by_address_, address, now);
  count(by_login_, key, now);
  return {};
}

void LoginLimiter::succeeded(const std::string& address, const std::string& login) {
  // The address is forgiven this attempt only: one's own account must not wash away guesses at others.
  if (!knows(address, login)) forgive(by_address_, address);
  by_login_.erase(login_key(address, login));
  remember(address, login);
}

void LoginLimiter::remember(const std::string& address, const std::string& login) {
  known_.touch(pair_key(address, login)) = true;
  known_addresses_.touch(address) = true;
}

bool LoginLimiter::knows(const std::string& address, const std::string& login) {
  return known_.find(pair_key(address, login)) != nullptr;
}

void LoginLimiter::not_tried(const std::string& address, const std::string& login) {
  if (!knows(address, login)) forgive(by_address_, address);
  forgive(by_login_, login_key(address, login));
}

Duration LoginLimiter::wait(Table& table, const std::string& key, int free, Duration most, Instant now) const {
  const auto* failures = table.find(key);
  if (!failures || failures->count < free) return {};
  if (now - failures->last >= limits_.forgotten_after) {
    table.erase(key);
    return {};
  }
  const int doublings = std::min(failures->count - free, 30);
  const Duration delay = std::min(Duration{limits_.first.ms << doublings}, most);
  return std::max(failures->last + delay - now, Duration{});
}

void LoginLimiter::count(Table& table, const std::string& key, Instant now) const {
  auto& failures = table.touch(key);
  if (now - failures.last >= limits_.forgotten_after) failures.count = 0;
  failures.count = std::min(failures.count + 1, 1'000'000);
  failures.last = now;
}

void LoginLimiter::forgive(Table& table, const std::string& key) {
  auto* failures = table.find(key);
  if (failures && failures->count > 0) --failures->count;
}

std::string LoginLimiter::login_key(const std::string& address, const std::string& login) {
  const auto pair = pair_key(address, login);
  return known_.find(pair) ? pair : sha256_hex(folded(login));
}

}  // namespace sigap::web
