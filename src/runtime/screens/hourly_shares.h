// How often something may be done in an hour: by one address, by its site (the /48 of an IPv6 /64, which somebody may
// have all of), and by all together. Core thread only. Limits: own.
#pragma once
#include <map>
#include <string>

#include "base/time.h"

namespace sigap::runtime {

class HourlyShares {
 public:
  static constexpr Duration kHour = seconds(3600);

  HourlyShares(std::size_t of_address, std::size_t of_all) : of_address_(of_address), of_all_(of_all) {}

  /// Whether this address may do it now; it is not counted by that.
  bool left(const std::string& address, Instant now);
  void count(const std::string& address, Instant now);

 private:
  void forget_old(Instant now);
  std::size_t of_address_, of_all_;
  Instant since_;
  std::size_t all_ = 0;
  std::map<std::string, std::size_t> counts_;  ///< at most two for each that was counted
};

}  // namespace sigap::runtime
