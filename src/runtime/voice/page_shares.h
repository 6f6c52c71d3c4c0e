// How many calls of pages there may be: in all, so that telephones have the rest, and of one address, so that one
// caller does not have them all. Of IPv6 the /64 is an address, and a /48 (what a site is given, RFC 6177) has a wider
// share. Core thread only. Limits: own.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/time.h"

namespace sigap::runtime {

/// New calls in a minute are at most calls_max, but never fewer than so many: a small station's callers hang up and
/// call again.
inline constexpr std::size_t kNewInAMinuteLeast = 30;

class PageShares {
 public:
  struct Limits {
    std::size_t calls = 200;      ///< at once; in a minute, too
    std::size_t of_address = 32;  ///< at once: a mobile network's many telephones share one
    std::size_t of_address_a_minute = 60;
  };
  static constexpr std::size_t kOfSite = 4;  ///< times that of an address
  static constexpr Duration kMinute = seconds(60);

  explicit PageShares(Limits limits) : limits_(limits) {}

  /// Whether a call of this address may begin, beside those that there are (their addresses); it is counted then.
  bool take(const std::string& address, const std::vector<std::string>& there, Instant now);
  void forget_old(Instant now);

 private:
  struct Recent {
    Instant since;
    std::size_t calls = 0;
  };

  Limits limits_;
  std::map<std::string, Recent> recent_;  ///< calls within a minute of each address and site
  Recent recent_of_all_;
};

/// The /48 of a /64; of anything else nothing.
std::string site_of(const std::string& address);

}  // namespace sigap::runtime
