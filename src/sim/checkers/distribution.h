// D3 to D5 (docs/rules.md): at once to whoever is nearest and ready, a second ring after five seconds, the urgent
// and those who wait longest first, and nobody waits while an operator who may take the call is idle.
#pragma once
#include <map>
#include <set>

#include "base/code_map.h"
#include "base/id_map.h"
#include "sim/checkers/checker.h"
#include "sim/checkers/floor.h"

namespace sigap::sim {

class DistributionChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;
  void look(const core::State& state) override;

 private:
  struct Ring {
    Instant truly, at;
    CallId call;
    PersonId person;
    bool restarted = false;  ///< a start is between: the browser has a moment to come back
  };
  void define(const stations::Station& station);
  void offered(const distribution::CallOffered& e, const core::Event& event, Instant truly);
  void ended(const distribution::OfferEnded& e, Instant truly);
  StationCode province_of(const StationCode& station) const;
  std::size_t ready_in(const StationCode& province) const;
  StationCode station_of(PersonId person) const;

  Rule& idle_ = rule("nobody waits while someone is idle");
  Rule& second_ = rule("a second operator rings when one is idle");
  Rule& two_ = rule("at most two ring");
  Rule& one_ = rule("an operator is offered one call, when ready");
  Rule& nearest_ = rule("the nearest ready station is offered first");
  Rule& order_ = rule("urgent first, then who waits longest");
  Rule& ends_ = rule("a ring ends within ten seconds");
  Rule& heard_ = rule("a ring is where somebody can hear it");
  Rule& time_ = rule("an operator has the time to answer");
  Rule& timers_ = rule("due timers go before the inbox");
  Floor floor_;
  std::int64_t epoch_ = 0;
  CodeMap<StationCode, stations::Station> stations_;
  std::map<StationCode, std::set<StationCode>> below_;
  IdMap<OfferId, Ring> rings_;  ///< live
  std::set<OfferId> guests_;    ///< rings that bring a third voice: chosen by the operator, by no order
};

}  // namespace sigap::sim
