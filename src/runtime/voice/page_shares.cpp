#include "runtime/voice/page_shares.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace sigap::runtime {

std::string site_of(const std::string& address) {
  constexpr std::size_t kSite_bytes = 48 / 8;
  in6_addr bytes{};
  if (!address.ends_with("/64") || inet_pton(AF_INET6, address.substr(0, address.size() - 3).c_str(), &bytes) != 1)
    return {};
  std::fill(std::begin(bytes.s6_addr) + kSite_bytes, std::end(bytes.s6_addr), std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, &bytes, text.data(), text.size());
  return std::string(text.data()) + "/48";
}

bool PageShares::take(const std::string& address, const std::vector<std::string>& there, Instant now) {
  const auto site = site_of(address);
  const auto lately = [now](Recent& recent) -> std::size_t& {
    if (now - recent.since >= kMinute) recent = {now, 0};
    return recent.calls;
  };
  auto& all = lately(recent_of_all_);
  bool room = there.size() < limits_.calls && all < std::max(limits_.calls, kNewInAMinuteLeast);
  const auto has_room = [&](const std::string& whose, std::size_t times, auto of) {
    const auto at_once = static_cast<std::size_t>(
        std::ranges::count_if(there, [&](const std::string& other) { return of(other) == whose; }));
    return at_once < times * limits_.of_address && lately(recent_[whose]) < times * limits_.of_address_a_minute;
  };
  room = room && has_room(address, 1, [](const std::string& other) { return other; });
  room = room && (site.empty() || has_room(site, kOfSite, site_of));
  if (!room) return false;
  ++all;
  ++recent_[address].calls;
  if (!site.empty()) ++recent_[site].calls;
  return true;
}

void PageShares::forget_old(Instant now) {
  std::erase_if(recent_, [&](const auto& one) { return now - one.second.since >= kMinute; });
}

}  // namespace sigap::runtime
