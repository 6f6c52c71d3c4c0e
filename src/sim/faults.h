// What breaks, and when: each kind at its own random times, all kinds together.
#pragma once
#include "sim/desks.h"
#include "sim/officers.h"

namespace sigap::sim {

class Faults {
 public:
  Faults(Stage& stage, Hands& hands, Desks& desks, Officers& officers)
      : stage_(stage), hands_(hands), desks_(desks), officers_(officers) {}

  /// Those of the scenario: by chance, and by its timetable.
  void begin();
  /// Everything is repaired.
  void heal();

 private:
  void next(Fault fault, Duration mean);
  void strike(Fault fault);
  void retention_is_over();
  void hold_one();
  /// `during`, then `after` undoes it.
  void lasts(Duration time, const std::function<void(bool)>& set);
  StationCode some_station(stations::StationLevel level);

  Stage& stage_;
  Hands& hands_;
  Desks& desks_;
  Officers& officers_;
};

}  // namespace sigap::sim
