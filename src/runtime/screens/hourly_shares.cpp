#include "runtime/screens/hourly_shares.h"

#include "runtime/voice/page_shares.h"

namespace sigap::runtime {

void HourlyShares::forget_old(Instant now) {
  if (now - since_ < kHour) return;
  since_ = now;
  all_ = 0;
  counts_.clear();
}

bool HourlyShares::left(const std::string& address, Instant now) {
  forget_old(now);
  const auto below = [&](const std::string& of, std::size_t most) {
    const auto it = counts_.find(of);
    return it == counts_.end() || it->second < most;
  };
  const auto site = site_of(address);
  return all_ < of_all_ && below(address, of_address_) &&
         (site.empty() || below(site, of_address_ * PageShares::kOfSite));
}

void HourlyShares::count(const std::string& address, Instant now) {
  forget_old(now);
  ++all_;
  ++counts_[address];
  if (const auto site = site_of(address); !site.empty()) ++counts_[site];
}

}  // namespace sigap::runtime
