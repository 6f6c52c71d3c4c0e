#include "staffing/goal.h"

#include <algorithm>
#include <cmath>

namespace sigap::staffing {
namespace {

/// The least n whose operators are not too busy while they answer `answered` of the load.
int least_for(double answered, const Goal& goal) {
  return static_cast<int>(std::ceil(answered / goal.occupancy * (1 - 1e-12)));  // a hair less, for the rounding
}

}  // namespace

Result<bool> check(const Goal& goal) {
  if (!(goal.share >= 0 && goal.share < 1))
    return refuse("invalid",
                  "the share answered in time must be at least 0 % and below 100 %: no number of operators "
                  "answers everybody at once for certain",
                  "share");
  if (!(goal.within_s >= 0 && goal.within_s <= kLongestWait_s))
    return refuse("invalid", "the time to answer must be 0 to 86400 seconds", "within_s");
  if (!(goal.abandoned > 0 && goal.abandoned <= 1))
    return refuse("invalid", "the share that may hang up must be above 0 % (some callers always do) and at most 100 %",
                  "abandoned");
  if (!(goal.occupancy > 0 && goal.occupancy <= 1))
    return refuse("invalid", "occupancy must be above 0 % and at most 100 %", "occupancy");
  return true;
}

Result<bool> check(const Traffic& traffic) {
  if (!(traffic.calls_per_hour >= 0 && std::isfinite(traffic.calls_per_hour)))
    return refuse("invalid", "calls an hour must be 0 or more", "calls_per_hour");
  if (!(traffic.handling_s > 0 && std::isfinite(traffic.handling_s)))
    return refuse("invalid", "the handling time must be above 0 seconds", "handling_s");
  if (!(traffic.patience_s > 0)) return refuse("invalid", "patience must be above 0 seconds", "patience_s");
  return true;
}

bool meets(const Service& s, const Goal& goal) {
  return s.answered_within >= goal.share && s.abandons <= goal.abandoned && s.occupancy <= goal.occupancy;
}

Result<int> operators_needed(const Traffic& traffic, const Goal& goal) {
  if (auto sound = check(goal); !sound) return tl::unexpected(sound.error());
  if (auto sound = check(traffic); !sound) return tl::unexpected(sound.error());
  if (traffic.calls_per_hour == 0) return 0;
  const double load = traffic.load();
  const auto too_large = [] {
    return refuse("too_large", "more than " + std::to_string(kMostOperators) + " operators", "calls_per_hour");
  };
  if (load / goal.occupancy > kMostOperators) return too_large();
  // Whoever meets the goal answers at least this much of the load: fewer operators are not worth a look.
  const double answered = load * std::max(goal.share, 1 - goal.abandoned);
  int few = std::max(1, least_for(answered, goal)) - 1, many = few + 1;
  for (int step = 1;; step *= 2) {
    const auto s = service(traffic, many, goal.within_s);
    if (meets(s, goal)) break;
    // Callers abandon less where there are more operators, who are then at least as busy as this.
    few = std::max(many, least_for(load * (1 - s.abandons), goal) - 1);
    many = few + step;
    if (many > kMostOperators) return too_large();
  }
  while (many - few > 1) {
    const int middle = few + (many - few) / 2;
    (meets(service(traffic, middle, goal.within_s), goal) ? many : few) = middle;
  }
  return many;
}

}  // namespace sigap::staffing
