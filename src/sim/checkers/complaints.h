// Complaints: none is silent past its limit, one about conduct is never where it must not be, and an answer closes.
#pragma once
#include <map>
#include <vector>

#include "sim/checkers/checker.h"

namespace sigap::sim {

class ComplaintsChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;
  void step(const core::State& state, Instant core_time) override;

 private:
  struct Known {
    StationCode station, about;
    bool conduct = false;
    Instant due;
    bool stands = false;  ///< a task says at its station that it is late
    bool late = false;
    bool closed = false;
  };
  /// Something was decided about it: it is in the right place, and its time is not longer than it may be.
  void look(CaseId id, const Known& known, Instant at, Duration most);
  bool above(const StationCode& station, const StationCode& about) const;

  Rule& silent_ = rule("no complaint is silent past its limit");
  Rule& conduct_ = rule("a complaint about conduct is never at the station that it is about");
  Rule& answered_ = rule("a complaint is closed by an answer");
  std::map<CaseId, Known> known_;
  std::map<TaskId, CaseId> tasks_;
  std::map<StationCode, StationCode> parents_;
};

}  // namespace sigap::sim
