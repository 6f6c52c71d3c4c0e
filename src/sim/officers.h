// The officers: on duty with a phone, moving about; they acknowledge an alert or do not, go there, and finish.
#pragma once

#include "base/id_map.h"
#include "sim/stage.h"

namespace sigap::sim {

class Officers {
 public:
  explicit Officers(Stage& stage) : stage_(stage) {}

  void add(PersonId person, const stations::Station& station);
  void event(const core::Event& event);
  /// Phones come back to a new server and report where they are.
  void server_started();
  /// Positions as phones report them; once a minute.
  void report_positions();
  void browser_dies(PersonId person);
  /// One of them, on duty, tells their station.
  void see_something();

 private:
  struct Officer {
    GeoPoint at;
    std::int64_t doing = 0;
  };
  void look(PersonId person);
  void soon(PersonId person, Duration time);
  template <class Command>
  void asks(PersonId person, Command command);

  Stage& stage_;
  IdMap<PersonId, Officer> officers_;
};

}  // namespace sigap::sim
