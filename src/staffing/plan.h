// Operators by hour of the week for the goal: each station for itself, the stations of a province together, the nation
// as one. Pooling saves because the calls of many spread less than those of one (Erlang's square root).
#pragma once
#include <vector>

#include "staffing/demand.h"
#include "staffing/goal.h"

namespace sigap::staffing {

/// Of one group of operators who answer for each other.
struct Need {
  Demand demand;
  Week<int> operators{};
  int busiest = 0;     ///< hour of the week with most operators, and among these with most calls
  Service at_busiest;  ///< what callers see then

  int most() const { return operators[static_cast<std::size_t>(busiest)]; }
  Traffic traffic(int hour, double patience_s) const;
};

struct ProvinceNeed {
  StationCode province;
  Need pooled;
  Week<int> alone{};  ///< operators of all its stations, each for itself
};

struct Plan {
  std::vector<Need> stations;  ///< as the places
  std::vector<ProvinceNeed> provinces;
  Need nation;
  Week<int> alone{};         ///< all stations, each for itself
  Week<int> by_provinces{};  ///< all provinces, each pooled
};

/// Sums the calls, averages the handling by calls.
Demand pooled(const std::vector<const Demand*>& parts);

/// Refusals: those of operators_needed().
Result<Need> need(const Demand& demand, double patience_s, const Goal& goal);
Result<Plan> plan(const std::vector<Place>& places, const std::vector<Demand>& demand, double patience_s,
                  const Goal& goal);

/// Answered in time in an hour, in calls, that one operator more than n would add.
double gain_of_one_more(const Traffic& traffic, int n, double within_s);

int most(const Week<int>& operators);
std::int64_t operator_hours(const Week<int>& operators);  ///< of a week

}  // namespace sigap::staffing
