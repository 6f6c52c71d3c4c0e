// Another app whose officers answer alerts there: some at once, some late, twice, or never.
#pragma once
#include "sim/stage.h"

namespace sigap::sim {

class Partners {
 public:
  explicit Partners(Stage& stage) : stage_(stage) {}

  /// One program for the nation, as an administrator on the server makes it.
  void join(const StationCode& headquarters);
  void event(const core::Event& event);

 private:
  void says(Duration after, core::Command command);

  Stage& stage_;
};

}  // namespace sigap::sim
